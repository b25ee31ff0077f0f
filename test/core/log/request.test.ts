import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromUtf8, type PublicKey } from "../../../src/core/codec/index.ts";
import { sha256 } from "../../../src/core/crypto/sha256.ts";
import {
  baseOf,
  parseSignature,
  type RequestParts,
  requestClaim,
  roundCreated,
  signatureBase,
  signatureHeaders,
} from "../../../src/core/log/request.ts";

const host = "11".repeat(32) as PublicKey;
const key = "22".repeat(32) as PublicKey;
const digest = sha256(Uint8Array.of(1, 2, 3));
const withBody: RequestParts = {
  method: "POST",
  path: "/v1/circles/ab/entries",
  query: "",
  digest,
  host,
  created: 1_699_999_980,
  key,
};
const signature = new Uint8Array(64).fill(7);

test("the signature base is built as in RFC 9421 B.2.6", () => {
  const base = baseOf(
    [
      ["date", "Tue, 20 Apr 2021 02:07:55 GMT"],
      ["@method", "POST"],
      ["@path", "/foo"],
      ["@authority", "example.com"],
      ["content-type", "application/json"],
      ["content-length", "18"],
    ],
    '("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519"',
  );
  expect(base).toBe(
    [
      '"date": Tue, 20 Apr 2021 02:07:55 GMT',
      '"@method": POST',
      '"@path": /foo',
      '"@authority": example.com',
      '"content-type": application/json',
      '"content-length": 18',
      '"@signature-params": ("date" "@method" "@path" "@authority" "content-type" "content-length")' +
        ';created=1618884473;keyid="test-key-ed25519"',
    ].join("\n"),
  );
});

test("our base, with and without a body", () => {
  expect(fromUtf8(signatureBase(withBody))).toBe(
    [
      '"@method": POST',
      '"@path": /v1/circles/ab/entries',
      '"@query": ?',
      '"content-digest": sha-256=:A5BYxvLAy0ksUzsKTRTvd8wPeKvMztUofYShogEc+4E=:',
      `"symbolon-host": ${host}`,
      '"@signature-params": ("@method" "@path" "@query" "content-digest" "symbolon-host")' +
        `;created=1699999980;keyid="${key}";alg="ed25519"`,
    ].join("\n"),
  );
  const { digest: _, ...bare } = withBody;
  expect(fromUtf8(signatureBase({ ...bare, method: "GET", query: "from=0&limit=2" }))).toBe(
    [
      '"@method": GET',
      '"@path": /v1/circles/ab/entries',
      '"@query": ?from=0&limit=2',
      `"symbolon-host": ${host}`,
      `"@signature-params": ("@method" "@path" "@query" "symbolon-host");created=1699999980;keyid="${key}";alg="ed25519"`,
    ].join("\n"),
  );
});

test("what is written is read again, and claims the same bytes", () => {
  const headers = signatureHeaders(withBody, signature);
  const parsed = parseSignature((name) => headers[name]);
  expect(parsed).toEqual({ key, created: 1_699_999_980, host, signature, digest });
  if (parsed === undefined) return;
  const claim = requestClaim(parsed, withBody);
  expect(claim).toEqual({ key, message: signatureBase(withBody), signature });
});

test("created is told to the minute only", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4e9 }), (seconds) => {
      const rounded = roundCreated(seconds);
      expect(rounded % 60).toBe(0);
      expect(seconds - rounded).toBeLessThan(60);
      expect(seconds).toBeGreaterThanOrEqual(rounded);
    }),
  );
});

describe("only the one spelling is taken", () => {
  const good = signatureHeaders(withBody, signature);
  const input = good["signature-input"] as string;
  test.each<[string, Record<string, string | undefined>]>([
    ["another label", { "signature-input": input.replace("sig1", "sig2") }],
    ["a second signature", { "signature-input": `${input}, sig2=()` }],
    ["fewer components", { "signature-input": input.replace(' "@query"', "") }],
    ["other order", { "signature-input": input.replace('"@method" "@path"', '"@path" "@method"') }],
    ["another algorithm", { "signature-input": input.replace("ed25519", "hmac-sha256") }],
    ["no algorithm", { "signature-input": input.replace(';alg="ed25519"', "") }],
    ["an expiry", { "signature-input": `${input};expires=1` }],
    ["seconds that are no whole minute", { "signature-input": input.replace("1699999980", "1699999981") }],
    ["upper-case hexadecimal", { "signature-input": input.replace(key, "AB".repeat(32)) }],
    ["a digest that is not covered", { "signature-input": input.replace(' "content-digest"', "") }],
    ["a covered digest that is not sent", { "content-digest": undefined }],
    ["another digest", { "content-digest": "sha-512=:AAAA:" }],
    ["two digests", { "content-digest": `${good["content-digest"]}, sha-512=:AAAA:` }],
    ["a short signature", { signature: "sig1=:AAAA:" }],
    ["no signature", { signature: undefined }],
    ["no host", { "symbolon-host": undefined }],
    ["nothing", { "signature-input": undefined }],
  ])("not %s", (_, change) => {
    const headers: Record<string, string | undefined> = { ...good, ...change };
    expect(parseSignature((name) => headers[name])).toBeUndefined();
  });
});
