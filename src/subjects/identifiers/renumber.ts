/** The renumbering of 2018: 01xx + 7 digits became 0yy + 7 digits. Keys and values without the leading 0. */
export const renumbered: ReadonlyMap<string, string> = new Map([
  ...["162", "163", "164", "165", "166", "167", "168", "169"].map((old, i) => [old, `3${i + 2}`] as const),
  ["120", "70"],
  ["121", "79"],
  ["122", "77"],
  ["126", "76"],
  ["128", "78"],
  ["123", "83"],
  ["124", "84"],
  ["125", "85"],
  ["127", "81"],
  ["129", "82"],
  ["186", "56"],
  ["188", "58"],
  ["199", "59"],
]);
const old: ReadonlyMap<string, string> = new Map([...renumbered].map(([before, after]) => [after, before]));

/** The present number of a Vietnamese mobile number in E.164; any other number unchanged. */
export function renumberVietnam(e164: string): string {
  const match = /^\+84(1\d\d)(\d{7})$/.exec(e164);
  const prefix = match && renumbered.get(match[1] as string);
  return match && prefix ? `+84${prefix}${match[2]}` : e164;
}

/**
 * The number of before 2018 of a Vietnamese mobile number in E.164, to look it up in old material; `undefined`
 * if its prefix did not come from the renumbering.
 */
export function numberBefore2018(e164: string): string | undefined {
  const match = /^\+84(\d\d)(\d{7})$/.exec(e164);
  const prefix = match && old.get(match[1] as string);
  return match && prefix ? `+84${prefix}${match[2]}` : undefined;
}
