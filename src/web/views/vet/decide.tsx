import type { Verdict } from "../../../client/index.ts";
import type { CaseView } from "../../engine/vetting/cases.ts";
import {
  ActionButton,
  Choices,
  Page,
  Section,
  Shown,
  TextArea,
  TextField,
  useAction,
  useDraft,
  useEngine,
  useFrame,
  useLoaded,
  useOnward,
  useText,
} from "../../ui/index.ts";
import type { ViewProps } from "../index.ts";
import { dateIn, dayOf } from "../statements/terms.tsx";
import { useCase } from "./case.tsx";

type DecisionDraft = {
  readonly verdict: Verdict | "";
  readonly reasons: string;
  readonly limits: string;
  readonly review: string;
  /** Whether the candidate hears of it: then how to contest it, else why not. */
  readonly told: "told" | "untold" | "";
  readonly toldText: string;
};

/** Decides on a case. It stands as one member's alone until a second one signs it. */
export function Decide({ place }: ViewProps) {
  const t = useText();
  const view = useCase(place);
  return (
    <Page title={t("vet.step.decide")}>
      <p>{t("vet.decide.what")}</p>
      <Shown loaded={view}>{(value) => <DecisionForm view={value} />}</Shown>
    </Page>
  );
}

function DecisionForm({ view }: { readonly view: CaseView }) {
  const { t, language } = useFrame();
  const engine = useEngine();
  const action = useAction();
  const { go } = useOnward();
  const { draft, set, sent } = useDraft<DecisionDraft>(() => ({
    verdict: "",
    reasons: "",
    limits: "",
    review: dateIn(180),
    told: "",
    toldText: "",
  }));
  const { identifiers } = view.statement.subject;
  const check = useLoaded(
    (options) => engine.subjects.check({ identifiers, language: language.code }, options),
    [JSON.stringify(identifiers), language.code],
  );
  const verdicts = ["yes", "yes-with-limits", "not-now", "no"] as const;
  const { verdict, told } = draft;
  const toldText = draft.toldText.trim().normalize("NFC");
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (verdict === "" || told === "") return;
        const review = dayOf(draft.review);
        action.run(async () => {
          await engine.statements.say({
            circle: view.circle.id,
            draft: {
              kind: "decision",
              tlp: "TLP:AMBER+STRICT",
              subject: view.statement.subject,
              verdict,
              text: draft.reasons.trim().normalize("NFC"),
              ...(verdict === "yes-with-limits" ? { limits: draft.limits.trim().normalize("NFC") } : {}),
              ...(review === undefined ? {} : { review }),
              ...(told === "told" ? { contest: toldText } : { untold: toldText }),
            },
          });
          sent();
          go({ view: "case", circle: view.circle.id, hash: view.hash });
        });
      }}
    >
      {check.value !== undefined && <p class="sentence">{check.value.now.sentence}</p>}
      <Choices
        label={t("vet.decide.verdict")}
        required
        value={verdict === "" ? undefined : verdict}
        onChange={(chosen) => set({ verdict: chosen })}
        options={verdicts.map((value) => ({ value, label: t(`verdict.${value}`) }))}
      />
      {verdict === "yes-with-limits" && (
        <TextArea
          label={t("vet.decision.limits")}
          hint={t("vet.decide.limitsHint")}
          value={draft.limits}
          onChange={(limits) => set({ limits })}
          required
        />
      )}
      <TextArea
        label={t("vet.decide.reasons")}
        value={draft.reasons}
        onChange={(reasons) => set({ reasons })}
        required
      />
      <TextField
        label={t("vet.decide.review")}
        type="date"
        value={draft.review}
        onChange={(review) => set({ review })}
        required
      />
      <Section title={t("vet.decide.candidate")}>
        <Choices
          label={t("vet.decide.told")}
          required
          value={told === "" ? undefined : told}
          onChange={(chosen) => set({ told: chosen })}
          options={[
            { value: "told", label: t("vet.decide.toldYes") },
            { value: "untold", label: t("vet.decide.toldNo") },
          ]}
        />
        {told !== "" && (
          <TextArea
            label={t(told === "told" ? "vet.decision.contest" : "vet.decision.untold")}
            value={draft.toldText}
            onChange={(text) => set({ toldText: text })}
            required
          />
        )}
      </Section>
      <ActionButton action={action}>{t("vet.decide.do")}</ActionButton>
    </form>
  );
}
