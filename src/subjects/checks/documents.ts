import type { Exif } from "./exif.ts";
import { type Finding, quoted } from "./finding.ts";
import { latin1 } from "./message.ts";
import { type ZipEntry, zipEntries, zipText } from "./zip.ts";

/** Adds a finding about the file at hand. */
export type Add = (code: string, weight: Finding["weight"], sentence: string, reason: string) => void;

/** Types that run programs, or open a way to. */
export const runs =
  /^(?:exe|scr|com|pif|msi|msix|appx|bat|cmd|ps1|psm1|vbs|vbe|js|jse|wsf|wsh|hta|lnk|cpl|jar|apk|xapk|ipa|app|dmg|pkg|deb|rpm|sh|command|desktop|reg|inf|scf|url|webloc|chm|hlp|xll|wll|dll|sys|gadget|application|appref-ms|settingcontent-ms|library-ms|search-ms|msc|iqy|slk|rdp|one|vhd|vhdx|iso|img|diagcab|theme|themepack|py|rb|pl)$/;
const macroTypes = /^(?:docm|dotm|xlsm|xltm|xlam|xlsb|pptm|potm|ppam|ppsm|sldm)$/;

export async function checkZip(bytes: Uint8Array, extension: string, about: string, add: Add): Promise<void> {
  const entries = zipEntries(bytes);
  if (!entries) {
    add("file-damaged", "low", `${about} is a damaged archive.`, "It could not be looked into.");
    return;
  }
  const named = (pattern: RegExp): ZipEntry | undefined => entries.find((entry) => pattern.test(entry.name));
  if (named(/(?:^|\/)vbaProject\.bin$/i) || macroTypes.test(extension)) {
    add(
      "office-macros",
      "high",
      `The document ${about} holds macros.`,
      "Macros are programs; they are how documents take over devices.",
    );
  }
  if (named(/(?:^|\/)(?:embeddings|activeX)\//i))
    add("office-embedded", "medium", `The document ${about} holds embedded objects.`, "They can be programs.");
  if (named(/xl\/(?:macrosheets|externalLinks)\//i))
    add(
      "office-links",
      "medium",
      `The sheet ${about} holds old macros or takes data from other files.`,
      "Both are used to load programs.",
    );
  const relations = entries.filter((entry) => /\.rels$/i.test(entry.name)).slice(0, 16);
  for (const entry of relations) {
    const text = await zipText(bytes, entry);
    if (
      text &&
      /TargetMode\s*=\s*["']External["']/i.test(text) &&
      /(?:attachedTemplate|oleObject|frame|subDocument|externalLink)"/i.test(text)
    ) {
      add(
        "office-remote",
        "high",
        `The document ${about} loads a template or object from elsewhere when opened.`,
        "What comes then was not in the file that was checked, and the sender learns that it was opened.",
      );
      break;
    }
    if (text && /TargetMode\s*=\s*["']External["']/i.test(text) && /relationships\/image"/i.test(text)) {
      add(
        "office-remote-picture",
        "medium",
        `The document ${about} loads a picture from elsewhere when opened.`,
        "The sender learns who opened it, when and from where.",
      );
    }
  }
  if (entries.some((entry) => entry.encrypted)) {
    add(
      "archive-password",
      "medium",
      `${about} is locked with a password.`,
      "Nobody can check it on the way, which is why bad files are sent like this; so are good ones.",
    );
  }
  if (named(/[\u202a-\u202e\u2066-\u2069]/))
    add(
      "name-reordered",
      "high",
      `A file in ${about} has a name that reads otherwise than it is stored.`,
      "Its type is not what it seems.",
    );
  const program = entries.find((entry) => runs.test(/\.([^./]+)$/.exec(entry.name.toLowerCase().trimEnd())?.[1] ?? ""));
  if (program && !/^(?:jar|apk|xapk|ipa)$/.test(extension))
    add(
      "archive-with-program",
      "high",
      `${about} holds “${quoted(program.name)}”, which runs.`,
      "Opening it can take over the device.",
    );
  const total = entries.reduce((sum, entry) => sum + entry.size, 0);
  if (total > 2 ** 30 && total > 100 * bytes.length)
    add(
      "archive-bomb",
      "high",
      `${about} unpacks to more than a hundred times its size.`,
      "It is made to fill the device.",
    );
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

export function checkOle(bytes: Uint8Array, about: string, add: Add): void {
  if (contains(bytes, "_VBA_PROJECT", true) || contains(bytes, "Macros", true))
    add(
      "office-macros",
      "high",
      `The document ${about} holds macros.`,
      "Macros are programs; they are how documents take over devices.",
    );
  if (contains(bytes, "EncryptedPackage", true))
    add("archive-password", "medium", `${about} is locked with a password.`, "Nobody can check it on the way.");
  if (contains(bytes, "Equation.3") || contains(bytes, "Equation Native", true))
    add(
      "office-exploit",
      "high",
      `The document ${about} holds an old equation object.`,
      "A much-used hole in Office was in exactly this.",
    );
  if (contains(bytes, "Ole10Native", true))
    add("office-embedded", "medium", `The document ${about} holds embedded objects.`, "They can be programs.");
}

export function checkPdf(bytes: Uint8Array, about: string, add: Add): void {
  // Names may be written with escapes, `/J#61vaScript` (ISO 32000-1 §7.3.5).
  const text = latin1(bytes.subarray(0, 16 * 2 ** 20)).replace(/#([0-9a-fA-F]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  if (/\/(?:JavaScript|JS)(?![A-Za-z])/.test(text))
    add("pdf-script", "high", `The PDF ${about} holds a program.`, "It runs when the file is opened in some readers.");
  if (/\/(?:Launch)(?![A-Za-z])/.test(text))
    add("pdf-launch", "high", `The PDF ${about} starts another program.`, "Opening it can take over the device.");
  if (/\/(?:OpenAction|AA)(?![A-Za-z])/.test(text) && /\/(?:URI|SubmitForm|GoToR)(?![A-Za-z])/.test(text))
    add(
      "pdf-calls-home",
      "medium",
      `The PDF ${about} can reach out when opened.`,
      "The sender may learn who opened it.",
    );
  if (/\/EmbeddedFile(?![A-Za-z])/.test(text))
    add("pdf-with-files", "medium", `The PDF ${about} carries other files.`, "They can be programs.");
  if (/\/Encrypt(?![A-Za-z])/.test(text))
    add("archive-password", "low", `The PDF ${about} is encrypted.`, "Parts of it could not be looked into.");
  if (/\/ObjStm(?![A-Za-z])/.test(text))
    add(
      "pdf-packed",
      "note",
      `Parts of the PDF ${about} are packed and were not looked into.`,
      "A program could stand there.",
    );
}

export function checkRtf(bytes: Uint8Array, about: string, add: Add): void {
  const text = latin1(bytes.subarray(0, 4 * 2 ** 20)).toLowerCase();
  if (/\\obj(?:data|ocx|update|html|autlink)/.test(text))
    add(
      "office-embedded",
      "high",
      `The document ${about} holds embedded objects.`,
      "In RTF files this is how holes in Office are used.",
    );
  if (/\\\*\\template\s*http/.test(text))
    add(
      "office-remote",
      "high",
      `The document ${about} loads a template from elsewhere when opened.`,
      "What comes then was not in the file that was checked.",
    );
}

export function checkArchive(bytes: Uint8Array, about: string, add: Add): void {
  add("archive-not-read", "low", `The archive ${about} was not looked into.`, "What it holds is unknown.");
  // RAR 5 with encrypted headers: block type 4 behind the signature.
  if (latin1(bytes.subarray(0, 8)) === "Rar!\x1a\x07\x01\0" && bytes[13] === 4)
    add("archive-password", "medium", `${about} is locked with a password.`, "Nobody can check it on the way.");
}

export function checkHtml(bytes: Uint8Array, about: string, add: Add): void {
  const text = latin1(bytes.subarray(0, 4 * 2 ** 20)).toLowerCase();
  add(
    "attached-page",
    "medium",
    `${about} is a web page sent as a file.`,
    "It passes by what blocks known bad sites, and asks for passwords on one's own device.",
  );
  if (/type\s*=\s*["']?password/.test(text))
    add(
      "page-asks-password",
      "high",
      `The page ${about} asks for a password.`,
      "What is typed goes to whoever made the file.",
    );
  if (/\batob\(|unescape\(|string\.fromcharcode|new blob\(|mssaveoropenblob/.test(text))
    add(
      "page-hides",
      "high",
      `The page ${about} puts together what it shows from hidden data.`,
      "This is how files are smuggled past filters.",
    );
}

export function checkExif(exif: Exif | undefined, about: string, add: Add): void {
  if (!exif) return;
  if (exif.latitude !== undefined && exif.longitude !== undefined) {
    add(
      "photo-place",
      "note",
      `The photograph ${about} says it was taken at ${exif.latitude.toFixed(4)}, ${exif.longitude.toFixed(4)}.`,
      "Compare it with what is claimed; it can be changed, and it gives away where the source was.",
    );
  }
  if (exif.taken)
    add(
      "photo-time",
      "note",
      `The photograph ${about} says it was taken on ${quoted(exif.taken)}.`,
      "Compare it with what is claimed; it can be changed.",
    );
  if (exif.make || exif.model || exif.serial)
    add(
      "photo-device",
      "note",
      `The photograph ${about} names its camera: ${quoted([exif.make, exif.model, exif.serial].filter(Boolean).join(" "))}.`,
      "It can give away the source; remove it before passing the picture on.",
    );
  if (
    exif.software &&
    /photoshop|gimp|lightroom|snapseed|picsart|canva|facetune|affinity|pixelmator|midjourney|stable diffusion|dall|firefly/i.test(
      exif.software,
    )
  ) {
    add(
      "photo-edited",
      "low",
      `The photograph ${about} went through ${quoted(exif.software)}.`,
      "It was edited or made there; ask for the original.",
    );
  }
  if (exif.taken && exif.changed && exif.changed.slice(0, 10) !== exif.taken.slice(0, 10)) {
    add(
      "photo-dates-disagree",
      "low",
      `The photograph ${about} was taken on ${quoted(exif.taken)} and changed on ${quoted(exif.changed)}.`,
      "It was edited or copied on another day.",
    );
  }
}
