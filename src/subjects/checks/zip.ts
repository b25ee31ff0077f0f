import { latin1 } from "./message.ts";

export type ZipEntry = {
  readonly name: string;
  readonly encrypted: boolean;
  readonly method: number;
  readonly packed: number;
  readonly size: number;
  readonly at: number;
};

const mostEntries = 5000;

/** The entries of a zip file's central directory; `undefined` if it is none or damaged. Nothing is unpacked. */
export function zipEntries(file: Uint8Array): ZipEntry[] | undefined {
  if (file.length < 22 || file[0] !== 0x50 || file[1] !== 0x4b) return undefined;
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  let end = -1;
  for (let at = file.length - 22; at >= Math.max(0, file.length - 65_557); at--) {
    if (view.getUint32(at, true) === 0x06054b50) {
      end = at;
      break;
    }
  }
  if (end < 0) return undefined;
  const out: ZipEntry[] = [];
  const count = Math.min(view.getUint16(end + 10, true), mostEntries);
  let at = view.getUint32(end + 16, true);
  for (let i = 0; i < count; i++) {
    if (at + 46 > file.length || view.getUint32(at, true) !== 0x02014b50) break;
    const nameLength = view.getUint16(at + 28, true);
    out.push({
      name: new TextDecoder().decode(file.subarray(at + 46, at + 46 + nameLength)),
      encrypted: (view.getUint16(at + 8, true) & 1) === 1,
      method: view.getUint16(at + 10, true),
      packed: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      at: view.getUint32(at + 42, true),
    });
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return out;
}

/** The first `most` bytes of an entry, unpacked, as a string of bytes; `undefined` if it cannot be. */
export async function zipText(file: Uint8Array, entry: ZipEntry, most = 262_144): Promise<string | undefined> {
  if (entry.encrypted || entry.at + 30 > file.length) return undefined;
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const start = entry.at + 30 + view.getUint16(entry.at + 26, true) + view.getUint16(entry.at + 28, true);
  const packed = file.slice(start, start + entry.packed);
  if (entry.method === 0) return latin1(packed.subarray(0, most));
  if (entry.method !== 8 || typeof DecompressionStream === "undefined") return undefined;
  const reader = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader();
  let out = "";
  try {
    while (out.length < most) {
      const { done, value } = await reader.read();
      if (done) return out;
      out += latin1(value.subarray(0, most - out.length));
    }
    // A bomb ends here: the rest is never unpacked.
    await reader.cancel();
    return out;
  } catch {
    return undefined;
  }
}
