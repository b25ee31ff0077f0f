/* Words of the interface: ICU messages (plurals, choices), one file a language. */
import { IntlMessageFormat } from "intl-messageformat";
import type { en } from "./en.ts";

export type MessageKey = keyof typeof en;
export type Messages = Readonly<Record<MessageKey, string>>;
export type LanguageCode = "en" | "vi" | "x-pseudo";

/** A language that the interface speaks. `x-pseudo` is for tests: English made longer, written right to left. */
export type Language = {
  readonly code: LanguageCode;
  /** BCP 47, for plurals, dates and the document. */
  readonly tag: string;
  readonly direction: "ltr" | "rtl";
  /** In itself; never translated. */
  readonly name: string;
};

/** A language with its words. */
export type Spoken = Language & { readonly messages: Messages };

export const languages: readonly Language[] = [
  { code: "vi", tag: "vi", direction: "ltr", name: "Tiếng Việt" },
  { code: "en", tag: "en", direction: "ltr", name: "English" },
  { code: "x-pseudo", tag: "ar-XB", direction: "rtl", name: "Pseudo" },
];

/** Only the words of the language that is shown are fetched. */
const words: Readonly<Record<LanguageCode, () => Promise<Messages>>> = {
  vi: async () => (await import("./vi.ts")).vi,
  en: async () => (await import("./en.ts")).en,
  "x-pseudo": async () => (await import("./pseudo.ts")).pseudo((await import("./en.ts")).en),
};

/** Fetches a language's words. */
export async function speak(code: LanguageCode): Promise<Spoken> {
  return { ...languageOf(code), messages: await words[code]() };
}

export type Values = Readonly<Record<string, string | number>>;

/** The text of a message in a language, with its values put in. */
export type Translate = (key: MessageKey, values?: Values) => string;

export function languageOf(code: string): Language {
  return languages.find((language) => language.code === code) ?? (languages[1] as Language);
}

/** The language of the browser where the interface speaks it, English otherwise. */
export function preferredLanguage(tags: readonly string[]): LanguageCode {
  const codes = tags.map((tag) => tag.toLowerCase().split("-")[0]);
  return codes.find((code) => code === "vi" || code === "en") === "vi" ? "vi" : "en";
}

/** Messages without places for values need no parsing. */
const isPlain = (message: string) => !/[{}<']/.test(message);

/** How texts of a language are made. Each message is parsed once, when it is first needed. */
export function translator({ messages, tag }: Pick<Spoken, "messages" | "tag">): Translate {
  const parsed = new Map<MessageKey, IntlMessageFormat>();
  return (key, values) => {
    const message = messages[key];
    if (isPlain(message)) return message;
    let format = parsed.get(key);
    if (format === undefined) {
      format = new IntlMessageFormat(message, tag, undefined, { ignoreTag: true });
      parsed.set(key, format);
    }
    return String(format.format(values as Record<string, string | number>));
  };
}
