import type { CircleId, Pap, StatementHash } from "../../../client/index.ts";
import type { CaseView } from "../../engine/vetting/cases.ts";
import {
  ActionButton,
  Page,
  Section,
  Select,
  Shown,
  TextArea,
  TextField,
  useAction,
  useDraft,
  useEngine,
  useLoaded,
  useOnward,
  useText,
} from "../../ui/index.ts";
import type { ViewProps } from "../index.ts";
import { dateIn, dateOf, dayOf } from "../statements/terms.tsx";
import { draftOf, keptAt, noSubject, type SubjectDraft, SubjectFields, subjectOf, useReading } from "./subject.tsx";

type CaseDraft = {
  readonly subject: SubjectDraft;
  readonly purpose: string;
  readonly access: string;
  readonly deadline: string;
  readonly pap: Pap;
};

/** Opens a case; offers to found the own organization's circle with the first one. */
export function OpenCase({ place }: ViewProps) {
  const t = useText();
  const engine = useEngine();
  const own = useLoaded((options) => engine.cases.own(undefined, options), []);
  return (
    <Page title={t("vet.case.open")}>
      <Shown loaded={own}>
        {({ circles: [first], address }) =>
          first === undefined ? (
            <FoundOwn address={address} onFounded={own.reload} />
          ) : (
            <CaseForm circle={first.id} start={{ ...noSubject, kept: keptAt(place), text: place.text ?? "" }} />
          )
        }
      </Shown>
    </Page>
  );
}

/** Changes what a case says of itself. */
export function EditCase({ place }: ViewProps) {
  const t = useText();
  const engine = useEngine();
  const id = { circle: place.circle as CircleId, hash: place.hash as StatementHash };
  const view = useLoaded((options) => engine.cases.show(id, options), []);
  return (
    <Page title={t("vet.case.edit")}>
      <Shown loaded={view}>
        {(value) => <CaseForm circle={id.circle} before={value} start={draftOf(value.about)} />}
      </Shown>
    </Page>
  );
}

function FoundOwn({ address, onFounded }: { readonly address: string | undefined; readonly onFounded: () => void }) {
  const t = useText();
  const engine = useEngine();
  const action = useAction();
  const { draft, set } = useDraft(
    () => ({
      label: t("vet.own.label"),
      address: address ?? (location.protocol.startsWith("http") ? location.origin : ""),
      token: "",
    }),
    "own",
  );
  return (
    <Section title={t("vet.own.title")}>
      <p>{t("vet.own.why")}</p>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          const { label, address: where, token } = draft;
          const founding = { label, address: where, ...(token === "" ? {} : { foundingToken: token }) };
          action.run(async () => {
            await engine.circles.found({ ...founding, kind: "organization" });
            onFounded();
          });
        }}
      >
        <TextField
          label={t("found.label")}
          hint={t("found.labelHint")}
          value={draft.label}
          onChange={(label) => set({ label })}
          required
        />
        <details>
          <summary>{t("vet.own.where")}</summary>
          <div class="stack">
            <TextField
              label={t("found.address")}
              value={draft.address}
              onChange={(where) => set({ address: where })}
              required
            />
            <TextField
              label={t("found.token")}
              hint={t("found.tokenHint")}
              value={draft.token}
              onChange={(token) => set({ token })}
            />
          </div>
        </details>
        <ActionButton action={action}>{t("vet.own.found")}</ActionButton>
      </form>
    </Section>
  );
}

function CaseForm({
  circle,
  before,
  start,
}: {
  readonly circle: CircleId;
  readonly before?: CaseView;
  readonly start: SubjectDraft;
}) {
  const t = useText();
  const engine = useEngine();
  const action = useAction();
  const { go } = useOnward();
  const { draft, set, sent } = useDraft<CaseDraft>(() => ({
    subject: start,
    purpose: before?.statement.purpose ?? "",
    access: before?.statement.access ?? "",
    deadline: before?.statement.deadline === undefined ? dateIn(30) : dateOf(before.statement.deadline),
    pap: before?.statement.pap ?? "PAP:AMBER",
  }));
  const reading = useReading(draft.subject);
  const subject = subjectOf(draft.subject, reading);
  const paps = ["PAP:RED", "PAP:AMBER", "PAP:GREEN", "PAP:CLEAR"] as const;
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (subject === undefined) return;
        const deadline = dayOf(draft.deadline);
        const terms = {
          subject,
          purpose: draft.purpose.trim().normalize("NFC"),
          access: draft.access.trim().normalize("NFC"),
          pap: draft.pap,
          ...(deadline === undefined ? {} : { deadline }),
        };
        action.run(async () => {
          if (before === undefined) {
            const opened = await engine.statements.say({
              circle,
              draft: { kind: "case", tlp: "TLP:AMBER+STRICT", ...terms },
            });
            sent();
            go({ view: "case", circle, hash: opened.hash });
          } else {
            await engine.cases.change({ circle, hash: before.hash, change: terms });
            sent();
            go({ view: "case", circle, hash: before.hash });
          }
        });
      }}
    >
      <Section title={t("vet.case.who")}>
        <SubjectFields
          draft={draft.subject}
          reading={reading}
          onChange={(change) => set({ subject: { ...draft.subject, ...change } })}
        />
        {draft.subject.text.trim() !== "" && reading !== undefined && subject === undefined && (
          <p class="wrong">{t("vet.lookup.nameAloneHint")}</p>
        )}
      </Section>
      <Section title={t("vet.case.whatFor")}>
        <TextField
          label={t("vet.case.purpose")}
          hint={t("vet.case.purposeHint")}
          value={draft.purpose}
          onChange={(purpose) => set({ purpose })}
          required
        />
        <TextArea
          label={t("vet.case.access")}
          hint={t("vet.case.accessHint")}
          value={draft.access}
          onChange={(access) => set({ access })}
          required
        />
        <TextField
          label={t("vet.case.deadline")}
          type="date"
          value={draft.deadline}
          onChange={(deadline) => set({ deadline })}
        />
        <Select
          label={t("vet.case.pap")}
          value={draft.pap}
          onChange={(pap) => set({ pap })}
          options={paps.map((value) => ({
            value,
            label: `${value} · ${t(`pap.${papName(value)}`)}`,
          }))}
        />
      </Section>
      <ActionButton action={action} disabled={subject === undefined}>
        {t(before === undefined ? "vet.case.open" : "vet.case.save")}
      </ActionButton>
    </form>
  );
}

const papName = (pap: Pap) => pap.slice(4) as "RED" | "AMBER" | "GREEN" | "CLEAR";
