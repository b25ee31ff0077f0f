/** One property of a contact card. */
type Property = { readonly name: string; readonly parameters: string; readonly value: string };

/** What a pasted contact card (vCard, RFC 6350, also 2.1 and 3.0) holds that can be an identifier. */
export type Card = {
  readonly name: string | undefined;
  readonly employer: string | undefined;
  readonly birthYear: number | undefined;
  /** Texts to parse, each with the label that says what it is, if the card says so. */
  readonly fields: readonly { readonly label: string; readonly text: string }[];
};

/** The cards in `text`, at most 64; empty if there is none. */
export function readCards(text: string): Card[] {
  if (!/^BEGIN:VCARD/im.test(text)) return [];
  const unfolded = text.replace(/\n[ \t]/g, "").replace(/=\n/g, "");
  return unfolded
    .split(/^BEGIN:VCARD\s*$/im)
    .slice(1, 65)
    .map((body) => readCard(body.split(/^END:VCARD/im)[0] as string));
}

function readCard(body: string): Card {
  const properties: Property[] = [];
  for (const line of body.split("\n").slice(0, 512)) {
    const match = /^(?:[\w-]{1,32}\.)?([\w-]{1,64})((?:;[^:]{0,256})?):(.*)$/.exec(line.trim());
    if (!match) continue;
    const parameters = match[2] as string;
    const raw = match[3] as string;
    const value = /QUOTED-PRINTABLE/i.test(parameters) ? quotedPrintable(raw) : raw;
    properties.push({
      name: (match[1] as string).toUpperCase(),
      parameters,
      value: value.replace(/\\([,;\\])/g, "$1"),
    });
  }
  const first = (name: string) => properties.find((p) => p.name === name)?.value.trim() || undefined;
  const fields: { label: string; text: string }[] = [];
  for (const { name, parameters, value } of properties) {
    if (name === "TEL") fields.push({ label: "phone", text: value.replace(/^tel:/i, "") });
    else if (name === "EMAIL") fields.push({ label: "mail", text: value });
    else if (name === "URL") fields.push({ label: "", text: value });
    else if (name === "KEY") fields.push({ label: "pgp", text: value });
    else if (name === "IMPP")
      fields.push({ label: /^(\w+):/.exec(value)?.[1] ?? "", text: value.replace(/^\w+:(?!\/\/)/, "") });
    else if (name === "X-SOCIALPROFILE" || name === "SOCIALPROFILE") {
      fields.push({ label: /type=(\w+)/i.exec(parameters)?.[1] ?? "", text: value });
    } else if (/^X-/.test(name)) fields.push({ label: name.slice(2), text: value });
    else if (name === "NOTE") fields.push({ label: "", text: value });
  }
  const born = Number(/^(\d{4})/.exec(first("BDAY") ?? "")?.[1]);
  const n = first("N")?.split(";");
  return {
    name: first("FN") ?? (n ? [n[3], n[1], n[2], n[0]].filter(Boolean).join(" ") : undefined),
    employer: first("ORG")?.split(";")[0],
    birthYear: born > 1800 ? born : undefined,
    fields,
  };
}

function quotedPrintable(text: string): string {
  const bytes = Uint8Array.from(
    text.replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    (c) => c.charCodeAt(0) & 0xff,
  );
  return new TextDecoder().decode(bytes);
}
