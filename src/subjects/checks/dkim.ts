import type { HeaderField, Message } from "./message.ts";
import {
  canonicalBody,
  canonicalField,
  type Dns,
  type KeyProblem,
  parseTags,
  publicKey,
  selectFields,
  sha256Base64,
  type Tags,
  verifySignature,
  withoutSignature,
} from "./signature.ts";

export type SignatureProblem =
  | KeyProblem
  | "malformed"
  | "unsupported"
  | "weak-algorithm"
  | "from-not-signed"
  | "expired"
  | "body-changed"
  | "body-longer"
  | "signature-wrong";

/** What became of one DKIM signature. */
export type DkimResult = {
  readonly domain: string;
  readonly selector: string;
  readonly result: "pass" | "fail" | "cannot tell";
  readonly problem?: SignatureProblem;
  /** Part of the body, or the subject, that the signature does not cover although it is valid. */
  readonly uncovered: readonly ("body-part" | "subject" | "body-could-grow")[];
  readonly testing: boolean;
  readonly signedAt?: number;
};

const mostSignatures = 16;

/**
 * Verifies the DKIM signatures of a message (RFC 6376, 8301, 8463: RSA-SHA256 and Ed25519) with the records supplied.
 * `now`: seconds since 1970; without it expiry is not judged.
 */
export async function verifyDkim(message: Message, dns: Dns | undefined, now?: number): Promise<DkimResult[]> {
  const out: DkimResult[] = [];
  for (const f of message.fields.filter((x) => x.name === "dkim-signature").slice(0, mostSignatures)) {
    out.push(await verifyOne(message, f, dns, now));
  }
  return out;
}

async function verifyOne(message: Message, f: HeaderField, dns: Dns | undefined, now?: number): Promise<DkimResult> {
  const tags = parseTags(f.value);
  const base = {
    domain: tags?.get("d")?.toLowerCase() ?? "",
    selector: tags?.get("s") ?? "",
    uncovered: [],
    testing: false,
  };
  const fail = (problem: SignatureProblem): DkimResult => ({ ...base, result: "fail", problem });
  if (tags?.get("v") !== "1" || ["a", "b", "bh", "d", "h", "s"].some((tag) => !tags.get(tag))) return fail("malformed");
  const identity = tags.get("i");
  const idDomain = identity?.slice(identity.lastIndexOf("@") + 1).toLowerCase();
  if (idDomain !== undefined && idDomain !== base.domain && !idDomain.endsWith(`.${base.domain}`))
    return fail("malformed");
  const names = (tags.get("h") as string).split(":").map((name) => name.trim().toLowerCase());
  if (!names.includes("from")) return fail("from-not-signed");
  const [signed, expires] = [tags.get("t"), tags.get("x")];
  if ((signed && !/^\d{1,12}$/.test(signed)) || (expires && !/^\d{1,12}$/.test(expires))) return fail("malformed");
  if (signed && expires && Number(expires) < Number(signed)) return fail("malformed");
  if (expires && now !== undefined && now > Number(expires)) return fail("expired");
  const checked = await checkSignature(message, f, tags, names, dns);
  if (typeof checked === "string") {
    if (checked === "no-record" || checked === "not-on-this-device")
      return { ...base, result: "cannot tell", problem: checked };
    return fail(checked);
  }
  if (checked.strict && idDomain !== undefined && idDomain !== base.domain) return fail("malformed");
  const uncovered: DkimResult["uncovered"][number][] = [];
  if (checked.uncoveredBody) uncovered.push("body-part");
  else if (tags.has("l")) uncovered.push("body-could-grow");
  if (!names.includes("subject")) uncovered.push("subject");
  const time = signed ? { signedAt: Number(signed) } : {};
  return { ...base, result: "pass", uncovered, testing: checked.testing, ...time };
}

/** The part that DKIM's and ARC's message signatures share: algorithm, body hash, key, signature. */
export async function checkSignature(
  message: Message,
  f: HeaderField,
  tags: Tags,
  names: readonly string[],
  dns: Dns | undefined,
): Promise<
  SignatureProblem | { readonly testing: boolean; readonly strict: boolean; readonly uncoveredBody: boolean }
> {
  const algorithm = (tags.get("a") as string).toLowerCase();
  if (algorithm === "rsa-sha1") return "weak-algorithm"; // RFC 8301 §3.1
  if (algorithm !== "rsa-sha256" && algorithm !== "ed25519-sha256") return "unsupported";
  const [header = "simple", body = "simple"] = (tags.get("c") ?? "simple/simple").toLowerCase().split("/");
  if (![header, body].every((c) => c === "simple" || c === "relaxed")) return "unsupported";
  const q = tags.get("q");
  if (
    q !== undefined &&
    !q
      .toLowerCase()
      .split(":")
      .some((x) => x.trim() === "dns/txt")
  )
    return "unsupported";
  let hashed = canonicalBody(message.body, body === "relaxed");
  let uncoveredBody = false;
  const length = tags.get("l");
  if (length !== undefined) {
    if (!/^\d{1,15}$/.test(length)) return "malformed";
    if (Number(length) > hashed.length) return "body-longer";
    uncoveredBody = Number(length) < hashed.length;
    hashed = hashed.slice(0, Number(length));
  }
  if ((await sha256Base64(hashed)) !== (tags.get("bh") as string).replace(/\s+/g, "")) return "body-changed";
  const key = await publicKey(
    dns,
    tags.get("s") as string,
    tags.get("d") as string,
    algorithm === "rsa-sha256" ? "rsa" : "ed25519",
  );
  if (typeof key === "string") return key;
  const relaxed = header === "relaxed";
  const fields = selectFields(message, names, f).map((x) => `${canonicalField(x.raw, relaxed)}\r\n`);
  const data = fields.join("") + canonicalField(withoutSignature(f.raw), relaxed);
  if (!(await verifySignature(key.key, tags.get("b") as string, data))) return "signature-wrong";
  return { testing: key.testing, strict: key.strict, uncoveredBody };
}
