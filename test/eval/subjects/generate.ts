/** Made-up people and the ways their names are written; nothing here is anybody. All from a seeded generator. */

export type Random = () => number;

/** A generator of numbers in [0, 1): mulberry32. */
export function random(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

export const pick = <T>(from: readonly T[], r: Random): T => from[Math.floor(r() * from.length)] as T;

const surnames =
  "Nguyễn Nguyễn Nguyễn Nguyễn Nguyễn Nguyễn Trần Trần Lê Lê Phạm Phạm Võ Huỳnh Phan Bùi Hoàng Vũ Trương Đỗ Đặng Hồ Ngô Dương Đoàn Đinh Trịnh Cao Đào Mai Lương Lưu Lâm Hà Thái Phùng Tạ Lý Tô Vương Châu Chu Từ Quách".split(
    " ",
  );
const middles =
  "Văn Văn Văn Thị Thị Thanh Minh Hoàng Ngọc Quốc Đức Quang Anh Hữu Đình Xuân Duy Trung Tuấn Tấn Hồng Công Trọng Việt Thế Tiến Kim Nhật Hải Mạnh Thiên Hoài Thái Bảo Huy Phương Chí Phước Vĩnh Khánh Bá Thùy Thu Khắc Phúc Gia".split(
    " ",
  );
const givens =
  "Anh Hùng Huy Tuấn Thanh Dũng Duy Hoàng Nam Hiếu Cường Minh Đạt Sơn Tùng Hải Trung Tiến Long Nguyên Linh An Vũ Tâm Phúc Phương Thắng Đức Thịnh Khánh Vinh Khoa Toàn Nhân Trí Quân Tài Tân Bảo Phong Thiện Quang Tú Lâm Nghĩa Việt Bình Hiền Trường Dương Thảo Sang Hòa Luân Lộc Phú Tín Thái Thông Phát Lan Hương Mai Yến Nga Hằng Ngân Trang Thủy Vân Hạnh Loan Nhung Oanh Quỳnh Tuyết Diệp Giang Kiên Khôi Lợi Mạnh Nhật Phượng Quyên Thúy Uyên Xuân".split(
    " ",
  );

export type MadeName = { readonly surname: string; readonly middle: string; readonly given: string };

export function madeName(r: Random): MadeName {
  return { surname: pick(surnames, r), middle: pick(middles, r), given: pick(givens, r) };
}

export const full = (n: MadeName): string => `${n.surname} ${n.middle} ${n.given}`;

export const bare = (text: string): string =>
  text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/g, "d").replace(/Đ/g, "D");

const telexTones: Readonly<Record<string, string>> = {
  "\u0301": "s",
  "\u0300": "f",
  "\u0309": "r",
  "\u0303": "x",
  "\u0323": "j",
};
const vniTones: Readonly<Record<string, string>> = {
  "\u0301": "1",
  "\u0300": "2",
  "\u0309": "3",
  "\u0303": "4",
  "\u0323": "5",
};

/** The keys that type `text` in Telex or VNI, tone at the end of the syllable. */
export function keys(text: string, method: "telex" | "vni"): string {
  return text
    .split(" ")
    .map((word) => {
      const tone = /[\u0300\u0301\u0303\u0309\u0323]/.exec(word.normalize("NFD"))?.[0] ?? "";
      const letters = word
        .normalize("NFD")
        .replace(/[\u0300\u0301\u0303\u0309\u0323]/g, "")
        .normalize("NFC");
      const map: Readonly<Record<string, string>> =
        method === "telex"
          ? { â: "aa", ê: "ee", ô: "oo", ă: "aw", ơ: "ow", ư: "uw", đ: "dd", Đ: "DD" }
          : { â: "a6", ê: "e6", ô: "o6", ă: "a8", ơ: "o7", ư: "u7", đ: "d9", Đ: "D9" };
      const typed = [...letters].map((c) => map[c] ?? c).join("");
      return typed + ((method === "telex" ? telexTones : vniTones)[tone] ?? "");
    })
    .join(" ");
}

/** `word` with another tone, if it has a vowel that takes one. */
export function otherTone(word: string, r: Random): string {
  const marks = ["\u0301", "\u0300", "\u0323"];
  const plain = word.normalize("NFD").replace(/[\u0300\u0301\u0303\u0309\u0323]/g, "");
  const now = /[\u0300\u0301\u0323]/.exec(word.normalize("NFD"))?.[0] ?? "";
  const next = pick(
    marks.filter((m) => m !== now),
    r,
  );
  // biome-ignore lint/suspicious/noMisleadingCharacterClass: the text is decomposed, marks stand alone
  const at = plain.search(/[aeiouy][\u0302\u0306\u031b]?(?=[^aeiouy\u0302\u0306\u031b]*$)/i);
  if (at < 0) return word;
  const end = /[\u0302\u0306\u031b]/.test(plain[at + 1] ?? "") ? at + 2 : at + 1;
  return (plain.slice(0, end) + next + plain.slice(end)).normalize("NFC");
}

const lookAlikes: Readonly<Record<string, string>> = {
  a: "а",
  e: "е",
  o: "о",
  c: "с",
  p: "р",
  y: "у",
  i: "і",
  D: "Ð",
  Đ: "Ð",
};

/** One or two letters in the place of others that look the same. */
export function withLookAlikes(text: string, r: Random): string {
  const at = [...text].flatMap((c, i) => (lookAlikes[c] && c !== "D" ? [i] : []));
  if (at.length === 0) return text;
  const chosen = new Set([pick(at, r), pick(at, r)]);
  return [...text].map((c, i) => (chosen.has(i) ? (lookAlikes[c] as string) : c)).join("");
}

/** One slip of the finger inside a word: swap, drop, double or wrong letter. */
export function slip(text: string, r: Random): string {
  const at = 1 + Math.floor(r() * Math.max(1, text.length - 2));
  const kind = Math.floor(r() * 4);
  if (kind === 0) return text.slice(0, at) + (text[at + 1] ?? "") + (text[at] ?? "") + text.slice(at + 2);
  if (kind === 1) return text.slice(0, at) + text.slice(at + 1);
  if (kind === 2) return text.slice(0, at) + text[at] + text.slice(at);
  return text.slice(0, at) + pick([..."abcdefghiklmnoprstuvxy"], r) + text.slice(at + 1);
}

const places =
  "Hà Nội;Hồ Chí Minh;Đà Nẵng;Hải Phòng;Cần Thơ;Huế;Nha Trang;Vinh;Biên Hòa;Đà Lạt;Quy Nhơn;Thái Nguyên;Nam Định;Buôn Ma Thuột;Long Xuyên;Mỹ Tho;Rạch Giá;Pleiku;Thanh Hóa;Hạ Long".split(
    ";",
  );
const employers = "Báo;Đài;Trường;Bệnh viện;Công ty;Văn phòng;Quỹ;Trung tâm".split(";");

export type Person = {
  readonly identifiers: readonly { readonly kind: "phone" | "mail" | "telegram"; readonly value: string }[];
  readonly names: readonly string[];
  readonly birthYear: number;
  readonly place: string;
  readonly employer: string;
};

/** A made-up person; `i` makes the identifiers unique. */
export function madePerson(i: number, r: Random): Person {
  const name = madeName(r);
  return {
    identifiers: [
      { kind: "phone", value: `+849${String(i).padStart(8, "0")}` },
      { kind: "mail", value: `p${i}@example.org` },
    ],
    names: [full(name)],
    birthYear: 1950 + Math.floor(r() * 55),
    place: pick(places, r),
    employer: `${pick(employers, r)} ${pick(givens, r)} ${pick(givens, r)} ${Math.floor(r() * 40)}`,
  };
}
