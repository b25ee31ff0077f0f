/**
 * Looking at tips on the device: mails, files, links, texts and pictures, and how alike two of them are. Apart from
 * the SDK's main entry, so that a page loads it only when somebody has a tip.
 */
export * from "../subjects/checks/index.ts";
export { type Examined, examine } from "../subjects/examine.ts";
export * from "../subjects/tips/index.ts";
