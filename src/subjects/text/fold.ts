import { clean } from "./clean.ts";
import { lookAlikeToLatin } from "./confusables.ts";

const special: Readonly<Record<string, string>> = {
  đ: "d",
  ð: "d",
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  ł: "l",
  þ: "th",
  ı: "i",
  ŋ: "ng",
  ħ: "h",
  ĸ: "k",
  ŧ: "t",
  ə: "a",
  ʻ: "",
  ʼ: "",
  "’": "",
  "‘": "",
  "'": "",
  "`": "",
};

/**
 * Lower case without marks, for finding: `Đặng Thị Ngọc` becomes `dang thi ngoc`. Letters of other scripts keep
 * their script; look-alikes inside a word of Latin letters become Latin. Idempotent.
 */
export function fold(text: string): string {
  if (text.length > 16) return foldText(text);
  const known = words.get(text);
  if (known !== undefined) return known;
  if (words.size >= 8192) words.clear();
  const folded = foldText(text);
  words.set(text, folded);
  return folded;
}

// Single words come again and again.
const words = new Map<string, string>();

function foldText(text: string): string {
  let out = foldOnce(text);
  // Taking marks away can lay bare a look-alike; a second pass is rarely needed and a fourth never.
  for (let pass = 0; pass < 3; pass++) {
    const again = foldOnce(out);
    if (again === out) break;
    out = again;
  }
  return out;
}

function foldOnce(text: string): string {
  if (!/[^ -~]/.test(text)) return text.toLowerCase().replace(/['`]/g, "");
  return lookAlikeToLatin(clean(text))
    .normalize("NFKD")
    .replace(/\p{M}+/gu, (marks) => marks.replace(/[\u0300-\u036f\u1dc0-\u1dff\u20d0-\u20ff]/g, ""))
    .toLowerCase()
    .replace(/[đðßæœøłþıŋħĸŧəʻʼ’‘'`]/g, (c) => special[c] ?? c)
    .replace(/[\u0300-\u036f]/g, "")
    .normalize("NFC");
}
