/* Saying something about somebody: attestation, red flag; and vouching for an organization. */
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type {
  Attestable,
  CircleId,
  Draft,
  OrganizationId,
  RedFlagCategory,
  Scope,
  Severity,
  Subject,
  VouchBasis,
  VouchRole,
} from "../../../client/index.ts";
import {
  ActionButton,
  Check,
  Choices,
  Name,
  Notice,
  Page,
  Select,
  Shown,
  TextField,
  useAction,
  useDraft,
  useEngine,
  useLoaded,
  useOnward,
  useText,
} from "../../ui/index.ts";
import type { ViewProps } from "../index.ts";
import { dateIn, dayOf, noTerms, type TermName, type Terms, TermsFields, termsOf } from "../statements/terms.tsx";
import { CircleField, Recipients, useCircle } from "./audience.tsx";
import { SubjectShown } from "./subject.tsx";

/** What every form here has: where it is said, to whom, and on which terms. */
type Common = {
  readonly circle: CircleId | undefined;
  readonly to: readonly OrganizationId[];
  readonly terms: Terms;
};

const common = (terms: Partial<Terms>): Common => ({ circle: undefined, to: [], terms: { ...noTerms, ...terms } });

/** A longer stand than this is refused (§7). */
const redFlagMonths = 12;

/** The frame of a form that says something about a subject, from its place to its button. */
function Saying({
  title,
  subject,
  draft,
  set,
  sent,
  made,
  show,
  needed = [],
  label,
  children,
}: {
  readonly title: string;
  readonly subject?: Subject;
  readonly draft: Common;
  readonly set: (change: Partial<Common>) => void;
  readonly sent: () => void;
  /** The statement, without its terms. */
  readonly made: () => Draft;
  readonly show: readonly TermName[];
  readonly needed?: readonly TermName[];
  readonly label: string;
  readonly children: ComponentChildren;
}) {
  const t = useText();
  const engine = useEngine();
  const action = useAction();
  const { back } = useOnward();
  const choice = useCircle(draft.circle);
  const named = draft.terms.tlp === "TLP:RED";
  const [tried, setTried] = useState(false);
  const missing = named && draft.to.length === 0;
  return (
    <Page title={title}>
      {subject !== undefined && <About subject={subject} />}
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          const { circle } = choice;
          setTried(true);
          if (circle === undefined || missing) return;
          action.run(async () => {
            await engine.statements.say({
              circle,
              draft: made(),
              options: {
                ...(named ? { to: draft.to } : {}),
                ...(draft.terms.forwardable ? { forwardable: true } : {}),
              },
            });
            sent();
            back();
          });
        }}
      >
        {children}
        <TermsFields terms={draft.terms} onChange={(terms) => set({ terms })} show={show} needed={needed} />
        <CircleField of={choice} onChange={(circle) => set({ circle, to: [] })} />
        {named && (
          <Recipients
            legend={t("term.to")}
            circle={choice.circle}
            identifiers={subject?.identifiers ?? []}
            chosen={draft.to}
            missing={tried && missing}
            onChange={(to) => set({ to })}
          />
        )}
        <Notice>
          <p>{t("vet.say.evidenceAgainst")}</p>
        </Notice>
        <ActionButton action={action}>{label}</ActionButton>
      </form>
    </Page>
  );
}

/** Whom it is about, read again from what came along. */
function About({ subject }: { readonly subject: Subject }) {
  const engine = useEngine();
  const about = useLoaded((options) => engine.subjects.shown({ subject }, options), []);
  return (
    <div class="card">
      <Shown loaded={about}>{(value) => <SubjectShown about={value} />}</Shown>
    </div>
  );
}

const subjectAt = (place: ViewProps["place"]) => JSON.parse(place.subject ?? "") as Subject;

/** What is known for somebody. */
export function Attest({ place }: ViewProps) {
  const t = useText();
  const subject = subjectAt(place);
  const { draft, set, sent } = useDraft<Common & { readonly attests: Attestable }>(() => ({
    ...common({ expires: "" }),
    attests: "delivered-work",
  }));
  const kinds = [
    "identity",
    "affiliation",
    "delivered-work",
    "security-practice",
    "editorial-reliability",
  ] as const satisfies readonly Attestable[];
  return (
    <Saying
      title={t("vet.attest.title")}
      subject={subject}
      draft={draft}
      set={set}
      sent={sent}
      made={() => ({ kind: "attestation", ...termsOf(draft.terms), subject, attests: draft.attests })}
      show={["evidence", "text", "event", "expires", "source", "information", "tlp", "chathamHouse", "forwardable"]}
      needed={["evidence"]}
      label={t("vet.attest.do")}
    >
      <Select
        label={t("vet.attest.what")}
        value={draft.attests}
        onChange={(attests) => set({ attests })}
        options={kinds.map((value) => ({ value, label: t(`attests.${value}`) }))}
      />
    </Saying>
  );
}

/** A warning. It needs a way of knowing and an end, and attaches to identifiers, never to a name alone. */
export function Flag({ place }: ViewProps) {
  const t = useText();
  const subject = subjectAt(place);
  const { draft, set, sent } = useDraft<
    Common & { readonly category: RedFlagCategory | ""; readonly severity: Severity }
  >(() => ({ ...common({ expires: dateIn(180) }), category: "", severity: "medium" }));
  const { category } = draft;
  const categories = [
    "impersonation",
    "infiltration",
    "state-linked",
    "phishing",
    "fake-tip",
    "harassment",
    "financial-misconduct",
    "account-compromised",
  ] as const satisfies readonly RedFlagCategory[];
  const severities = ["low", "medium", "high", "critical"] as const satisfies readonly Severity[];
  return (
    <Saying
      title={t("vet.flag.title")}
      subject={subject}
      draft={draft}
      set={set}
      sent={sent}
      made={() => ({
        kind: "red-flag",
        ...termsOf(draft.terms),
        subject,
        category: category as RedFlagCategory,
        severity: draft.severity,
      })}
      show={["evidence", "text", "event", "expires", "source", "information", "tlp", "chathamHouse", "forwardable"]}
      needed={["evidence", "expires"]}
      label={t("vet.flag.do")}
    >
      <Notice tone="warn">
        <p>{t("vet.flag.care", { months: redFlagMonths })}</p>
      </Notice>
      <Choices
        label={t("vet.flag.category")}
        required
        value={category === "" ? undefined : category}
        onChange={(chosen) => set({ category: chosen })}
        options={categories.map((value) => ({ value, label: t(`category.${value}`) }))}
      />
      <Select
        label={t("vet.flag.severity")}
        value={draft.severity}
        onChange={(severity) => set({ severity })}
        options={severities.map((value) => ({ value, label: t(`severity.${value}`) }))}
      />
    </Saying>
  );
}

const scopes = ["people", "tips", "security"] as const satisfies readonly Scope[];
const amounts = { full: 120, partial: 40, none: 0 } as const;

type VouchDraft = Common & {
  readonly amount: keyof typeof amounts;
  readonly role: VouchRole;
  readonly scopes: readonly Scope[];
  readonly basis: VouchBasis;
  readonly since: string;
};

/** Trust in an organization: its word is then heard, and if so wished the words of those it vouches for. */
export function Vouch({ place }: ViewProps) {
  const t = useText();
  const engine = useEngine();
  const vouched = place.organization as OrganizationId;
  const { draft, set, sent } = useDraft<VouchDraft>(() => ({
    ...common({ expires: dateIn(365) }),
    amount: "full",
    role: "heard",
    scopes,
    basis: "met-in-person",
    since: "",
  }));
  const named = useLoaded((options) => engine.subjects.organization({ id: vouched }, options), []);
  const bases = ["worked-together", "met-in-person", "online-only"] as const satisfies readonly VouchBasis[];
  return (
    <Saying
      title={t("vet.vouch.title")}
      draft={draft}
      set={set}
      sent={sent}
      made={() => {
        const since = dayOf(draft.since);
        return {
          kind: "vouch",
          ...termsOf(draft.terms),
          vouched,
          amount: amounts[draft.amount],
          role: draft.role,
          // None and all are the same: a vouch without scopes covers everything (§7).
          ...(draft.scopes.length % scopes.length === 0 ? {} : { scopes: [...draft.scopes] }),
          basis: draft.basis,
          ...(since === undefined ? {} : { since }),
        };
      }}
      show={["text", "expires", "tlp"]}
      needed={["expires"]}
      label={t("vet.vouch.do")}
    >
      <p class="sentence">
        <Shown loaded={named}>{(value) => <Name of={value} />}</Shown>
      </p>
      <p>{t("vet.vouch.what")}</p>
      <Choices
        label={t("vet.vouch.amount")}
        value={draft.amount}
        onChange={(amount) => set({ amount })}
        options={(["full", "partial", "none"] as const).map((value) => ({ value, label: t(`vet.vouch.${value}`) }))}
      />
      <Choices
        label={t("vet.vouch.role")}
        value={draft.role}
        onChange={(role) => set({ role })}
        options={(["heard", "may-introduce"] as const).map((value) => ({ value, label: t(`vouchRole.${value}`) }))}
      />
      <fieldset>
        <legend>{t("vet.vouch.scopes")}</legend>
        {scopes.map((scope) => (
          <Check
            key={scope}
            label={t(`scope.${scope}`)}
            checked={draft.scopes.includes(scope)}
            onChange={(taken) =>
              set({ scopes: scopes.filter((one) => (one === scope ? taken : draft.scopes.includes(one))) })
            }
          />
        ))}
      </fieldset>
      <Select
        label={t("vet.vouch.basis")}
        value={draft.basis}
        onChange={(basis) => set({ basis })}
        options={bases.map((value) => ({ value, label: t(`basis.${value}`) }))}
      />
      <TextField label={t("vet.vouch.since")} type="date" value={draft.since} onChange={(since) => set({ since })} />
    </Saying>
  );
}
