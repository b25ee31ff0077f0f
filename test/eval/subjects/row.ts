/** One line of the table: how many cases of a category came out as they should. */
export type Row = {
  readonly group: string;
  readonly category: string;
  readonly cases: number;
  readonly right: number;
  readonly share: number;
  readonly note?: string;
};

export function row(group: string, category: string, cases: number, right: number, note?: string): Row {
  return {
    group,
    category,
    cases,
    right,
    share: Math.round((right / cases) * 10_000) / 10_000,
    ...(note ? { note } : {}),
  };
}
