/** Identifiers: parsed from what people paste, in one canonical form each, with a key for the exact index. */
export { type Card, readCards } from "./card.ts";
export { type Host, parseHost } from "./host.ts";
export { displayIdentifier, identifierKey, identifierKeys, sameIdentifier, seen } from "./key.ts";
export { parseMail } from "./mail.ts";
export { type Field, parseField, parseIdentifiers } from "./parse.ts";
export { parsePhone } from "./phone.ts";
export { type PlatformKind, parseHandle } from "./platforms.ts";
export { toUnicode } from "./punycode.ts";
export { numberBefore2018, renumberVietnam } from "./renumber.ts";
export type { Doubt, Note, Settings, Understood } from "./understood.ts";
export { unwrap } from "./unwrap.ts";
export { parseWeb, refang } from "./web.ts";
