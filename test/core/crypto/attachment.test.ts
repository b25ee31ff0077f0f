import { describe, expect, it } from "vitest";
import { chunkSize, openFile, type SymmetricKey, sealFile } from "../../../src/core/crypto/index.ts";
import { implementations, random } from "./support.ts";

const key = new Uint8Array(32).fill(5) as SymmetricKey;
const id = new Uint8Array(16).fill(6);

function file(size: number): Uint8Array {
  const out = new Uint8Array(size);
  for (let i = 0; i < size; i += 4093) out[i] = (i * 31) & 255;
  return out;
}

describe.each(implementations)("an attachment, $name", ({ crypto, other }) => {
  it("comes back whole, at every edge of a chunk", () => {
    for (const size of [0, 1, chunkSize - 1, chunkSize, chunkSize + 1]) {
      const content = file(size);
      const chunks = sealFile(crypto, random, key, { id, size }, content);
      expect(chunks.length).toBe(size > chunkSize ? 2 : 1);
      for (const chunk of chunks) expect(chunk.length).toBeLessThanOrEqual(2 ** 20 + 1024);
      const opened = openFile(other, key, { id, size }, chunks);
      expect(opened.length).toBe(size);
      expect(Buffer.compare(opened, content)).toBe(0);
    }
  });

  it("is refused with chunks in another order, missing, repeated or of another file (attack 14)", () => {
    const size = 2 * chunkSize + 100;
    const [a, b, c] = sealFile(crypto, random, key, { id, size }, file(size));
    const foreign = sealFile(crypto, random, key, { id: new Uint8Array(16), size }, file(size));
    const shorter = sealFile(crypto, random, key, { id, size: size - 1 }, file(size - 1));
    if (a === undefined || b === undefined || c === undefined) throw new Error("three chunks");
    const wrong = [[b, a, c], [a, b], [a, b, c, c], [a, a, c], [a, foreign[1], c], [a, b, shorter[2]], []];
    for (const chunks of wrong) {
      expect(() => openFile(crypto, key, { id, size }, chunks as Uint8Array[])).toThrow(
        expect.objectContaining({ name: "PeerFault" }),
      );
    }
    expect(() => openFile(crypto, key, { id, size: size - 1 }, [a, b, c])).toThrow();
    expect(openFile(crypto, key, { id, size }, [a, b, c]).length).toBe(size);
  });

  it("hides the length of its last chunk", () => {
    const [first] = sealFile(crypto, random, key, { id, size: 10 }, file(10));
    const [second] = sealFile(crypto, random, key, { id, size: 200 }, file(200));
    expect(first?.length).toBe(second?.length);
  });

  it("is at most 64 chunks", () => {
    const size = 64 * chunkSize + 1;
    expect(() => sealFile(crypto, random, key, { id, size }, new Uint8Array(size))).toThrow(
      expect.objectContaining({ code: "attachment.too-large" }),
    );
    expect(() => openFile(crypto, key, { id, size: 2 ** 40 }, [])).toThrow(
      expect.objectContaining({ code: "attachment.chunks" }),
    );
  });
});
