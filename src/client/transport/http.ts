import {
  type Bytes,
  decode,
  equal,
  HostFault,
  type Infer,
  type Limits,
  type PublicKey,
  Refused,
  type Shape,
  toId,
} from "../../core/codec/index.ts";
import { type SigningSeed, sha256 } from "../../core/crypto/index.ts";
import {
  clockTolerance,
  mediaType,
  type ProblemCode,
  problemCode,
  problems,
  roundCreated,
  signatureBase,
  signatureHeaders,
} from "../../core/log/index.ts";
import type { Platform } from "../platform.ts";

/** A key that signs requests. */
export type RequestKey = { readonly seed: SigningSeed };

export type Call = {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly path: string;
  readonly query?: string;
  readonly body?: Bytes;
  readonly contentType?: string;
  readonly key?: RequestKey;
  readonly headers?: Readonly<Record<string, string>>;
  /** Milliseconds; 30 s unless told. */
  readonly timeout?: number;
  readonly signal?: AbortSignal;
};

const attempts = 5;
const defaultTimeout = 30_000;
const firstPause = 200;

/** Bodies from the host are pages of entries at most. */
const answerLimits: Limits = { size: 64 * 1024 * 1024, depth: 12 };

/** Whom requests go to: an address, and the key that the host proves itself with. */
export type Endpoint = {
  readonly address: string;
  readonly key: PublicKey;
};

/** The host's refusal as an error: its code where it is one of ours, and a sentence that says what to do. */
async function refusal(response: Response): Promise<Refused> {
  let code: ProblemCode | undefined;
  try {
    const problem = (await response.json()) as { type?: unknown };
    code = problemCode(problem.type);
  } catch {
    code = undefined;
  }
  if (code === undefined) {
    return new Refused(
      "host.answer",
      "the host answers in a way this client does not know: check its address",
      response.status,
    );
  }
  return new Refused(`host.${code}`, problems[code][1], response.status);
}

/** Whether a refusal may pass by itself. */
const passes = (status: number) =>
  status === 503 || status === 502 || status === 504 || status === 429 || status === 500;

/**
 * A signed call to the host, with a time limit, repeated with growing pauses where the host is busy or does
 * not answer. Repeating is harmless: an entry is unique in its circle, and what is stored answers alike (§2).
 *
 * Throws `Refused` with the code `host.<problem>`, or `host.unreachable` after five attempts.
 */
export function httpTransport(platform: Platform, endpoint: Endpoint) {
  let clockOffset = 0;

  async function once(call: Call): Promise<Response> {
    const { method, path, query = "", body, key, contentType = mediaType } = call;
    const headers: Record<string, string> = { ...call.headers };
    if (body !== undefined) headers["content-type"] = contentType;
    if (key !== undefined) {
      const parts = {
        method,
        path,
        query,
        host: endpoint.key,
        created: roundCreated(Math.floor((platform.now() + clockOffset) / 1000)),
        key: toId<PublicKey>(platform.crypto.signingKey(key.seed)),
        ...(body === undefined ? {} : { digest: sha256(body) }),
      };
      Object.assign(headers, signatureHeaders(parts, platform.crypto.sign(key.seed, signatureBase(parts))));
    }
    const url = `${endpoint.address.replace(/\/$/, "")}${path}${query === "" ? "" : `?${query}`}`;
    const limit = AbortSignal.timeout(call.timeout ?? defaultTimeout);
    const signal = call.signal === undefined ? limit : AbortSignal.any([limit, call.signal]);
    return platform.fetch(url, {
      method,
      headers,
      signal,
      redirect: "error",
      cache: "no-store",
      credentials: "omit",
      ...(body === undefined ? {} : { body }),
    });
  }

  async function send(call: Call): Promise<Response> {
    let last: Refused | undefined;
    let corrected = false;
    for (let attempt = 0; attempt < attempts; attempt++) {
      call.signal?.throwIfAborted();
      if (attempt > 0) await platform.sleep(firstPause * 2 ** (attempt - 1) * (1 + (platform.random(1)[0] ?? 0) / 256));
      let response: Response;
      try {
        response = await once(call);
      } catch (error) {
        if (call.signal?.aborted === true) throw error;
        last = new Refused("host.unreachable", "the host does not answer: check the address and the network", 0);
        continue;
      }
      if (response.ok) return response;
      const date = Date.parse(response.headers.get("date") ?? "");
      last = await refusal(response);
      if (last.code === "host.clock" && !corrected && !Number.isNaN(date)) {
        // The host's time is only used to sign requests to it; nothing is judged by it (§2).
        clockOffset = date - platform.now();
        corrected = true;
        attempt--;
        continue;
      }
      // What a restored host waits for takes hours: its other clients, not this one's patience.
      if (!passes(response.status) || last.code === "host.read-only") throw last;
    }
    throw last ?? new Refused("host.unreachable", "the host does not answer: check the address and the network", 0);
  }

  return {
    endpoint,
    /** Whether the host refused a request because its clock and this device's are too far apart, and they still are. */
    get clocksApart(): boolean {
      return Math.abs(clockOffset) > 1000 * clockTolerance;
    },
    send,
    /** The body of an answer, whole. */
    async bytes(call: Call): Promise<Bytes> {
      const response = await send(call);
      try {
        return new Uint8Array(await response.arrayBuffer());
      } catch (error) {
        if (call.signal?.aborted === true) throw error;
        throw new Refused("host.unreachable", "the host's answer broke off: try again", 0);
      }
    },
    /** The body of an answer in `shape`. Throws `HostFault` `host.garbage` where it is none. */
    async read<S extends Shape<any>>(call: Call, shape: S): Promise<Infer<S>> {
      const body = await this.bytes(call);
      try {
        return decode(shape, body, answerLimits) as Infer<S>;
      } catch {
        throw new HostFault("host.garbage", "the host's answer is not what the interface allows");
      }
    },
  };
}

export type Transport = ReturnType<typeof httpTransport>;

/** Throws `HostFault` `host.garbage` where bytes are not those that a hash names. */
export function requireHash(bytes: Uint8Array, hash: Uint8Array): void {
  if (!equal(sha256(bytes), hash)) throw new HostFault("host.garbage", "the host's answer is not what was asked for");
}
