/** A decoded picture: RGBA, 4 bytes a pixel, rows from the top, as `ImageData` of a canvas. */
export type Pixels = { readonly width: number; readonly height: number; readonly data: Uint8Array | Uint8ClampedArray };

const side = 32;
const kept = 8;

const cosines = Float64Array.from({ length: kept * side }, (_, i) => {
  const u = Math.floor(i / side);
  return Math.cos(((2 * (i % side) + 1) * u * Math.PI) / (2 * side));
});

/**
 * A perceptual hash, 8 bytes (pHash: gray, 32 × 32 by averaging, discrete cosine transform, the 8 × 8 lowest
 * frequencies against their median). Survives scaling, recompression and slight changes of color; not cropping,
 * mirroring or rotation. `undefined` for pictures without pixels or with too few bytes. Not keyed: it belongs
 * into sealed statements only.
 */
export function imageHash({ width, height, data }: Pixels): Uint8Array | undefined {
  if (!(width > 0 && height > 0) || data.length < 4 * width * height) return undefined;
  const gray = new Float64Array(side * side);
  for (let y = 0; y < side; y++) {
    const top = Math.floor((y * height) / side);
    const bottom = Math.max(top + 1, Math.floor(((y + 1) * height) / side));
    for (let x = 0; x < side; x++) {
      const left = Math.floor((x * width) / side);
      const right = Math.max(left + 1, Math.floor(((x + 1) * width) / side));
      // At most 16 × 16 samples of a cell, so that a picture of any size takes bounded time.
      const stepY = Math.max(1, Math.floor((bottom - top) / 16));
      const stepX = Math.max(1, Math.floor((right - left) / 16));
      let sum = 0;
      let count = 0;
      for (let v = top; v < bottom; v += stepY) {
        for (let u = left; u < right; u += stepX) {
          const at = 4 * (v * width + u);
          const alpha = (data[at + 3] as number) / 255;
          const luma =
            0.299 * (data[at] as number) + 0.587 * (data[at + 1] as number) + 0.114 * (data[at + 2] as number);
          sum += luma * alpha + 255 * (1 - alpha);
          count++;
        }
      }
      gray[y * side + x] = sum / count;
    }
  }
  const rows = new Float64Array(side * kept);
  for (let y = 0; y < side; y++) {
    for (let u = 0; u < kept; u++) {
      let sum = 0;
      for (let x = 0; x < side; x++) sum += (gray[y * side + x] as number) * (cosines[u * side + x] as number);
      rows[y * kept + u] = sum;
    }
  }
  const low: number[] = [];
  for (let v = 0; v < kept; v++) {
    for (let u = 0; u < kept; u++) {
      let sum = 0;
      for (let y = 0; y < side; y++) sum += (rows[y * kept + u] as number) * (cosines[v * side + y] as number);
      low.push(sum);
    }
  }
  const sorted = low.slice(1).sort((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)] as number;
  const out = new Uint8Array(8);
  for (const [i, value] of low.entries()) {
    if (i > 0 && value > median) out[i >> 3] = (out[i >> 3] as number) | (1 << (i & 7));
  }
  return out;
}

export type ImageLikeness = { readonly level: "match" | "suggest" | "none"; readonly distance: number };

/** How many of 63 bits differ: up to 4 is the same picture, up to 12 perhaps; two pictures by chance about 31. */
export function compareImages(a: Uint8Array, b: Uint8Array): ImageLikeness {
  if (a.length !== 8 || b.length !== 8) return { level: "none", distance: 64 };
  let distance = 0;
  for (let i = 0; i < 8; i++) {
    for (let bits = (a[i] as number) ^ (b[i] as number); bits > 0; bits &= bits - 1) distance++;
  }
  return { level: distance <= 4 ? "match" : distance <= 12 ? "suggest" : "none", distance };
}
