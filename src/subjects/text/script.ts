const scripts = [
  ["Latin", /\p{Script=Latin}/u],
  ["Cyrillic", /\p{Script=Cyrillic}/u],
  ["Greek", /\p{Script=Greek}/u],
  ["Armenian", /\p{Script=Armenian}/u],
  ["Hebrew", /\p{Script=Hebrew}/u],
  ["Arabic", /\p{Script=Arabic}/u],
  ["Thai", /\p{Script=Thai}/u],
  ["Lao", /\p{Script=Lao}/u],
  ["Khmer", /\p{Script=Khmer}/u],
  ["Han", /\p{Script=Han}/u],
  ["Kana", /[\p{Script=Hiragana}\p{Script=Katakana}]/u],
  ["Hangul", /\p{Script=Hangul}/u],
  ["other", /\p{L}/u],
] as const;

export type Script = (typeof scripts)[number][0];

/** The scripts of the letters in `text` (its first 4096 characters), most expected first. */
export function scriptsOf(text: string): readonly Script[] {
  const letters = text.slice(0, 4096);
  const out: Script[] = [];
  for (const [name, test] of scripts) {
    if (name !== "other") {
      if (test.test(letters)) out.push(name);
    } else if (out.length === 0 && test.test(letters)) out.push(name);
  }
  return out;
}
