import { beforeEach, describe, expect, it } from "vitest";
import { carried, completed } from "../../src/client/circle/say.ts";
import { currentPlace, sealedEntry } from "../../src/client/circle/write.ts";
import { type Circle, foundCircle, openCircle, say, tick } from "../../src/client/index.ts";
import { entryContext } from "../../src/client/sync/keyring.ts";
import { hostClient } from "../../src/client/transport/host.ts";
import { type Bytes, encode, type PublicKey } from "../../src/core/codec/index.ts";
import { open, type SymmetricKey } from "../../src/core/crypto/index.ts";
import { statementBody } from "../../src/core/statements/index.ts";
import {
  codeOf,
  fingerprint,
  forgeRoster,
  forgeStatement,
  newcomer,
  post,
  refused,
  type Scene,
  scene,
  voidFor,
} from "../kit/attack.ts";
import { addEntries } from "../kit/evil-host.ts";

describe("attack 33: an entry replayed into another circle, another host, or again", () => {
  let stage: Scene;
  let a: Circle;
  let b: Circle;
  let second: Circle;
  beforeEach(async () => {
    stage = await scene({ others: 1 });
    a = stage.a;
    b = stage.others[0] as Circle;
    await b.sync();
    second = await foundCircle(a.identity, { address: stage.evil.url, label: "second" });
    await say(second, [{ kind: "check-in", tlp: "TLP:AMBER", text: "only for the second" }]);
  });
  const sealedOf = (circle: Circle, position: number) => {
    const raw = circle.ledger.raws[position];
    const held = circle.ledger.ring.get(raw?.header.epoch ?? 0);
    const kind = raw?.header.kind === "roster" ? 0 : 1;
    const key = (kind === 0 ? held?.roster : held?.records) as SymmetricKey;
    const plaintext = open(
      circle.platform.crypto,
      key,
      entryContext(circle.id, raw?.header.epoch ?? 0, kind),
      raw?.sealed as Bytes,
    );
    return { plaintext, eraseHash: raw?.header.eraseHash };
  };

  it("as it is: the host refuses it, and where it does not the entry is void", async () => {
    const entries = await stage.evil.entries(second.id);
    const last = entries.at(-1) as (typeof entries)[number];
    expect((await codeOf(() => post(a, last)))?.code).toBe("host.malformed");
    await a.settle();
    const fresh = await newcomer(a, stage.evil.view(addEntries(...entries.slice(1))));
    await fresh.sync();
    await fresh.settle();
    expect(fresh.ledger.voids.length).toBe(entries.length - 1);
    expect(fresh.ledger.voids.every((v) => v.reason === "malformed")).toBe(true);
    expect(fingerprint(fresh)).toBe(fingerprint(a));
  });

  it("sealed anew for the other circle by a member of both: signature and author are of the first", async () => {
    const { plaintext } = sealedOf(second, second.state().position - 1);
    const body = encode(statementBody, carried(a, completed(a, { kind: "check-in", tlp: "TLP:AMBER" }), false));
    await voidFor(b, ["seen", "signature", "signature"], () =>
      post(
        a,
        sealedEntry(a, currentPlace(a, "statement"), "statement", plaintext),
        forgeStatement(a, body, { signedFor: { circle: second.id } }),
        forgeRoster(a, { kind: "tick" }, { signedFor: { circle: second.id } }),
      ),
    );
  });

  it("again in its own circle: what a member said counts once, where it was said first", async () => {
    const { vouched, old } = { vouched: b.me().organization, old: 120 };
    const vouch = { kind: "vouch", tlp: "TLP:AMBER", vouched, role: "heard" } as const;
    const [first] = await say(a, [{ ...vouch, amount: old }]);
    await say(a, [{ ...vouch, amount: 0 }]);
    await b.sync();
    await b.settle();
    const shown = fingerprint(b);
    const { plaintext, eraseHash } = sealedOf(b, first?.position as number);
    const again = sealedEntry(
      b,
      currentPlace(b, "statement"),
      "statement",
      plaintext,
      eraseHash === undefined ? {} : { eraseHash },
    );
    await post(b, again);
    await b.sync();
    await b.settle();
    expect(fingerprint(b)).toBe(shown);
    const last = b
      .statements()
      .filter((s) => s.statement.kind === "vouch")
      .at(-1)?.statement;
    expect(last?.kind === "vouch" ? last.amount : undefined).toBe(0);
  });

  it("again as a roster act is void", async () => {
    await tick(a);
    await b.sync();
    const { plaintext } = sealedOf(b, b.state().position - 1);
    await voidFor(a, ["duplicate"], () => post(b, sealedEntry(b, currentPlace(b, "roster"), "roster", plaintext)));
  });

  it("byte for byte is stored once: the host answers with where it stands", async () => {
    const entry = forgeRoster(b, { kind: "tick" });
    const [position] = await post(b, entry);
    expect(await post(b, entry)).toEqual([position]);
    expect((await stage.evil.entries(b.id)).length).toBe((position as number) + 1);
  });

  it("with a request that was signed for another host is refused there", async () => {
    const other = hostClient(b.platform, { address: stage.evil.url, key: "ab".repeat(32) as PublicKey }, b.id);
    expect((await codeOf(() => other.append([forgeRoster(b, { kind: "tick" })], b.access())))?.code).toBe(
      "host.unauthorized",
    );
  });

  it("as a whole log, shown in another circle's place, is no genesis of it", async () => {
    const others = await stage.evil.entries(second.id);
    const fresh = await newcomer(a, stage.evil.view({ log: () => others }));
    expect((await codeOf(() => fresh.sync()))?.code).toBe("circle.genesis");
    stage.evil.tell({ log: () => others });
    const back = await openCircle(b.identity, b.id);
    await refused(back, others.length < (b.head()?.size ?? 0) ? "host.contradiction" : "host.tree", () => back.sync());
  });
});
