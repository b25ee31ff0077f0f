import {
  apply,
  type CircleState,
  type Device,
  found,
  type Judge,
  type OpenedEntry,
  rosterBody,
  skip,
  speaker,
  type Verified,
  type VoidReason,
} from "../../core/circle/index.ts";
import {
  type BlobHash,
  type Bytes,
  type CircleId,
  type DeviceId,
  decode,
  type EntryHash,
  equal,
  type PublicKey,
  type StatementHash,
  toHex,
  toId,
} from "../../core/codec/index.ts";
import { type Context, open, type SigningSeed, type SymmetricKey, verifyClaim } from "../../core/crypto/index.ts";
import { type Acl, entryMessage, type Inner, inner as innerShape, type SignatureClaim } from "../../core/log/index.ts";
import {
  breachOf,
  decodeStatement,
  forwardingClaims,
  readAudience,
  type Statement,
  type StatementBody,
  statementBody,
  statementHash,
} from "../../core/statements/index.ts";
import type { DeviceSecrets } from "../identity/device.ts";
import { hourOf, type Platform } from "../platform.ts";
import { judgeSeen } from "./heads.ts";
import { entryContext, type Keyring } from "./keyring.ts";
import type { RawEntry } from "./raw.ts";
import type { Recorded, VoidEntry } from "./recorded.ts";
import { judgeRotation, type MadeWraps } from "./rotations.ts";
import { logTree } from "./tree.ts";
import { verifier } from "./verifier.ts";

/** What reading starts from. */
export type LedgerStart = {
  readonly platform: Platform;
  readonly circle: CircleId;
  readonly device: DeviceId;
  readonly secrets: DeviceSecrets;
  readonly hostKey: PublicKey;
};

/** What was verified already, in an earlier session: signatures below `size` are not checked again. */
export type Trusted = {
  readonly size: number;
  readonly forged: ReadonlySet<number>;
  readonly rotations: ReadonlySet<number>;
};

/** A statement entry, opened; `said` is absent where the format is not kept. */
type OpenedStatement = {
  readonly inner: Inner;
  readonly audience: Recorded["audience"];
  readonly said?: { readonly body: StatementBody; readonly statement: Statement };
};

const nothingTrusted: Trusted = { size: 0, forged: new Set(), rotations: new Set() };

/**
 * A circle's log as this device reads it: the tree, the replayed roster, and the statements that it could
 * open. Entries come in order; each ends as taken, or void at its position, and never as an exception.
 */
export function ledger(start: LedgerStart) {
  const { platform, circle, secrets } = start;
  const { crypto } = platform;
  const tree = logTree();
  const ring: Keyring = new Map();
  const raws: RawEntry[] = [];
  const blobs = new Map<BlobHash, Bytes>();
  const checks = verifier(crypto);
  const records = new Map<number, Recorded>();
  const unchecked = new Set<number>();
  const voids: VoidEntry[] = [];
  const forged = new Set<number>();
  const rotations = new Set<number>();
  const wrapped = new Map<number, readonly Verified<Device>[]>();
  const forOthers = new Set<number>();
  const missing = new Set<number>();
  const heard = new Set<string>();
  const hostKeys: PublicKey[] = [start.hostKey];
  const lastWritten = new Map<string, number>();
  const newestEpoch = new Map<string, number>();
  let state: CircleState | undefined;
  let trusted: Trusted = nothingTrusted;
  let chainEnd = 0;
  let head: Bytes = new Uint8Array(0);
  let pastRecords: ReadonlyMap<number, SymmetricKey> = new Map();
  let made: MadeWraps | undefined;
  let lastSeen: { readonly bytes: Bytes; readonly size: number } | undefined;
  const contexts = new Map<number, Context>();
  const prepared = new WeakMap<
    RawEntry,
    { readonly key: SymmetricKey; readonly found: OpenedStatement | "for-others" }
  >();

  const verify = (claim: SignatureClaim) => verifyClaim(crypto, claim);

  function reject(raw: RawEntry, reason: VoidEntry["reason"]): void {
    voids.push({ position: raw.position, reason });
  }

  /** Notes when and in which epoch somebody wrote last. An hour that is yet to come is a lie that would keep a view fresh for ever (attack 25). */
  function wrote(author: DeviceId, hour: number, epoch: number): void {
    newestEpoch.set(author, Math.max(epoch, newestEpoch.get(author) ?? 0));
    if (hour <= hourOf(platform) + 1) lastWritten.set(author, Math.max(hour, lastWritten.get(author) ?? 0));
  }

  function passOver(raw: RawEntry, reason?: VoidReason): void {
    if (reason !== undefined) reject(raw, reason);
    if (state !== undefined) state = skip(state, raw.header, raw.sealedHash, { verify });
  }

  function seenSize(raw: RawEntry, seen: Bytes): number | undefined {
    // What was written in one request names one head: it is in the own tree, and stays there.
    if (lastSeen !== undefined && raw.position >= lastSeen.size && equal(seen, lastSeen.bytes)) return lastSeen.size;
    const size = judgeSeen(crypto, circle, hostKeys, tree, raw.position, seen, head);
    if (size !== undefined && size > 0) lastSeen = { bytes: seen, size };
    return size;
  }

  /** The context of entries of an epoch and kind, the same object each time: what follows from it is kept with it. */
  function contextOf(epoch: number, kind: 0 | 1): Context {
    const number = 2 * epoch + kind;
    const context = contexts.get(number) ?? entryContext(circle, epoch, kind);
    contexts.set(number, context);
    return context;
  }

  /** Whether the author's signature holds, checked now; a trusted entry's was checked before. */
  function signedNow(raw: RawEntry, inner: Inner): boolean {
    if (raw.position < trusted.size) return !trusted.forged.has(raw.position);
    const { header } = raw;
    const message = entryMessage(header, inner);
    const valid = verify({ key: inner.author as string as PublicKey, message, signature: inner.signature });
    if (!valid) forged.add(raw.position);
    return valid;
  }

  const judge: Judge = {
    verify,
    header: (position) => raws[position]?.header,
    rotation: (entry, devices) => {
      wrapped.set(entry.position, devices);
      if (trusted.rotations.has(entry.position)) {
        rotations.add(entry.position);
        return true;
      }
      // What the chain of epochs passes by was void for those who were there.
      if (entry.position < trusted.size || entry.position < chainEnd || state === undefined) return false;
      const raw = (position: number) => raws[position];
      const view = {
        crypto,
        circle,
        state,
        ring,
        device: start.device,
        kem: secrets.kem,
        raw,
        blob: blobs.get.bind(blobs),
        made,
      };
      const valid = judgeRotation(view, entry, devices);
      if (valid) rotations.add(entry.position);
      return valid;
    },
  };

  function readRoster(raw: RawEntry): void {
    const key = ring.get(raw.header.epoch)?.roster;
    if (raw.sealed === undefined || key === undefined) return passOver(raw, "unopened");
    let inner: Inner;
    let body: OpenedEntry["body"];
    try {
      inner = decode(innerShape, open(crypto, key, contextOf(raw.header.epoch, 0), raw.sealed));
    } catch {
      return passOver(raw, "unopened");
    }
    try {
      body = decode(rosterBody, inner.body);
    } catch {
      return passOver(raw, "malformed");
    }
    const seen = seenSize(raw, inner.seen);
    if (seen === undefined) return passOver(raw, "seen");
    if (!signedNow(raw, inner)) return passOver(raw, "signature");
    // Every member can seal another's words anew: they count where they were said first.
    const said = toHex(inner.signature);
    if (heard.has(said)) return passOver(raw, "duplicate");
    const { position, header, sealedHash } = raw;
    const { author, hour } = inner;
    const entry: OpenedEntry = { position, header, sealedHash, author, seenSize: seen, hour, body };
    if (state === undefined) {
      state = found(entry, inner.body, { verify });
      return;
    }
    const step = apply(state, entry, judge);
    state = step.state;
    heard.add(said);
    if (step.void !== undefined) {
      reject(raw, step.void);
      return;
    }
    wrote(author, hour, header.epoch);
    if (!hostKeys.includes(state.host.key)) hostKeys.push(state.host.key);
  }

  const recordsKey = (epoch: number) => ring.get(epoch)?.records ?? pastRecords.get(epoch);

  /** What a statement entry holds for this device; the same whatever the state. `undefined` where it does not open. */
  function openStatement(raw: RawEntry): OpenedStatement | "for-others" | undefined {
    const { epoch } = raw.header;
    const key = recordsKey(epoch);
    if (key === undefined || raw.sealed === undefined) return undefined;
    const before = prepared.get(raw);
    prepared.delete(raw);
    if (before?.key === key) return before.found;
    let opened: Omit<OpenedStatement, "said">;
    try {
      const plaintext = open(crypto, key, contextOf(epoch, 1), raw.sealed);
      const found = readAudience(crypto, { circle, epoch }, secrets.kem, plaintext);
      if (found === "for-others") return found;
      opened = { audience: found.audience, inner: decode(innerShape, found.inner) };
    } catch {
      return undefined;
    }
    try {
      const body = decode(statementBody, opened.inner.body);
      return { ...opened, said: { body, statement: decodeStatement(body.statement) } };
    } catch {
      return opened;
    }
  }

  function readStatement(raw: RawEntry): void {
    if (raw.sealed === undefined) {
      missing.add(raw.position);
      return passOver(raw);
    }
    const opened = openStatement(raw);
    if (opened === undefined || state === undefined) return passOver(raw, "unopened");
    if (opened === "for-others") {
      forOthers.add(raw.position);
      return passOver(raw);
    }
    const { inner, audience, said } = opened;
    const seen = seenSize(raw, inner.seen);
    if (seen === undefined) return passOver(raw, "seen");
    const member = speaker(state, inner.author, raw.header, seen);
    if (typeof member === "string") return passOver(raw, member);
    if (said === undefined) return passOver(raw, "malformed");
    const { body, statement } = said;
    passOver(raw);
    if (member.role === "reader" && statement.kind !== "check-in") return reject(raw, "role");
    const own = statement.device === inner.author && statement.organization === member.organization;
    const relay = own
      ? undefined
      : forwardingClaims(body, statement, state.organizations.get(statement.organization)?.key);
    if (!own && relay === undefined) return reject(raw, "author");
    const setting = { day: Math.floor(inner.hour / 24), audience, circleKind: state.policy.kind };
    const breach = breachOf(statement, setting);
    if (breach !== undefined) return reject(raw, breach);
    let hash: StatementHash | undefined;
    const made: Recorded = {
      statement,
      get hash() {
        hash ??= statementHash(body.statement);
        return hash;
      },
      circle,
      position: raw.position,
      organization: statement.organization,
      member: member.id,
      device: statement.device,
      hour: inner.hour,
      entry: toId<EntryHash>(raw.leaf),
      audience,
      body,
      ...(own ? {} : { relayedBy: member.organization }),
    };
    keep(raw, inner, made, relay ?? []);
  }

  /** Keeps a statement; it is shown once its signatures were checked. */
  function keep(raw: RawEntry, inner: Inner, made: Recorded, relay: readonly SignatureClaim[]): void {
    if (raw.position < trusted.size) {
      if (trusted.forged.has(raw.position)) return reject(raw, "signature");
      records.set(raw.position, made);
      wrote(inner.author, inner.hour, raw.header.epoch);
      return;
    }
    records.set(raw.position, made);
    unchecked.add(raw.position);
    const { header } = raw;
    const key = inner.author as string as PublicKey;
    // Hashing what was signed waits until the signature's turn: reading goes first.
    const claims = [
      () => ({ key, message: entryMessage(header, inner), signature: inner.signature }),
      ...relay.map((claim) => () => claim),
    ];
    let open_ = claims.length;
    for (const claim of claims) {
      checks.add(claim, (valid) => {
        open_--;
        if (!valid && records.delete(raw.position)) {
          unchecked.delete(raw.position);
          forged.add(raw.position);
          reject(raw, "signature");
        }
        if (open_ === 0 && records.has(raw.position)) {
          unchecked.delete(raw.position);
          wrote(inner.author, inner.hour, raw.header.epoch);
        }
      });
    }
  }

  /** An access key of an epoch that is not held: it reads the log on, and gives nothing else. */
  let borrowed: SigningSeed | undefined;

  return {
    circle,
    device: start.device,
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
    rotations,
    /** The devices that each rotation wraps its seed to, by position: the wraps can be made again from them. */
    wrapped,
    missing,
    forOthers,
    lastWritten,
    /** The newest epoch in which a device wrote: it had that epoch's keys. */
    newestEpoch,
    /** The replayed roster; `undefined` until genesis was read. */
    get state(): CircleState | undefined {
      return state;
    },
    /** What the host enforces now, where it is ahead of the roster: a rotation that waits for its link has moved it. */
    get hostAcl(): Acl | undefined {
      const ahead = raws.slice(state?.position ?? 0).findLast((raw) => raw.header.acl !== undefined);
      return ahead?.header.acl ?? state?.acl;
    },
    get hostKeys(): readonly PublicKey[] {
      return hostKeys;
    },
    get next(): number {
      return state?.position ?? 0;
    },
    get waiting(): number {
      return checks.waiting;
    },
    trust(given: Trusted): void {
      trusted = given;
      for (const position of given.forged) forged.add(position);
    },
    /** Records keys of epochs from before this device's time, that an older device gave it. */
    set pastRecords(given: ReadonlyMap<number, Bytes>) {
      pastRecords = given as ReadonlyMap<number, SymmetricKey>;
    },
    /** Rotations known to be valid by the chain of epochs; their seeds were never held here. */
    knowRotations(positions: ReadonlySet<number>): void {
      for (const position of positions) chainEnd = Math.max(chainEnd, position);
      trusted = { ...trusted, rotations: new Set([...trusted.rotations, ...positions]) };
    },
    /** Wraps that this device made and sends, for when it reads its own rotation. */
    set made(given: MadeWraps) {
      made = given;
    },
    setHead(checkpoint: Bytes): void {
      head = checkpoint;
    },
    /** Opens an entry ahead of its turn, while the next page comes. Nothing is judged or kept by it. */
    prepare(raw: RawEntry): void {
      if (raw.header.kind !== "statement" || raw.header.circle !== circle) return;
      const opened = openStatement(raw);
      const key = recordsKey(raw.header.epoch);
      if (opened !== undefined && key !== undefined) prepared.set(raw, { key, found: opened });
    },
    /** Reads the next entry. Throws `LinkNeeded`, `Contradiction`; nothing has changed then. */
    read(raw: RawEntry): void {
      if (raw.header.circle !== circle || raw.header.version !== 1) return passOver(raw, "malformed");
      if (raw.header.kind === "roster") readRoster(raw);
      else readStatement(raw);
    },
    settle: () => checks.settle(),
    /** Statements that were opened, checked or not: to be indexed, never shown. */
    opened: (): Iterable<Recorded> => records.values(),
    /** Statements whose signatures were checked, by position. */
    statements(): readonly Recorded[] {
      // A statement counts once, where it was said first: said again by others, it would undo what came between.
      const shown = new Map<StatementHash, Recorded>();
      for (const made of records.values())
        if (!unchecked.has(made.position) && !shown.has(made.hash)) shown.set(made.hash, made);
      return [...shown.values()];
    },
    isChecked: (position: number): boolean => !unchecked.has(position),
    record: (position: number): Recorded | undefined => (unchecked.has(position) ? undefined : records.get(position)),
    forget(position: number): void {
      records.delete(position);
    },
  };
}

export type Ledger = ReturnType<typeof ledger>;
