/**
 * Characters that print nothing: soft hyphen, zero-width characters, joiners, bidirectional controls,
 * variation selectors, the byte order mark, tags, fillers of Hangul. People paste them without knowing; others
 * plant them so that two texts that look alike do not compare alike.
 */
const invisible =
  // biome-ignore lint/suspicious/noMisleadingCharacterClass: single characters are meant, joiners among them
  /[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb]|\udb40[\udc00-\uddff]/g;

/** Controls of the bidirectional algorithm that can make a text read otherwise than it is stored. */
export const bidiControls = /[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/;

// biome-ignore lint/suspicious/noControlCharactersInRegex: the controls are what is looked for
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;

/** `text` without characters that print nothing and without control characters other than tab and line ends. */
export function stripInvisible(text: string): string {
  return text.replace(invisible, "").replace(controls, "");
}

/**
 * One spelling for what people paste: composed (NFC), full-width forms made plain, exotic spaces and line ends
 * made plain, invisible characters gone, lone surrogates replaced. Idempotent.
 */
export function clean(text: string): string {
  return stripInvisible(text.toWellFormed())
    .replace(/[\uff01-\uff5e]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replace(/\r\n?|[\u2028\u2029\u0085]/g, "\n")
    .replace(/[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g, " ")
    .normalize("NFC");
}
