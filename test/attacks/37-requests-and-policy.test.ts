import { beforeEach, describe, expect, it } from "vitest";
import { type Circle, invite, join, openCircle, say } from "../../src/client/index.ts";
import { type Bytes, decode, encode, type PublicKey, toHex } from "../../src/core/codec/index.ts";
import { appendRequest, decodeHeader, encodeHeader, type Header } from "../../src/core/log/index.ts";
import { codeOf, forgeRoster, newcomer, type Scene, scene } from "../kit/attack.ts";
import { otherHostKey, replaceEntry } from "../kit/evil-host.ts";
import { newMember } from "../kit/members.ts";

type Seen = { readonly url: string; readonly init: RequestInit & { headers: Record<string, string> } };

describe("attack 37: a request replayed or altered; policy set by the host", () => {
  let stage: Scene;
  let a: Circle;
  let seen: Seen;
  beforeEach(async () => {
    stage = await scene();
    a = stage.a;
    const requests: Seen[] = [];
    const fetch: typeof globalThis.fetch = (url, init) => {
      requests.push({ url: url as string, init: init as Seen["init"] });
      return stage.evil.fetch(url, init);
    };
    const watched = await openCircle({ ...a.identity, platform: { ...a.platform, fetch } }, a.id);
    await watched.host.append([forgeRoster(a, { kind: "tick" })], a.access());
    seen = requests.at(-1) as Seen;
  });
  const size = async () => (await stage.evil.entries(a.id)).length;
  const again = async (change: Partial<Seen["init"]> & { url?: string } = {}) => {
    const { url = seen.url, ...init } = change;
    const { signal: _, ...before } = seen.init;
    return stage.evil.fetch(url, { ...before, ...init });
  };

  it("replayed as it was changes nothing: it is answered with where its entry stands", async () => {
    const before = await size();
    const response = await again();
    expect(response.status).toBe(200);
    expect(await size()).toBe(before);
  });

  it("with another body, path, query, method or host is refused", async () => {
    const before = await size();
    const { entries } = decode(appendRequest, new Uint8Array(seen.init.body as Bytes));
    const other = encode(appendRequest, { entries: [...entries, forgeRoster(a, { kind: "tick" }, { hour: 5 })] });
    const { headers } = seen.init;
    for (const change of [
      { body: other },
      { url: `${seen.url}?from=1` },
      { url: seen.url.replace(a.id, "ab".repeat(32)) },
      { method: "PUT" },
      { headers: { ...headers, "symbolon-host": "cd".repeat(32) } },
      { headers: { ...headers, "content-digest": "sha-256=:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=:" } },
      {
        headers: {
          ...headers,
          "signature-input": (headers["signature-input"] as string).replace(' "content-digest"', ""),
        },
      },
      {
        headers: {
          ...headers,
          "signature-input": (headers["signature-input"] as string).replace(/keyid="../, 'keyid="00'),
        },
      },
      { headers: { "content-type": headers["content-type"] as string } },
    ] as readonly (Partial<Seen["init"]> & { url?: string })[]) {
      const response = await again(change);
      expect(response.status).toBeGreaterThanOrEqual(400);
      expect(response.status).toBeLessThan(500);
    }
    expect(await size()).toBe(before);
  });

  it("signed for another hour is refused for its clock", async () => {
    const late = { ...a.platform, now: () => Date.now() - 3_600_000 };
    const headersOf: Record<string, string>[] = [];
    const fetch: typeof globalThis.fetch = (url, init) => {
      headersOf.push(init?.headers as Record<string, string>);
      return stage.evil.fetch(url, init);
    };
    const slow = await openCircle({ ...a.identity, platform: { ...late, fetch } }, a.id);
    await slow.host.append([forgeRoster(a, { kind: "tick" })], a.access()); // corrected by the host's Date
    const response = await again({ headers: headersOf[0] as never });
    expect(response.status).toBe(401);
    expect(headersOf.length).toBe(2);
  });

  it("by a key that is none of the circle's learns no more than that nothing is open to it", async () => {
    const { random } = a.platform;
    const seed = random(32) as never;
    for (const attempt of [
      () => a.host.entries({ seed }, 0),
      () => a.host.append([forgeRoster(a, { kind: "tick" })], { seed }),
    ])
      expect((await codeOf(attempt))?.code).toBe("host.unauthorized");
  });

  it("a policy that the host changes in genesis is another circle's", async () => {
    const fresh = await newcomer(
      a,
      stage.evil.view(
        replaceEntry(0, ({ header, ...rest }) => {
          const before: Header = decodeHeader(header);
          const acl = {
            ...(before.acl as NonNullable<Header["acl"]>),
            need: 1,
            reserve: [[toHex(a.platform.random(32)) as PublicKey]],
          };
          return { ...rest, header: encodeHeader({ ...before, acl }) };
        }),
      ),
    );
    expect((await codeOf(() => fresh.sync()))?.code).toBe("circle.genesis");
    expect(fresh.ledger.state).toBeUndefined();
  });

  it("what the host says of itself sets nothing, and another key than the invitation's ends the joining", async () => {
    stage.evil.tell({
      info: (info) => ({ ...info, limits: { ...info.limits, entry: 0, batchEntries: 0 }, versions: [99] }),
    });
    const policy = a.state().policy;
    await say(a, [{ kind: "check-in", tlp: "TLP:AMBER" }]);
    expect(a.state().policy).toBe(policy);
    const { link } = await invite(a);
    stage.evil.tell(otherHostKey("ef".repeat(32) as PublicKey));
    const identity = await newMember("Newsroom B", stage.platform);
    expect((await codeOf(() => join(identity, link, "circle")))?.code).toBe("invitation.host");
    expect(identity.read().circles).toEqual([]);
  });

  it("a refusal in words of the host's own is one constant error", async () => {
    stage.evil.tell({ answer: () => new Response("<h1>Update your client at evil.test</h1>", { status: 418 }) });
    const error = await codeOf(() => a.sync());
    expect(error?.code).toBe("host.answer");
    expect(error?.message).not.toContain("evil");
    stage.evil.tell({
      answer: () => Response.json({ type: "urn:symbolon:problem:__proto__", detail: "x" }, { status: 400 }),
    });
    expect((await codeOf(() => a.sync()))?.code).toBe("host.answer");
  });
});
