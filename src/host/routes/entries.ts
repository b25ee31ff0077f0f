import type { Hono } from "hono";
import { type CircleId, decode, encode, type PublicKey } from "../../core/codec/index.ts";
import { type Acl, appended, appendRequest, groupOf, mediaType } from "../../core/log/index.ts";
import { authenticate, idInPath, type Right, rightOf } from "../access.ts";
import { readBody } from "../body.ts";
import type { Host } from "../host.ts";
import { receive } from "../judge.ts";
import { encodePage, pageOf } from "../page.ts";
import { Problem } from "../problem.ts";
import { readEntries, readingState, sizeFor } from "../reading.ts";
import { requireTaking } from "../taking.ts";
import { answer, queryUint, requireType } from "./answer.ts";

/** Reading and appending. */
export function entries(app: Hono, host: Host): void {
  const { limits } = host;
  const mostBody = limits.batchBytes + 64 * limits.batchEntries;

  app.get("/v1/circles/:id/entries", async (c) => {
    const signed = await authenticate(host, c.req.raw);
    const circle = idInPath<CircleId>(c.req.param("id"));
    let state = await readingState(host, circle);
    let right = await rightOf(host, state, signed.key);
    const limit = queryUint(c, "limit", limits.pageEntries);
    if (c.req.query("acl") !== undefined) {
      // For whoever missed a rotation, or was misled by a void one: entries that begin epochs, to all keys (§2 Repair).
      const size = right.kind === "append" ? state.frontier.size : sizeFor(right, state);
      const rows = await host.store.epochs(circle, queryUint(c, "acl", 0), Math.min(limit, 16));
      return answer(c, encodePage(await host.circles.checkpoint(state, size), rows));
    }
    const from = queryUint(c, "from", 0);
    const wait = Math.min(queryUint(c, "wait", 0), limits.waitSeconds);
    if (wait > 0 && right.kind !== "past" && from === sizeFor(right, state)) {
      const enough = new AbortController();
      const signal = AbortSignal.any([c.req.raw.signal, enough.signal]);
      const woken = host.hub.wait(circle, wait * 1000, limits.waiters, signal);
      // What was appended after the first look and before this request waited wakes nobody.
      state = await readingState(host, circle);
      if (state.frontier.size > from) enough.abort();
      if (!(await woken)) throw new Problem("busy", { "retry-after": "5" });
      state = await readingState(host, circle);
      // The epoch may have ended while this request waited.
      right = await rightOf(host, state, signed.key);
    }
    const size = sizeFor(right, state);
    const [note, runs] = await Promise.all([
      host.circles.checkpoint(state, size),
      readEntries(host, state, from, size, limit),
    ]);
    return answer(c, pageOf(note, runs, state.standing.kind));
  });

  app.post("/v1/circles/:id/entries", async (c) => {
    const { raw } = c.req;
    const signed = await authenticate(host, raw);
    const circle = idInPath<CircleId>(c.req.param("id"));
    if (signed.digest === undefined) throw new Problem("unauthorized");
    const right = await appendRight(host, circle, signed.key);
    requireType(raw, mediaType);
    const body = await readBody(host, circle, raw, mostBody, signed.digest);
    const request = decode(appendRequest, body, { size: mostBody, depth: 6 });
    if (request.entries.length > limits.batchEntries) throw new Problem("too-large");
    const sent = request.entries.map((entry) => receive(entry, circle, limits));
    const bytes = sent.reduce((sum, { headerBytes, sealed }) => sum + headerBytes.length + sealed.length, 0);
    if (bytes > limits.batchBytes) throw new Problem("too-large");
    takeRate(host, circle, signed.key, right, sent.length);
    await requireTaking(host, circle, sent);
    const { positions, state } = await host.appender.append({ circle, key: signed.key, entries: sent, bytes });
    const size = right.kind === "past" ? right.ended + 1 : state.frontier.size;
    // A past key learns where its entries stand, and nothing of what came after its epoch.
    if (positions.some((position) => position >= size)) throw new Problem("stale-epoch");
    const note = await host.circles.checkpoint(state, size);
    return answer(c, encode(appended, { positions, checkpoint: note }));
  });
}

/**
 * What a key is to a circle that it appends to, by the state in memory where that grants it something: the append
 * itself meets whatever another process stored meanwhile. Otherwise by the store. Throws `Problem` `unauthorized`.
 */
async function appendRight(host: Host, circle: CircleId, key: PublicKey): Promise<Right> {
  const state = await host.circles.recall(circle);
  if (state !== undefined && isCurrent(state.acl, key)) return rightOf(host, state, key);
  return rightOf(host, await host.circles.read(circle), key);
}

const isCurrent = (acl: Acl, key: PublicKey) =>
  key === acl.access || acl.append?.includes(key) === true || groupOf(acl, key) !== undefined;

/** Takes `count` writes from the circle's rate, or from that of its control keys. Throws `Problem` `quota`. */
export function takeRate(host: Host, circle: CircleId, key: string, right: Right, count: number): void {
  const { members, control, keys } = host.rates;
  const granted =
    right.kind === "control"
      ? control.take(circle, count)
      : (right.kind !== "append" || keys.take(circle + key, count)) && members.take(circle, count);
  if (!granted) throw new Problem("quota", { "retry-after": "60" });
}
