import Fuse from "fuse.js";
import MiniSearch from "minisearch";
import { makeNameIndex, makeSketcher, makeSubjectIndex } from "../../src/subjects/index.ts";
import { full, madeName, madePerson, random, slip } from "../eval/subjects/generate.ts";

type Figure = { name: string; value: number; unit: string; floor?: number; ratio?: number };

const people = 100_000;
const now = () => performance.now();
const round = (x: number) => Math.round(x * 1000) / 1000;

/** Names of 100,000 made-up people that nobody shares, so that "found first" means something. */
function uniqueNames(): string[] {
  const r = random(4);
  const out = new Set<string>();
  while (out.size < people) {
    const name = madeName(r);
    // A second middle name, as a third of people have, keeps them apart.
    out.add(out.size % 3 === 0 ? full(name) : `${name.surname} ${name.middle} ${madeName(r).given} ${name.given}`);
  }
  return [...out];
}

/**
 * Speed of matching and sketches, on made-up data. `match-name-100k` is the median time of a query with one typing
 * error; its `ratio` is MiniSearch's time over ours. Fuse.js is asked 5 queries only, as each takes half a second.
 */
export async function benchSubjects(): Promise<Figure[]> {
  const out: Figure[] = [];
  const r = random(5);

  const made = Array.from({ length: people }, (_, i) => madePerson(i, r));
  globalThis.gc?.();
  const before = memory();
  let start = now();
  const index = makeSubjectIndex<number>();
  for (const [i, person] of made.entries()) index.add(i, person);
  out.push({ name: "index-100k", value: round((now() - start) / 1000), unit: "s" });
  globalThis.gc?.();
  out.push({ name: "index-100k-memory", value: Math.round((memory() - before) / 2 ** 20), unit: "MiB" });

  start = now();
  let found = 0;
  for (let i = 0; i < 100_000; i++) {
    found += index.byIdentifier({ kind: "phone", value: `+849${String((i * 7919) % people).padStart(8, "0")}` }).length;
  }
  if (found !== 100_000) throw new Error("exact look-ups missed");
  out.push({ name: "match-exact", value: Math.round(100_000 / ((now() - start) / 1000)), unit: "/s" });

  const names = uniqueNames();
  const queries = Array.from({ length: 200 }, () => {
    const id = Math.floor(r() * names.length);
    return { id, text: slip(names[id] as string, r) };
  });
  const ours = makeNameIndex<number>();
  for (const [id, name] of names.entries()) ours.add(id, name);
  const mini = new MiniSearch<{ id: number; name: string }>({
    fields: ["name"],
    searchOptions: { fuzzy: 0.2, prefix: true },
  });
  mini.addAll(names.map((name, id) => ({ id, name })));
  const fuse = new Fuse(names, { threshold: 0.4, ignoreLocation: true });

  const measure = (asked: typeof queries, search: (text: string) => readonly number[]) => {
    const times: number[] = [];
    let first = 0;
    let twenty = 0;
    for (const { id, text } of asked) {
      const t = now();
      const hits = search(text);
      times.push(now() - t);
      if (hits[0] === id) first++;
      if (hits.slice(0, 20).includes(id)) twenty++;
    }
    times.sort((a, b) => a - b);
    return {
      median: times[Math.floor(times.length / 2)] as number,
      first: first / asked.length,
      twenty: twenty / asked.length,
    };
  };
  measure(queries.slice(0, 20), (text) => ours.find(text).map((hit) => hit.id));
  const a = measure(queries, (text) => ours.find(text).map((hit) => hit.id));
  const b = measure(queries, (text) =>
    mini
      .search(text)
      .slice(0, 20)
      .map((hit) => hit.id as number),
  );
  const c = measure(queries.slice(0, 5), (text) => fuse.search(text, { limit: 20 }).map((hit) => hit.refIndex));
  out.push({ name: "match-name-100k", value: round(a.median), unit: "ms", ratio: round(b.median / a.median) });
  out.push({ name: "match-name-100k-first", value: round(a.first), unit: "of 1", ratio: round(a.first / b.first) });
  out.push({ name: "match-name-100k-in-20", value: round(a.twenty), unit: "of 1", ratio: round(a.twenty / b.twenty) });
  out.push({ name: "match-name-100k-minisearch", value: round(b.median), unit: "ms" });
  out.push({ name: "match-name-100k-minisearch-first", value: round(b.first), unit: "of 1" });
  out.push({ name: "match-name-100k-minisearch-in-20", value: round(b.twenty), unit: "of 1" });
  out.push({ name: "match-name-100k-fuse", value: round(c.median), unit: "ms" });

  const sketch = makeSketcher(new Uint8Array(32).fill(1));
  const texts = Array.from({ length: 1000 }, (_, i) => `${names.slice(i * 20, i * 20 + 20).join(" met ")} on day ${i}`);
  for (const text of texts.slice(0, 50)) sketch(text);
  start = now();
  for (const text of texts) sketch(text);
  out.push({ name: "sketch", value: Math.round(texts.length / ((now() - start) / 1000)), unit: "texts/s" });
  return out;
}

function memory(): number {
  return globalThis.process?.memoryUsage?.().heapUsed ?? 0;
}
