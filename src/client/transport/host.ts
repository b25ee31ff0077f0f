import {
  type BlobHash,
  type Bytes,
  type CircleId,
  encode,
  type Infer,
  idBytes,
  type PublicKey,
  record,
  toId,
  uint,
} from "../../core/codec/index.ts";
import { sha256 } from "../../core/crypto/index.ts";
import {
  appended,
  appendRequest,
  checkpointAnswer,
  type Entry,
  foundRequest,
  hostInfo,
  mailbox,
  page,
  paths,
  type RestoreRequest,
  restored,
  restoreRequest,
} from "../../core/log/index.ts";
import type { Platform } from "../platform.ts";
import { type Endpoint, httpTransport, type RequestKey, requireHash, type Transport } from "./http.ts";

export type HostInfo = Infer<typeof hostInfo>;
export type Page = Infer<typeof page>;
export type Appended = Infer<typeof appended>;
export type Restored = Infer<typeof restored>;
export type Mailbox = Infer<typeof mailbox>;

const openMailbox = record({ expires: [1, uint()] });

/** The host's interface (§9) for one circle: every route, typed. Errors are those of `httpTransport`. */
export function hostClient(platform: Platform, endpoint: Endpoint, circle: CircleId) {
  const http: Transport = httpTransport(platform, endpoint);
  const bearer = (token: string | undefined) =>
    token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } };
  return {
    endpoint,
    /** Whether the host refused a request because its clock and this device's are too far apart, and they still are. */
    get clocksApart(): boolean {
      return http.clocksApart;
    },
    found: (entry: Entry, key: RequestKey, token?: string): Promise<Appended> =>
      http.read(
        {
          method: "POST",
          path: paths.circles,
          body: encode(foundRequest, { entry }),
          key,
          ...bearer(token),
        },
        appended,
      ),
    checkpoint: (key: RequestKey, from: number) =>
      http.read({ method: "GET", path: paths.checkpoint(circle), query: `from=${from}`, key }, checkpointAnswer),
    /** A page of entries from a position; `wait` seconds for one to come where there is none yet. */
    entries: (key: RequestKey, from: number, options: { limit?: number; wait?: number; signal?: AbortSignal } = {}) =>
      http.read(
        {
          method: "GET",
          path: paths.entries(circle),
          query: `from=${from}${options.limit === undefined ? "" : `&limit=${options.limit}`}${
            options.wait === undefined ? "" : `&wait=${options.wait}`
          }`,
          key,
          timeout: 60_000 + 1000 * (options.wait ?? 0),
          ...(options.signal === undefined ? {} : { signal: options.signal }),
        },
        page,
      ),
    /** Entries that begin epochs, from an epoch on: for who missed a rotation, or was misled by a void one. */
    epochs: (key: RequestKey, epoch: number) =>
      http.read({ method: "GET", path: paths.entries(circle), query: `acl=${epoch}`, key }, page),
    append: (entries: readonly Entry[], key: RequestKey): Promise<Appended> =>
      http.read(
        { method: "POST", path: paths.entries(circle), body: encode(appendRequest, { entries }), key },
        appended,
      ),
    /** Gives back what the host lost, brings it a log, or tells it where the circle is; `token` where it founds a circle. */
    restore: (request: RestoreRequest, key: RequestKey, token?: string): Promise<Restored> =>
      http.read(
        {
          method: "POST",
          path: paths.restore(circle),
          body: encode(restoreRequest, request),
          key,
          ...bearer(token),
        },
        restored,
      ),
    putBlob: async (bytes: Bytes, key: RequestKey): Promise<BlobHash> => {
      const hash = toId<BlobHash>(sha256(bytes));
      const path = paths.blob(circle, hash);
      await http.send({ method: "PUT", path, body: bytes, contentType: "application/octet-stream", key });
      return hash;
    },
    /** A blob, checked against its hash. */
    getBlob: async (hash: BlobHash, key: RequestKey): Promise<Bytes> => {
      const bytes = await http.bytes({ method: "GET", path: paths.blob(circle, hash), key });
      requireHash(bytes, idBytes(hash));
      return bytes;
    },
    openMailbox: async (box: PublicKey, expires: number, key: RequestKey): Promise<void> => {
      const body = encode(openMailbox, { expires });
      await http.send({ method: "PUT", path: paths.mailbox(circle, box), query: "slot=open", body, key });
    },
    putRequest: async (box: PublicKey, body: Bytes, key: RequestKey): Promise<void> => {
      await http.send({ method: "PUT", path: paths.mailbox(circle, box), query: "slot=request", body, key });
    },
    putWelcome: async (box: PublicKey, body: Bytes, key: RequestKey): Promise<void> => {
      await http.send({ method: "PUT", path: paths.mailbox(circle, box), query: "slot=welcome", body, key });
    },
    mailbox: (box: PublicKey, key: RequestKey): Promise<Mailbox> =>
      http.read({ method: "GET", path: paths.mailbox(circle, box), key }, mailbox),
    closeMailbox: async (box: PublicKey, key: RequestKey): Promise<void> => {
      await http.send({ method: "DELETE", path: paths.mailbox(circle, box), key });
    },
  };
}

export type HostClient = ReturnType<typeof hostClient>;

/** Who a host says it is: its key, limits, versions. Nothing of it is trusted before it was compared. */
export function askHost(platform: Platform, address: string): Promise<HostInfo> {
  const nobody = "00".repeat(32) as PublicKey;
  const http = httpTransport(platform, { address, key: nobody });
  return http.read({ method: "GET", path: paths.host }, hostInfo);
}
