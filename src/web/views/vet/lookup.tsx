import { Notice, Page, TextField, useDraft, useNavigation, useText } from "../../ui/index.ts";
import type { ViewProps } from "../index.ts";
import { Held, Similar } from "./held.tsx";
import { Commonness, keptAt, meant, noSubject, organizationOf, ReadAs, subjectOf, useReading } from "./subject.tsx";

/** What is known about whoever is meant, without any case. */
export function LookUp({ place }: ViewProps) {
  const t = useText();
  const { go } = useNavigation();
  const { draft, set } = useDraft(() => ({ ...noSubject, kept: keptAt(place), text: place.text ?? "" }));
  const reading = useReading(draft);
  const identifiers = meant(reading?.readings ?? [], draft.chosen);
  const names = reading?.names ?? [];
  const subject = subjectOf(draft, reading);
  const organization = organizationOf(identifiers);
  const to = (view: string) => () => go({ view, subject: JSON.stringify(subject) });
  return (
    <Page title={t("vet.lookup.title")}>
      <TextField
        label={t("vet.lookup.text")}
        hint={t("vet.lookup.hint")}
        value={draft.text}
        onChange={(text) => set({ text })}
      />
      <ReadAs reading={reading} chosen={draft.chosen} onChange={(chosen) => set({ chosen })} />
      <Commonness names={names} />
      {identifiers.length > 0 ? (
        <>
          <Held identifiers={identifiers} names={names.map(({ name }) => name)} />
          <div class="row">
            <button
              type="button"
              onClick={() => go({ view: "case-open", text: draft.text, kept: JSON.stringify(draft.kept) })}
            >
              {t("vet.case.open")}
            </button>
            <button type="button" onClick={to("ask")}>
              {t("vet.ask.open")}
            </button>
            <button type="button" onClick={to("attest")}>
              {t("vet.attest.title")}
            </button>
            <button type="button" onClick={to("flag")}>
              {t("vet.flag.title")}
            </button>
            {organization !== undefined && (
              <button type="button" onClick={() => go({ view: "vouch", organization })}>
                {t("vet.vouch.title")}
              </button>
            )}
          </div>
        </>
      ) : (
        reading !== undefined &&
        draft.text.trim() !== "" && (
          <>
            <Notice title={t("vet.lookup.nameAlone")}>
              <p>{t("vet.lookup.nameAloneHint")}</p>
            </Notice>
            <Similar names={names.map(({ name }) => name)} except={[]} />
          </>
        )
      )}
    </Page>
  );
}
