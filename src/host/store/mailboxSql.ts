import { type Bytes, type CircleId, idBytes, type PublicKey } from "../../core/codec/index.ts";
import type { Engine } from "./engine.ts";
import { any, template } from "./sql.ts";
import type { MailboxRow, Store } from "./store.ts";

type MailboxStore = Pick<
  Store,
  "mailbox" | "mailboxCount" | "openMailbox" | "writeRequest" | "writeWelcome" | "deleteMailbox" | "sweepMailboxes"
>;

/** Mailboxes: each slot is written once, and a second, different request is noted. */
export function mailboxStore(engine: Engine): MailboxStore {
  const byKey = template(engine, (db) =>
    db
      .selectFrom("mailbox")
      .select(["expires", "request", "contested", "welcome"])
      .where("circle", "=", any)
      .where("key", "=", any),
  );
  const counted = template(engine, (db) =>
    db
      .selectFrom("mailbox")
      .select((select) => select.fn.countAll().as("count"))
      .where("circle", "=", any),
  );
  const dropExpired = template(engine, (db) =>
    db.deleteFrom("mailbox").where("circle", "=", any).where("key", "=", any).where("expires", "<", any),
  );
  const open = template(engine, (db) =>
    db
      .insertInto("mailbox")
      .values({ circle: any, key: any, expires: any, contested: any })
      .onConflict((conflict) => conflict.columns(["circle", "key"]).doUpdateSet({ expires: any })),
  );
  const contest = template(engine, (db) =>
    db
      .updateTable("mailbox")
      .set({ contested: any })
      .where("circle", "=", any)
      .where("key", "=", any)
      .where("request", "is not", null)
      .where("request", "<>", any),
  );
  const request = template(engine, (db) =>
    db
      .updateTable("mailbox")
      .set({ request: any })
      .where("circle", "=", any)
      .where("key", "=", any)
      .where("request", "is", null),
  );
  const welcome = template(engine, (db) =>
    db
      .updateTable("mailbox")
      .set({ welcome: any })
      .where("circle", "=", any)
      .where("key", "=", any)
      .where("welcome", "is", null),
  );
  const remove = template(engine, (db) => db.deleteFrom("mailbox").where("circle", "=", any).where("key", "=", any));
  const sweep = template(engine, (db) => db.deleteFrom("mailbox").where("expires", "<", any));

  const read = async (circle: CircleId, key: PublicKey): Promise<MailboxRow | undefined> => {
    type Row = { expires: number; request: Bytes | null; contested: number; welcome: Bytes | null };
    const [row] = await engine.all<Row>(byKey(idBytes(circle), idBytes(key)));
    return row === undefined ? undefined : { ...row, contested: row.contested === 1 };
  };

  return {
    mailbox: read,
    mailboxCount: async (circle) => {
      const [row] = await engine.all<{ count: number | string }>(counted(idBytes(circle)));
      return Number(row?.count ?? 0);
    },
    openMailbox: (circle, key, expires, now) => {
      const [c, k] = [idBytes(circle), idBytes(key)];
      return engine.batch([dropExpired(c, k, now), open(c, k, expires, 0, expires)]);
    },
    writeRequest: async (circle, key, bytes) => {
      const [c, k] = [idBytes(circle), idBytes(key)];
      // In this order the second of two that write at once sees the first one's request.
      await engine.batch([request(bytes, c, k), contest(1, c, k, bytes)]);
      return read(circle, key);
    },
    writeWelcome: async (circle, key, bytes) => {
      await engine.batch([welcome(bytes, idBytes(circle), idBytes(key))]);
      return read(circle, key);
    },
    deleteMailbox: (circle, key) => engine.batch([remove(idBytes(circle), idBytes(key))]),
    sweepMailboxes: (time) => engine.batch([sweep(time)]),
  };
}
