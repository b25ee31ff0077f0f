import { chmodSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { afterEach, describe, expect, test } from "vitest";
import { type Examination, examine, type Report } from "../../../src/host/runtimes/node-doctor/index.ts";
import { makeCertificate } from "../../kit/certificate.ts";
import { startTestHost, type TestHost } from "../../kit/host.ts";
import { type FrontProxy, type ProxyFaults, startProxy } from "../../kit/proxy.ts";
import { asNobody } from "./nobody.ts";

const running: TestHost[] = [];
const proxies: FrontProxy[] = [];
afterEach(async () => {
  for (const proxy of proxies.splice(0)) await proxy.stop();
  for (const host of running.splice(0)) await host.stop();
});

const hasty = { headersTimeout: 200, connectionsCheckingInterval: 50 };
const token = "a founding token".replaceAll(" ", "-");

async function hosted(options: NonNullable<Parameters<typeof startTestHost>[0]> = {}): Promise<TestHost> {
  const host = await startTestHost({ patience: hasty, ...options });
  running.push(host);
  return host;
}
async function behind(faults: ProxyFaults, options: Parameters<typeof hosted>[0] = {}): Promise<Report> {
  const host = await hosted(options);
  const proxy = await startProxy(host.url, faults);
  proxies.push(proxy);
  return asked(proxy.url);
}
const asked = (url: string, more: Partial<Examination> = {}) =>
  examine({ url, patience: 2000, longest: 2000, ...more });
const stateOf = (report: Report, check: string) => report.findings.find((finding) => finding.check === check)?.state;
/** The checks that went in another way than well. */
const notWell = (report: Report) =>
  report.findings.flatMap(({ check, state }) => (state === "ok" ? [] : [`${check}: ${state}`]));

describe("the doctor, over the network", () => {
  test("finds a host as it should be well, on its machine and with its data", async () => {
    const host = await hosted({ metricsPort: 0, foundingTokens: [token] });
    const report = await asked(host.url, { data: host.data });
    expect(notWell(report)).toEqual([]);
    expect(report.healthy).toBe(true);
    expect(report.findings.map(({ check }) => check)).toEqual([
      ...[
        "reach",
        "transport",
        "clock",
        "health",
        "headers",
        "cors",
        "bodies",
        "slow",
        "metrics",
        "founding",
        "outside",
      ],
      ...["directory", "space", "key", "migrations", "durability"],
    ]);
    expect(report.findings.every(({ says }) => /^[A-Z].*\.$/.test(says))).toBe(true);
  });

  test("changes nothing in the data it looks at", async () => {
    const host = await hosted();
    const dump = () => {
      const database = new Sqlite(join(host.data, "symbolon.sqlite"), { readonly: true });
      const rows = database.prepare("SELECT * FROM sqlite_schema").all();
      database.close();
      return [rows, readdirSync(host.data).sort()];
    };
    const before = dump();
    await asked(host.url, { data: host.data });
    expect(dump()).toEqual(before);
  });

  test("says that nothing answers, and that what answers is no host", async () => {
    const host = await hosted();
    await host.close();
    expect(notWell(await asked(host.url))).toEqual(["reach: failure"]);
    const report = await behind({ answers: (_, response) => Boolean(response.end("<h1>Welcome</h1>")) });
    expect(notWell(report)).toEqual(["reach: failure"]);
    const onion = await asked("http://symbolonabcdefghijklmnop.onion");
    expect(onion.findings[0]?.todo).toContain("torsocks");
  });

  test.each([
    [3600, "failure"],
    [-3600, "failure"],
    [120, "warning"],
    [5, "ok"],
  ])("tells a clock that is %d seconds off: %s", async (seconds, state) => {
    const host = await hosted({ now: () => Date.now() + seconds * 1000 });
    expect(stateOf(await asked(host.url), "clock")).toBe(state);
  });

  test("misses headers that a proxy drops, and meets those that it adds", async () => {
    expect(notWell(await behind({ drops: ["content-security-policy"] }))).toEqual(["headers: failure"]);
    expect(notWell(await behind({ adds: { "set-cookie": "sid=1" } }))).toEqual(["headers: failure"]);
    expect(notWell(await behind({ adds: { "cache-control": "public" } }))).toEqual(["headers: failure"]);
    expect(notWell(await behind({ drops: ["access-control-allow-headers"] }))).toEqual(["cors: failure"]);
    expect(notWell(await behind({ adds: { "access-control-allow-credentials": "true" } }))).toEqual(["cors: failure"]);
  });

  test("meets a proxy that takes less than the host, swallows bodies, or waits for ever", async () => {
    const small: ProxyFaults["answers"] = (request, response) => {
      if (Number(request.headers["content-length"] ?? 0) <= 1_000_000) return false;
      response.writeHead(413).end("<html>");
      return true;
    };
    expect(notWell(await behind({ answers: small }))).toEqual(["bodies: failure"]);
    const swallowing: ProxyFaults["answers"] = (request) => {
      if (Number(request.headers["content-length"] ?? 0) < 2 ** 30) return false;
      request.resume();
      return true;
    };
    expect(notWell(await behind({ answers: swallowing }))).toEqual(["bodies: failure"]);
    expect(notWell(await behind({ patient: true }))).toEqual(["slow: failure"]);
  });

  test("meets metrics at the public address, and a database that is gone", async () => {
    const host = await hosted({ metricsPort: 0 });
    const text = await (await fetch(host.metricsUrl as string)).text();
    const open: ProxyFaults["answers"] = (request, response) => {
      if (request.url !== "/metrics") return false;
      response.end(text);
      return true;
    };
    expect(notWell(await behind({ answers: open }))).toEqual(["metrics: failure"]);
    const ill: ProxyFaults["answers"] = (request, response) => {
      if (request.url !== "/healthz") return false;
      response.writeHead(503).end();
      return true;
    };
    expect(notWell(await behind({ answers: ill }))).toEqual(["health: failure"]);
  });

  test("looks at certificates: valid, near their end, past it, and not for this address", async () => {
    const day = 86_400_000;
    const now = Date.now();
    const hsts = { "strict-transport-security": "max-age=63072000" };
    const host = await hosted();
    const over = async (certificate: { cert: string; key: string }, adds: Record<string, string> = hsts) => {
      const proxy = await startProxy(host.url, { tls: certificate, adds });
      proxies.push(proxy);
      return notWell(await asked(proxy.url, { ca: certificate.cert }));
    };
    const lasting = (days: number, address = "127.0.0.1") => makeCertificate(address, now - 90 * day, now + days * day);
    expect(await over(lasting(60))).toEqual([]);
    expect(await over(lasting(60), {})).toEqual(["headers: warning"]);
    expect(await over(lasting(15))).toEqual(["transport: warning"]);
    expect(await over(lasting(3))).toEqual(["transport: failure"]);
    expect(await over(lasting(-3))).toEqual(["transport: failure"]);
    expect(await over(lasting(60, "203.0.113.1"))).toEqual(["transport: failure"]);
    const unknown = await startProxy(host.url, { tls: lasting(60), adds: hsts });
    proxies.push(unknown);
    expect(notWell(await asked(unknown.url))).toEqual(["transport: failure"]);
  });
});

describe("the doctor, on the disk", () => {
  async function closed(): Promise<string> {
    const host = await hosted();
    await host.close();
    return host.data;
  }
  const onDisk = async (data: string) =>
    notWell(await examine({ url: "http://127.0.0.1:1", data, patience: 100, longest: 100 })).slice(1);
  const change = (data: string, sql: string) => {
    const database = new Sqlite(join(data, "symbolon.sqlite"));
    database.exec(sql);
    database.close();
  };

  test("finds what a stopped host left well", async () => {
    expect(await onDisk(await closed())).toEqual([]);
  });

  test("meets a directory that is missing, open to others, or read-only", async () => {
    const data = await closed();
    expect(await onDisk(join(data, "nothing"))).toEqual(["directory: failure"]);
    chmodSync(data, 0o755);
    expect(await onDisk(data)).toEqual(["directory: failure"]);
    chmodSync(data, 0o500);
    try {
      expect(await asNobody(data, () => onDisk(data))).toContain("directory: failure");
    } finally {
      chmodSync(data, 0o700);
    }
  });

  test("meets migrations that are missing, newer, or applied by half", async () => {
    const newer = await closed();
    change(newer, "INSERT INTO migration VALUES ('9999_later.sql', 0)");
    expect(await onDisk(newer)).toEqual(["migrations: failure"]);
    const missing = await closed();
    change(missing, "DELETE FROM migration");
    expect(await onDisk(missing)).toEqual(["migrations: failure"]);
    const half = await closed();
    change(half, "DROP TABLE mailbox");
    expect(await onDisk(half)).toEqual(["migrations: failure"]);
  });

  test("meets a database that is none, or gone, or without its write-ahead log", async () => {
    const rolled = await closed();
    change(rolled, "PRAGMA journal_mode = DELETE");
    expect(await onDisk(rolled)).toEqual(["durability: failure"]);
    const damaged = await closed();
    writeFileSync(join(damaged, "symbolon.sqlite"), Buffer.alloc(9000, "no database "));
    expect(await onDisk(damaged)).toEqual(["database: failure"]);
    rmSync(join(damaged, "symbolon.sqlite"));
    expect(await onDisk(damaged)).toEqual(["database: failure"]);
  });

  test("meets a key that others may read, is damaged, is gone, or is another than the host's", async () => {
    const data = await closed();
    chmodSync(join(data, "host.key"), 0o644);
    expect(await onDisk(data)).toEqual(["key: failure"]);
    writeFileSync(join(data, "host.key"), "no key\n");
    chmodSync(join(data, "host.key"), 0o600);
    expect(await onDisk(data)).toEqual(["key: failure"]);
    rmSync(join(data, "host.key"));
    expect(await onDisk(data)).toEqual(["key: failure"]);
    const [one, other] = [await hosted(), await hosted()];
    expect(notWell(await asked(one.url, { data: other.data }))).toEqual(["key: failure"]);
  });

  test("of a database elsewhere says nothing", async () => {
    const data = join(await closed(), "elsewhere");
    mkdirSync(data, { mode: 0o700 });
    writeFileSync(join(data, "host.key"), `${"ab".repeat(32)}\n`, { mode: 0o600 });
    const report = await examine({ url: "http://127.0.0.1:1", data, databaseElsewhere: true, patience: 100 });
    expect(notWell(report)).toEqual(["reach: failure"]);
  });
});
