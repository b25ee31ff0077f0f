/*
 * HTTP message signatures (RFC 9421), Ed25519, in the one spelling that clients write and hosts take:
 * `@authority` is left out because proxies and onion services change it; the host's checkpoint key stands
 * in its place, so that a request signed for one host is nothing at another (attacks 33, 37).
 */
import { type Bytes, type CircleId, fromBase64, fromHex, type PublicKey, toBase64, utf8 } from "../codec/index.ts";
import type { SignatureClaim } from "./signed.ts";

/** What a signature covers. */
export type RequestParts = {
  /** As sent, in upper case. */
  readonly method: string;
  /** The absolute path, as sent; no escapes occur in ours. */
  readonly path: string;
  /** What follows the question mark; empty where there is none. */
  readonly query: string;
  /** SHA-256 of the body (32 bytes); absent where there is none. */
  readonly digest?: Uint8Array;
  /** The host's checkpoint key. */
  readonly host: PublicKey;
  /** Seconds since 1970 in the host's time, rounded down to the minute. */
  readonly created: number;
  /** Whose signature it is. */
  readonly key: PublicKey;
};

/** How far, in seconds, `created` may be from the host's clock. */
export const clockTolerance = 300;

/** `seconds` since 1970, rounded down to the minute: a finer time would tell devices apart. */
export function roundCreated(seconds: number): number {
  return Math.floor(seconds / 60) * 60;
}

/** The signature base of RFC 9421 §2.5 from component values and the serialized parameters. */
export function baseOf(components: readonly (readonly [name: string, value: string])[], parameters: string): string {
  const lines = components.map(([name, value]) => `"${name}": ${value}`);
  return [...lines, `"@signature-params": ${parameters}`].join("\n");
}

function parametersOf(withBody: boolean, created: number, key: PublicKey): string {
  const digest = withBody ? ' "content-digest"' : "";
  return `("@method" "@path" "@query"${digest} "symbolon-host");created=${created};keyid="${key}";alg="ed25519"`;
}

const digestField = (digest: Uint8Array) => `sha-256=:${toBase64(digest)}:`;

/** The bytes to sign for a request. RFC 9421 §2.5; `@query` is `?` alone where there is no query (§2.2.7). */
export function signatureBase(parts: RequestParts): Bytes {
  const { digest } = parts;
  return utf8(
    baseOf(
      [
        ["@method", parts.method],
        ["@path", parts.path],
        ["@query", `?${parts.query}`],
        ...(digest === undefined ? [] : ([["content-digest", digestField(digest)]] as const)),
        ["symbolon-host", parts.host],
      ],
      parametersOf(digest !== undefined, parts.created, parts.key),
    ),
  );
}

/** The headers that carry a signature (64 bytes) and what it covers beside the request line. */
export function signatureHeaders(parts: RequestParts, signature: Uint8Array): Readonly<Record<string, string>> {
  return {
    ...(parts.digest === undefined ? {} : { "content-digest": digestField(parts.digest) }),
    "symbolon-host": parts.host,
    "signature-input": `sig1=${parametersOf(parts.digest !== undefined, parts.created, parts.key)}`,
    signature: `sig1=:${toBase64(signature)}:`,
  };
}

/** A signature as it was sent, with what it says it covers. Nothing of it is verified. */
export type ParsedSignature = {
  readonly key: PublicKey;
  readonly created: number;
  readonly host: PublicKey;
  readonly signature: Bytes;
  /** The digest that was sent and is covered: to be compared with that of the body. */
  readonly digest?: Bytes;
};

const input =
  /^sig1=\("@method" "@path" "@query"( "content-digest")? "symbolon-host"\);created=(0|[1-9][0-9]{0,14});keyid="([0-9a-f]{64})";alg="ed25519"$/;

function binary(text: string | null | undefined, before: string, length: number): Bytes | undefined {
  if (typeof text !== "string" || !text.startsWith(before) || !text.endsWith(":")) return undefined;
  const bytes = fromBase64(text.slice(before.length, -1));
  return bytes?.length === length ? bytes : undefined;
}

/**
 * Reads the signature from a request's headers. `undefined` for everything but the one spelling,
 * a `created` that is not a whole minute, or a digest that is sent and not covered or the reverse.
 */
export function parseSignature(header: (name: string) => string | null | undefined): ParsedSignature | undefined {
  const match = input.exec(header("signature-input") ?? "");
  const signature = binary(header("signature"), "sig1=:", 64);
  const host = header("symbolon-host") ?? "";
  if (match === null || signature === undefined || fromHex(host)?.length !== 32) return undefined;
  const [, covered, createdText, key] = match;
  const created = Number(createdText);
  if (created !== roundCreated(created)) return undefined;
  const parsed = { key: key as PublicKey, created, host: host as PublicKey, signature };
  const field = header("content-digest");
  if (covered === undefined) return field === null || field === undefined ? parsed : undefined;
  const digest = binary(field, "sha-256=:", 32);
  return digest === undefined ? undefined : { ...parsed, digest };
}

/** The signature to verify of a request whose line and headers were read. */
export function requestClaim(
  parsed: ParsedSignature,
  line: Pick<RequestParts, "method" | "path" | "query">,
): SignatureClaim {
  return { key: parsed.key, message: signatureBase({ ...parsed, ...line }), signature: parsed.signature };
}

/** Paths of the interface (§9). */
export const paths = {
  circles: "/v1/circles",
  checkpoint: (circle: CircleId) => `/v1/circles/${circle}/checkpoint`,
  entries: (circle: CircleId) => `/v1/circles/${circle}/entries`,
  restore: (circle: CircleId) => `/v1/circles/${circle}/restore`,
  blob: (circle: CircleId, hash: string) => `/v1/circles/${circle}/blobs/${hash}`,
  mailbox: (circle: CircleId, key: PublicKey) => `/v1/circles/${circle}/mailboxes/${key}`,
  host: "/v1/host",
} as const;
