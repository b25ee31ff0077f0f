import { clean } from "../text/clean.ts";
import { lookAlikeToLatin } from "../text/confusables.ts";
import { fold } from "../text/fold.ts";
import { type Script, scriptsOf } from "../text/script.ts";
import { surnames } from "./frequency.ts";
import { romanize } from "./transliterate.ts";
import { fromTelex, fromVni, isSyllable } from "./vietnamese.ts";
import { baptismal, fillers, maybeTitles, particles, titles } from "./words.ts";

export type Role = "word" | "filler" | "particle" | "baptismal";

/** One word of a name. */
export type Word = {
  /** With marks, lower case; as typed, or as the keys typed would have given it. */
  readonly marked: string;
  readonly folded: string;
  readonly role: Role;
  /** Whether the marks come out of Telex or VNI keys. */
  readonly typed: boolean;
};

/** A name taken apart. */
export type Name = {
  readonly words: readonly Word[];
  /** Folded and romanized, words apart. */
  readonly plain: string;
  readonly scripts: readonly Script[];
  readonly level: "letters" | "consonants";
  /** Share of the letters that no table could read, 0 … 1. */
  readonly unread: number;
  /** Whether it has the form of a Vietnamese name. */
  readonly vietnamese: "yes" | "may be" | "no";
  readonly lookAlikes: boolean;
  /** One piece without spaces: a user name rather than a name. */
  readonly handle: boolean;
};

const longest = 512;
const vietnameseLetter = /[ăđơưạ-ỹẠ-Ỹ]/i;

const cache = new Map<string, Name>();

/** Takes a name apart; at most 512 characters and 16 words are looked at. */
export function nameOf(text: string): Name {
  const known = cache.get(text);
  if (known) return known;
  if (cache.size >= 2048) cache.clear();
  const name = readName(text);
  if (text.length <= longest) cache.set(text, name);
  return name;
}

function readName(text: string): Name {
  const cleaned = clean(text.slice(0, longest)).trim();
  const latin = lookAlikeToLatin(cleaned);
  const scripts = scriptsOf(latin);
  const roman = romanize(fold(latin));
  const letters = [...cleaned.replace(/[^\p{L}]/gu, "")].length;
  const raw = latin
    .toLowerCase()
    .replace(/[’‘'`ʼʻ]/g, "")
    .split(/[^\p{L}\p{M}\d]+/u)
    .filter(Boolean);
  const isLatin = scripts.every((script) => script === "Latin");
  const pieces = (isLatin ? raw : roman.text.split(/[^\p{L}\p{M}\d]+/u))
    .filter((piece) => /\p{L}/u.test(piece))
    .slice(0, 20);
  const words: Word[] = [];
  const typedKeys = pieces.map((piece) =>
    isLatin && /^[a-z\d]+$/.test(piece) && !surnames.has(piece) ? (fromVni(piece) ?? telexWhenPlain(piece)) : undefined,
  );
  // Keys are undone only where the whole name is Vietnamese then: "Bank of America" holds no typed marks.
  const whole = pieces.every(
    (piece, i) => typedKeys[i] !== undefined || isSyllable(fold(piece)) || baptismal.has(fold(piece)),
  );
  for (const [i, piece] of pieces.entries()) {
    const keys = whole ? typedKeys[i] : undefined;
    const marked = keys ?? piece.replace(/\d+$/, "");
    const folded = romanize(fold(marked)).text.replace(/\s/g, "");
    if (folded === "") continue;
    words.push({ marked, folded, role: "word", typed: keys !== undefined });
  }
  const named = withoutTitles(words).slice(0, 16);
  const roles = named.map((word, i): Word => ({ ...word, role: roleOf(word, i, named) }));
  return {
    words: roles,
    plain: roman.text,
    scripts,
    level: roman.level,
    unread: letters === 0 ? 0 : Math.min(1, roman.unread / letters),
    vietnamese: vietnamese(cleaned, roles),
    lookAlikes: latin !== cleaned && latin.normalize("NFC") !== cleaned,
    handle: !/\s/.test(cleaned) && /^[\w.-]{5,64}$/.test(cleaned.replace(/^@/, "")),
  };
}

/** Telex only where the word as typed is no syllable that could stand as it is. */
function telexWhenPlain(piece: string): string | undefined {
  if (isSyllable(piece) && !/^(?:.*(?:aa|ee|oo|dd|aw|ow|uw).*)$/.test(piece)) return undefined;
  const out = fromTelex(piece);
  // Doubled vowels and w are Telex's own; a tone key alone also ends many Western names (Alex, Hans, Peter).
  return out !== undefined &&
    (/aa|ee|oo|aw|ow|uw|dd|w$/.test(piece) ||
      isSyllable(piece.slice(0, -1)) ||
      /[aeiouy][sfrxj](?:ng|nh|ch|[cmnpt])$/.test(piece))
    ? out
    : undefined;
}

function withoutTitles(words: readonly Word[]): Word[] {
  let from = 0;
  while (from < words.length - 1) {
    const { folded } = words[from] as Word;
    if (!titles.has(folded)) break;
    if (maybeTitles.has(folded) && words.length - from < 4) break;
    from++;
  }
  return words
    .slice(from)
    .filter(
      ({ folded }, i, rest) =>
        rest.length === 1 || i === 0 || !/^(?:jr|sr|phd|md|esq|ii|iii|iv|mba|msc|bsc)$/.test(folded),
    );
}

function roleOf({ folded }: Word, at: number, all: readonly Word[]): Role {
  if (all.length >= 3 && at > 0 && fillers.has(folded) && at < all.length - (surnames.has(folded) ? 1 : 0))
    return "filler";
  if (all.length >= 3 && at === 0 && baptismal.has(folded)) return "baptismal";
  // Đỗ, Lê and Văn are also family names, at either end.
  const end = at === 0 || at === all.length - 1;
  if (all.length >= 2 && particles.has(folded) && !(end && surnames.has(folded))) return "particle";
  return "word";
}

function vietnamese(text: string, words: readonly Word[]): Name["vietnamese"] {
  const core = words.filter((word) => word.role !== "baptismal");
  const strange = core.filter((word) => !isSyllable(word.folded)).length;
  if (core.length === 0 || core.length > 7 || strange > 1) return "no";
  // One word with a slip beside a Vietnamese family name: perhaps.
  if (strange === 1) return core.length > 2 && (surnames.get((core[0] as Word).folded) ?? 0) >= 50 ? "may be" : "no";
  if (vietnameseLetter.test(text.normalize("NFC")) || words.some((word) => word.typed)) return "yes";
  const first = surnames.get(core[0]?.folded ?? "") ?? 0;
  const last = surnames.get(core.at(-1)?.folded ?? "") ?? 0;
  // Any mark in the text makes a rarer family name enough.
  const enough = /[\u00c0-\u024f]/.test(text.normalize("NFC")) ? 5 : 20;
  return core.length > 1 && Math.max(first, last) >= enough ? "yes" : "may be";
}
