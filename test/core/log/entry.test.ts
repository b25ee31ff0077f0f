import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type BlobHash,
  type Bytes,
  type CircleId,
  decode,
  encode,
  fromHex,
  PeerFault,
  type PublicKey,
  toHex,
} from "../../../src/core/codec/index.ts";
import { sha256 } from "../../../src/core/crypto/sha256.ts";
import * as log from "../../../src/core/log/index.ts";

const circle = "c1".repeat(32) as CircleId;
const key = (digits: string) => digits.repeat(32) as PublicKey;
const filled = (byte: number, length: number): Bytes => new Uint8Array(length).fill(byte);

const statement: log.Header = {
  version: log.entryVersion,
  circle,
  epoch: 3,
  kind: "statement",
  blobs: ["b1".repeat(32) as BlobHash],
  eraseHash: log.eraseHashOf(filled(4, 32)),
};
const acl: log.Acl = {
  epoch: 4,
  keysVersion: 1,
  accessVersion: 4,
  access: key("aa"),
  append: [key("ab")],
  control: [[key("ca"), key("cb")], [key("cc")]],
  reserve: [[key("da")]],
  need: 2,
};
const rotation: log.Header = {
  version: log.entryVersion,
  circle,
  epoch: 3,
  kind: "roster",
  blobs: [],
  acl,
  signatures: [
    { key: key("ca"), signature: filled(1, 64) },
    { key: key("cc"), proposal: filled(2, 32), signature: filled(3, 64) },
  ],
};
const erasing: log.Header = {
  version: log.entryVersion,
  circle,
  epoch: 3,
  kind: "roster",
  blobs: [],
  erases: [{ position: 7, token: filled(4, 32) }, { position: 70_000 }],
  signatures: [{ key: key("ca"), signature: filled(1, 64) }],
};
const cancelling: log.Header = { ...erasing, cancels: [9] };

/** What must never change without a new version: every other client and host reads these bytes. */
const golden = JSON.parse(readFileSync(new URL("../../vectors/log/golden.json", import.meta.url), "utf8"));

describe("golden bytes", () => {
  const sealed = filled(9, 300);
  const made: Readonly<Record<string, () => Uint8Array>> = {
    "header of a statement": () => log.encodeHeader(statement),
    "header of a rotation": () => log.encodeHeader(rotation),
    "header of an erasure": () => log.encodeHeader(erasing),
    "header of a cancellation": () => log.encodeHeader(cancelling),
    entry: () => encode(log.entry, log.makeEntry(statement, sealed)),
    "entry without its bytes": () => encode(log.entry, log.withoutSealed(log.makeEntry(statement, sealed))),
    "entry hash": () => fromHex(log.entryHash(log.makeEntry(statement, sealed))) as Bytes,
    "access message": () => log.accessMessage(circle, acl, sha256(sealed)),
    "keys message": () => log.keysMessage(circle, filled(2, 32), acl),
    "erase message": () => log.eraseMessage(circle, [7, 70_000]),
    "cancel message": () => log.cancelMessage(circle, [9]),
    "erase hash": () => log.eraseHashOf(filled(4, 32)),
    "checkpoint body": () => log.checkpointBody(log.checkpointOrigin(circle), 70_001, filled(5, 32)),
    checkpoint: () =>
      log.formatCheckpoint(
        log.checkpointBody(log.checkpointOrigin(circle), 70_001, filled(5, 32)),
        log.checkpointOrigin(circle),
        filled(6, 32),
        filled(7, 64),
      ),
  };
  test.each(Object.keys(made))("%s", (name) => {
    expect(toHex((made[name] as () => Uint8Array)())).toBe(golden[name]);
  });
  test("and no others", () => {
    expect(Object.keys(golden)).toEqual(Object.keys(made));
  });
  test.each([statement, rotation, erasing, cancelling].map((header) => [header]))(
    "headers are read again",
    (header) => {
      expect(log.decodeHeader(log.encodeHeader(header))).toEqual(header);
    },
  );
});

describe("an entry", () => {
  const entry = log.makeEntry(statement, filled(9, 300));

  test("keeps its hash when its bytes are dropped", () => {
    const erased = log.withoutSealed(entry);
    expect(erased.sealed).toBeUndefined();
    expect(log.entryHash(erased)).toBe(log.entryHash(entry));
  });

  test("hashes as RFC 9162 leaf data header ‖ SHA-256(sealed)", () => {
    expect(log.entryHash(entry)).toBe(toHex(sha256(Uint8Array.of(0), entry.header, sha256(filled(9, 300)))));
  });

  test("with neither bytes nor their hash, or a hash of other bytes, is refused", () => {
    expect(() => log.entryHash({ header: entry.header })).toThrow(PeerFault);
    expect(() => log.entryHash({ ...entry, sealedHash: filled(0, 32) })).toThrow(PeerFault);
    expect(log.entryHash({ ...entry, sealedHash: log.sealedHashOf(entry) })).toBe(log.entryHash(entry));
  });

  test("is at most 64 KiB, header and sealed together", () => {
    const room = log.mostEntryBytes - log.encodeHeader(statement).length;
    expect(log.makeEntry(statement, filled(1, room)).sealed).toHaveLength(room);
    expect(() => log.makeEntry(statement, filled(1, room + 1))).toThrow(PeerFault);
  });

  test("has another hash for any changed bit of header or sealed", () => {
    fc.assert(
      fc.property(fc.boolean(), fc.nat(), (inHeader, at) => {
        const part = (inHeader ? entry.header : (entry.sealed as Bytes)).slice();
        const bit = at % (part.length * 8);
        part[bit >> 3] = (part[bit >> 3] as number) ^ (1 << (bit & 7));
        expect(log.entryHash({ ...entry, [inHeader ? "header" : "sealed"]: part })).not.toBe(log.entryHash(entry));
      }),
    );
  });

  test("with an unknown field in its header is refused", () => {
    const cut = decode(log.header, entry.header);
    expect(cut).toEqual(statement);
    const changed = entry.header.slice();
    // The map's key 6 (eraseHash) becomes 11, which version 1 does not know.
    const keyAt = changed.lastIndexOf(6, changed.length - 34);
    changed[keyAt] = 11;
    expect(() => log.decodeHeader(changed)).toThrow(PeerFault);
  });
});

test("problem codes are read back from their types, and no others", () => {
  for (const code of Object.keys(log.problems) as log.ProblemCode[]) {
    expect(log.problemCode(log.problemType(code))).toBe(code);
  }
  for (const other of ["about:blank", "urn:symbolon:problem:nothing", "urn:symbolon:problem:__proto__", 7, undefined]) {
    expect(log.problemCode(other)).toBeUndefined();
  }
});
