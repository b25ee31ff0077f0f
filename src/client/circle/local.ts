import { isFinal } from "../../core/circle/index.ts";
import { equal } from "../../core/codec/index.ts";
import { type Entry, withoutSealed } from "../../core/log/index.ts";
import type { CircleRecord } from "../identity/format.ts";
import type { Identity } from "../identity/identity.ts";
import type { LogCache } from "../sync/cache.ts";
import type { Head } from "../sync/heads.ts";
import { newestAccess } from "../sync/keyring.ts";
import type { Ledger } from "../sync/ledger.ts";
import { leafOf, readRaw } from "../sync/raw.ts";
import { followChain } from "../sync/rotations.ts";

type Local = {
  readonly identity: Identity;
  readonly cache: LogCache;
  readonly ledger: Ledger;
  /** The head that the vault keeps: a local copy that reaches it must agree. */
  readonly known: Head | undefined;
  readonly record: CircleRecord;
};

/**
 * Reads the local copy of the log into a fresh ledger. Up to where the sealed note says, it is recognized by
 * its root, and signatures are not checked again. Returns whether it could be used.
 */
export async function loadCache({ identity, cache, ledger, known, record }: Local): Promise<boolean> {
  let entries: Entry[];
  try {
    entries = await cache.entries();
    const note = await cache.note();
    const taken = known?.size ?? 0;
    // Entries are written before the head is noted: fewer than the head covers are the rest of a damaged copy.
    if (entries.length < taken) return false;
    if (entries.length > taken) {
      // What a crash left beyond the last head that was taken has no signed head over it: it is fetched again.
      entries = entries.slice(0, taken);
      await cache.clear();
      await cache.append(entries);
      if (note !== undefined && note.size <= taken) await cache.writeNote(note);
    }
    const raws = entries.map((entry, i) => readRaw(entry, i));
    ledger.tree.append(raws.map(leafOf));
    if (known !== undefined && known.size <= raws.length && !equal(ledger.tree.rootAt(known.size), known.root))
      return false;
    if (note !== undefined && note.size <= raws.length && equal(ledger.tree.rootAt(note.size), note.root)) {
      ledger.trust({ size: note.size, forged: new Set(note.forged), rotations: new Set(note.rotations) });
    }
    for (const raw of raws) ledger.raws.push(raw);
    if (known !== undefined) ledger.setHead(known.checkpoint);
    const newest = newestAccess(ledger.ring);
    if (newest === undefined || raws.length === 0) return true;
    ledger.knowRotations(followChain(identity.platform.crypto, record.circle, ledger.ring, newest.epoch, raws));
    while (ledger.next < ledger.raws.length) {
      const before = ledger.next;
      ledger.read(ledger.raws[before] as (typeof raws)[number]);
      if (ledger.next === before) return false;
    }
    return true;
  } catch {
    // Whatever is wrong with it: it is only a copy, and the log is at the host.
    return false;
  }
}

/** Notes how far everything in the local copy is verified. Call when signatures are settled. */
export async function writeNote({ cache, ledger }: { cache: LogCache; ledger: Ledger }): Promise<void> {
  const size = ledger.next;
  if (size === 0) return;
  await cache.writeNote({
    size,
    root: ledger.tree.rootAt(size),
    forged: [...ledger.forged].sort((a, b) => a - b),
    rotations: [...ledger.rotations].sort((a, b) => a - b),
  });
}

/** Drops, here too, the bytes of statements that were erased (§5: erasure binds every client). */
export async function dropErased({ cache, ledger }: { cache: LogCache; ledger: Ledger }): Promise<void> {
  const { state } = ledger;
  if (state === undefined || state.erased.size === 0) return;
  const gone = [...state.erased].filter(([position, found]) => {
    return isFinal(state, found) && ledger.raws[position]?.sealed !== undefined;
  });
  if (gone.length === 0) return;
  const entries = await cache.entries();
  for (const [position] of gone) {
    const raw = ledger.raws[position];
    if (raw === undefined) continue;
    const { sealed: _, ...rest } = raw;
    ledger.raws[position] = rest;
    ledger.forget(position);
    ledger.missing.add(position);
    const entry = entries[position];
    if (entry !== undefined) entries[position] = withoutSealed(entry);
  }
  const note = await cache.note();
  await cache.clear();
  await cache.append(entries);
  if (note !== undefined) await cache.writeNote(note);
}
