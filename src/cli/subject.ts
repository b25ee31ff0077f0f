import {
  type Circle,
  displayIdentifier,
  type Identifier,
  parseField,
  type Subject,
  UsageError,
} from "../client/index.ts";
import { type Options, optionText, texts } from "./command.ts";
import { organizationNamed } from "./names.ts";

/** Options that say more of a subject. None of them finds it: an identifier always has to (people.md *Names*). */
export const subjectOptions = [
  ["--name <name...>", "names of the subject, as seen"],
  ["--birth-year <year>", "year of birth"],
  ["--place <place>", "where they live or work"],
  ["--employer <employer>", "for whom they work"],
] as const;

/**
 * The identifiers in arguments. `org:NAME` is an organization of the circle. A text that may mean several things
 * is refused with the readings to choose from.
 */
export function identifiersIn(circle: Circle, given: readonly string[]): readonly Identifier[] {
  return given.flatMap((text) => {
    if (/^org(?:anization)?:/i.test(text) && !/^org(?:anization)?:\s*[0-9a-f]{64}$/i.test(text)) {
      return [{ kind: "organization", value: organizationNamed(circle, text) } as Identifier];
    }
    const { understood } = parseField(text);
    const sure = understood.filter((one) => one.sure);
    if (sure.length > 0) return sure.map((one) => one.identifier);
    if (understood.length > 0) {
      const readings = understood.map((one) => `${one.identifier.kind}: ${displayIdentifier(one.identifier)}`);
      throw new UsageError(
        "subject.ambiguous",
        `this may mean several things: write one of “${readings.join("”, “")}”`,
      );
    }
    throw new UsageError(
      "subject.no-identifier",
      "no identifier was understood: give a phone, mail, handle (telegram: @name), link, key or document, never a name alone",
    );
  });
}

/** The subject that arguments and options name. */
export function subjectOf(circle: Circle, given: readonly string[], options: Options): Subject {
  const names = texts(options.name);
  const birthYear = optionText(options.birthYear);
  if (birthYear !== undefined && !/^\d{4}$/.test(birthYear)) throw new UsageError("cli.year", "a year has four digits");
  const place = optionText(options.place);
  const employer = optionText(options.employer);
  return {
    identifiers: [...identifiersIn(circle, given)],
    ...(names.length === 0 ? {} : { names: names.map((name) => name.normalize("NFC")) }),
    ...(birthYear === undefined ? {} : { birthYear: Number(birthYear) }),
    ...(place === undefined ? {} : { place: place.normalize("NFC") }),
    ...(employer === undefined ? {} : { employer: employer.normalize("NFC") }),
  };
}
