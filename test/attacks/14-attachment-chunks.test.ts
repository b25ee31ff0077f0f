import { beforeAll, describe, expect, it } from "vitest";
import { type Circle, readAttachment, say } from "../../src/client/index.ts";
import type { BlobHash, Bytes } from "../../src/core/codec/index.ts";
import { chunkSize } from "../../src/core/crypto/index.ts";
import type { Attachment } from "../../src/core/statements/index.ts";
import { flipped, implementations, refused, type Scene, scene } from "../kit/attack.ts";
import { replaceBlob } from "../kit/evil-host.ts";

/** Two full chunks and a short one. */
const size = 2 * chunkSize + 100;

describe.each(implementations)("attack 14: an attachment's chunks (%s)", (name) => {
  let stage: Scene;
  let a: Circle;
  let file: Attachment;
  let other: Attachment;
  let bytes: Bytes;
  beforeAll(async () => {
    stage = await scene({ crypto: name });
    a = stage.a;
    bytes = new Uint8Array(size);
    for (let i = 0; i < size; i++) bytes[i] = (i * 31 + (i >> 16)) & 255;
    const draft = { kind: "check-in", tlp: "TLP:AMBER" } as const;
    const named = (label: string) => ({ attachments: [{ name: label, mediaType: "text/plain", bytes }] });
    await say(a, [draft], named("one"));
    await say(a, [draft], named("two"));
    await a.settle();
    [file, other] = a.statements().flatMap((s) => s.statement.attachments ?? []) as [Attachment, Attachment];
  }, 60_000);
  const [x, y, z] = [0, 1, 2];
  const chunk = (i: number | undefined, of = file) => of.chunks[i as number] as BlobHash;

  it("is read back whole", async () => {
    expect(file.chunks.length).toBe(3);
    expect(await readAttachment(a, file)).toEqual(bytes);
  });

  it.each([
    ["reordered", () => [chunk(y), chunk(x), chunk(z)]],
    ["repeated", () => [chunk(x), chunk(x), chunk(z)]],
    ["another file's, of the same content", () => [chunk(x), chunk(y, other), chunk(z)]],
    ["the last in the first one's place", () => [chunk(z), chunk(y), chunk(x)]],
  ])("%s: nothing opens", async (_, chunks) => {
    await refused(a, "envelope.unopened", () => readAttachment(a, { ...file, chunks: chunks() }));
  });

  it.each([
    ["truncated", () => [chunk(x), chunk(y)]],
    ["with one more", () => [chunk(x), chunk(y), chunk(z), chunk(z)]],
  ])("%s: not whole", async (_, chunks) => {
    await refused(a, "attachment.chunks", () => readAttachment(a, { ...file, chunks: chunks() }));
  });

  it("truncated together with the length that the statement states: count and total are in every chunk", async () => {
    const shorter = { ...file, chunks: [chunk(x), chunk(y)], size: 2 * chunkSize };
    await refused(a, "envelope.unopened", () => readAttachment(a, shorter));
    await refused(a, "envelope.unopened", () => readAttachment(a, { ...file, size: size - 1 }));
    await refused(a, "envelope.unopened", () => readAttachment(a, { ...file, size: size + 1 }));
    await refused(a, "envelope.unopened", () => readAttachment(a, { ...file, id: other.id }));
  });

  it("the host's own bytes for a chunk, one bit or all of it, are not what was asked for", async () => {
    const { evil } = stage;
    for (const change of [(b: Bytes) => flipped(b, 999), (b: Bytes) => b.slice(1), () => new Uint8Array(64)]) {
      evil.tell(replaceBlob(chunk(y), change));
      await refused(a, "host.garbage", () => readAttachment(a, file));
    }
    evil.tell();
  });
});
