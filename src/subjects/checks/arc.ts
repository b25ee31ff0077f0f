import { checkSignature } from "./dkim.ts";
import type { HeaderField, Message } from "./message.ts";
import {
  canonicalField,
  type Dns,
  parseTags,
  publicKey,
  type Tags,
  verifySignature,
  withoutSignature,
} from "./signature.ts";

/** What became of a message's ARC chain (RFC 8617). `sealers`: domains from the first to the last. */
export type ArcResult = {
  readonly result: "none" | "pass" | "fail" | "cannot tell";
  readonly sealers: readonly string[];
  readonly problem?: string;
};

type Set = {
  readonly aar: HeaderField;
  readonly ams: HeaderField;
  readonly seal: HeaderField;
  readonly sealTags: Tags;
  readonly amsTags: Tags;
};

const mostSets = 50;

/** Verifies the chain: the newest message signature and every seal (§5.2). */
export async function verifyArc(message: Message, dns: Dns | undefined): Promise<ArcResult> {
  const sets = collect(message);
  if (sets === undefined) return { result: "none", sealers: [] };
  if (typeof sets === "string") return { result: "fail", sealers: [], problem: sets };
  const sealers = sets.map((set) => set.sealTags.get("d")?.toLowerCase() ?? "");
  const fail = (problem: string): ArcResult => ({ result: "fail", sealers, problem });
  for (const [i, { sealTags }] of sets.entries()) {
    const cv = sealTags.get("cv")?.toLowerCase();
    if (cv !== (i === 0 ? "none" : "pass")) return fail("chain-state");
    if (sealTags.has("h") || sealTags.has("bh")) return fail("malformed");
    if (["a", "b", "d", "s"].some((tag) => !sealTags.get(tag))) return fail("malformed");
  }
  const newest = sets.at(-1) as Set;
  if (["a", "b", "bh", "d", "h", "s"].some((tag) => !newest.amsTags.get(tag))) return fail("malformed");
  const names = (newest.amsTags.get("h") as string).split(":").map((name) => name.trim().toLowerCase());
  if (names.includes("arc-seal")) return fail("malformed"); // §4.1.2
  const checked = await checkSignature(message, newest.ams, newest.amsTags, names, dns);
  if (checked === "no-record" || checked === "not-on-this-device")
    return { result: "cannot tell", sealers, problem: checked };
  if (typeof checked === "string") return fail(checked);
  for (let n = sets.length; n >= 1; n--) {
    const { sealTags } = sets[n - 1] as Set;
    const algorithm = sealTags.get("a")?.toLowerCase();
    if (algorithm !== "rsa-sha256" && algorithm !== "ed25519-sha256") return fail("unsupported");
    const key = await publicKey(
      dns,
      sealTags.get("s") as string,
      sealTags.get("d") as string,
      algorithm === "rsa-sha256" ? "rsa" : "ed25519",
    );
    if (key === "no-record" || key === "not-on-this-device") return { result: "cannot tell", sealers, problem: key };
    if (typeof key === "string") return fail(key);
    // §5.1.1: the sets in order, each as results, message signature, seal; the last seal without its signature.
    const data = sets
      .slice(0, n)
      .flatMap(({ aar, ams, seal }, i) => [aar.raw, ams.raw, i === n - 1 ? withoutSignature(seal.raw) : seal.raw])
      .map((raw) => canonicalField(raw, true))
      .join("\r\n");
    if (!(await verifySignature(key.key, sealTags.get("b") as string, data))) return fail("signature-wrong");
  }
  return { result: "pass", sealers };
}

/** The sets 1 … n; `undefined` without any, a problem's name if the numbers do not fit (§5.2 steps 2 and 3). */
function collect(message: Message): readonly Set[] | string | undefined {
  const kinds = ["arc-authentication-results", "arc-message-signature", "arc-seal"] as const;
  const found = new Map<string, HeaderField>();
  let most = 0;
  for (const f of message.fields) {
    if (!(kinds as readonly string[]).includes(f.name)) continue;
    const instance =
      /^\s*i\s*=\s*(\d{1,3})\s*;/.exec(f.value)?.[1] ??
      (f.name === kinds[0] ? undefined : parseTags(f.value)?.get("i"));
    if (instance === undefined || !/^\d{1,3}$/.test(instance)) return "malformed";
    const i = Number(instance);
    if (i < 1 || i > mostSets || found.has(`${f.name} ${i}`)) return "malformed";
    found.set(`${f.name} ${i}`, f);
    most = Math.max(most, i);
  }
  if (most === 0) return undefined;
  const sets: Set[] = [];
  for (let i = 1; i <= most; i++) {
    const [aar, ams, seal] = kinds.map((kind) => found.get(`${kind} ${i}`));
    const amsTags = ams && parseTags(ams.value);
    const sealTags = seal && parseTags(seal.value);
    if (!aar || !ams || !seal || !amsTags || !sealTags) return "malformed";
    sets.push({ aar, ams, seal, amsTags, sealTags });
  }
  return sets;
}
