import { useState } from "preact/hooks";
import type { CircleId, StatementHash } from "../../../client/index.ts";
import type { InquiryView } from "../../engine/vetting/inquiries.ts";
import {
  ActionButton,
  Choices,
  Name,
  Notice,
  Page,
  Section,
  Shown,
  said,
  TextArea,
  Tlp,
  useAction,
  useDraft,
  useEngine,
  useLoaded,
  useOnward,
  useText,
  When,
} from "../../ui/index.ts";
import type { ViewProps } from "../index.ts";
import { noTerms, type Terms, TermsFields, termsOf } from "../statements/terms.tsx";
import { PapShown } from "./case.tsx";
import { Held } from "./held.tsx";
import { SubjectShown } from "./subject.tsx";

type Would = "yes" | "partly" | "no" | "unsaid";
const amounts: Readonly<Record<Would, number | undefined>> = { yes: 120, partly: 40, no: 0, unsaid: undefined };

type AnswerDraft = { readonly answers: readonly string[]; readonly would: Would | ""; readonly terms: Terms };

/** An inquiry of another organization, and the answer to it. Who cannot answer sends nothing. */
export function Inquiry({ place }: ViewProps) {
  const t = useText();
  const engine = useEngine();
  const id = { circle: place.circle as CircleId, hash: place.hash as StatementHash };
  const inquiry = useLoaded((options) => engine.inquiries.show(id, options), []);
  return (
    <Page title={t("vet.inquiry.title")}>
      <Shown loaded={inquiry}>
        {(view) =>
          view === undefined ? (
            <p>{t("vet.inquiry.gone")}</p>
          ) : (
            <>
              <AskedBy view={view} />
              {view.answered ? <p role="status">{t("vet.inquiry.answered")}</p> : <AnswerForm view={view} />}
            </>
          )
        }
      </Shown>
    </Page>
  );
}

function AskedBy({ view }: { readonly view: InquiryView }) {
  const t = useText();
  const [opened, setOpened] = useState(false);
  const { inquiry } = view;
  const { subject } = view.about;
  return (
    <>
      <div class="card stack">
        <p>
          <strong>{t("vet.inquiry.asks", { organization: said(view.organization) })}</strong>{" "}
          <Tlp label={inquiry.tlp} />
        </p>
        <SubjectShown about={view.about} />
        {inquiry.text !== undefined && (
          <p>
            <bdi>{inquiry.text}</bdi>
          </p>
        )}
        <p class="soft">
          <Name of={view.member} /> · <When hour={view.hour} />
          {inquiry.deadline !== undefined && (
            <>
              {" "}
              · {t("vet.until")} <When day={inquiry.deadline} />
            </>
          )}
        </p>
        {inquiry.pap !== undefined && (
          <p>
            <PapShown pap={inquiry.pap} />
          </p>
        )}
      </div>
      <details onToggle={(event) => setOpened(event.currentTarget.open)}>
        <summary>{t("vet.inquiry.held")}</summary>
        <div class="stack">{opened && <Held identifiers={subject.identifiers} names={subject.names ?? []} />}</div>
      </details>
    </>
  );
}

function AnswerForm({ view }: { readonly view: InquiryView }) {
  const t = useText();
  const engine = useEngine();
  const action = useAction();
  const { go } = useOnward();
  const { inquiry } = view;
  const { draft, set, sent } = useDraft<AnswerDraft>(() => ({
    answers: inquiry.questions.map(() => ""),
    would: "",
    terms: { ...noTerms, tlp: "TLP:RED" },
  }));
  const woulds = ["yes", "partly", "no", "unsaid"] as const;
  return (
    <Section title={t("vet.inquiry.answer")}>
      <Notice>
        <p>{t("vet.inquiry.alone", { organization: said(view.organization) })}</p>
        <p>{t("vet.inquiry.silence")}</p>
      </Notice>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          const { would } = draft;
          if (would === "") return;
          const amount = amounts[would];
          action.run(async () => {
            await engine.statements.say({
              circle: view.circle.id,
              draft: {
                kind: "answer",
                ...termsOf(draft.terms),
                target: view.hash,
                subject: inquiry.subject,
                answers: draft.answers.map((one) => one.trim().normalize("NFC")),
                ...(amount === undefined ? {} : { wouldVouch: amount }),
              },
              options: { to: [view.organization.id] },
            });
            sent();
            go({ view: "vet" });
          });
        }}
      >
        {inquiry.questions.map((question, at) => (
          <TextArea
            key={question}
            label={question}
            value={draft.answers[at] ?? ""}
            maxLength={4000}
            onChange={(answer) => set({ answers: draft.answers.map((one, place) => (place === at ? answer : one)) })}
          />
        ))}
        <Choices
          label={t("vet.wouldVouch")}
          required
          value={draft.would === "" ? undefined : draft.would}
          onChange={(would) => set({ would })}
          options={woulds.map((value) => ({ value, label: t(`wouldVouch.${value}`) }))}
        />
        <TermsFields
          terms={draft.terms}
          onChange={(terms) => set({ terms })}
          show={["evidence", "source", "information", "text", "chathamHouse"]}
          needed={["evidence"]}
        />
        <p class="soft small">{t("vet.say.evidenceAgainst")}</p>
        <div class="row">
          <ActionButton action={action}>
            {t("vet.inquiry.send", { organization: said(view.organization) })}
          </ActionButton>
          <button type="button" onClick={() => go({ view: "vet" })}>
            {t("vet.inquiry.cannot")}
          </button>
        </div>
      </form>
    </Section>
  );
}
