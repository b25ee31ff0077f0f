import type { CircleState } from "../../core/circle/index.ts";
import type { Bytes, PublicKey } from "../../core/codec/index.ts";
import type { SigningSeed } from "../../core/crypto/index.ts";
import type { Acl } from "../../core/log/index.ts";
import type { RawEntry } from "./raw.ts";
import { type LedgerStart, reading, type Trusted } from "./reading.ts";
import { rosterReader } from "./roster.ts";
import type { MadeWraps } from "./rotations.ts";
import { statementReader } from "./statements.ts";

/**
 * A circle's log as this device reads it: the tree, the replayed roster, and the statements that it could
 * open. Entries come in order; each ends as taken, or void at its position, and never as an exception.
 */
export function ledger(start: LedgerStart) {
  const all = reading(start);
  const roster = rosterReader(all);
  const statements = statementReader(all);
  const { circle, device, secrets, tree, ring, raws, blobs, voids, forged, lastWritten, newestEpoch } = all;

  /** An access key of an epoch that is not held: it reads the log on, and gives nothing else. */
  let borrowed: SigningSeed | undefined;

  return {
    circle,
    device,
    secrets,
    get borrowed(): SigningSeed | undefined {
      return borrowed;
    },
    set borrowed(key: SigningSeed | undefined) {
      borrowed = key;
    },
    tree,
    ring,
    raws,
    blobs,
    voids,
    forged,
    rotations: roster.rotations,
    /** The devices that each rotation wraps its seed to, by position: the wraps can be made again from them. */
    wrapped: roster.wrapped,
    missing: statements.missing,
    forOthers: statements.forOthers,
    lastWritten,
    /** The newest epoch in which a device wrote: it had that epoch's keys. */
    newestEpoch,
    /** The replayed roster; `undefined` until genesis was read. */
    get state(): CircleState | undefined {
      return all.state;
    },
    /** What the host enforces now, where it is ahead of the roster: a rotation that waits for its link has moved it. */
    get hostAcl(): Acl | undefined {
      const ahead = raws.slice(all.state?.position ?? 0).findLast((raw) => raw.header.acl !== undefined);
      return ahead?.header.acl ?? all.state?.acl;
    },
    get hostKeys(): readonly PublicKey[] {
      return all.hostKeys;
    },
    get next(): number {
      return all.state?.position ?? 0;
    },
    get waiting(): number {
      return statements.waiting;
    },
    trust(given: Trusted): void {
      all.trusted = given;
      for (const position of given.forged) forged.add(position);
    },
    set pastRecords(given: ReadonlyMap<number, Bytes>) {
      statements.pastRecords = given;
    },
    knowRotations: roster.knowRotations,
    set made(given: MadeWraps) {
      roster.made = given;
    },
    setHead(checkpoint: Bytes): void {
      all.head = checkpoint;
    },
    /** Opens an entry ahead of its turn, while the next page comes. Nothing is judged or kept by it. */
    prepare(raw: RawEntry): void {
      if (raw.header.kind === "statement" && raw.header.circle === circle) statements.prepare(raw);
    },
    /** Reads the next entry. Throws `LinkNeeded`, `Contradiction`; nothing has changed then. */
    read(raw: RawEntry): void {
      if (raw.header.circle !== circle || raw.header.version !== 1) return all.passOver(raw, "malformed");
      if (raw.header.kind === "roster") roster.read(raw);
      else statements.read(raw);
    },
    settle: statements.settle,
    opened: statements.opened,
    statements: statements.statements,
    isChecked: statements.isChecked,
    record: statements.record,
    forget: statements.forget,
  };
}

export type Ledger = ReturnType<typeof ledger>;
