/* What this page was built as, by the manifest that is served beside it. */

export type Manifest = { readonly version: string; readonly files: Readonly<Record<string, string>> };

/** The manifest, and its bytes as they came. A page from a disk has none: `location.protocol` tells. */
export async function readManifest(): Promise<{ readonly bytes: ArrayBuffer; readonly manifest: Manifest }> {
  const bytes = await (await fetch("./.well-known/webcat/manifest.json", { cache: "no-cache" })).arrayBuffer();
  const { manifest } = JSON.parse(new TextDecoder().decode(bytes)) as { manifest: Manifest };
  return { bytes, manifest };
}
