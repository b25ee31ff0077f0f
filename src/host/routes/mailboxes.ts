import type { Context, Hono } from "hono";
import { type Bytes, type CircleId, decode, encode, equal, type PublicKey } from "../../core/codec/index.ts";
import { mailboxOpening, mailbox as mailboxShape, mediaType } from "../../core/log/index.ts";
import { authenticate, idInPath, rightOf, type Signed } from "../access.ts";
import { readBody } from "../body.ts";
import type { CircleState } from "../circles.ts";
import type { Host } from "../host.ts";
import { Problem } from "../problem.ts";
import type { MailboxRow } from "../store/index.ts";
import { answer, requireType } from "./answer.ts";
import { takeRate } from "./entries.ts";

const path = "/v1/circles/:id/mailboxes/:key";
const slots = ["open", "request", "welcome"] as const;
type Slot = (typeof slots)[number];

/** A request to a mailbox: `owner` says that it is signed by the key that the mailbox is for. */
type Visit = {
  readonly signed: Signed;
  readonly circle: CircleId;
  readonly key: PublicKey;
  readonly state: CircleState;
  readonly owner: boolean;
};

/** Mailboxes: how someone who is not yet, or not again, of the circle is reached (§8). */
export function mailboxes(app: Hono, host: Host): void {
  const visit = async (c: Context, ownerMay: boolean): Promise<Visit> => {
    const signed = await authenticate(host, c.req.raw);
    const circle = idInPath<CircleId>(c.req.param("id"));
    const key = idInPath<PublicKey>(c.req.param("key"));
    const state = await host.circles.read(circle);
    if (state === undefined) throw new Problem("unauthorized");
    if (ownerMay && signed.key === key) return { signed, circle, key, state, owner: true };
    const right = await rightOf(host, state, signed.key);
    if (right.kind === "past" || right.kind === "append") throw new Problem("forbidden");
    return { signed, circle, key, state, owner: false };
  };

  /** The open mailbox. Whoever made up a key learns no more than that it opens nothing. */
  const openMailbox = async ({ circle, key, owner }: Visit): Promise<MailboxRow> => {
    const row = await host.store.mailbox(circle, key);
    if (row === undefined) throw new Problem(owner ? "unauthorized" : "unknown-mailbox");
    if (row.expires * 1000 <= host.now()) throw new Problem("mailbox-closed");
    return row;
  };

  const open = async ({ circle, key }: Visit, body: Bytes): Promise<void> => {
    const { expires } = decode(mailboxOpening, body);
    const now = Math.floor(host.now() / 1000);
    if (expires <= now || expires > now + host.limits.mailboxDays * 86_400) throw new Problem("malformed");
    const known = await host.store.mailbox(circle, key);
    if (known === undefined && (await host.store.mailboxCount(circle)) >= host.limits.mailboxes) {
      throw new Problem("quota");
    }
    await host.store.openMailbox(circle, key, expires, now);
  };

  app.get(path, async (c) => {
    const row = await openMailbox(await visit(c, true));
    const { expires, request, contested, welcome } = row;
    return answer(
      c,
      encode(mailboxShape, {
        expires,
        contested,
        ...(request === null ? {} : { request }),
        ...(welcome === null ? {} : { welcome }),
      }),
    );
  });

  app.put(path, async (c) => {
    const { raw } = c.req;
    const slot = slots.find((name) => name === c.req.query("slot")) as Slot | undefined;
    if (slot === undefined) throw new Problem("malformed");
    const visited = await visit(c, slot === "request");
    const { signed, circle, key } = visited;
    if (signed.digest === undefined || (slot === "request" && !visited.owner)) throw new Problem("unauthorized");
    requireType(raw, mediaType);
    if (slot !== "open") await openMailbox(visited);
    takeRate(host, circle, signed.key, { kind: "access" }, 1);
    const most = slot === "welcome" ? host.limits.welcomeBytes : slot === "request" ? host.limits.requestBytes : 64;
    const body = await readBody(host, circle, raw, most, signed.digest);
    if (body.length === 0) throw new Problem("malformed");
    if (slot === "open") {
      await open(visited, body);
    } else {
      const written =
        slot === "request"
          ? await host.store.writeRequest(circle, key, body)
          : await host.store.writeWelcome(circle, key, body);
      const kept = slot === "request" ? written?.request : written?.welcome;
      if (kept === null || kept === undefined) throw new Problem("mailbox-closed");
      if (!equal(kept, body)) throw new Problem("mailbox-written");
    }
    return c.body(null, 204);
  });

  app.delete(path, async (c) => {
    const { circle, key } = await visit(c, false);
    await host.store.deleteMailbox(circle, key);
    return c.body(null, 204);
  });
}
