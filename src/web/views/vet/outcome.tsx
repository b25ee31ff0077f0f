import { useState } from "preact/hooks";
import type { CircleId, OrganizationId } from "../../../client/index.ts";
import type { CaseView, DecisionView } from "../../engine/vetting/cases.ts";
import {
  ActionButton,
  Page,
  Section,
  Shown,
  TextArea,
  useAction,
  useDraft,
  useEngine,
  useLoaded,
  useOnward,
  useText,
} from "../../ui/index.ts";
import type { ViewProps } from "../index.ts";
import { CircleField, Recipients, useCircle } from "./audience.tsx";
import { useCase } from "./case.tsx";

/** After the decision: the vettors hear of it, and what became of it is written down. */
export function Outcome({ place }: ViewProps) {
  const t = useText();
  const view = useCase(place);
  return (
    <Page title={t("vet.step.outcome")}>
      <Shown loaded={view}>
        {(value) =>
          value.decision === undefined ? (
            <p>{t("vet.case.undecided")}</p>
          ) : (
            <>
              <Tell view={value} decision={value.decision} />
              <Became view={value} decision={value.decision} />
            </>
          )
        }
      </Shown>
    </Page>
  );
}

type Decided = { readonly view: CaseView; readonly decision: DecisionView };

/** The verdict to those who answered, each of them by name: nobody else learns that there was a decision. */
function Tell({ view, decision }: Decided) {
  const t = useText();
  const engine = useEngine();
  const action = useAction();
  const [done, setDone] = useState(false);
  const [tried, setTried] = useState(false);
  const { subject } = view.statement;
  const { draft, set, sent } = useDraft<{
    circle: CircleId | undefined;
    to: readonly OrganizationId[] | undefined;
    text: string;
    became: string;
  }>(() => ({ circle: undefined, to: undefined, text: "", became: "" }));
  const asked = useLoaded((options) => engine.inquiries.asked({ identifiers: subject.identifiers }, options), []);
  const answered = asked.value?.find(({ answers }) => answers.length > 0);
  const choice = useCircle(draft.circle ?? answered?.circle.id);
  const to =
    draft.to ?? (answered === undefined ? [] : [...new Set(answered.answers.map((one) => one.organization.id))]);
  return (
    <Section title={t("vet.outcome.tell")}>
      <p>{t("vet.outcome.tellHint")}</p>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          const { circle } = choice;
          setTried(true);
          if (circle === undefined || to.length === 0) return;
          const text = draft.text.trim().normalize("NFC");
          const { verdict, limits } = decision.decision;
          action.run(async () => {
            await engine.statements.say({
              circle,
              draft: {
                kind: "decision",
                tlp: "TLP:RED",
                subject,
                verdict,
                ...(limits === undefined ? {} : { limits }),
                ...(text === "" ? {} : { text }),
              },
              options: { to },
            });
            sent();
            setDone(true);
          });
        }}
      >
        <CircleField of={choice} onChange={(circle) => set({ circle, to: [] })} />
        <Recipients
          legend={t("vet.outcome.whom")}
          circle={choice.circle}
          identifiers={subject.identifiers}
          chosen={to}
          missing={tried && to.length === 0}
          onChange={(chosen) => set({ to: chosen })}
        />
        <TextArea label={t("vet.outcome.text")} value={draft.text} onChange={(text) => set({ text })} />
        <ActionButton action={action}>{t("vet.outcome.tellDo")}</ActionButton>
        {done && <p role="status">{t("vet.outcome.told")}</p>}
      </form>
    </Section>
  );
}

/** What became of it, in the own circle; those who trust this organization learn only what it attests or warns of. */
function Became({ view, decision }: Decided) {
  const t = useText();
  const engine = useEngine();
  const action = useAction();
  const { go } = useOnward();
  const [text, setText] = useState("");
  const subject = JSON.stringify(view.statement.subject);
  return (
    <Section title={t("vet.outcome.became")}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          action.run(async () => {
            await engine.statements.say({
              circle: view.circle.id,
              draft: {
                kind: "position",
                tlp: "TLP:AMBER+STRICT",
                target: decision.hash,
                opinion: "neutral",
                text: text.trim().normalize("NFC"),
              },
            });
            go({ view: "case", circle: view.circle.id, hash: view.hash });
          });
        }}
      >
        <TextArea
          label={t("vet.outcome.becameText")}
          hint={t("vet.outcome.becameHint")}
          value={text}
          onChange={setText}
          required
        />
        <ActionButton action={action} tone="usual">
          {t("vet.outcome.becameDo")}
        </ActionButton>
      </form>
      <p>{t("vet.outcome.others")}</p>
      <div class="row">
        <button type="button" onClick={() => go({ view: "attest", subject })}>
          {t("vet.attest.title")}
        </button>
        <button type="button" onClick={() => go({ view: "flag", subject })}>
          {t("vet.flag.title")}
        </button>
      </div>
    </Section>
  );
}
