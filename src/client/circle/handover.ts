/* A further device of the same member, by one code: an identity file for it, and an invitation into each circle (§8). */
import {
  type Bytes,
  bytes,
  decode,
  encode,
  fromBase64Url,
  list,
  record,
  text,
  toBase64Url,
  UsageError,
} from "../../core/codec/index.ts";
import type { KdfParameters } from "../../core/crypto/index.ts";
import { type Identity, importIdentity } from "../identity/identity.ts";
import type { Platform } from "../platform.ts";
import type { Storage } from "../storage/storage.ts";
import type { Circle } from "./circle.ts";
import { freshVault } from "./devices.ts";
import { invite } from "./invite.ts";
import { type Asked, join } from "./join.ts";

const handover = record({
  vault: [1, bytes(1, 65_536)],
  circles: [2, list(record({ label: [1, text(256)], link: [2, text(2048)] }), 64)],
});

/**
 * The code for a further device: its vault, sealed under `phrase`, and a single-use invitation into each circle.
 * Base64url, to be carried by a QR code or a link's fragment; it opens nothing without the phrase.
 *
 * Throws `UsageError` `identity.no-organization-key` where this device cannot give an identity.
 */
export async function handOver(
  identity: Identity,
  circles: readonly Circle[],
  phrase: string,
  parameters?: KdfParameters,
): Promise<string> {
  const vault = await freshVault(identity, phrase, undefined, parameters);
  const invited: { readonly label: string; readonly link: string }[] = [];
  for (const circle of circles) {
    const { link } = await invite(circle, { ownDevice: true, hours: 24 });
    invited.push({ label: circle.record().label, link });
  }
  return toBase64Url(encode(handover, { vault, circles: invited }));
}

/** What a code holds. Throws `UsageError` `handover.malformed`. */
function readHandover(code: string): {
  readonly vault: Bytes;
  readonly circles: readonly { readonly label: string; readonly link: string }[];
} {
  const data = fromBase64Url(code.trim());
  try {
    if (data !== undefined) return decode(handover, data);
  } catch {
    // Told below, like every other way in which a code can be wrong.
  }
  throw new UsageError("handover.malformed", "this is no code of another device, or it was cut off: take it whole");
}

/**
 * Takes the code of an older device: brings its identity here and asks to join each circle. The words of each are
 * compared with what the older device shows, which then adds this one.
 *
 * Throws `UsageError` `identity.exists`, `handover.malformed`, `vault.locked`.
 */
export async function takeOver(
  platform: Platform,
  storage: Storage,
  code: string,
  phrase: string,
  language?: string,
): Promise<{ readonly identity: Identity; readonly asked: readonly (Asked & { readonly label: string })[] }> {
  const { vault, circles } = readHandover(code);
  const identity = await importIdentity(platform, storage, vault, phrase);
  const asked: (Asked & { readonly label: string })[] = [];
  for (const { label, link } of circles) asked.push({ label, ...(await join(identity, link, label, language)) });
  return { identity, asked };
}
