import {
  apply,
  type Device,
  found,
  type Judge,
  type OpenedEntry,
  rosterBody,
  type Verified,
} from "../../core/circle/index.ts";
import { decode, type PublicKey, toHex } from "../../core/codec/index.ts";
import { open } from "../../core/crypto/index.ts";
import { entryMessage, type Inner, inner as innerShape } from "../../core/log/index.ts";
import type { RawEntry } from "./raw.ts";
import type { Reading } from "./reading.ts";
import { judgeRotation, type MadeWraps } from "./rotations.ts";

/** Reads roster entries: each is opened, checked at once, and replayed. */
export function rosterReader(reading: Reading) {
  const { crypto, circle, ring, raws, forged, hostKeys, verify, passOver } = reading;
  const rotations = new Set<number>();
  const wrapped = new Map<number, readonly Verified<Device>[]>();
  const heard = new Set<string>();
  let chainEnd = 0;
  let made: MadeWraps | undefined;

  /** Whether the author's signature holds, checked now; a trusted entry's was checked before. */
  function signedNow(raw: RawEntry, inner: Inner): boolean {
    const { trusted } = reading;
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
      const { trusted, state, blobs, device, secrets } = reading;
      wrapped.set(entry.position, devices);
      if (trusted.rotations.has(entry.position)) {
        rotations.add(entry.position);
        return true;
      }
      // What the chain of epochs passes by was void for those who were there.
      if (entry.position < trusted.size || entry.position < chainEnd || state === undefined) return false;
      const raw = (position: number) => raws[position];
      const view = { crypto, circle, state, ring, device, kem: secrets.kem, raw, blob: blobs.get.bind(blobs), made };
      const valid = judgeRotation(view, entry, devices);
      if (valid) rotations.add(entry.position);
      return valid;
    },
  };

  return {
    /** Positions of rotations that were judged valid. */
    rotations,
    /** The devices that each rotation wraps its seed to, by position: the wraps can be made again from them. */
    wrapped,
    /** Wraps that this device made and sends, for when it reads its own rotation. */
    set made(given: MadeWraps) {
      made = given;
    },
    /** Rotations known to be valid by the chain of epochs; their seeds were never held here. */
    knowRotations(positions: ReadonlySet<number>): void {
      for (const position of positions) chainEnd = Math.max(chainEnd, position);
      const { trusted } = reading;
      reading.trusted = { ...trusted, rotations: new Set([...trusted.rotations, ...positions]) };
    },
    /** Reads the next entry. Throws `LinkNeeded`, `Contradiction`; nothing has changed then. */
    read(raw: RawEntry): void {
      const key = ring.get(raw.header.epoch)?.roster;
      if (raw.sealed === undefined || key === undefined) return passOver(raw, "unopened");
      let inner: Inner;
      let body: OpenedEntry["body"];
      try {
        inner = decode(innerShape, open(crypto, key, reading.contextOf(raw.header.epoch, 0), raw.sealed));
      } catch {
        return passOver(raw, "unopened");
      }
      try {
        body = decode(rosterBody, inner.body);
      } catch {
        return passOver(raw, "malformed");
      }
      const seen = reading.seenSize(raw, inner.seen);
      if (seen === undefined) return passOver(raw, "seen");
      if (!signedNow(raw, inner)) return passOver(raw, "signature");
      // Every member can seal another's words anew: they count where they were said first.
      const said = toHex(inner.signature);
      if (heard.has(said)) return passOver(raw, "duplicate");
      const { position, header, sealedHash } = raw;
      const { author, hour } = inner;
      const entry: OpenedEntry = { position, header, sealedHash, author, seenSize: seen, hour, body };
      if (reading.state === undefined) {
        reading.state = found(entry, inner.body, { verify });
        return;
      }
      const step = apply(reading.state, entry, judge);
      reading.state = step.state;
      heard.add(said);
      if (step.void !== undefined) return reading.reject(raw, step.void);
      reading.wrote(author, hour, header.epoch);
      if (!hostKeys.includes(step.state.host.key)) hostKeys.push(step.state.host.key);
    },
  };
}
