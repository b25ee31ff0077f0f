/* Text for a terminal: wrapped, free of what could steer it, bold only where a terminal shows it. */

/** Around what is to be bold; made into codes, or dropped, when printed. */
const boldOn = "\ue000";
const boldOff = "\ue001";

export const bold = (text: string) => `${boldOn}${text}${boldOff}`;

// What members write is printed on other members' terminals: no controls, nothing that reorders or hides.
const steering = /(?!\n)[\p{Cc}\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]/gu;

/** `text` with every character shown as □ that could steer a terminal or change the order in which it is read. */
export function harmless(text: string): string {
  return text.replace(steering, "□").toWellFormed();
}

/** The same inside a JSON document, where they are escaped instead. */
export function harmlessJson(json: string): string {
  const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return json.replace(/[\u007f-\u009f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g, escaped);
}

export const width = 80;

/** `text` in lines of at most 80 columns, the first after `first`, the others after `rest`. Longer words stay whole. */
export function wrap(text: string, first = "", rest = first): string {
  const lines: string[] = [];
  for (const paragraph of text.split("\n")) {
    let line = lines.length === 0 ? first : rest;
    let empty = true;
    for (const word of paragraph.split(/ +/).filter((w) => w !== "")) {
      if (!empty && length(line) + 1 + length(word) > width) {
        lines.push(line);
        line = rest;
        empty = true;
      }
      line += empty ? word : ` ${word}`;
      empty = false;
    }
    lines.push(line.trimEnd());
  }
  return lines.join("\n");
}

/** Columns of a line, bold marks not counted. Characters count as one; marks that combine as none. */
function length(text: string): number {
  return [...text.normalize("NFC").replace(/[\ue000\ue001\p{Mn}]/gu, "")].length;
}

/** Two columns: names and what belongs to them, wrapped. */
export function columns(rows: readonly (readonly [string, string])[], indent = "  "): string {
  const widest = Math.min(28, Math.max(0, ...rows.map(([name]) => length(name))));
  return rows
    .map(([name, value]) => {
      const gap = " ".repeat(Math.max(0, widest - length(name)) + 2);
      return wrap(value, `${indent}${name}${gap}`, indent + " ".repeat(widest + 2));
    })
    .join("\n");
}

/** Ready for a stream: bold as codes where it is a terminal that wants them. */
export function painted(text: string, color: boolean): string {
  return harmless(text)
    .replaceAll(boldOn, color ? "\u001b[1m" : "")
    .replaceAll(boldOff, color ? "\u001b[22m" : "");
}

/** Whether a stream gets codes: a terminal, and NO_COLOR is not set (no-color.org). */
export function wantsColor(stream: { readonly isTTY?: boolean }): boolean {
  return stream.isTTY === true && (process.env.NO_COLOR ?? "") === "" && process.env.TERM !== "dumb";
}

/** The parts that are there, each its own block. */
export function blocks(...parts: readonly (string | undefined | false)[]): string {
  return parts.filter((part) => typeof part === "string" && part !== "").join("\n\n");
}

/** The parts that are there, a line each. */
export function lines(...parts: readonly (string | undefined | false)[]): string {
  return parts.filter((part) => typeof part === "string" && part !== "").join("\n");
}

/** `1 entry`, `2 entries`. */
export function many(count: number, one: string, more = `${one}s`): string {
  return `${count} ${count === 1 ? one : more}`;
}
