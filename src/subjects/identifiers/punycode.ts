/** Decodes the punycode labels of a host name (RFC 3492 §6.2); labels that do not decode stay. */
export function toUnicode(ascii: string): string {
  return ascii
    .split(".")
    .map((label) => (label.startsWith("xn--") ? (decodePunycode(label.slice(4)) ?? label) : label))
    .join(".");
}

function decodePunycode(label: string): string | undefined {
  if (label.length > 63) return undefined;
  const split = label.lastIndexOf("-");
  const out = split > 0 ? [...label.slice(0, split)].map((c) => c.charCodeAt(0)) : [];
  let code = 128;
  let index = 0;
  let bias = 72;
  for (let at = split > 0 ? split + 1 : 0; at < label.length; ) {
    const before = index;
    for (let weight = 1, k = 36; ; k += 36) {
      const c = label.charCodeAt(at++);
      const digit = c >= 97 && c <= 122 ? c - 97 : c >= 48 && c <= 57 ? c - 22 : -1;
      if (digit < 0) return undefined;
      index += digit * weight;
      const threshold = k <= bias ? 1 : k >= bias + 26 ? 26 : k - bias;
      if (digit < threshold) break;
      weight *= 36 - threshold;
      if (weight > 2 ** 31) return undefined;
    }
    let delta = before === 0 ? Math.floor((index - before) / 700) : Math.floor((index - before) / 2);
    delta += Math.floor(delta / (out.length + 1));
    let k = 0;
    for (; delta > 455; k += 36) delta = Math.floor(delta / 35);
    bias = k + Math.floor((36 * delta) / (delta + 38));
    code += Math.floor(index / (out.length + 1));
    index %= out.length + 1;
    if (code > 0x10ffff) return undefined;
    out.splice(index++, 0, code);
  }
  return String.fromCodePoint(...out);
}
