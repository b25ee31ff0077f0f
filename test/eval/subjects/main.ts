/*
 * What this project can show of `src/subjects` on made-up and public cases, as one table:
 * `npm run -s eval:subjects` for people, `-- --json` for programs. Seeded, so that it comes out the same each time.
 */
import { evaluateIdentifiers } from "./identifiers.ts";
import { evaluateMails } from "./mails.ts";
import { evaluateFalseSame, evaluateLabeled, evaluateSearch, evaluateVietnamese } from "./names.ts";
import { evaluateTips } from "./tips.ts";

const rows = [
  ...evaluateIdentifiers(),
  ...evaluateVietnamese(),
  ...evaluateLabeled(),
  ...evaluateFalseSame(),
  ...evaluateSearch(),
  ...evaluateTips(),
  ...(await evaluateMails()),
];

if (process.argv.includes("--json")) {
  process.stdout.write(`${JSON.stringify({ rows }, null, 2)}\n`);
} else {
  for (const { group, category, right, cases, share, note } of rows) {
    process.stdout.write(
      `${group.padEnd(22)} ${category.padEnd(32)} ${`${right}/${cases}`.padStart(23)}  ${share.toFixed(4)}  ${note ?? ""}\n`,
    );
  }
}
