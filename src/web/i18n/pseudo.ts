/** English with its vowels doubled and brackets around it, outside of ICU's own syntax: shows what does not fit or is not translated. */
export function pseudo<M extends Readonly<Record<string, string>>>(messages: M): M {
  const doubled = (message: string) => {
    let depth = 0;
    let out = "";
    for (const letter of message) {
      if (letter === "{") depth++;
      if (letter === "}") depth--;
      out += depth % 2 === 0 && /[aeiou]/i.test(letter) ? letter + letter : letter;
    }
    return `⟦${out}⟧`;
  };
  return Object.fromEntries(Object.entries(messages).map(([key, message]) => [key, doubled(message)])) as M;
}
