import type { Bytes } from "../core/codec/index.ts";
import { holdHours, mostEntryBytes } from "../core/log/index.ts";
import type { Store } from "./store/index.ts";

/** What a host takes from one circle or request. `Infinity` turns a rate or quota off. */
export type Limits = {
  readonly entryBytes: number;
  readonly blobBytes: number;
  readonly batchEntries: number;
  readonly batchBytes: number;
  readonly pageEntries: number;
  readonly pageBytes: number;
  readonly waitSeconds: number;
  /** Requests of one circle that wait in a long poll. */
  readonly waiters: number;
  /** Appends of one circle that wait for their turn. */
  readonly queue: number;
  readonly mailboxes: number;
  readonly mailboxDays: number;
  readonly requestBytes: number;
  readonly welcomeBytes: number;
  /** Bytes kept for the members of a circle, and for its control keys besides. */
  readonly circleBytes: number;
  readonly controlBytes: number;
  /** Entries and blobs that a circle may send in a minute, and its control keys besides. */
  readonly writesPerMinute: number;
  readonly controlWritesPerMinute: number;
  /** With append keys in force: what each of them may send in a minute. */
  readonly keyWritesPerMinute: number;
  readonly foundingsPerHour: number;
  /** Circles that one address may found in an hour; where addresses cannot be told apart, only the whole counts. */
  readonly addressFoundingsPerHour: number;
  /** Requests of one address that are refused in a minute; further ones are not looked at. */
  readonly refusalsPerMinute: number;
  /** Bytes of request bodies in memory at a time; a quarter of them for one circle, or for foundings. */
  readonly bodyBytes: number;
  /** Connections at a time: of all, and of one address. */
  readonly connections: number;
  readonly addressConnections: number;
  /** Hours for which an erasure by one control key is held. */
  readonly holdHours: number;
  /** Hours for which a restored circle waits for what it lost. */
  readonly restoreHours: number;
  /** Hours after which a blob that no entry lists is dropped. */
  readonly unlistedHours: number;
};

export const defaultLimits: Limits = {
  entryBytes: mostEntryBytes,
  blobBytes: 1_048_576 + 1024,
  batchEntries: 64,
  batchBytes: 1_048_576,
  pageEntries: 1024,
  pageBytes: 4 * 1_048_576,
  waitSeconds: 25,
  waiters: 1000,
  queue: 1000,
  mailboxes: 200,
  mailboxDays: 60,
  requestBytes: 65_536,
  welcomeBytes: 1_048_576,
  circleBytes: 20 * 2 ** 30,
  controlBytes: 2 * 2 ** 30,
  writesPerMinute: 60_000,
  controlWritesPerMinute: 6000,
  keyWritesPerMinute: 60,
  foundingsPerHour: 1000,
  addressFoundingsPerHour: 20,
  refusalsPerMinute: 300,
  bodyBytes: 256 * 2 ** 20,
  connections: 10_000,
  addressConnections: 200,
  holdHours,
  restoreHours: 24,
  unlistedHours: 24,
};

/** The host's own key: it signs checkpoints and nothing else. */
export type NoteSigner = {
  /** 32 bytes. */
  readonly publicKey: Bytes;
  readonly sign: (message: Uint8Array) => Promise<Bytes>;
};

/** Whether an Ed25519 signature (64 bytes) by a key (32 bytes) is valid under the strict rule of §2. */
export type Verify = (publicKey: Uint8Array, signature: Uint8Array, message: Uint8Array) => Promise<boolean>;

/** What operators are told, without any address, id or time finer than an hour. */
export type Observer = {
  /** A request was answered: the route's pattern, never the path. */
  readonly answered: (route: string, method: string, status: number, seconds: number) => void;
  /** Entries were stored together, for so many requests. */
  readonly committed: (entries: number, requests: number) => void;
  /** Something failed that should not have. */
  readonly failed: (route: string, error: unknown) => void;
};

/** Who sends: an address, or, where all would have the same one (a proxy's, an onion service's), a connection. */
export type Source = { readonly name: string; readonly kind: "address" | "connection" };

export type HostOptions = {
  readonly store: Store;
  readonly signer: NoteSigner;
  readonly verify: Verify;
  readonly limits?: Partial<Limits>;
  /**
   * Where a request comes from, as a name that says nothing else: what limits on strangers count by. `undefined`
   * where that cannot be told. `bindings` is what the runtime hands to the application beside the request.
   */
  readonly source?: (request: Request, bindings: unknown) => Source | undefined;
  /** Tokens that found circles; without any, everybody may. */
  readonly foundingTokens?: readonly string[];
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** Name and version, shown at `/v1/host`. */
  readonly software?: string;
  readonly observer?: Observer;
  /** Lets further requests arrive before what waits is stored together; by default only those that are there. */
  readonly gather?: () => Promise<void>;
  /** Whether the host is one of many isolates, as on Workers, and not a process; see `isolate.ts`. */
  readonly isolated?: boolean;
};
