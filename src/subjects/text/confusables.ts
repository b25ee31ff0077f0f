/*
 * Letters that look like Latin ones, the few that are used to deceive or that keyboards give by mistake (a small
 * part of Unicode's confusables.txt). `Ð` U+00D0 (eth) stands in for `Đ` U+0110 in much Vietnamese text.
 */
const pairs =
  "аa вb еe ѕs іi їi јj оo рp сc уy хx һh ԁd ԛq ԝw ӏl кk мm нh тt гr зz пn лl АA ВB ЕE ЅS ІI ЇI ЈJ КK МM НH ОO РP СC ТT ХX УY ҮY ԌG αa βb εe ηn ιi κk νv οo ρp τt υu χx γy ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX օo ոn սu հh ցg ɑa ɡg ɩi ʏy ʀr ɴn ʟl ᴀa ᴄc ᴅd ᴇe ᴋk ᴍm ᴏo ᴘp ᴛt ᴜu ᴠv ᴡw ᴢz ꜱs ʙb ɢg ʜh ɪi ᴊj ꞁl ǃl ⅼl ℓl ÐĐ ƉĐ ẝf ſs";

const table: ReadonlyMap<string, string> = new Map(pairs.split(" ").map((p) => [p[0] as string, p[1] as string]));
const onlyDeceive = /[\u0370-\u03ff\u0400-\u052f\u0530-\u058f]/;

/**
 * Look-alikes made Latin. Cyrillic, Greek and Armenian letters change only inside words that also hold Latin
 * letters: a name written wholly in its own script stays what it is.
 */
export function lookAlikeToLatin(text: string): string {
  // biome-ignore lint/suspicious/noMisleadingCharacterClass: single characters are meant
  if (!/[^\p{ASCII}\u0300-\u036f\u00c0-\u00cf\u00d1-\u00ff\u0100-\u017e\u1e00-\u1eff\s]/u.test(text)) return text;
  return text
    .replace(/[\u{1d400}-\u{1d7ff}\u2100-\u214f\u{1f130}-\u{1f189}\u24b6-\u24e9]/gu, (c) => {
      const index = c.codePointAt(0) as number;
      if (index >= 0x1f130 && index <= 0x1f189) return String.fromCharCode(97 + ((index - 0x1f130) % 32));
      return c.normalize("NFKC");
    })
    .replace(/[\p{L}\p{M}\d]+/gu, (word) => {
      const mixed = /\p{Script=Latin}/u.test(word);
      return word.replace(/[^\p{ASCII}]/gu, (c) => (!mixed && onlyDeceive.test(c) ? c : (table.get(c) ?? c)));
    });
}

/** The skeleton of a host name or handle: what it looks like at a glance. Equal skeletons can be mistaken. */
export function skeleton(text: string): string {
  const latin = [...text.normalize("NFKD").replace(/\p{M}/gu, "")]
    .map((c) => table.get(c) ?? c)
    .join("")
    .toLowerCase();
  return latin
    .replace(/[đð]/g, "d")
    .replace(/ł/g, "l")
    .replace(/ø/g, "o")
    .replace(/ı/g, "i")
    .replace(/rn/g, "m")
    .replace(/vv/g, "w")
    .replace(/cl/g, "d")
    .replace(/[0]/g, "o")
    .replace(/[1|!il]/g, "l")
    .replace(/5/g, "s")
    .replace(/3/g, "e")
    .replace(/[-_]/g, "");
}
