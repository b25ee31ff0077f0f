import type { imageHash } from "../../client/checks.ts";

/** A picture of any size comes down to this before it is hashed. */
const side = 64;

/**
 * The pixels of a picture, scaled down, decoded by the browser itself in memory; `undefined` where it is none, or where
 * the browser lets nobody read pixels, as Tor Browser does.
 */
export async function pixelsOf(content: Uint8Array<ArrayBuffer>): Promise<Parameters<typeof imageHash>[0] | undefined> {
  if (globalThis.createImageBitmap === undefined || globalThis.OffscreenCanvas === undefined) return undefined;
  try {
    const bitmap = await createImageBitmap(new Blob([content]), {
      resizeWidth: side,
      resizeHeight: side,
      resizeQuality: "high",
    });
    const context = new OffscreenCanvas(side, side).getContext("2d");
    if (context === null) return undefined;
    context.drawImage(bitmap, 0, 0);
    bitmap.close();
    return context.getImageData(0, 0, side, side);
  } catch {
    return undefined;
  }
}
