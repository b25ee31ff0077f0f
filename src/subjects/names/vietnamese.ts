import { clean } from "../text/clean.ts";
import { lookAlikeToLatin } from "../text/confusables.ts";
import { fold } from "../text/fold.ts";

const syllable =
  /^(?:ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdghklmnpqrstvx])?(?:uye|uya|uyu|ieu|yeu|oai|oay|oeo|uoi|uou|uay|[aeiouy]{1,2})(?:ch|ng|nh|[cmnpt])?$/;

/** Whether a folded word (a–z) has the form of a Vietnamese syllable. */
export function isSyllable(folded: string): boolean {
  return folded.length <= 7 && syllable.test(folded);
}

/** Syllables that are never written without marks, so that a name holding one bare was typed without marks. */
const alwaysMarked: ReadonlySet<string> = new Set(
  "nguyen tran le pham huynh hoang vo vu dang bui do ho ngo duong ly thi van duc tuan hung cuong hieu ngoc phuong hong thuy huong hang hanh hien yen hai tien phuc loc tho quoc huu dinh xuan trong viet tri tung son thang".split(
    " ",
  ),
);

const toneMarks = /[\u0300\u0301\u0303\u0309\u0323]/g;
const tones: Readonly<Record<string, number>> = { "\u0301": 1, "\u0300": 2, "\u0309": 3, "\u0303": 4, "\u0323": 5 };

/** A syllable taken apart: letters with their own marks, and the tone (0 level … 5 nặng). */
export type Marked = { readonly letters: string; readonly tone: number; readonly bare: boolean };

/** Takes a syllable apart; where the tone stands (`hoà`, `hòa`) and `i` for `y` at the end make no difference. */
export function takeApart(word: string): Marked {
  const known = apart.get(word);
  if (known) return known;
  if (apart.size >= 8192) apart.clear();
  const marked = readMarks(word);
  apart.set(word, marked);
  return marked;
}

// Few syllables make most names, so taking them apart is remembered.
const apart = new Map<string, Marked>();

function readMarks(word: string): Marked {
  const decomposed = lookAlikeToLatin(clean(word)).toLowerCase().normalize("NFD");
  const tone = decomposed.match(toneMarks)?.map((mark) => tones[mark] as number)[0] ?? 0;
  const letters = decomposed
    .replace(toneMarks, "")
    .normalize("NFC")
    .replace(/ð/g, "đ")
    .replace(/(?<=[bcdđghklmnprstvxu])y$/, "i");
  return { letters, tone, bare: tone === 0 && /^[a-z]*$/.test(letters) };
}

/** Whether a name is written with marks throughout, so that a syllable without one has the level tone on purpose. */
export function marksAreMeant(words: readonly string[]): boolean {
  let marked = 0;
  for (const word of words) {
    if (!takeApart(word).bare) marked++;
    else if (alwaysMarked.has(fold(word))) return false;
  }
  return marked > 0;
}

/** How two syllables of equal fold agree in their marks. */
export type Marks = "same" | "unknown" | "similar" | "conflict";

/**
 * Compares the marks of two syllables. Hỏi and ngã sound alike in the south and are mixed up in writing, so they
 * are `similar`. A bare syllable conflicts with a marked one only if its name's marks are meant (`meantA`, `meantB`).
 */
export function compareMarks(a: string, b: string, meantA: boolean, meantB: boolean): Marks {
  const x = takeApart(a);
  const y = takeApart(b);
  if (x.letters === y.letters && x.tone === y.tone) return "same";
  if ((x.bare && !meantA) || (y.bare && !meantB)) return "unknown";
  if (x.letters === y.letters && x.tone + y.tone === 7 && x.tone >= 3 && y.tone >= 3) return "similar";
  // Half-typed: marks of letters without the tone, or the tone without the marks of letters.
  if (x.letters === y.letters && (x.tone === 0 || y.tone === 0) && !(meantA && meantB)) return "unknown";
  return "conflict";
}

const telexTone: Readonly<Record<string, string>> = { s: "\u0301", f: "\u0300", r: "\u0309", x: "\u0303", j: "\u0323" };
const vniTone: Readonly<Record<string, string>> = {
  "1": "\u0301",
  "2": "\u0300",
  "3": "\u0309",
  "4": "\u0303",
  "5": "\u0323",
};

/** Puts the tone on the last vowel that has a mark, else on the main one; the place does not matter afterwards. */
function withTone(word: string, tone: string | undefined): string {
  if (!tone) return word;
  const at = word.search(/[âêôăơư](?!.*[âêôăơư])/);
  const place = at >= 0 ? at : word.search(/[aeiouy](?=[^aeiouy]*$)/);
  return place < 0 ? word : word.slice(0, place + 1) + tone + word.slice(place + 1);
}

/** The syllable that `word` gives when its keys were typed in Telex without the input method on, if it is one. */
export function fromTelex(word: string): string | undefined {
  const lower = word.toLowerCase();
  if (lower.length > 12 || !/^[a-z]+$/.test(lower)) return undefined;
  let tone: string | undefined;
  let rest = lower;
  const typed = /^([a-z]*[aeiouwy][a-z]*)([sfrxj])$/.exec(rest);
  if (typed) {
    rest = typed[1] as string;
    tone = telexTone[typed[2] as string];
  } else {
    // The tone key directly behind its vowel: `Nguyeexn`.
    const inner = /^(.*[aeiouyw])([sfrxj])([a-z]+)$/.exec(rest);
    if (inner) {
      rest = `${inner[1]}${inner[3]}`;
      tone = telexTone[inner[2] as string];
    }
  }
  const before = rest;
  rest = rest
    .replace(/^dd|^d(?=.*d$)/, "đ")
    .replace(/(?<=^đ.*)d$/, "")
    .replace(/uow/g, "ươ")
    .replace(/uo(?=[a-z]*w$)/g, "ươ")
    .replace(
      /(aa|ee|oo|aw|ow|uw)/g,
      (keys) => ({ aa: "â", ee: "ê", oo: "ô", aw: "ă", ow: "ơ", uw: "ư" })[keys] as string,
    )
    .replace(
      /([aou])([a-zđ]+)w$/,
      (_, vowel: string, middle: string) => `${{ a: "ă", o: "ơ", u: "ư" }[vowel]}${middle}`,
    )
    .replace(
      /([aeo])([ncmptghu]+)\1$/,
      (_, vowel: string, middle: string) => `${{ a: "â", e: "ê", o: "ô" }[vowel]}${middle}`,
    )
    .replace(/(?<=ươ.*)w$/, "");
  if (rest === before && !tone) return undefined;
  const out = withTone(rest, tone).normalize("NFC");
  return isSyllable(fold(out)) ? out : undefined;
}

/** The same for VNI, where digits stand for marks: `Nguye6n4`. */
export function fromVni(word: string): string | undefined {
  const lower = word.toLowerCase();
  if (lower.length > 12 || !/^[a-z]+\d[a-z\d]*$/.test(lower)) return undefined;
  const tone = vniTone[/[1-5]/.exec(lower)?.[0] ?? ""];
  let rest = "";
  for (const c of lower.replace(/[1-5]/g, "")) {
    if (!/\d/.test(c)) rest += c;
    else if (c === "9" && /^d/.test(rest)) rest = `đ${rest.slice(1)}`;
    else {
      // A digit marks the nearest letter before it that can bear the mark; 7 marks both of `uo`.
      const marks = (
        { "6": { a: "â", e: "ê", o: "ô" }, "7": { uo: "ươ", o: "ơ", u: "ư" }, "8": { a: "ă" } } as Readonly<
          Record<string, Readonly<Record<string, string>>>
        >
      )[c];
      const place = c === "6" ? /([aeo])(?=[^aeo]*$)/ : c === "7" ? /uo(?=[^ou]*$)|[ou](?=[^ou]*$)/ : /a(?=[^a]*$)/;
      if (!marks || !place.test(rest)) return undefined;
      rest = rest.replace(place, (vowel) => marks[vowel] as string);
    }
  }
  rest = rest.replace(/uư/, "ưu");
  if (/\d/.test(rest)) return undefined;
  const out = withTone(rest, tone).normalize("NFC");
  return isSyllable(fold(out)) ? out : undefined;
}
