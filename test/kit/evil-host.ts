import {
  type BlobHash,
  type Bytes,
  type CircleId,
  decode,
  encode,
  type Infer,
  type PublicKey,
  toId,
  utf8,
} from "../../src/core/codec/index.ts";
import { sha256 } from "../../src/core/crypto/sha256.ts";
import { noteSigner, verifyStrict } from "../../src/core/crypto/webcrypto.ts";
import * as log from "../../src/core/log/index.ts";
import { createApp, createHost } from "../../src/host/index.ts";
import { readMigrations } from "../../src/host/runtimes/node-files.ts";
import { type Engine, migrate, type Store, sqlStore } from "../../src/host/store/index.ts";
import { openSqlite } from "../../src/host/store/sqlite.ts";

export * from "./lies.ts";

export type Page = Infer<typeof log.page>;
export type Mailbox = Infer<typeof log.mailbox>;
export type HostInfo = Infer<typeof log.hostInfo>;

/** What a lie may look at: the circle that is asked about, the true log, and the host's own signature. */
export type View = {
  readonly circle: CircleId;
  /** Where the page that was asked for begins. */
  readonly from: number;
  /** The true log, whole. */
  readonly entries: readonly log.Entry[];
  /** The host's signed head over a log, true or not. */
  readonly head: (entries: readonly log.Entry[]) => Promise<Bytes>;
};

/** One way in which a host lies. Lies are applied in their order, on top of what the true host answers. */
export type Lie = {
  /** Another log than the true one. The tree is built anew and its head signed, so that the lie agrees with itself. */
  readonly log?: (entries: readonly log.Entry[], view: View) => readonly log.Entry[];
  /** Leaves the head as the true log has it, although `log` changes the entries. */
  readonly headStays?: true;
  /** A page as it leaves the host, after `log`. */
  readonly page?: (page: Page, view: View) => Page | Promise<Page>;
  /** `undefined`: "not here". */
  readonly blob?: (bytes: Bytes, hash: BlobHash) => Bytes | undefined;
  readonly mailbox?: (box: Mailbox, key: PublicKey) => Mailbox;
  readonly info?: (info: HostInfo) => HostInfo;
  /** Any answer at all, after everything else. */
  readonly answer?: (answer: Response, request: Request) => Response | Promise<Response>;
};

export type EvilHost = {
  readonly url: string;
  readonly key: PublicKey;
  /** For `Platform.fetch`: the host with the lies that it tells now. Nothing leaves the process. */
  readonly fetch: typeof globalThis.fetch;
  /** From now on tells these lies, and only these; without any it is honest. */
  readonly tell: (...lies: readonly Lie[]) => void;
  /** The same host, telling other lies to whoever uses this `fetch`. */
  readonly view: (...lies: readonly Lie[]) => typeof globalThis.fetch;
  /** The true log of a circle. */
  readonly entries: (circle: CircleId) => Promise<readonly log.Entry[]>;
  /** Signs a head over any log, or over any size and root. */
  readonly head: (circle: CircleId, entries: readonly log.Entry[]) => Promise<Bytes>;
  readonly note: (circle: CircleId, size: number, root: Uint8Array) => Promise<Bytes>;
  /** Signs anything with the host's key. */
  readonly sign: (message: Uint8Array) => Promise<Bytes>;
  /** A second host with the same address, key and data as they are now: from here on the two differ. */
  readonly fork: () => Promise<EvilHost>;
  /** The database, to read what a seized host holds. */
  readonly store: Store;
};

/** The name of nobody: the evil host is called in this process alone. */
const url = "http://evil.test";

const pageLimits = { size: 64 * 1024 * 1024, depth: 12 };

/** The root (32 bytes) of the tree over entries. */
export function rootOf(entries: readonly log.Entry[]): Bytes {
  const leaves = entries.map((entry) => log.entryLeaf(entry.header, log.sealedHashOf(entry)));
  return log.treeRoot(log.appendLeaves(log.emptyFrontier, leaves).frontier);
}

/**
 * A host that owns its key and lies: the real host's application over a database in memory, with a list of
 * lies in front of it.
 *
 * @example
 * const evil = await evilHost();
 * const platform = { ...(await testPlatform()), fetch: evil.fetch };
 * // … found a circle at evil.url, write …
 * evil.tell(dropEntry(5));
 */
export async function evilHost(options: { readonly now?: () => number } = {}): Promise<EvilHost> {
  const engine = openSqlite(":memory:");
  await migrate(engine, readMigrations(), 0);
  return hostOver(engine, options);
}

async function hostOver(
  engine: Engine & Pick<ReturnType<typeof openSqlite>, "raw">,
  options: { readonly now?: () => number },
): Promise<EvilHost> {
  const signer = await noteSigner(sha256(utf8("the evil host")));
  const store = sqlStore(engine);
  const rates = { writesPerMinute: Number.POSITIVE_INFINITY, controlWritesPerMinute: Number.POSITIVE_INFINITY };
  const host = createHost({ store, signer, verify: verifyStrict, limits: rates, ...options });
  const app = createApp(host);
  let told: readonly Lie[] = [];

  const note = async (circle: CircleId, size: number, root: Uint8Array): Promise<Bytes> => {
    const origin = log.checkpointOrigin(circle);
    const body = log.checkpointBody(origin, size, root);
    return log.formatCheckpoint(body, origin, signer.publicKey, await signer.sign(body));
  };
  const head = (circle: CircleId, entries: readonly log.Entry[]) => note(circle, entries.length, rootOf(entries));
  const entries = async (circle: CircleId): Promise<readonly log.Entry[]> => {
    const rows = await store.entries(circle, 0, Number.MAX_SAFE_INTEGER, 100_000);
    return rows.map(({ header, sealed, sealedHash }) => ({
      header,
      ...(sealed === null ? {} : { sealed }),
      ...(sealed !== null || sealedHash === null ? {} : { sealedHash }),
    }));
  };

  async function pageOf(lies: readonly Lie[], circle: CircleId, from: number, honest: Response): Promise<Response> {
    const all = await entries(circle);
    let page: Page | undefined;
    let visible = all.length;
    if (honest.ok) {
      page = decode(log.page, new Uint8Array(await honest.arrayBuffer()), pageLimits);
      // A past epoch's key is shown no more than the true host would show it.
      visible = log.parseCheckpoint(page.checkpoint).size;
    }
    const truth = all.slice(0, visible);
    const view: View = { circle, from, entries: all, head: (log_) => head(circle, log_) };
    if (page === undefined || lies.some((lie) => lie.log !== undefined)) {
      let shown: readonly log.Entry[] = truth;
      for (const lie of lies) shown = lie.log?.(shown, view) ?? shown;
      const headOf = lies.some((lie) => lie.headStays === true) ? truth : shown;
      page = { checkpoint: await head(circle, headOf), entries: shown.slice(from) };
    }
    for (const lie of lies) page = (await lie.page?.(page, view)) ?? page;
    return cborResponse(encode(log.page, page));
  }

  async function answer(lies: readonly Lie[], request: Request): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url);
    const [, , , circle = "", what = "", name = ""] = pathname.split("/");
    const honest = await app.fetch(request.clone() as Request);
    if (request.method !== "GET") return honest;
    if (what === "entries" && (honest.ok || lies.some((lie) => lie.log !== undefined))) {
      return pageOf(lies, circle as CircleId, Number(searchParams.get("from") ?? 0), honest);
    }
    if (what === "blobs" && honest.ok) {
      let bytes: Bytes | undefined = new Uint8Array(await honest.arrayBuffer());
      for (const lie of lies) if (bytes !== undefined && lie.blob) bytes = lie.blob(bytes, name as BlobHash);
      return bytes === undefined ? new Response(null, { status: 404 }) : new Response(bytes);
    }
    if (what === "mailboxes" && honest.ok) {
      let box: Mailbox = decode(log.mailbox, new Uint8Array(await honest.arrayBuffer()), pageLimits);
      for (const lie of lies) box = lie.mailbox?.(box, name as PublicKey) ?? box;
      return cborResponse(encode(log.mailbox, box));
    }
    if (pathname === log.paths.host) {
      let info: HostInfo = decode(log.hostInfo, new Uint8Array(await honest.arrayBuffer()));
      for (const lie of lies) info = lie.info?.(info) ?? info;
      return cborResponse(encode(log.hostInfo, info));
    }
    return honest;
  }

  const asked = (lies: () => readonly Lie[]): typeof globalThis.fetch => {
    return async (input, init) => {
      const request = new Request(input as string, init);
      let response = await answer(lies(), request);
      for (const lie of lies()) response = (await lie.answer?.(response, request)) ?? response;
      return response;
    };
  };

  return {
    url,
    key: toId<PublicKey>(signer.publicKey),
    fetch: asked(() => told),
    tell: (...lies) => {
      told = lies;
    },
    view: (...lies) => asked(() => lies),
    entries,
    head,
    note,
    sign: (message) => signer.sign(message),
    fork: () => {
      // better-sqlite3 opens a serialized database where a path is expected.
      const copy = openSqlite(engine.raw.serialize() as unknown as string);
      return hostOver(copy, options);
    },
    store,
  };
}

function cborResponse(body: Bytes): Response {
  return new Response(body, { headers: { "content-type": log.mediaType } });
}
