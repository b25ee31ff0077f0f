/** Checks on a mail, link or file, on the device and offline: findings with reasons, never "safe". */
export { type ArcResult, verifyArc } from "./arc.ts";
export { type AuthResult, type AuthResults, parseAuthResults } from "./authentication.ts";
export { type DkimResult, verifyDkim } from "./dkim.ts";
export { checkHost } from "./domains.ts";
export { type Exif, readExif } from "./exif.ts";
export { checkFile, type FileInput } from "./file.ts";
export type { Finding, Weight } from "./finding.ts";
export { checkLink, type LinkOptions } from "./link.ts";
export { checkMail, type MailOptions } from "./mail.ts";
export { type Message, splitMessage } from "./message.ts";
export type { KnownPerson } from "./sender.ts";
export type { Dns } from "./signature.ts";
