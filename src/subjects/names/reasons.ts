/** Why a comparison came out as it did; the code is stable, people's sentences are made from it. */
export type Reason = {
  readonly code:
    | "same-words"
    | "marks-agree"
    | "marks-not-given"
    | "marks-sound-alike"
    | "marks-conflict"
    | "order-differs"
    | "middle-name-missing"
    | "given-name-differs"
    | "word-differs"
    | "initial"
    | "nickname"
    | "spelling"
    | "typed-without-input-method"
    | "look-alike-letters"
    | "joined"
    | "handle"
    | "only-one-word"
    | "other-script"
    | "script-not-read"
    | "legal-form-differs"
    | "number-differs"
    | "acronym"
    | "extra-word"
    | "nothing-to-compare"
    | "name-alone";
  /** What speaks for one person, against it, or neither. */
  readonly speaks: "for" | "against" | "neither";
  readonly sentence: string;
};

const sentences: Readonly<Record<Reason["code"], readonly [Reason["speaks"], string]>> = {
  "same-words": ["for", "The words of the names are the same."],
  "marks-agree": ["for", "The marks agree."],
  "marks-not-given": ["neither", "One of the names is written without marks."],
  "marks-sound-alike": ["neither", "Hỏi and ngã differ, which are often mixed up in writing."],
  "marks-conflict": ["against", "The marks differ, so these are different syllables."],
  "order-differs": ["neither", "The words stand in another order."],
  "middle-name-missing": ["neither", "One of the names has words that the other leaves out."],
  "given-name-differs": ["against", "The given names differ."],
  "word-differs": ["against", "Each name has a word that the other has not."],
  initial: ["neither", "An initial stands for a name."],
  nickname: ["for", "One is a short form of the other."],
  spelling: ["neither", "The spelling differs a little."],
  "typed-without-input-method": ["neither", "A name was typed in Telex or VNI keys."],
  "look-alike-letters": ["neither", "A name holds letters of another script that look like Latin ones."],
  joined: ["for", "Words of one name are written together in the other."],
  handle: ["neither", "A user name is made of words of the other name."],
  "only-one-word": ["neither", "Only one word can be compared."],
  "other-script": ["neither", "The names are in different scripts and were compared by their sound."],
  "script-not-read": ["neither", "A name is in a script that cannot be read here."],
  "legal-form-differs": ["neither", "The legal forms differ."],
  "number-differs": ["against", "The numbers in the names differ."],
  acronym: ["neither", "One is made of the other's first letters."],
  "extra-word": ["against", "One of the names has a telling word more."],
  "nothing-to-compare": ["neither", "There is no name to compare."],
  "name-alone": ["neither", "A name alone never shows that two people are one."],
};

/** The reasons for `codes`, without repetition. */
export function reasons(codes: Iterable<Reason["code"]>): Reason[] {
  return [...new Set(codes)].map((code) => ({ code, speaks: sentences[code][0], sentence: sentences[code][1] }));
}
