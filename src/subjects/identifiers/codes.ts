import { type Understood, understood } from "./understood.ts";

const algorithms: ReadonlyMap<number, string> = new Map([
  [32, "md5"],
  [40, "sha1"],
  [64, "sha256"],
  [128, "sha512"],
]);

/** A document's hash as `algorithm:hex`, from bare hexadecimal or `sha256:…`. 40 digits may be a key, too. */
export function parseDocument(text: string): Understood | undefined {
  const input = text.trim();
  const match = /^(?:(md5|sha-?1|sha-?256|sha-?512)\s?[:=]\s?)?([0-9a-f]{32,128})$/i.exec(input);
  const hex = match?.[2]?.toLowerCase();
  const algorithm = hex && algorithms.get(hex.length);
  if (!match || !hex || !algorithm) return undefined;
  const named = match[1]?.toLowerCase().replace("-", "");
  if (named && named !== algorithm) return undefined;
  const sure = named !== undefined || hex.length === 64 || hex.length === 128;
  return understood("document", `${algorithm}:${hex}`, input, `${algorithm} ${hex.slice(0, 8)}…${hex.slice(-8)}`, [], {
    sure,
  });
}

/** A PGP fingerprint (v4: 40 digits; v6: 64 digits, only when grouped or labeled), upper case without spaces. */
export function parsePgp(text: string, labeled = false): Understood | undefined {
  const input = text.trim();
  if (input.length > 200) return undefined;
  const grouped = /^(?:0x)?[0-9a-f]{4}(?:[\s:]+[0-9a-f]{4}){9}(?:(?:[\s:]+[0-9a-f]{4}){6})?$/i.test(input);
  const hex = input
    .replace(/^openpgp4fpr:|^0x/i, "")
    .replace(/[\s:]/g, "")
    .toUpperCase();
  if (!/^(?:[0-9A-F]{40}|[0-9A-F]{64})$/.test(hex)) return undefined;
  const marked = labeled || grouped || /^openpgp4fpr:/i.test(input) || (/^0x/i.test(input) && hex.length === 40);
  if (hex.length === 64 && !marked) return undefined;
  if (/^0x/.test(input) && !grouped && !labeled) return undefined; // the form of an Ethereum address
  const sure = marked || (hex === input && /[A-F]/.test(input));
  return understood("pgp", hex, input, (hex.match(/.{4}/g) ?? []).join(" "), [], { sure });
}

/** Vietnam's tax code: ten digits with a check digit, and three more for a branch. */
function taxCode(digits: string): boolean {
  const weights = [31, 29, 23, 19, 17, 13, 7, 5, 3];
  const sum = weights.reduce((total, weight, i) => total + weight * Number(digits[i]), 0);
  return 10 - (sum % 11) === Number(digits[9]);
}

/** ISO 17442: the legal entity identifier, ISO 7064 mod 97-10. */
function lei(code: string): boolean {
  let rest = 0;
  for (const c of code) rest = Number(`${rest}${Number.parseInt(c, 36)}`) % 97;
  return rest === 1;
}

/**
 * A registration number as `scheme:number`. Without a label only those with a check digit are taken, and
 * Vietnam's tax code only as a guess.
 */
export function parseRegistration(text: string, label = ""): Understood | undefined {
  const input = text.trim();
  if (input.length > 64) return undefined;
  const plain = input.replace(/[\s.]/g, "").toUpperCase();
  if (/^[0-9A-Z]{18}\d{2}$/.test(plain) && /[A-Z]/.test(plain) && lei(plain)) {
    return understood("registration", `lei:${plain}`, input, `LEI ${plain}`, ["checksum-verified"]);
  }
  if (/^(?:ein)$/.test(label) && /^\d{2}-?\d{7}$/.test(plain)) {
    const value = plain.replace("-", "");
    return understood("registration", `us-ein:${value}`, input, `EIN ${value.slice(0, 2)}-${value.slice(2)}`);
  }
  if (label === "company" && /^(?:[A-Z]{2}\d{6}|\d{8})$/.test(plain)) {
    return understood("registration", `gb-coh:${plain}`, input, `Company ${plain}`);
  }
  if (label === "cccd" && /^(?:\d{12}|\d{9})$/.test(plain)) {
    return understood("registration", `vn-id:${plain}`, input, `CCCD ${plain}`);
  }
  const tax = /^(?:VN)?(\d{10})(?:-?(\d{3}))?$/.exec(plain);
  if (tax && taxCode(tax[1] as string) && (label === "" || label === "mst" || label === "registration")) {
    const value = tax[2] ? `${tax[1]}-${tax[2]}` : (tax[1] as string);
    return understood("registration", `vn-mst:${value}`, input, `MST ${value}`, ["checksum-verified"], {
      sure: label !== "",
    });
  }
  if ((label === "registration" || label === "mst") && /^[0-9A-Z][0-9A-Z/.-]{2,31}$/.test(plain) && /\d/.test(plain)) {
    return understood("registration", `other:${plain}`, input, plain, ["no-checksum"]);
  }
  return undefined;
}
