import { type Bytes, concat, equal } from "../core/codec/index.ts";
import { sha256 } from "../core/crypto/sha256.ts";
import { Problem } from "./problem.ts";

/** Up to here hashing at once takes less than handing it to another thread. */
const hashedHere = 131_072;

/** SHA-256 (32 bytes) of a whole body; of a large one by the platform, which does not hold up other requests. */
export async function digestOf(bytes: Bytes): Promise<Bytes> {
  if (bytes.length <= hashedHere) return sha256(bytes);
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}

/**
 * Reads a body of at most `most` bytes and checks it against the `digest` that was signed. Stops reading
 * at the limit, whatever length was announced. Throws `Problem` `too-large`, `malformed`, `unauthorized`.
 */
export async function readBody(request: Request, most: number, digest: Bytes | undefined): Promise<Bytes> {
  const bytes = await readAtMost(request, most);
  if (digest !== undefined && !equal(await digestOf(bytes), digest)) throw new Problem("unauthorized");
  return bytes;
}

async function readAtMost(request: Request, most: number): Promise<Bytes> {
  const announced = request.headers.get("content-length");
  if (announced !== null && Number(announced) > most) throw new Problem("too-large");
  try {
    // Where a length is announced, the server reads no more than that.
    if (announced !== null) return new Uint8Array(await request.arrayBuffer());
    const parts: Uint8Array[] = [];
    let length = 0;
    for await (const part of request.body ?? []) {
      length += part.length;
      if (length > most) throw new Problem("too-large");
      parts.push(part);
    }
    return concat(...parts);
  } catch (error) {
    // The client hung up, or the length was a lie.
    throw error instanceof Problem ? error : new Problem("malformed");
  }
}
