/** So many tokens a period, given back evenly; kept in memory only. */
export type Rate = {
  /** Takes `count` for `key`; `false`, taking nothing, where so many are not left. */
  readonly take: (key: string, count: number) => boolean;
  /** Whether `key` has one left. */
  readonly has: (key: string) => boolean;
};

/** The most keys remembered; beyond it the ones seen longest ago start afresh. */
const mostKeys = 50_000;

/** `most` per `period` milliseconds for each key; `now` is in milliseconds. */
export function createRate(most: number, period: number, now: () => number): Rate {
  if (most === Number.POSITIVE_INFINITY) return { take: () => true, has: () => true };
  const buckets = new Map<string, { readonly left: number; readonly at: number }>();
  const leftOf = (key: string, at: number): number => {
    const bucket = buckets.get(key);
    // A clock that is set back gives nothing back, and takes nothing away.
    return bucket === undefined ? most : Math.min(most, bucket.left + (Math.max(0, at - bucket.at) / period) * most);
  };
  return {
    take: (key, count) => {
      const at = now();
      const left = leftOf(key, at);
      const granted = left >= count;
      buckets.delete(key);
      buckets.set(key, { left: granted ? left - count : left, at });
      if (buckets.size > mostKeys) buckets.delete(buckets.keys().next().value as string);
      return granted;
    },
    has: (key) => leftOf(key, now()) >= 1,
  };
}
