import { type Bytes, equal } from "../../core/codec/index.ts";
import type { RequestKey } from "../transport/http.ts";
import { Contradiction, type Head, readHead } from "./heads.ts";
import { leafOf, readRaw } from "./raw.ts";
import type { SyncTarget } from "./sync.ts";
import { logTree } from "./tree.ts";

/**
 * Called where new entries do not lead from the head taken before to the head shown now. That alone is no proof: the
 * entries may only be damaged. The log is read anew, apart from what was verified; if it is whole under the host's
 * signed head and the head taken before is not in it, the host has signed two histories (attack 24).
 *
 * Throws `Contradiction` then, and nothing else.
 */
export async function proveFork(target: SyncTarget, key: RequestKey, own: Head): Promise<void> {
  const note = await otherHistory(target, key, own).catch(() => undefined);
  if (note !== undefined) throw new Contradiction(own.checkpoint, note);
}

async function otherHistory(
  { host, platform, ledger }: SyncTarget,
  key: RequestKey,
  own: Head,
): Promise<Bytes | undefined> {
  const tree = logTree();
  for (;;) {
    const page = await host.entries(key, tree.size);
    const checkpoint = readHead(platform.crypto, ledger.circle, host.endpoint.key, page.checkpoint);
    if (page.entries.length === 0) return undefined;
    tree.append(page.entries.map((entry, i) => leafOf(readRaw(entry, tree.size + i))));
    if (tree.size < checkpoint.size) continue;
    const whole = tree.size === checkpoint.size && equal(tree.rootAt(tree.size), checkpoint.root);
    if (!whole || own.size > tree.size || equal(tree.rootAt(own.size), own.root)) return undefined;
    return page.checkpoint;
  }
}
