import type { CircleId } from "../core/codec/index.ts";
import type { Host } from "./host.ts";
import { hourOf } from "./host.ts";
import { dropOf } from "./judge.ts";

/** What a sweep dropped. */
export type Swept = { readonly erased: number; readonly blobs: number };

const atOnce = 64;

/**
 * Does what falls due: erasures whose hold has passed, blobs that no entry lists after a day, mailboxes that
 * have expired. Safe from several hosts at once, and to be repeated at any time.
 */
export async function sweep(host: Host): Promise<Swept> {
  const { store, limits } = host;
  let erased = 0;
  for (;;) {
    const due = await store.due(hourOf(host), atOnce);
    for (const [circle, held] of Map.groupBy(due, (one) => one.circle)) {
      erased += await erase(
        host,
        circle,
        held.map(({ target }) => target),
      );
    }
    if (due.length < atOnce) break;
  }
  let blobs = 0;
  for (;;) {
    const dropped = await store.sweepBlobs(hourOf(host) - limits.unlistedHours);
    blobs += dropped;
    if (dropped < atOnce) break;
  }
  await store.sweepMailboxes(Math.floor(host.now() / 1000));
  if (erased + blobs > 0) await store.tidy();
  return { erased, blobs };
}

async function erase({ store }: Host, circle: CircleId, targets: readonly number[]): Promise<number> {
  const rows = await store.entriesAt(circle, [...new Set(targets)]);
  const drops = rows.flatMap(dropOf);
  // Holds of statements that are gone already end all the same.
  const gone = rows.filter((row) => row.sealed === null && row.sealedHash !== null);
  await store.drop(circle, [
    ...drops,
    ...gone.map((row) => ({ position: row.position, sealedHash: row.sealedHash ?? new Uint8Array(32) })),
  ]);
  return drops.length;
}
