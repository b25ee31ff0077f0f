import { createHash } from "node:crypto";

/** SHA-256 of a file as subresource integrity and policies name it. */
export const integrityOf = (content: string | Uint8Array): string =>
  `sha256-${createHash("sha256").update(content).digest("base64")}`;

/** SHA-256 in base64url, as WEBCAT's manifest has it. */
export const base64UrlOf = (content: string | Uint8Array): string =>
  createHash("sha256").update(content).digest("base64url");

/** SHA-256 in hexadecimal, as people compare it. */
export const hexOf = (content: string | Uint8Array): string => createHash("sha256").update(content).digest("hex");
