/* A host that was set back, and how it is given back what it lost. */
import { type CircleId, decode, encode, type Infer } from "../../src/core/codec/index.ts";
import * as log from "../../src/core/log/index.ts";
import { markRestored } from "../../src/host/index.ts";
import { sqlStore } from "../../src/host/store/index.ts";
import { openSqlite } from "../../src/host/store/sqlite.ts";
import {
  accessKey,
  append,
  bytesIn,
  control,
  entryOf,
  found,
  type Key,
  makeHost,
  memoryStore,
  problemIn,
  read,
  send,
  type TestHost,
} from "./kit.ts";

const access = accessKey(0);
export const hour = 3_600_000;

/** The tree over entries, for proofs. */
export function proverOf(entries: readonly log.Entry[]) {
  const leaves = entries.map((entry) => log.entryLeaf(entry.header, log.sealedHashOf(entry)));
  const { nodes } = log.appendLeaves(log.emptyFrontier, leaves);
  const found = new Map([
    ...leaves.map((hash, index) => [`0/${index}`, hash] as const),
    ...nodes.map(({ level, index, hash }) => [`${level}/${index}`, hash] as const),
  ]);
  const reader: log.NodeReader = (level, index) => found.get(`${level}/${index}`) as Uint8Array;
  return {
    consistency: (from: number) => log.consistencyProof(from, entries.length, reader),
    inclusion: (index: number) => log.inclusionProof(index, entries.length, reader),
  };
}

export type Request = Infer<typeof log.restoreRequest>;

/** Sends a request to the route. */
export function giveBack(target: TestHost, circle: CircleId, key: Key, request: Request): Promise<Response> {
  return send(target, key, "POST", log.paths.restore(circle), { body: encode(log.restoreRequest, request) });
}

/** What it answered. Throws where that is a problem. */
export const answered = async (response: Response) => {
  if (response.status !== 200) throw new Error(await problemIn(response));
  return decode(log.restored, await bytesIn(response));
};

/**
 * A host that wrote on after its backup, and the host that was restored from that backup: same key, same clock.
 * `write` is what the backup lacks.
 */
export async function setBack(write: (host: TestHost, circle: CircleId, acl: log.Acl) => Promise<void>) {
  const { engine, store } = await memoryStore();
  const before = await makeHost({ store });
  const { circle, acl } = await found(before);
  await append(before, circle, access, entryOf(circle, 0), entryOf(circle, 0));
  const backup = (engine as ReturnType<typeof openSqlite>).raw.serialize();
  await write(before, circle, acl);
  const copy = sqlStore(openSqlite(backup as unknown as string));
  await markRestored(copy, Math.floor(before.clock.now / hour));
  const after = await makeHost({ store: copy });
  const whole = await read(before, circle, control[0]);
  const prover = proverOf(whole.entries);
  /** The tail from a position on, as an honest client gives it. */
  const tail = (from: number, count = 64): Request => {
    const entries = whole.entries.slice(from, from + count);
    return { from, entries, cover: { checkpoint: whole.checkpoint, proof: prover.consistency(from + entries.length) } };
  };
  const confirmation: Request = { ...tail(whole.entries.length) };
  return { before, after, circle, acl, whole, prover, tail, confirmation };
}
