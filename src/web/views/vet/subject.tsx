/* Who is meant, as it is typed and as it was understood. */
import type { Identifier, OrganizationId, Subject } from "../../../client/index.ts";
import type { NameView, Reading, ShownIdentifier, SubjectReading, SubjectView } from "../../engine/vetting/subject.ts";
import type { Place } from "../../shell/navigation.ts";
import { Check, Notice, TextArea, TextField, useEngine, useLoaded, useText } from "../../ui/index.ts";

/** A subject as it is typed. */
export type SubjectDraft = {
  /** Identifiers that were there before anything was typed. */
  readonly kept: readonly ShownIdentifier[];
  readonly text: string;
  readonly name: string;
  readonly birthYear: string;
  readonly place: string;
  readonly employer: string;
  /** Readings that a person switched on or off, by what they were read as. */
  readonly chosen: Readonly<Record<string, boolean>>;
};

export const noSubject: SubjectDraft = {
  kept: [],
  text: "",
  name: "",
  birthYear: "",
  place: "",
  employer: "",
  chosen: {},
};

/** An entered subject as it is typed again, to be changed. */
export function draftOf({ subject, identifiers }: SubjectView): SubjectDraft {
  const { names, birthYear, place, employer } = subject;
  return {
    ...noSubject,
    kept: identifiers,
    name: (names ?? []).join("; "),
    birthYear: birthYear === undefined ? "" : String(birthYear),
    place: place ?? "",
    employer: employer ?? "",
  };
}

const keyOf = ({ kind, value }: Identifier) => `${kind} ${value}`;

/** The names that were typed, one or several between semicolons. */
export const namesOf = (name: string) =>
  name
    .split(";")
    .map((one) => one.trim().normalize("NFC"))
    .filter(Boolean);

/** The identifiers that a place brought along, if it did. */
export const keptAt = (place: Place) => JSON.parse(place.kept ?? "[]") as readonly ShownIdentifier[];

/** What was there before, then what was typed and is new. */
export function withKept(kept: readonly ShownIdentifier[], reading: SubjectReading): SubjectReading {
  const known = new Set(kept.map(({ identifier }) => keyOf(identifier)));
  const before = kept.map((one): Reading => ({ ...one, input: one.shown, sure: true, notes: [] }));
  return {
    ...reading,
    readings: [...before, ...reading.readings.filter(({ identifier }) => !known.has(keyOf(identifier)))],
  };
}

/** The readings that are meant: those that are sure, unless the person said otherwise. */
export function meant(readings: readonly Reading[], chosen: SubjectDraft["chosen"]): readonly Identifier[] {
  return readings
    .filter(({ identifier, sure }) => chosen[keyOf(identifier)] ?? sure)
    .map(({ identifier }) => identifier)
    .slice(0, 32);
}

/** The subject of a draft; `undefined` while there is no identifier: a name alone never says who is meant. */
export function subjectOf(draft: SubjectDraft, reading: SubjectReading | undefined): Subject | undefined {
  const identifiers = meant(reading?.readings ?? [], draft.chosen);
  if (identifiers.length === 0) return undefined;
  const names = namesOf(draft.name);
  const year = Number(draft.birthYear);
  const [place, employer] = [draft.place.trim().normalize("NFC"), draft.employer.trim().normalize("NFC")];
  return {
    identifiers: [...identifiers],
    ...(names.length === 0 ? {} : { names: names.slice(0, 16) }),
    ...(Number.isInteger(year) && year > 1850 && year < 2200 ? { birthYear: year } : {}),
    ...(place === "" ? {} : { place }),
    ...(employer === "" ? {} : { employer }),
  };
}

/** What a text is read as, anew with every letter. */
export function useReading(draft: SubjectDraft) {
  const engine = useEngine();
  const { value } = useLoaded(
    (options) => engine.subjects.read({ text: draft.text, names: namesOf(draft.name) }, options),
    [draft.text, draft.name],
  );
  return value === undefined ? undefined : withKept(draft.kept, value);
}

/** Everything that says who is meant. */
export function SubjectFields({
  draft,
  reading,
  onChange,
}: {
  readonly draft: SubjectDraft;
  readonly reading: SubjectReading | undefined;
  readonly onChange: (change: Partial<SubjectDraft>) => void;
}) {
  const t = useText();
  return (
    <>
      <TextArea
        label={t("vet.subject.text")}
        hint={t("vet.subject.textHint")}
        value={draft.text}
        onChange={(text) => onChange({ text })}
        required={draft.kept.length === 0}
      />
      <ReadAs reading={reading} chosen={draft.chosen} onChange={(chosen) => onChange({ chosen })} />
      <TextField
        label={t("vet.subject.name")}
        hint={t("vet.subject.nameHint")}
        value={draft.name}
        onChange={(name) => onChange({ name })}
      />
      <Commonness names={reading?.names ?? []} />
      <details open={draft.birthYear + draft.place + draft.employer !== ""}>
        <summary>{t("vet.subject.more")}</summary>
        <div class="stack">
          <p class="soft small">{t("vet.subject.moreHint")}</p>
          <TextField
            label={t("vet.subject.birthYear")}
            type="number"
            value={draft.birthYear}
            onChange={(birthYear) => onChange({ birthYear })}
          />
          <TextField label={t("vet.subject.place")} value={draft.place} onChange={(place) => onChange({ place })} />
          <TextField
            label={t("vet.subject.employer")}
            value={draft.employer}
            onChange={(employer) => onChange({ employer })}
          />
        </div>
      </details>
    </>
  );
}

/** What a text was understood as: each reading can be taken or left. */
export function ReadAs({
  reading,
  chosen,
  onChange,
}: {
  readonly reading: SubjectReading | undefined;
  readonly chosen: SubjectDraft["chosen"];
  readonly onChange: (chosen: SubjectDraft["chosen"]) => void;
}) {
  const t = useText();
  if (reading === undefined || (reading.readings.length === 0 && reading.doubts.length === 0)) return null;
  return (
    <>
      {reading.readings.length > 0 && (
        <fieldset>
          <legend>{t("vet.subject.readAs")}</legend>
          {reading.readings.map((one) => (
            <Check
              key={keyOf(one.identifier)}
              checked={chosen[keyOf(one.identifier)] ?? one.sure}
              onChange={(taken) => onChange({ ...chosen, [keyOf(one.identifier)]: taken })}
              label={
                <>
                  <IdentifierShown of={one} />
                  {!one.sure && <span class="soft"> {t("vet.subject.perhaps")}</span>}
                  {one.notes.map((note) => (
                    <span class="small soft note" key={note}>
                      {t(`vet.note.${note}`)}
                    </span>
                  ))}
                </>
              }
            />
          ))}
        </fieldset>
      )}
      {reading.doubts.map(({ input, code }) => (
        <Notice tone="warn" key={input}>
          <p>
            <bdi class="mono">{input}</bdi> {t(`vet.doubt.${code}`)}
          </p>
        </Notice>
      ))}
      {reading.unread > 0 && <p class="soft small">{t("vet.subject.unread")}</p>}
    </>
  );
}

/** One in how many people bears a name. */
export function Commonness({ names }: { readonly names: readonly NameView[] }) {
  const t = useText();
  const known = names.filter(({ oneIn }) => oneIn !== undefined);
  if (known.length === 0) return null;
  return (
    <ul class="list">
      {known.map(({ name, oneIn = 0 }) => (
        <li key={name} class="soft">
          <bdi>{name}</bdi>: {t(oneIn >= 1_000_000 ? "vet.name.rare" : "vet.name.oneIn", { count: oneIn })}
        </li>
      ))}
    </ul>
  );
}

/** An identifier with its kind. */
export function IdentifierShown({ of: { identifier, shown } }: { readonly of: ShownIdentifier }) {
  const t = useText();
  return (
    <span>
      <span class="soft">{t(`identifier.${identifier.kind}`)}</span> <bdi class="mono">{shown}</bdi>
      {identifier.nameSeen !== undefined && (
        <span class="soft">
          {" "}
          (<bdi>{identifier.nameSeen}</bdi>)
        </span>
      )}
    </span>
  );
}

/** A subject in full. */
export function SubjectShown({ about: { subject, identifiers } }: { readonly about: SubjectView }) {
  const t = useText();
  const beside = [
    subject.birthYear === undefined ? undefined : t("vet.subject.born", { year: String(subject.birthYear) }),
    subject.place,
    subject.employer,
  ].filter((one) => one !== undefined);
  return (
    <div>
      {subject.names !== undefined && (
        <p>
          <strong>
            <bdi>{subject.names.join("; ")}</bdi>
          </strong>
        </p>
      )}
      <ul class="list">
        {identifiers.map((one) => (
          <li key={keyOf(one.identifier)}>
            <IdentifierShown of={one} />
          </li>
        ))}
      </ul>
      {beside.length > 0 && (
        <p class="soft">
          <bdi>{beside.join(" · ")}</bdi>
        </p>
      )}
    </div>
  );
}

/** What a subject is called in a heading: a name where there is one. */
export const titleOf = ({ subject, identifiers }: SubjectView) => subject.names?.[0] ?? identifiers[0]?.shown ?? "";

/** The organization that a subject is, where it is one. */
export const organizationOf = (identifiers: readonly Identifier[]) =>
  identifiers.find(({ kind }) => kind === "organization")?.value as OrganizationId | undefined;
