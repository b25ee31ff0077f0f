import { expect, test } from "vitest";
import { UsageError } from "../../../src/core/codec/index.ts";
import { readWorkerConfig } from "../../../src/host/runtimes/worker-config.ts";

const database = { prepare: () => {}, batch: () => {} };
const env = { SYMBOLON_HOST_SEED: "5e".repeat(32), DB: database };

const refusal = (change: Readonly<Record<string, unknown>>): string => {
  try {
    readWorkerConfig({ ...env, ...change });
  } catch (error) {
    if (error instanceof UsageError) return error.message;
  }
  return "none";
};

test("a seed and one database are enough", () => {
  expect(readWorkerConfig(env)).toMatchObject({
    databases: [database],
    growth: [1],
    queries: 50,
    foundingTokens: [],
    limits: { batchEntries: 64, pageEntries: 256, pageBytes: 524_288, circleBytes: 209_715_200 },
  });
});

test("databases are bound by number, and the paid plan's queries make room for larger pages", () => {
  const read = readWorkerConfig({
    ...env,
    DB2: database,
    DB3: database,
    SYMBOLON_DATABASES: "1 3",
    SYMBOLON_D1_QUERIES: "1000",
    SYMBOLON_LIMIT_PAGE_ENTRIES: "4096",
  });
  expect([read.databases.length, read.growth, read.limits.pageEntries]).toEqual([3, [1, 3], 4096]);
});

test.each([
  ["SYMBOLON_HOST_SEED", undefined],
  ["SYMBOLON_HOST_SEED", "c0ffee"],
  ["SYMBOLON_DATABASES", "4 1"],
  ["SYMBOLON_DATABASES", "1 1.5"],
  ["SYMBOLON_DATABASES", "1 99999999"],
  ["SYMBOLON_D1_QUERIES", "19"],
  ["SYMBOLON_LIMIT_PAGE_ENTRIES", "4000"],
  ["SYMBOLON_LIMIT_BLOB_BYTES", "3333333"],
  ["SYMBOLON_FOUNDING_TOKENS", "short"],
  ["DB", "not a binding"],
])("a wrong %s is named, and never repeated", (name, value) => {
  expect(refusal({ [name]: value })).toContain(`  ${name}: `);
  if (value !== undefined) expect(refusal({ [name]: value })).not.toContain(value);
});

test("a database that is announced but not bound is named", () => {
  expect(refusal({ SYMBOLON_DATABASES: "1 2" })).toContain("  DB2: the binding of a D1 database");
});
