import { type Bytes, concat, equal } from "../core/codec/index.ts";
import { sha256 } from "../core/crypto/sha256.ts";
import type { Host } from "./host.ts";
import { Problem } from "./problem.ts";

/** Up to here hashing at once takes less than handing it to another thread. */
const hashedHere = 131_072;

/** SHA-256 (32 bytes) of a whole body; of a large one by the platform, which does not hold up other requests. */
export async function digestOf(bytes: Bytes): Promise<Bytes> {
  if (bytes.length <= hashedHere) return sha256(bytes);
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}

/**
 * Reads a body of at most `most` bytes, for whose room in memory `owner` answers (see `Bodies`), and checks it against
 * the `digest` that was signed. Stops reading at the limit, whatever length was announced. Throws `Problem`
 * `too-large`, `busy`, `malformed`, `unauthorized`.
 */
export async function readBody(
  { bodies }: Pick<Host, "bodies">,
  owner: string,
  request: Request,
  most: number,
  digest: Bytes | undefined,
): Promise<Bytes> {
  const announced = announcedLength(request);
  if (announced !== undefined && announced > most) throw new Problem("too-large");
  bodies.enter(request, owner, announced ?? most);
  const bytes = await readAtMost(request, most, announced);
  if (digest !== undefined && !equal(await digestOf(bytes), digest)) throw new Problem("unauthorized");
  return bytes;
}

function announcedLength(request: Request): number | undefined {
  const text = request.headers.get("content-length");
  if (text === null) return undefined;
  if (!/^\d{1,15}$/.test(text)) throw new Problem("malformed");
  return Number(text);
}

async function readAtMost(request: Request, most: number, announced: number | undefined): Promise<Bytes> {
  try {
    // Where a length is announced, the server reads no more than that.
    if (announced !== undefined) return new Uint8Array(await request.arrayBuffer());
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
