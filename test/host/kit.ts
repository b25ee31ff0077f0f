import { ed25519 } from "@noble/curves/ed25519.js";
import {
  type Bytes,
  type CircleId,
  decode,
  encode,
  fromUtf8,
  idBytes,
  type PublicKey,
  toHex,
  toId,
  utf8,
} from "../../src/core/codec/index.ts";
import { sha256 } from "../../src/core/crypto/sha256.ts";
import { noteSigner, verifyStrict } from "../../src/core/crypto/webcrypto.ts";
import * as log from "../../src/core/log/index.ts";
import { createApp, createHost, type HostOptions } from "../../src/host/index.ts";
import { readMigrations } from "../../src/host/runtimes/node-files.ts";
import { type Engine, migrate, type Store, sqlStore } from "../../src/host/store/index.ts";
import { openSqlite } from "../../src/host/store/sqlite.ts";

/** An Ed25519 key with a name, the same in every run. */
export type Key = { readonly id: PublicKey; readonly sign: (message: Uint8Array) => Bytes };

export function keyOf(name: string): Key {
  const seed = sha256(utf8(name));
  return {
    id: toId<PublicKey>(ed25519.getPublicKey(seed)),
    sign: (message) => new Uint8Array(ed25519.sign(message, seed)),
  };
}

export async function memoryStore(
  options: { readonly mostPages?: number } = {},
): Promise<{ engine: Engine; store: Store }> {
  const engine = openSqlite(":memory:", options);
  await migrate(engine, readMigrations(), 0);
  return { engine, store: sqlStore(engine) };
}

let newStore = async (): Promise<Store> => (await memoryStore()).store;

/** Has every host of these tests that brings no store of its own get one from `make`, instead of SQLite in memory. */
export function storesFrom(make: () => Promise<Store>): void {
  newStore = make;
}

/** The time of these tests: a whole minute. */
export const startTime = 1_800_000_000_000;

/** A host without a network, whose clock is moved by hand. */
export async function makeHost(options: Partial<HostOptions> = {}) {
  const clock = { now: startTime };
  const store = options.store ?? (await newStore());
  const signer = await noteSigner(sha256(utf8("host")));
  const failures: unknown[] = [];
  const host = createHost({
    store,
    signer,
    verify: verifyStrict,
    now: () => clock.now,
    observer: { answered: () => {}, committed: () => {}, failed: (_, error) => failures.push(error) },
    ...options,
  });
  const app = createApp(host);
  const fetch = (path: string, init?: RequestInit) => Promise.resolve(app.request(path, init));
  return { host, app, store, clock, failures, fetch, key: toId<PublicKey>(signer.publicKey) };
}

export type TestHost = Awaited<ReturnType<typeof makeHost>>;
export type Target = Pick<TestHost, "fetch" | "key" | "clock">;

/** Sends a signed request. */
export async function send(
  target: Target,
  key: Key,
  method: string,
  path: string,
  options: { readonly body?: Uint8Array; readonly type?: string; readonly change?: Partial<log.RequestParts> } = {},
): Promise<Response> {
  const [pathname = "", query = ""] = path.split("?");
  const { body, type = log.mediaType } = options;
  const parts: log.RequestParts = {
    method,
    path: pathname,
    query,
    host: target.key,
    created: log.roundCreated(target.clock.now / 1000),
    key: key.id,
    ...(body === undefined ? {} : { digest: sha256(body) }),
    ...options.change,
  };
  const headers = log.signatureHeaders(parts, key.sign(log.signatureBase(parts)));
  return target.fetch(path, {
    method,
    headers: body === undefined ? headers : { ...headers, "content-type": type },
    ...(body === undefined ? {} : { body: body as Bytes }),
  });
}

/** The code of the problem that a response is. */
export async function problemIn(response: Response): Promise<string> {
  const document = (await response.json()) as { type?: unknown; status?: unknown };
  if (document.status !== response.status) throw new Error("the document has another status than the response");
  return log.problemCode(document.type) ?? `no problem: ${response.status}`;
}

let counter = 0;
/** Bytes that no other entry has. */
export function fresh(length = 64): Bytes {
  counter++;
  const out = new Uint8Array(length);
  new DataView(out.buffer).setUint32(0, counter);
  return out;
}

export const control = [keyOf("control a"), keyOf("control b"), keyOf("control c")] as const;
export const reserve = keyOf("reserve");
export const accessKey = (epoch: number) => keyOf(`access ${epoch}`);

export function firstAcl(change: Partial<log.Acl> = {}): log.Acl {
  return {
    epoch: 0,
    keysVersion: 0,
    accessVersion: 0,
    access: accessKey(0).id,
    control: control.map(({ id }) => [id]),
    reserve: [[reserve.id]],
    need: 2,
    ...change,
  };
}

/** An entry that carries an acl, signed by the first control key or another. */
export function aclEntry(
  circle: CircleId,
  epoch: number,
  acl: log.Acl,
  options: { readonly by?: Key; readonly approvals?: readonly Key[]; readonly blobs?: readonly Uint8Array[] } = {},
): log.Entry {
  const sealed = fresh();
  const { by = control[0], approvals = [], blobs = [] } = options;
  const proposal = sha256(utf8("proposal"));
  return log.makeEntry(
    {
      version: log.entryVersion,
      circle,
      epoch,
      kind: "roster",
      blobs: blobs.map((blob) => toId(sha256(blob))),
      acl,
      signatures: [
        { key: by.id, signature: by.sign(log.accessMessage(circle, acl, sha256(sealed))) },
        ...approvals.map((key) => ({
          key: key.id,
          proposal,
          signature: key.sign(log.keysMessage(circle, proposal, acl)),
        })),
      ],
    },
    sealed,
  );
}

/** A rotation with its link, as one request has to carry them: see `aclEntry`. */
export function rotation(...given: Parameters<typeof aclEntry>): readonly [log.Entry, log.Entry] {
  const [circle, , acl] = given;
  return [aclEntry(...given), entryOf(circle, acl.epoch, { kind: "roster" })];
}

export function entryOf(circle: CircleId, epoch: number, change: Partial<log.Header> = {}, size = 64): log.Entry {
  return log.makeEntry(
    { version: log.entryVersion, circle, epoch, kind: "statement", blobs: [], ...change },
    fresh(size),
  );
}

/** Founds a circle at `target`. */
export async function found(target: Target, change: Partial<log.Acl> = {}) {
  const circle = toHex(sha256(fresh())) as CircleId;
  const acl = firstAcl(change);
  const entry = aclEntry(circle, 0, acl);
  const response = await postCircle(target, entry);
  if (response.status !== 201) throw new Error(`founding failed: ${await problemIn(response)}`);
  return { circle, acl, entry };
}

export function postCircle(target: Target, entry: log.Entry, headers: Record<string, string> = {}): Promise<Response> {
  return target.fetch(log.paths.circles, {
    method: "POST",
    headers: { "content-type": log.mediaType, ...headers },
    body: encode(log.foundRequest, { entry }),
  });
}

export function append(
  target: Target,
  circle: CircleId,
  key: Key,
  ...entries: readonly log.Entry[]
): Promise<Response> {
  return send(target, key, "POST", log.paths.entries(circle), { body: encode(log.appendRequest, { entries }) });
}

export async function positionsIn(response: Response): Promise<readonly number[]> {
  if (response.status !== 200) throw new Error(`append failed: ${await problemIn(response)}`);
  return decode(log.appended, await bytesIn(response)).positions;
}

export async function bytesIn(response: Response): Promise<Bytes> {
  return new Uint8Array(await response.arrayBuffer());
}

const pageLimits = { size: 64 * 2 ** 20, depth: 6 };

export async function read(target: Target, circle: CircleId, key: Key, query = "") {
  const response = await send(target, key, "GET", log.paths.entries(circle) + (query === "" ? "" : `?${query}`));
  if (response.status !== 200) throw new Error(`read failed: ${await problemIn(response)}`);
  const page = decode(log.page, await bytesIn(response), pageLimits);
  return { ...page, head: await verifiedHead(target, circle, page.checkpoint) };
}

/** The checkpoint, its signature verified. */
export async function verifiedHead(target: Target, circle: CircleId, note: Uint8Array): Promise<log.Checkpoint> {
  const head = log.parseCheckpoint(note);
  const { key, signature, message } = log.checkpointClaim(head, circle, target.key);
  if (!(await verifyStrict(idBytes(key), signature, message))) throw new Error(`bad checkpoint: ${fromUtf8(note)}`);
  return head;
}

export function rootOf(entries: readonly log.Entry[]): Bytes {
  const leaves = entries.map((entry) => log.entryLeaf(entry.header, log.sealedHashOf(entry)));
  return log.treeRoot(log.appendLeaves(log.emptyFrontier, leaves).frontier);
}
