/* Entries that hold noise: a host cannot tell them from others, and making them costs next to nothing. */
import { randomFillSync } from "node:crypto";
import type { Circle } from "../../src/client/index.ts";
import { type Entry, entryVersion, makeEntry } from "../../src/core/log/index.ts";

const sealedBytes = 1024;

/** `count` entries of the first epoch, of 1 KiB each. */
export function noiseFor(circle: Circle, count: number): readonly Entry[] {
  return Array.from({ length: count }, () =>
    makeEntry(
      { version: entryVersion, circle: circle.id, epoch: 0, kind: "statement", blobs: [] },
      randomFillSync(new Uint8Array(sealedBytes)),
    ),
  );
}

/** `items` in groups of `size`. */
export function grouped<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));
}
