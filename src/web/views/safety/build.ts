/* Which build this page was made from, as far as the page itself can tell: whoever serves it could lie here, too. */
import { readManifest } from "../../shell/manifest.ts";

export type Build =
  | { readonly kind: "single" }
  | {
      readonly kind: "served";
      readonly version: string;
      /** SHA-256 of the manifest, hexadecimal: what is published for every version. */
      readonly hash: string;
      readonly files: number;
      /** Files whose content is not what the manifest names. */
      readonly differing: readonly string[];
    };

async function digest(content: ArrayBuffer): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", content));
}

const base64Url = (bytes: Uint8Array) =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
const hex = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

/** Reads the manifest of what is served here and compares every file with it. */
export async function buildOf(): Promise<Build> {
  if (!location.protocol.startsWith("http")) return { kind: "single" };
  const { bytes, manifest } = await readManifest();
  const differing: string[] = [];
  for (const [path, hash] of Object.entries(manifest.files)) {
    const response = await fetch(`.${path}`, { cache: "no-cache" });
    if (!response.ok || base64Url(await digest(await response.arrayBuffer())) !== hash) differing.push(path);
  }
  const { version, files } = manifest;
  return { kind: "served", version, hash: hex(await digest(bytes)), files: Object.keys(files).length, differing };
}
