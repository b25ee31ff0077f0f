import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type Bytes, type CircleId, decodeCbor, encode, type PublicKey } from "../../../src/core/codec/index.ts";
import * as log from "../../../src/core/log/index.ts";

const source = readFileSync(new URL("../../../schema/symbolon.cddl", import.meta.url), "utf8").replace(/;.*$/gm, "");

/** Rules by name: an assignment at the start of a line, up to the next. */
const rules = new Map(
  [...source.matchAll(/^([a-z][\w-]*) = ([\s\S]*?)(?=^[a-z][\w-]* = |(?![\s\S]))/gm)].map(
    ([, name = "", body = ""]) => [name, body],
  ),
);
const prelude = new Set(["any", "bool", "bstr", "tstr", "uint"]);

test("every rule that is used is defined, and none twice", () => {
  const defined = [...source.matchAll(/^([a-z][\w-]*) = /gm)].map(([, name = ""]) => name);
  expect(new Set(defined).size).toBe(defined.length);
  for (const body of rules.values()) {
    const plain = body
      .replace(/"[^"]*"/g, "")
      .replace(/\.\w+/g, "")
      .replace(/&\([\s\S]*?\)/g, "")
      .replace(/[\w-]+:/g, "");
    for (const [name] of plain.matchAll(/[a-z][\w-]*/g)) {
      expect(rules.has(name) || prelude.has(name), `rule ${name}`).toBe(true);
    }
  }
});

const keysOf = (rule: string) =>
  [...(rules.get(rule) ?? "").matchAll(/^\s*(?:\{ )?(?:\? )?(\d+) =>|, (\d+) =>/gm)].map(([, a, b]) => Number(a ?? b));

describe("the rules of the log name the keys that the code writes", () => {
  const circle = "c1".repeat(32) as CircleId;
  const key = "aa".repeat(32) as PublicKey;
  const filled = (length: number): Bytes => new Uint8Array(length).fill(1);
  const acl: log.Acl = {
    epoch: 1,
    keysVersion: 0,
    accessVersion: 1,
    access: key,
    append: [key],
    control: [[key]],
    reserve: [],
    need: 1,
  };
  const control: log.ControlSignature = { key, proposal: filled(32), signature: filled(64) };
  const erasure: log.Erasure = { position: 1, token: filled(32) };
  const header: log.Header = {
    version: 1,
    circle,
    epoch: 0,
    kind: "roster",
    blobs: [],
    eraseHash: filled(32),
    acl,
    signatures: [control],
    erases: [erasure],
    cancels: [1],
  };
  const entry: log.Entry = { header: filled(1), sealed: filled(1), sealedHash: filled(32) };
  const note = filled(9);
  const cover = { checkpoint: note, proof: [] };
  const witness = { position: 1, entry, proof: [] };
  const order = { host: key, signatures: [control] };
  const sizes = { entry: 1, blob: 1, batchEntries: 1, batchBytes: 1, pageEntries: 1, pageBytes: 1, waitSeconds: 1 };
  test.each<[string, Bytes]>([
    ["acl", encode(log.acl, acl)],
    ["control-signature", encode(log.controlSignature, control)],
    ["erasure", encode(log.erasure, erasure)],
    ["header", encode(log.header, header)],
    ["entry", encode(log.entry, entry)],
    ["found-request", encode(log.foundRequest, { entry })],
    ["append-request", encode(log.appendRequest, { entries: [entry] })],
    ["appended", encode(log.appended, { positions: [1], checkpoint: note })],
    ["checkpoint-answer", encode(log.checkpointAnswer, { checkpoint: note, proof: [] })],
    ["page", encode(log.page, { checkpoint: note, entries: [], standing: "left" })],
    ["restore-request", encode(log.restoreRequest, { from: 1, entries: [], cover, erased: [witness], order })],
    ["erasure-witness", encode(log.erasureWitness, witness)],
    ["move-order", encode(log.moveOrder, order)],
    ["restored", encode(log.restored, { size: 1, standing: "open" })],
    ["mailbox-opening", encode(log.mailboxOpening, { expires: 1 })],
    ["mailbox", encode(log.mailbox, { expires: 1, request: note, contested: true, welcome: note })],
    ["host-info", encode(log.hostInfo, { key: filled(32), versions: [1], time: 1, software: "x", limits: sizes })],
  ])("%s", (rule, bytes) => {
    const written = decodeCbor(bytes) as ReadonlyMap<number, unknown>;
    expect(keysOf(rule)).toEqual([...written.keys()]);
  });
});
