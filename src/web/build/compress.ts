import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { filesBelow } from "./files.ts";

const compressible = /\.(?:css|html|js|svg|webmanifest)$/;

/** Writes `.br` and `.gz` beside every text file, so that the host compresses nothing at request time. */
export function compress(folder: string): void {
  for (const file of filesBelow(folder).filter((name) => compressible.test(name))) {
    const content = readFileSync(join(folder, file));
    writeFileSync(
      join(folder, `${file}.br`),
      brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
    );
    writeFileSync(join(folder, `${file}.gz`), gzipSync(content, { level: 9 }));
  }
}
