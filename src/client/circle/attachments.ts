import type { Bytes } from "../../core/codec/index.ts";
import { openFile, type SymmetricKey } from "../../core/crypto/index.ts";
import type { Attachment } from "../../core/statements/index.ts";
import type { Circle } from "./circle.ts";

/** Fetches and opens an attachment. Throws `PeerFault` where it is not whole, `Refused` where the host lost it. */
export async function readAttachment(circle: Circle, attachment: Attachment): Promise<Bytes> {
  const chunks: Bytes[] = [];
  for (const hash of attachment.chunks) chunks.push(await circle.host.getBlob(hash, circle.access()));
  const { id, key, size } = attachment;
  return openFile(circle.platform.crypto, key as SymmetricKey, { id, size }, chunks);
}
