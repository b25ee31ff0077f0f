import { bidiControls } from "../text/clean.ts";
import {
  type Add,
  checkArchive,
  checkExif,
  checkHtml,
  checkOle,
  checkPdf,
  checkRtf,
  checkZip,
  runs,
} from "./documents.ts";
import { readExif } from "./exif.ts";
import { type Finding, quoted, sortFindings } from "./finding.ts";
import { latin1 } from "./message.ts";

export type FileInput = {
  readonly name: string;
  /** The media type its sender gave it. */
  readonly mediaType?: string;
  readonly content: Uint8Array;
};

const images = /^(?:jpe?g|png|gif|webp|bmp|tiff?|heic)$/;
const longest = 64 * 2 ** 20;

/** What the first bytes say a file is. */
function kindOf(bytes: Uint8Array): string | undefined {
  const head = latin1(bytes.subarray(0, 1024));
  const table: readonly [string, string][] = [
    ["MZ", "program"],
    ["\x7fELF", "program"],
    ["\xcf\xfa\xed\xfe", "program"],
    ["\xca\xfe\xba\xbe", "program"],
    ["L\0\0\0\x01\x14\x02\0", "shortcut"],
    ["\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"],
    ["PK\x03\x04", "zip"],
    ["PK\x05\x06", "zip"],
    ["Rar!", "archive"],
    ["7z\xbc\xaf", "archive"],
    ["\x1f\x8b", "archive"],
    ["{\\rt", "rtf"],
    ["\x89PNG", "image"],
    ["\xff\xd8\xff", "image"],
    ["GIF8", "image"],
    ["II*\0", "image"],
    ["MM\0*", "image"],
    ["#!", "script"],
    ["\xe4\x52\x5c\x7b", "onenote"],
  ];
  for (const [magic, kind] of table) if (head.startsWith(magic)) return kind;
  if (head.startsWith("RIFF") && head.slice(8, 12) === "WEBP") return "image";
  if (head.includes("%PDF-")) return "pdf";
  if (/^[\s\ufeff\xef\xbb\xbf]*<(?:!doctype html|html|head|body|script)/i.test(head)) return "html";
  if (/<svg[\s>]/i.test(head)) return "svg";
  return undefined;
}

const expected: Readonly<Record<string, readonly string[]>> = {
  pdf: ["pdf"],
  docx: ["zip", "ole"],
  xlsx: ["zip", "ole"],
  pptx: ["zip", "ole"],
  odt: ["zip"],
  ods: ["zip"],
  zip: ["zip"],
  doc: ["ole", "rtf"],
  xls: ["ole"],
  ppt: ["ole"],
  rtf: ["rtf"],
  jpg: ["image"],
  jpeg: ["image"],
  png: ["image"],
  gif: ["image"],
  webp: ["image"],
};

/**
 * What is odd about a file: a type that lies, programs, macros, scripts, passwords, what a photograph tells. Only
 * looks; opens, runs and fetches nothing. At most 64 MiB are read. Never throws.
 */
export async function checkFile(given: FileInput): Promise<Finding[]> {
  const file = { ...given, name: given.name.slice(0, 1024) };
  const out: Finding[] = [];
  const about = quoted(file.name || "(no name)");
  const add: Add = (code, weight, sentence, reason) => out.push({ code, weight, sentence, reason, about });
  const bytes = file.content.subarray(0, longest);
  if (bytes.length < file.content.length)
    add("file-too-long", "note", "Only the first 64 MiB of the file were looked at.", "What stands behind is unknown.");
  const visible = file.name.slice(0, 1024).replace(/[\u200b-\u200f\u202a-\u202e\u2066-\u2069]/g, "");
  const extensions = visible
    .toLowerCase()
    .trimEnd()
    .replace(/[. ]+$/, "")
    .split(".")
    .slice(1)
    .slice(-3)
    .map((e) => e.trim());
  const extension = extensions.at(-1) ?? "";
  const kind = kindOf(bytes);
  if (bidiControls.test(file.name))
    add(
      "name-reordered",
      "high",
      `The file name ${about} holds characters that change the order in which it is read.`,
      "The type that seems to stand at its end is not its type.",
    );
  if (runs.test(extension))
    add(
      "file-runs",
      "high",
      `${about} is of a type that runs or opens a way to run programs (.${extension}).`,
      "Opening it can take over the device.",
    );
  if (
    extensions.length > 1 &&
    (runs.test(extension) || extension === "html" || extension === "htm") &&
    /^(?:pdf|docx?|xlsx?|pptx?|jpe?g|png|txt|mp4|mp3|zip)$/.test(extensions.at(-2) ?? "")
  ) {
    add(
      "double-extension",
      "high",
      `The file name ${about} shows one type in front of another.`,
      "Where known types are hidden, only the first is seen.",
    );
  }
  if (/ {6,}\.|\s{10,}/.test(file.name))
    add("name-padded", "high", `The file name ${about} holds a long gap.`, "It pushes the true type out of sight.");
  if ((kind === "program" || kind === "shortcut" || kind === "script") && !runs.test(extension)) {
    add("file-runs", "high", `${about} is a program, whatever its name says.`, "Opening it can take over the device.");
  }
  const fits = expected[extension];
  if (fits && kind !== undefined && !fits.includes(kind) && kind !== "program") {
    add(
      "type-lies",
      kind === "html" || kind === "svg" ? "high" : "medium",
      `${about} calls itself .${extension} and is ${kind === "html" ? "a web page" : kind}.`,
      "A type that lies is there to mislead the reader or a filter.",
    );
  } else if (fits && kind === undefined && bytes.length > 16) {
    add(
      "type-unclear",
      "low",
      `${about} does not begin as a .${extension} file does.`,
      "It is damaged, encrypted or something else.",
    );
  }
  const declared = file.mediaType?.toLowerCase() ?? "";
  if (
    (declared.startsWith("image/") && kind !== undefined && !["image", "svg"].includes(kind)) ||
    (declared === "application/pdf" && kind !== undefined && kind !== "pdf") ||
    (declared.startsWith("text/plain") && (kind === "program" || kind === "html"))
  ) {
    add(
      "media-type-lies",
      "medium",
      `${about} was sent as ${quoted(declared)} and is ${kind}.`,
      "A type that lies is there to mislead the reader or a filter.",
    );
  }
  try {
    if (kind === "zip") await checkZip(bytes, extension, about, add);
    else if (kind === "ole") checkOle(bytes, about, add);
    else if (kind === "pdf") checkPdf(bytes, about, add);
    else if (kind === "rtf") checkRtf(bytes, about, add);
    else if (kind === "archive") checkArchive(bytes, about, add);
    else if (kind === "onenote")
      add("file-runs", "medium", `${about} is a OneNote file.`, "Programs are hidden behind pictures in such files.");
  } catch {
    add("file-damaged", "low", `${about} is damaged or made to confuse.`, "It could not be looked into to the end.");
  }
  if (kind === "html" || /^x?html?$/.test(extension)) checkHtml(bytes, about, add);
  if (kind === "svg" || extension === "svg") {
    const text = latin1(bytes.subarray(0, 2 ** 20)).toLowerCase();
    if (/<script|\son\w{3,20}\s*=|javascript:|<foreignobject/.test(text))
      add(
        "picture-with-script",
        "high",
        `The picture ${about} holds a program.`,
        "It runs when the picture is opened in a browser.",
      );
  }
  if (kind === "image" || images.test(extension)) checkExif(readExif(bytes), about, add);
  return sortFindings(out);
}
