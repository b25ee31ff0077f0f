import { useMemo } from "preact/hooks";
// Not loaded later: a page under an integrity policy starts no script that its own HTML does not name by hash.
import { encode } from "uqr";

/** The dark modules of a code as one path: row by row, one rectangle for each run. */
function pathOf(rows: readonly (readonly boolean[])[]): string {
  let path = "";
  rows.forEach((row, y) => {
    for (let x = 0; x < row.length; x++) {
      if (row[x] !== true) continue;
      const start = x;
      while (row[x + 1] === true) x++;
      path += `M${start} ${y}h${x + 1 - start}v1h${start - x - 1}z`;
    }
  });
  return path;
}

/** A text as a QR code, drawn here; `label` says what it is to who cannot see it. */
export function Qr({ text, label }: { readonly text: string; readonly label: string }) {
  const { size, path } = useMemo(() => {
    const code = encode(text, { ecc: "L", border: 4 });
    return { size: code.size, path: pathOf(code.data) };
  }, [text]);
  return (
    <svg class="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label}>
      <rect class="qr-paper" width={size} height={size} />
      <path class="qr-ink" d={path} shape-rendering="crispEdges" />
    </svg>
  );
}
