/** A seeded generator (mulberry32), so that every run of a seed is the same. */
export function randomly(seed: number) {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (end: number) => Math.floor(next() * end);
  /** `count` of `list`, each at most once. */
  const sample = <T>(list: readonly T[], count: number): T[] => {
    const left = [...list];
    const out: T[] = [];
    while (out.length < count && left.length > 0) out.push(left.splice(below(left.length), 1)[0] as T);
    return out;
  };
  return { next, below, sample };
}
