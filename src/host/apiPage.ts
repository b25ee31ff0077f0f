import { toBase64, utf8 } from "../core/codec/index.ts";
import { sha256 } from "../core/crypto/sha256.ts";
import { problems } from "../core/log/index.ts";
import { type Operation, operations } from "./interface.ts";

const style = `
body { font: 16px/1.5 system-ui, sans-serif; max-width: 52rem; margin: 2rem auto; padding: 0 1rem; color: #1a1a1a; background: #fff; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.1rem; margin-top: 2.2rem; }
code { font: 0.9em ui-monospace, monospace; background: #f2f2f2; padding: 0.1em 0.3em; overflow-wrap: anywhere; }
dt { font-weight: 600; margin-top: 0.5rem; } dd { margin: 0 0 0 1rem; }
a { color: #0b57d0; }
@media (prefers-color-scheme: dark) { body { color: #e8e8e8; background: #161616; } code { background: #2a2a2a; } a { color: #8ab4f8; } }
`;

/** No script, nothing from anywhere else: only the page's own style. */
export const apiPagePolicy =
  `default-src 'none'; style-src 'sha256-${toBase64(sha256(utf8(style)))}'; ` +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const escapes: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escaped = (text: string) => text.replace(/[&<>"]/g, (mark) => escapes[mark] ?? "");
/** Text with `code` between backticks. */
const prose = (text: string) => escaped(text).replace(/`([^`]+)`/g, "<code>$1</code>");

function section(operation: Operation): string {
  const { method, path, id, summary, signedWith, query = [], body, answer, problems: codes } = operation;
  const rows: (readonly [string, string])[] = [
    ["Signed with", signedWith === "" ? "nothing" : prose(signedWith)],
    ...query.map(({ name, text }) => [`?${escaped(name)}=`, prose(text)] as const),
    ...(body === undefined ? [] : [["Body", `<code>${escaped(body)}</code>`] as const]),
    ["Answer", `${answer.status}${answer.body === undefined ? "" : ` <code>${escaped(answer.body)}</code>`}`],
    ...(codes.length === 0
      ? []
      : [
          [
            "Problems",
            [...new Set(codes)].map((code) => `<a href="#${code}"><code>${code}</code></a>`).join(" "),
          ] as const,
        ]),
  ];
  const list = rows.map(([name, text]) => `<dt>${name}</dt><dd>${text}</dd>`).join("");
  return `<section id="${id}"><h2><code>${method.toUpperCase()} ${escaped(path)}</code></h2><p>${prose(summary)}</p><dl>${list}</dl></section>`;
}

/** The readable page of the interface, whole: HTML made on the server. */
export function apiPage(): string {
  const list = Object.entries(problems)
    .map(
      ([code, [status, title]]) => `<dt id="${code}"><code>${code}</code> (${status})</dt><dd>${escaped(title)}</dd>`,
    )
    .join("");
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Symbolon host: interface</title><style>${style}</style></head>
<body><main><h1>Symbolon host: interface</h1>
<p>A blind, append-only log. Bodies are deterministic CBOR; names in <code>code</code> are rules of <code>schema/symbolon.cddl</code>. Requests are signed as RFC 9421 has it, problems are documents of RFC 9457. For programs: <a href="/openapi.json">openapi.json</a>.</p>
${operations.map(section).join("\n")}
<section id="problems"><h2>Problems</h2><dl>${list}</dl></section>
</main></body></html>
`;
}
