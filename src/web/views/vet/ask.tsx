import { useState } from "preact/hooks";
import type { CircleId, OrganizationId, Pap, Subject } from "../../../client/index.ts";
import {
  ActionButton,
  Choices,
  Notice,
  Page,
  TextArea,
  TextField,
  Tlp,
  useAction,
  useDraft,
  useEngine,
  useOnward,
  useText,
} from "../../ui/index.ts";
import type { ViewProps } from "../index.ts";
import { dateIn, dayOf, noTerms, TermsFields } from "../statements/terms.tsx";
import { CircleField, Recipients, useCircle } from "./audience.tsx";

type AskDraft = {
  readonly circle: CircleId | undefined;
  readonly audience: "named" | "circle";
  readonly to: readonly OrganizationId[];
  readonly questions: readonly string[];
  readonly text: string;
  readonly deadline: string;
  readonly pap: Pap | "";
};

const prefilled = ["vet.ask.how", "vet.ask.since", "vet.ask.inPerson", "vet.ask.trust", "vet.ask.doubts"] as const;

/** Asks those who may know somebody. */
export function Ask({ place }: ViewProps) {
  const t = useText();
  const engine = useEngine();
  const action = useAction();
  const { back } = useOnward();
  const subject = JSON.parse(place.subject ?? "") as Subject;
  const { draft, set, sent } = useDraft<AskDraft>(() => ({
    circle: undefined,
    audience: "named",
    to: [],
    questions: prefilled.map((key) => t(key)),
    text: "",
    deadline: dateIn(14),
    pap: (place.pap ?? "") as Pap | "",
  }));
  const choice = useCircle(draft.circle);
  const questions = draft.questions.map((one) => one.trim().normalize("NFC")).filter((one) => one !== "");
  const forbidden = place.pap === "PAP:RED";
  const named = draft.audience === "named";
  const [tried, setTried] = useState(false);
  const missing = named && draft.to.length === 0;
  return (
    <Page title={t("vet.ask.title")}>
      {forbidden && (
        <Notice tone="bad">
          <p>{t("vet.ask.forbidden")}</p>
        </Notice>
      )}
      <p>{t("vet.ask.sensitive")}</p>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          const { circle } = choice;
          setTried(true);
          if (circle === undefined || missing || questions.length === 0) return;
          const deadline = dayOf(draft.deadline);
          const text = draft.text.trim().normalize("NFC");
          action.run(async () => {
            await engine.statements.say({
              circle,
              draft: {
                kind: "inquiry",
                tlp: named ? "TLP:RED" : "TLP:AMBER",
                subject,
                questions,
                ...(text === "" ? {} : { text }),
                ...(deadline === undefined ? {} : { deadline }),
                ...(draft.pap === "" ? {} : { pap: draft.pap }),
              },
              ...(named ? { options: { to: draft.to } } : {}),
            });
            sent();
            back();
          });
        }}
      >
        <CircleField of={choice} onChange={(circle) => set({ circle, to: [] })} />
        <Choices
          label={t("vet.ask.audience")}
          value={draft.audience}
          onChange={(audience) => set({ audience })}
          options={[
            { value: "named", label: t("vet.ask.named") },
            { value: "circle", label: t("vet.ask.circle") },
          ]}
        />
        <p>
          <Tlp label={named ? "TLP:RED" : "TLP:AMBER"} /> {t(named ? "tlp.RED" : "tlp.AMBER")}
        </p>
        {named && (
          <Recipients
            legend={t("vet.ask.whom")}
            circle={choice.circle}
            identifiers={subject.identifiers}
            chosen={draft.to}
            missing={tried && missing}
            onChange={(to) => set({ to })}
          />
        )}
        <fieldset class="stack">
          <legend>{t("vet.ask.questions")}</legend>
          {draft.questions.map((question, at) => (
            <TextField
              key={at}
              label={t("vet.ask.question", { number: at + 1 })}
              value={question}
              required={at === 0}
              maxLength={1000}
              onChange={(changed) =>
                set({ questions: draft.questions.map((one, place) => (place === at ? changed : one)) })
              }
            />
          ))}
          <p>
            <button type="button" onClick={() => set({ questions: [...draft.questions, ""] })}>
              {t("vet.ask.more")}
            </button>
          </p>
        </fieldset>
        <TextArea
          label={t("vet.ask.text")}
          hint={t("vet.ask.textHint")}
          value={draft.text}
          onChange={(text) => set({ text })}
        />
        <TextField
          label={t("vet.ask.deadline")}
          type="date"
          value={draft.deadline}
          onChange={(deadline) => set({ deadline })}
        />
        <TermsFields terms={{ ...noTerms, pap: draft.pap }} onChange={({ pap }) => set({ pap })} show={["pap"]} />
        <ActionButton action={action} disabled={forbidden}>
          {t("vet.ask.do")}
        </ActionButton>
      </form>
    </Page>
  );
}
