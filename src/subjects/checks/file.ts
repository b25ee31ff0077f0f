import { bidiControls } from "../text/clean.ts";
import { type Exif, readExif } from "./exif.ts";
import { type Finding, quoted, sortFindings } from "./finding.ts";
import { latin1 } from "./message.ts";
import { type ZipEntry, zipEntries, zipText } from "./zip.ts";

export type FileInput = {
  readonly name: string;
  /** The media type its sender gave it. */
  readonly mediaType?: string;
  readonly content: Uint8Array;
};

type Add = (code: string, weight: Finding["weight"], sentence: string, reason: string) => void;

const runs =
  /^(?:exe|scr|com|pif|msi|msix|appx|bat|cmd|ps1|psm1|vbs|vbe|js|jse|wsf|wsh|hta|lnk|cpl|jar|apk|xapk|ipa|app|dmg|pkg|deb|rpm|sh|command|desktop|reg|inf|scf|url|webloc|chm|hlp|xll|wll|dll|sys|gadget|application|appref-ms|settingcontent-ms|library-ms|search-ms|msc|iqy|slk|rdp|one|vhd|vhdx|iso|img|diagcab|theme|themepack|py|rb|pl)$/;
const macroTypes = /^(?:docm|dotm|xlsm|xltm|xlam|xlsb|pptm|potm|ppam|ppsm|sldm)$/;
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
  if (bytes.length < file.content.length) add("file-too-long", "note", "Only the first 64 MiB of the file were looked at.", "What stands behind is unknown.");
  const visible = file.name.slice(0, 1024).replace(/[\u200b-\u200f\u202a-\u202e\u2066-\u2069]/g, "");
  const extensions = visible.toLowerCase().trimEnd().replace(/[. ]+$/, "").split(".").slice(1).slice(-3).map((e) => e.trim());
  const extension = extensions.at(-1) ?? "";
  const kind = kindOf(bytes);
  if (bidiControls.test(file.name)) add("name-reordered", "high", `The file name ${about} holds characters that change the order in which it is read.`, "The type that seems to stand at its end is not its type.");
  if (runs.test(extension)) add("file-runs", "high", `${about} is of a type that runs or opens a way to run programs (.${extension}).`, "Opening it can take over the device.");
  if (extensions.length > 1 && (runs.test(extension) || extension === "html" || extension === "htm") && /^(?:pdf|docx?|xlsx?|pptx?|jpe?g|png|txt|mp4|mp3|zip)$/.test(extensions.at(-2) ?? "")) {
    add("double-extension", "high", `The file name ${about} shows one type in front of another.`, "Where known types are hidden, only the first is seen.");
  }
  if (/ {6,}\.|\s{10,}/.test(file.name)) add("name-padded", "high", `The file name ${about} holds a long gap.`, "It pushes the true type out of sight.");
  if ((kind === "program" || kind === "shortcut" || kind === "script") && !runs.test(extension)) {
    add("file-runs", "high", `${about} is a program, whatever its name says.`, "Opening it can take over the device.");
  }
  const fits = expected[extension];
  if (fits && kind !== undefined && !fits.includes(kind) && kind !== "program") {
    add("type-lies", kind === "html" || kind === "svg" ? "high" : "medium", `${about} calls itself .${extension} and is ${kind === "html" ? "a web page" : kind}.`, "A type that lies is there to mislead the reader or a filter.");
  } else if (fits && kind === undefined && bytes.length > 16) {
    add("type-unclear", "low", `${about} does not begin as a .${extension} file does.`, "It is damaged, encrypted or something else.");
  }
  const declared = file.mediaType?.toLowerCase() ?? "";
  if ((declared.startsWith("image/") && kind !== undefined && !["image", "svg"].includes(kind)) || (declared === "application/pdf" && kind !== undefined && kind !== "pdf") || (declared.startsWith("text/plain") && (kind === "program" || kind === "html"))) {
    add("media-type-lies", "medium", `${about} was sent as ${quoted(declared)} and is ${kind}.`, "A type that lies is there to mislead the reader or a filter.");
  }
  try {
    if (kind === "zip") await checkZip(bytes, extension, about, add);
    else if (kind === "ole") checkOle(bytes, about, add);
    else if (kind === "pdf") checkPdf(bytes, about, add);
    else if (kind === "rtf") checkRtf(bytes, about, add);
    else if (kind === "archive") checkArchive(bytes, about, add);
    else if (kind === "onenote") add("file-runs", "medium", `${about} is a OneNote file.`, "Programs are hidden behind pictures in such files.");
  } catch {
    add("file-damaged", "low", `${about} is damaged or made to confuse.`, "It could not be looked into to the end.");
  }
  if (kind === "html" || /^x?html?$/.test(extension)) checkHtml(bytes, about, add);
  if (kind === "svg" || extension === "svg") {
    const text = latin1(bytes.subarray(0, 2 ** 20)).toLowerCase();
    if (/<script|\son\w{3,20}\s*=|javascript:|<foreignobject/.test(text)) add("picture-with-script", "high", `The picture ${about} holds a program.`, "It runs when the picture is opened in a browser.");
  }
  if (kind === "image" || images.test(extension)) checkExif(readExif(bytes), about, add);
  return sortFindings(out);
}

async function checkZip(bytes: Uint8Array, extension: string, about: string, add: Add): Promise<void> {
  const entries = zipEntries(bytes);
  if (!entries) {
    add("file-damaged", "low", `${about} is a damaged archive.`, "It could not be looked into.");
    return;
  }
  const named = (pattern: RegExp): ZipEntry | undefined => entries.find((entry) => pattern.test(entry.name));
  if (named(/(?:^|\/)vbaProject\.bin$/i) || macroTypes.test(extension)) {
    add("office-macros", "high", `The document ${about} holds macros.`, "Macros are programs; they are how documents take over devices.");
  }
  if (named(/(?:^|\/)(?:embeddings|activeX)\//i)) add("office-embedded", "medium", `The document ${about} holds embedded objects.`, "They can be programs.");
  if (named(/xl\/(?:macrosheets|externalLinks)\//i)) add("office-links", "medium", `The sheet ${about} holds old macros or takes data from other files.`, "Both are used to load programs.");
  const relations = entries.filter((entry) => /\.rels$/i.test(entry.name)).slice(0, 16);
  for (const entry of relations) {
    const text = await zipText(bytes, entry);
    if (text && /TargetMode\s*=\s*["']External["']/i.test(text) && /(?:attachedTemplate|oleObject|frame|subDocument|externalLink)"/i.test(text)) {
      add("office-remote", "high", `The document ${about} loads a template or object from elsewhere when opened.`, "What comes then was not in the file that was checked, and the sender learns that it was opened.");
      break;
    }
    if (text && /TargetMode\s*=\s*["']External["']/i.test(text) && /relationships\/image"/i.test(text)) {
      add("office-remote-picture", "medium", `The document ${about} loads a picture from elsewhere when opened.`, "The sender learns who opened it, when and from where.");
    }
  }
  if (entries.some((entry) => entry.encrypted)) {
    add("archive-password", "medium", `${about} is locked with a password.`, "Nobody can check it on the way, which is why bad files are sent like this; so are good ones.");
  }
  if (named(/[\u202a-\u202e\u2066-\u2069]/)) add("name-reordered", "high", `A file in ${about} has a name that reads otherwise than it is stored.`, "Its type is not what it seems.");
  const program = entries.find((entry) => runs.test(/\.([^./]+)$/.exec(entry.name.toLowerCase().trimEnd())?.[1] ?? ""));
  if (program && !/^(?:jar|apk|xapk|ipa)$/.test(extension)) add("archive-with-program", "high", `${about} holds “${quoted(program.name)}”, which runs.`, "Opening it can take over the device.");
  const total = entries.reduce((sum, entry) => sum + entry.size, 0);
  if (total > 2 ** 30 && total > 100 * bytes.length) add("archive-bomb", "high", `${about} unpacks to more than a hundred times its size.`, "It is made to fill the device.");
}

function contains(bytes: Uint8Array, text: string, wide = false): boolean {
  const wanted = Array.from(text, (c) => c.charCodeAt(0)).flatMap((c) => (wide ? [c, 0] : [c]));
  const first = wanted[0] as number;
  outer: for (let at = bytes.indexOf(first); at >= 0; at = bytes.indexOf(first, at + 1)) {
    for (let i = 1; i < wanted.length; i++) if (bytes[at + i] !== wanted[i]) continue outer;
    return true;
  }
  return false;
}

function checkOle(bytes: Uint8Array, about: string, add: Add): void {
  if (contains(bytes, "_VBA_PROJECT", true) || contains(bytes, "Macros", true)) add("office-macros", "high", `The document ${about} holds macros.`, "Macros are programs; they are how documents take over devices.");
  if (contains(bytes, "EncryptedPackage", true)) add("archive-password", "medium", `${about} is locked with a password.`, "Nobody can check it on the way.");
  if (contains(bytes, "Equation.3") || contains(bytes, "Equation Native", true)) add("office-exploit", "high", `The document ${about} holds an old equation object.`, "A much-used hole in Office was in exactly this.");
  if (contains(bytes, "Ole10Native", true)) add("office-embedded", "medium", `The document ${about} holds embedded objects.`, "They can be programs.");
}

function checkPdf(bytes: Uint8Array, about: string, add: Add): void {
  // Names may be written with escapes, `/J#61vaScript` (ISO 32000-1 §7.3.5).
  const text = latin1(bytes.subarray(0, 16 * 2 ** 20)).replace(/#([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  if (/\/(?:JavaScript|JS)(?![A-Za-z])/.test(text)) add("pdf-script", "high", `The PDF ${about} holds a program.`, "It runs when the file is opened in some readers.");
  if (/\/(?:Launch)(?![A-Za-z])/.test(text)) add("pdf-launch", "high", `The PDF ${about} starts another program.`, "Opening it can take over the device.");
  if (/\/(?:OpenAction|AA)(?![A-Za-z])/.test(text) && /\/(?:URI|SubmitForm|GoToR)(?![A-Za-z])/.test(text)) add("pdf-calls-home", "medium", `The PDF ${about} can reach out when opened.`, "The sender may learn who opened it.");
  if (/\/EmbeddedFile(?![A-Za-z])/.test(text)) add("pdf-with-files", "medium", `The PDF ${about} carries other files.`, "They can be programs.");
  if (/\/Encrypt(?![A-Za-z])/.test(text)) add("archive-password", "low", `The PDF ${about} is encrypted.`, "Parts of it could not be looked into.");
  if (/\/ObjStm(?![A-Za-z])/.test(text)) add("pdf-packed", "note", `Parts of the PDF ${about} are packed and were not looked into.`, "A program could stand there.");
}

function checkRtf(bytes: Uint8Array, about: string, add: Add): void {
  const text = latin1(bytes.subarray(0, 4 * 2 ** 20)).toLowerCase();
  if (/\\obj(?:data|ocx|update|html|autlink)/.test(text)) add("office-embedded", "high", `The document ${about} holds embedded objects.`, "In RTF files this is how holes in Office are used.");
  if (/\\\*\\template\s*http/.test(text)) add("office-remote", "high", `The document ${about} loads a template from elsewhere when opened.`, "What comes then was not in the file that was checked.");
}

function checkArchive(bytes: Uint8Array, about: string, add: Add): void {
  add("archive-not-read", "low", `The archive ${about} was not looked into.`, "What it holds is unknown.");
  // RAR 5 with encrypted headers: block type 4 behind the signature.
  if (latin1(bytes.subarray(0, 8)) === "Rar!\x1a\x07\x01\0" && bytes[13] === 4) add("archive-password", "medium", `${about} is locked with a password.`, "Nobody can check it on the way.");
}

function checkHtml(bytes: Uint8Array, about: string, add: Add): void {
  const text = latin1(bytes.subarray(0, 4 * 2 ** 20)).toLowerCase();
  add("attached-page", "medium", `${about} is a web page sent as a file.`, "It passes by what blocks known bad sites, and asks for passwords on one's own device.");
  if (/type\s*=\s*["']?password/.test(text)) add("page-asks-password", "high", `The page ${about} asks for a password.`, "What is typed goes to whoever made the file.");
  if (/\batob\(|unescape\(|string\.fromcharcode|new blob\(|mssaveoropenblob/.test(text)) add("page-hides", "high", `The page ${about} puts together what it shows from hidden data.`, "This is how files are smuggled past filters.");
}

function checkExif(exif: Exif | undefined, about: string, add: Add): void {
  if (!exif) return;
  if (exif.latitude !== undefined && exif.longitude !== undefined) {
    add("photo-place", "note", `The photograph ${about} says it was taken at ${exif.latitude.toFixed(4)}, ${exif.longitude.toFixed(4)}.`, "Compare it with what is claimed; it can be changed, and it gives away where the source was.");
  }
  if (exif.taken) add("photo-time", "note", `The photograph ${about} says it was taken on ${quoted(exif.taken)}.`, "Compare it with what is claimed; it can be changed.");
  if (exif.make || exif.model || exif.serial) add("photo-device", "note", `The photograph ${about} names its camera: ${quoted([exif.make, exif.model, exif.serial].filter(Boolean).join(" "))}.`, "It can give away the source; remove it before passing the picture on.");
  if (exif.software && /photoshop|gimp|lightroom|snapseed|picsart|canva|facetune|affinity|pixelmator|midjourney|stable diffusion|dall|firefly/i.test(exif.software)) {
    add("photo-edited", "low", `The photograph ${about} went through ${quoted(exif.software)}.`, "It was edited or made there; ask for the original.");
  }
  if (exif.taken && exif.changed && exif.changed.slice(0, 10) !== exif.taken.slice(0, 10)) {
    add("photo-dates-disagree", "low", `The photograph ${about} was taken on ${quoted(exif.taken)} and changed on ${quoted(exif.changed)}.`, "It was edited or copied on another day.");
  }
}
