import pg from "pg";
import type { CircleId } from "../../core/codec/index.ts";
import type { Notify } from "./engine.ts";

const channel = "symbolon";
/** Payload that stands for every circle. */
const everybody = "";
/** Circles that wait to be told of; where more gather while there is no connection, everybody is woken instead. */
const mostPending = 1000;
const firstPause = 100;
const longestPause = 10_000;

/**
 * LISTEN and NOTIFY on a connection of their own, which is opened again whenever it is lost. Messages are sent
 * apart from the appends, many at once and without waiting for the disk: PostgreSQL lets one transaction that notifies
 * commit at a time. What a lost connection, or a crash in between, swallows costs a waiting client its poll's time.
 */
export function postgresNotify(config: pg.ClientConfig): Notify & { readonly close: () => Promise<void> } {
  const pending = new Set<string>();
  const hearers: ((circle?: CircleId) => void)[] = [];
  let client: pg.Client | undefined;
  let sending = false;
  let closed = false;
  let pause = firstPause;
  let timer: NodeJS.Timeout | undefined;
  let connecting = Promise.resolve();

  const heard = (circle?: CircleId) => {
    for (const hear of hearers) hear(circle);
  };

  const lose = (lost: pg.Client) => {
    if (client !== lost) return;
    client = undefined;
    void lost.end().catch(() => {});
    if (closed) return;
    timer = setTimeout(open, pause * (0.5 + Math.random()));
    pause = Math.min(2 * pause, longestPause);
  };

  const flush = async (): Promise<void> => {
    const sender = client;
    if (sender === undefined || sending || pending.size === 0) return;
    sending = true;
    const payloads = [...pending];
    pending.clear();
    try {
      await sender.query("SELECT pg_notify($1, payload) FROM unnest($2::text[]) AS payload", [channel, payloads]);
    } catch {
      for (const payload of payloads) pending.add(payload);
      lose(sender);
    }
    sending = false;
    await flush();
  };

  const connect = async (): Promise<void> => {
    const fresh = new pg.Client(config);
    client = undefined;
    fresh.on("error", () => lose(fresh));
    fresh.on("end", () => lose(fresh));
    fresh.on("notification", ({ processId, payload = everybody }) => {
      // What this process appended it has woken already.
      if (processId === (fresh as { processID?: number }).processID) return;
      if (payload === everybody) heard();
      else heard(payload as CircleId);
    });
    try {
      await fresh.connect();
      await fresh.query("SET synchronous_commit = off");
      await fresh.query(`LISTEN ${channel}`);
    } catch {
      client = fresh;
      lose(fresh);
      return;
    }
    if (closed) {
      await fresh.end();
      return;
    }
    client = fresh;
    pause = firstPause;
    heard();
    await flush();
  };

  const open = () => {
    connecting = connect();
  };

  return {
    tell: (circle) => {
      pending.add(circle);
      if (pending.size > mostPending) {
        pending.clear();
        pending.add(everybody);
      }
      void flush();
    },
    listen: (hear) => {
      hearers.push(hear);
      if (hearers.length === 1) open();
    },
    close: async () => {
      closed = true;
      clearTimeout(timer);
      await connecting;
      await client?.end();
    },
  };
}
