import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

function filesBelow(directory: string): readonly string[] {
  return readdirSync(directory).flatMap((name) => {
    const path = join(directory, name);
    return statSync(path).isDirectory() ? filesBelow(path) : [path];
  });
}

function occurrences(haystack: Buffer, needle: Buffer): number {
  let count = 0;
  for (let at = haystack.indexOf(needle); at >= 0; at = haystack.indexOf(needle, at + 1)) count++;
  return count;
}

/** How a text may stand in a file: as it is, in UTF-16, hexadecimal or base64. */
function spellings(text: string): readonly Buffer[] {
  const plain = Buffer.from(text);
  const base64 = plain.toString("base64").replace(/=+$/, "").slice(0, -1);
  return [plain, Buffer.from(text, "utf16le"), Buffer.from(plain.toString("hex")), Buffer.from(base64)];
}

/** How often any of `texts` stands in the files below directories, byte by byte. */
export function plaintextFound(directories: readonly string[], texts: Iterable<string>): number {
  const needles = [...texts].flatMap(spellings).filter((needle) => needle.length >= 6);
  let found = 0;
  for (const path of directories.flatMap(filesBelow)) {
    const haystack = readFileSync(path);
    for (const needle of needles) found += occurrences(haystack, needle);
  }
  return found;
}
