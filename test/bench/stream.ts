/* A log as pages, against a file of the same bytes. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startBare } from "./bare.ts";
import { type Figure, figure, median, medianTime } from "./figure.ts";

const runs = 15;

/**
 * Megabytes a second of what `readAll` reads; it returns how many bytes that are. The file is read in turns with it,
 * so that what else the machine does meets both alike.
 */
export async function streamFigure(name: string, readAll: () => Promise<number>): Promise<Figure> {
  const bytes = await readAll();
  const directory = mkdtempSync(join(tmpdir(), "symbolon-file-"));
  const file = join(directory, "file");
  writeFileSync(file, new Uint8Array(bytes));
  const bare = await startBare(file);
  const readFile = async () => (await fetch(`${bare.url}/file`)).arrayBuffer();
  const [ours, floor]: [number[], number[]] = [[], []];
  for (let run = 0; run <= runs; run++) {
    floor.push(await medianTime(1, readFile));
    ours.push(await medianTime(1, readAll));
  }
  bare.close();
  rmSync(directory, { recursive: true });
  const perSecond = (times: readonly number[]) => bytes / 1000 / median(times.slice(1));
  return figure(name, perSecond(ours), "MB/s", perSecond(floor));
}
