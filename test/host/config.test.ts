import { Writable } from "node:stream";
import { describe, expect, test } from "vitest";
import { UsageError } from "../../src/core/codec/index.ts";
import { readConfig, variables } from "../../src/host/config.ts";
import { createLog, logObserver } from "../../src/host/log.ts";
import { createMetrics } from "../../src/host/metrics.ts";
import { defaultLimits } from "../../src/host/options.ts";

describe("configuration", () => {
  test("defaults are those of the table", () => {
    expect(readConfig({})).toEqual({
      data: "./data",
      address: "127.0.0.1",
      port: 8787,
      metricsAddress: "127.0.0.1",
      foundingTokens: [],
      logLevel: "info",
      limits: defaultLimits,
    });
    const fromTable = Object.fromEntries(variables.map(({ name, otherwise }) => [name, otherwise]));
    expect(readConfig(fromTable)).toEqual(readConfig({}));
  });

  test("every variable is read", () => {
    const config = readConfig({
      SYMBOLON_DATA: "/var/lib/symbolon",
      SYMBOLON_PORT: "0",
      SYMBOLON_METRICS_PORT: "9100",
      SYMBOLON_ADDRESS_HEADER: "X-Forwarded-For",
      SYMBOLON_FOUNDING_TOKENS: "0123456789abcdef,fedcba9876543210",
      SYMBOLON_LIMIT_WRITES_PER_MINUTE: "none",
      SYMBOLON_LIMIT_PAGE_ENTRIES: "12",
      SYMBOLON_KEY_FILE: "/run/secrets/key",
      DATABASE_URL: "postgres://a:b@db.example/c",
      SYMBOLON_DATABASE_CONNECTIONS: "3",
      UNRELATED: "x",
    });
    expect(config).toMatchObject({
      data: "/var/lib/symbolon",
      port: 0,
      metricsPort: 9100,
      addressHeader: "x-forwarded-for",
    });
    expect(config.keyFile).toBe("/run/secrets/key");
    expect(config.database).toEqual({
      url: "postgres://a:b@db.example/c",
      connections: 3,
      statementSeconds: 15,
      lockSeconds: 5,
      connectSeconds: 5,
    });
    expect(config.foundingTokens).toHaveLength(2);
    expect(config.limits).toMatchObject({ writesPerMinute: Number.POSITIVE_INFINITY, pageEntries: 12 });
  });

  test("everything that is wrong is named at once, and no value is repeated", () => {
    const wrong = {
      SYMBOLON_PORT: "99999",
      SYMBOLON_LOG_LEVEL: "loud",
      SYMBOLON_FOUNDING_TOKENS: "hunter2",
      SYMBOLON_ADDRESS_HEADER: "x forwarded",
      SYMBOLON_LIMIT_BATCH_ENTRIES: "65",
      SYMBOLON_LIMIT_QUEUE: "-1",
      SYMBOLON_LIMIT_NOTHING: "1",
      DATABASE_URL: "postgres://hunter2@db.example/c?sslmode=prefer",
      SYMBOLON_DATABASE_CONNECTIONS: "0",
    };
    let message = "";
    try {
      readConfig(wrong);
    } catch (error) {
      expect(error).toBeInstanceOf(UsageError);
      message = (error as Error).message;
    }
    for (const name of Object.keys(wrong)) expect(message).toContain(name);
    expect(message).not.toContain("hunter2");
  });
});

describe("what operators see", () => {
  const id = "ab".repeat(32);

  test("logs have the hour, the pattern and the status, and nothing of the request", () => {
    const lines: string[] = [];
    const to = new Writable({
      write: (chunk, _, done) => {
        lines.push(String(chunk));
        done();
      },
    });
    const log = createLog("debug", () => Date.UTC(2026, 10, 24, 13, 59, 58), to);
    const observer = logObserver(log);
    observer.answered("/v1/circles/:circle/entries", "GET", 200, 0.1);
    observer.failed("/v1/circles/:circle/entries", Object.assign(new Error(`no ${id}`), { code: "SQLITE_IOERR" }));
    const [answered, failed] = lines.map((line) => JSON.parse(line));
    expect(answered).toEqual({
      level: 20,
      time: "2026-11-24T13:00:00.000Z",
      route: "/v1/circles/:circle/entries",
      method: "GET",
      status: 200,
      msg: "answered",
    });
    expect(failed).toMatchObject({ level: 50, error: { name: "Error", code: "SQLITE_IOERR" } });
    expect(lines.join()).not.toContain(id);
  });

  test("metrics count by pattern", async () => {
    const metrics = createMetrics({
      waiting: () => 3,
      memory: () => 1000,
      connections: () => ({ open: 7, refused: 2 }),
      free: async () => 4096,
    });
    metrics.observer.answered("/v1/host", "GET", 200, 0.01);
    metrics.observer.committed(64, 2);
    const { text } = await metrics.render();
    expect(text).toContain('symbolon_requests_total{route="/v1/host",method="GET",status="200"} 1');
    expect(text).toContain("symbolon_entries_total 64");
    expect(text).toContain("symbolon_long_polls 3");
    expect(text).toContain("symbolon_connections 7");
    expect(text).toContain("symbolon_connections_refused_total 2");
    expect(text).toContain("symbolon_storage_free_bytes 4096");
  });
});
