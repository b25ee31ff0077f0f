import { Counter, Gauge, Histogram, Registry } from "prom-client";
import type { Observer } from "./options.ts";

export type Metrics = {
  readonly observer: Pick<Observer, "answered" | "committed" | "failed">;
  /** The exposition, and its media type. */
  readonly render: () => Promise<{ readonly text: string; readonly type: string }>;
};

/** What is read when metrics are asked for. */
export type Readings = {
  /** Requests in a long poll. */
  readonly waiting: () => number;
  /** Resident bytes of the process. */
  readonly memory: () => number;
  readonly connections: () => { readonly open: number; readonly refused: number };
  /** Bytes free on the disk of the data directory. */
  readonly free: () => Promise<number>;
};

/** Prometheus metrics. Labels are route patterns, methods and statuses: never a circle, key or address. */
export function createMetrics(read: Readings): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const requests = new Counter({
    name: "symbolon_requests_total",
    help: "Requests answered.",
    labelNames: ["route", "method", "status"],
    registers,
  });
  const seconds = new Histogram({
    name: "symbolon_request_seconds",
    help: "Time from a request's headers to its answer's; long polls included.",
    labelNames: ["route"],
    buckets: [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10, 30],
    registers,
  });
  const entries = new Counter({ name: "symbolon_entries_total", help: "Entries stored.", registers });
  const together = new Histogram({
    name: "symbolon_commit_requests",
    help: "Requests stored by one write to disk.",
    buckets: [1, 2, 4, 8, 16, 32, 64],
    registers,
  });
  const failures = new Counter({
    name: "symbolon_failures_total",
    help: "Failures nobody foresaw.",
    labelNames: ["route"],
    registers,
  });
  new Gauge({
    name: "symbolon_long_polls",
    help: "Requests waiting for entries.",
    registers,
    collect() {
      this.set(read.waiting());
    },
  });
  new Gauge({
    name: "symbolon_memory_bytes",
    help: "Resident memory of the process.",
    registers,
    collect() {
      this.set(read.memory());
    },
  });
  new Gauge({
    name: "symbolon_connections",
    help: "Connections open.",
    registers,
    collect() {
      this.set(read.connections().open);
    },
  });
  new Counter({
    name: "symbolon_connections_refused_total",
    help: "Connections turned away because there were too many.",
    registers,
    collect() {
      this.reset();
      this.inc(read.connections().refused);
    },
  });
  new Gauge({
    name: "symbolon_storage_free_bytes",
    help: "Bytes free on the disk of the data directory.",
    registers,
    async collect() {
      this.set(await read.free());
    },
  });
  return {
    observer: {
      answered: (route, method, status, time) => {
        requests.inc({ route, method, status });
        seconds.observe({ route }, time);
      },
      committed: (count, jobs) => {
        entries.inc(count);
        together.observe(jobs);
      },
      failed: (route) => failures.inc({ route }),
    },
    render: async () => ({ text: await registry.metrics(), type: registry.contentType }),
  };
}
