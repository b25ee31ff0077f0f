/** A name inside a sentence, kept apart from the sentence's own direction (Unicode isolates); an id where there is none. */
export function said(of: { readonly id: string; readonly name: string | undefined }): string {
  return `\u2068${of.name ?? of.id.slice(0, 8)}\u2069`;
}

/** Names as a language lists them. */
export function listed(
  names: readonly { readonly id: string; readonly name: string | undefined }[],
  tag: string,
): string {
  return new Intl.ListFormat(tag, { type: "conjunction" }).format(names.map(said));
}
