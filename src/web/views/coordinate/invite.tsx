import { useRef, useState } from "preact/hooks";
import type { OrganizationId } from "../../../client/index.ts";
import type { NewInvitation } from "../../engine/roster/invitations.ts";
import type { RosterView } from "../../engine/roster/overview.ts";
import {
  ActionButton,
  Choices,
  Notice,
  Qr,
  Select,
  Shown,
  useAction,
  useEngine,
  useLoaded,
  useNavigation,
  useText,
  When,
} from "../../ui/index.ts";
import type { ViewProps } from "../index.ts";
import { CirclePage, circleAt } from "./frame.tsx";

type Made = { readonly link: string; readonly expires: number };

/** Makes an invitation, and shows it once: it is handed over outside, to one person. */
export function Invite({ place }: ViewProps) {
  const t = useText();
  const engine = useEngine();
  const circle = circleAt(place);
  const roster = useLoaded(() => engine.roster.show({ circle }), [circle]);
  const [made, setMade] = useState<Made | undefined>(undefined);
  return (
    <CirclePage place={place} part="circle-admission" title={t(made === undefined ? "invite.title" : "invite.made")}>
      {made !== undefined ? (
        <Handover made={made} place={place} />
      ) : (
        <Shown loaded={roster}>{(view) => <Form view={view} place={place} onMade={setMade} />}</Shown>
      )}
    </CirclePage>
  );
}

const hoursOffered = ["24", "72", "168"] as const;

function Form({
  view,
  place,
  onMade,
}: {
  readonly view: RosterView;
  readonly place: ViewProps["place"];
  readonly onMade: (made: Made) => void;
}) {
  const t = useText();
  const engine = useEngine();
  const action = useAction();
  const ownCircle = view.policy.kind === "organization";
  const present = view.organizations.filter(({ status }) => status !== "removed");
  const [kind, setKind] = useState<"new" | "known">(place.organization === undefined ? "new" : "known");
  const [organization, setOrganization] = useState(place.organization ?? present[0]?.id ?? "");
  const [role, setRole] = useState<NewInvitation["role"]>("contributor");
  const [hours, setHours] = useState<(typeof hoursOffered)[number]>("72");
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        action.run(async () => {
          const known = !ownCircle && kind === "known";
          const options = { circle: view.circle.id, role, hours: Number(hours) };
          onMade(
            await engine.invitations.make(
              known ? { ...options, organization: organization as OrganizationId } : options,
            ),
          );
        });
      }}
    >
      <p>{t("invite.what")}</p>
      {!ownCircle && (
        <Choices
          label={t("invite.whom")}
          value={kind}
          onChange={setKind}
          options={[
            { value: "new", label: t("invite.new") },
            { value: "known", label: t("invite.known") },
          ]}
        />
      )}
      {!ownCircle && kind === "known" && (
        <Select
          label={t("invite.organization")}
          value={organization}
          onChange={setOrganization}
          options={present.map(({ id, name }) => ({ value: id, label: name ?? id.slice(0, 8) }))}
        />
      )}
      <Choices
        label={t("invite.role")}
        value={role}
        onChange={setRole}
        options={[
          { value: "contributor", label: t("invite.contributor") },
          { value: "reader", label: t("invite.reader") },
        ]}
      />
      <p class="soft">{t("invite.coordinator")}</p>
      <Select
        label={t("invite.hours")}
        hint={t("invite.hoursHint")}
        value={hours}
        onChange={setHours}
        options={hoursOffered.map((value) => ({ value, label: t("invite.lasts", { hours: Number(value) }) }))}
      />
      <ActionButton action={action}>{t("invite.do")}</ActionButton>
    </form>
  );
}

function Handover({ made, place }: { readonly made: Made; readonly place: ViewProps["place"] }) {
  const t = useText();
  const { go } = useNavigation();
  const [copied, setCopied] = useState(false);
  const link = useRef<HTMLTextAreaElement>(null);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(made.link);
      setCopied(true);
    } catch {
      // Not everywhere may a page write there: then the link is marked, ready for the person's own keys.
      link.current?.select();
    }
  };
  return (
    <>
      <Notice tone="warn" title={t("invite.outside")}>
        <p>{t("invite.outsideText")}</p>
      </Notice>
      <div class="columns">
        <div class="stack">
          <div class="field">
            <label for="invitation-link">{t("invite.link")}</label>
            <textarea ref={link} id="invitation-link" class="mono" dir="ltr" readOnly value={made.link} rows={6} />
          </div>
          <div class="row">
            <button type="button" onClick={copy}>
              {t("invite.copy")}
            </button>
            <span role="status">{copied ? t("invite.copied") : ""}</span>
          </div>
          <p>
            {t("invite.until")} <When hour={made.expires} />
          </p>
        </div>
        <Qr text={made.link} label={t("invite.qr")} />
      </div>
      <p>{t("invite.next")}</p>
      <p>
        <button type="button" class="primary" onClick={() => go({ view: "circle-admission", circle: circleAt(place) })}>
          {t("invite.handed")}
        </button>
      </p>
    </>
  );
}
