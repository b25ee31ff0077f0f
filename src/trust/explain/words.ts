import type { Likelihood, Sentence } from "./sentence.ts";

export type Language = "en" | "vi";

const likelihoods: Readonly<Record<Language, Readonly<Record<Likelihood, string>>>> = {
  en: {
    "almost-no-chance": "almost no chance",
    "very-unlikely": "very unlikely",
    unlikely: "unlikely",
    "roughly-even": "roughly even",
    likely: "likely",
    "very-likely": "very likely",
    "almost-certain": "almost certain",
  },
  vi: {
    "almost-no-chance": "hầu như không thể",
    "very-unlikely": "rất khó có khả năng",
    unlikely: "ít có khả năng",
    "roughly-even": "khả năng ngang nhau",
    likely: "có khả năng",
    "very-likely": "rất có khả năng",
    "almost-certain": "gần như chắc chắn",
  },
};

const numbers = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
const so = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"];

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
const english = (count: number) => numbers[count] ?? String(count);
const vietnamese = (count: number) => so[count] ?? String(count);

type Known = Extract<Sentence, { kind: "known" }>;

function inEnglish(s: Known): string {
  const parts: string[] = [];
  const ways = s.ways === 1 ? "by a single way" : `by ${english(s.ways)} separate ways`;
  const organizations = (count: number) => `${english(count)} organization${count === 1 ? "" : "s"} you trust`;
  const verb = (count: number, one: string, many: string) => (count === 1 ? one : many);
  if (s.for > 0) parts.push(`${organizations(s.for)}, ${ways}, ${verb(s.for, "speaks", "speak")} for it`);
  if (s.against > 0) {
    const who = s.for > 0 ? english(s.against) : `${organizations(s.against)}, ${ways},`;
    parts.push(`${who} ${verb(s.against, "warns", "warn")}`);
  }
  if (s.own !== "none") parts.push(s.own === "for" ? "you yourself spoke for it" : "you yourself warned");
  const divided = s.divided ? " They are divided: read both." : "";
  return `${capital(parts.join("; "))}. Reliable: ${likelihoods.en[s.likelihood]}.${divided}`;
}

function inVietnamese(s: Known): string {
  const parts: string[] = [];
  const ways = s.ways === 1 ? "qua một đường duy nhất" : `qua ${vietnamese(s.ways)} đường riêng biệt`;
  const organizations = (count: number) => `${vietnamese(count)} tổ chức mà bạn tin`;
  if (s.for > 0) parts.push(`${organizations(s.for)}, ${ways}, xác nhận`);
  if (s.against > 0)
    parts.push(`${s.for > 0 ? `${vietnamese(s.against)} tổ chức` : `${organizations(s.against)}, ${ways},`} cảnh báo`);
  if (s.own !== "none") parts.push(s.own === "for" ? "chính bạn đã xác nhận" : "chính bạn đã cảnh báo");
  const divided = s.divided ? " Ý kiến chia rẽ: hãy đọc cả hai phía." : "";
  return `${capital(parts.join("; "))}. Đáng tin: ${likelihoods.vi[s.likelihood]}.${divided}`;
}

/** The sentence in plain words. Nothing known is not suspicion: it says so. */
export function say(sentence: Sentence, language: Language): string {
  if (sentence.kind === "unknown") {
    return language === "vi"
      ? "Chưa ai mà bạn tin nói gì về đối tượng này. Chưa biết không có nghĩa là xấu."
      : "Nobody you trust has said anything about this. Unknown is not bad.";
  }
  return language === "vi" ? inVietnamese(sentence) : inEnglish(sentence);
}

/** A likelihood in the words of ICD 203. */
export function sayLikelihood(likelihood: Likelihood, language: Language): string {
  return likelihoods[language][likelihood];
}
