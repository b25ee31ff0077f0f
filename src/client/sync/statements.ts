import { type CircleState, speaker } from "../../core/circle/index.ts";
import { type Bytes, decode, type PublicKey, type StatementHash } from "../../core/codec/index.ts";
import { open, type SymmetricKey } from "../../core/crypto/index.ts";
import { entryMessage, type Inner, inner as innerShape, type SignatureClaim } from "../../core/log/index.ts";
import {
  breachOf,
  decodeStatement,
  forwardingClaims,
  readAudience,
  type Statement,
  type StatementBody,
  statementBody,
} from "../../core/statements/index.ts";
import type { RawEntry } from "./raw.ts";
import type { Reading } from "./reading.ts";
import { type Recorded, recorded } from "./recorded.ts";
import { verifier } from "./verifier.ts";

/** A statement entry, opened; `said` is absent where the format is not kept. */
type OpenedStatement = {
  readonly inner: Inner;
  readonly audience: Recorded["audience"];
  readonly said?: { readonly body: StatementBody; readonly statement: Statement };
};

/** What was opened ahead of its turn, and with which key. */
type Prepared = { readonly raw: RawEntry; readonly key: SymmetricKey; readonly found: OpenedStatement | "for-others" };

/** A statement whose signatures are still to be checked. */
type Pending = { readonly raw: RawEntry; readonly inner: Inner; readonly relay: readonly SignatureClaim[] };

/** The author's signature on the entry, and those that relayed words came with. */
const claimsOf = ({ raw, inner, relay }: Pending): readonly SignatureClaim[] => [
  {
    key: inner.author as string as PublicKey,
    message: entryMessage(raw.header, inner),
    signature: inner.signature,
  },
  ...relay,
];

/** Reads statement entries: each is opened and judged at once; it is shown when its signatures were checked. */
export function statementReader(reading: Reading) {
  const { crypto, circle, ring, secrets, forged, passOver, reject } = reading;
  const checks = verifier(crypto, claimsOf, checked);
  const records = new Map<number, Recorded>();
  const unchecked = new Set<number>();
  const forOthers = new Set<number>();
  const missing = new Set<number>();
  let pastRecords: ReadonlyMap<number, SymmetricKey> = new Map();
  const prepared = new Map<number, Prepared>();

  const recordsKey = (epoch: number) => ring.get(epoch)?.records ?? pastRecords.get(epoch);

  /** What a statement entry holds for this device; the same whatever the state. `undefined` where it does not open. */
  function openStatement(raw: RawEntry): OpenedStatement | "for-others" | undefined {
    const { epoch } = raw.header;
    const key = recordsKey(epoch);
    if (key === undefined || raw.sealed === undefined) return undefined;
    const before = prepared.get(raw.position);
    prepared.delete(raw.position);
    // Another history may have stood at this position before.
    if (before?.raw === raw && before.key === key) return before.found;
    let found: ReturnType<typeof readAudience>;
    let inner: Inner;
    try {
      const plaintext = open(crypto, key, reading.contextOf(epoch, 1), raw.sealed);
      found = readAudience(crypto, { circle, epoch }, secrets.kem, plaintext);
      if (found === "for-others") return found;
      inner = decode(innerShape, found.inner);
    } catch {
      return undefined;
    }
    const { audience } = found;
    try {
      const body = decode(statementBody, inner.body);
      return { inner, audience, said: { body, statement: decodeStatement(body.statement) } };
    } catch {
      return { inner, audience };
    }
  }

  /** Judges what was opened by the roster before it. */
  function judge(raw: RawEntry, state: CircleState, { inner, audience, said }: OpenedStatement): void {
    const seen = reading.seenSize(raw, inner.seen);
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
    keep(
      recorded({
        statement,
        circle,
        position: raw.position,
        organization: statement.organization,
        member: member.id,
        device: statement.device,
        hour: inner.hour,
        audience,
        body,
        relayedBy: own ? undefined : member.organization,
      }),
      { raw, inner, relay: relay ?? [] },
    );
  }

  /** Keeps a statement; it is shown once its signatures were checked. */
  function keep(made: Recorded, pending: Pending): void {
    const { position } = made;
    const { trusted } = reading;
    if (position >= trusted.size) {
      records.set(position, made);
      unchecked.add(position);
      return checks.add(pending);
    }
    if (trusted.forged.has(position)) return reject(pending.raw, "signature");
    records.set(position, made);
    reading.wrote(pending.inner.author, made.hour, pending.raw.header.epoch);
  }

  function checked({ raw, inner }: Pending, valid: boolean): void {
    const { position } = raw;
    // It may have been erased meanwhile.
    if (!records.has(position)) return;
    unchecked.delete(position);
    if (valid) return reading.wrote(inner.author, inner.hour, raw.header.epoch);
    records.delete(position);
    forged.add(position);
    reject(raw, "signature");
  }

  return {
    forOthers,
    missing,
    /** Records keys of epochs from before this device's time, that an older device gave it. */
    set pastRecords(given: ReadonlyMap<number, Bytes>) {
      pastRecords = given as ReadonlyMap<number, SymmetricKey>;
    },
    get waiting(): number {
      return checks.waiting;
    },
    settle: () => checks.settle(),
    /** Opens an entry ahead of its turn, while the next page comes. Nothing is judged or kept by it. */
    prepare(raw: RawEntry): void {
      const opened = openStatement(raw);
      const key = recordsKey(raw.header.epoch);
      if (opened !== undefined && key !== undefined) prepared.set(raw.position, { raw, key, found: opened });
    },
    /** Reads the next entry. Throws `Contradiction`; nothing has changed then. */
    read(raw: RawEntry): void {
      if (raw.sealed === undefined) {
        missing.add(raw.position);
        return passOver(raw);
      }
      const opened = openStatement(raw);
      if (opened === undefined || reading.state === undefined) return passOver(raw, "unopened");
      if (opened === "for-others") {
        forOthers.add(raw.position);
        return passOver(raw);
      }
      judge(raw, reading.state, opened);
    },
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
