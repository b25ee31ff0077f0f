import { useState } from "preact/hooks";
import type { CircleId, OrganizationId } from "../../../client/index.ts";
import type { OrganizationView } from "../../engine/roster/members.ts";
import type { Outcome } from "../../engine/roster/shared.ts";
import type { VouchView } from "../../engine/roster/vouches.ts";
import {
  Name,
  Notice,
  Section,
  Shown,
  said,
  Tag,
  useEngine,
  useLoaded,
  useNavigation,
  useText,
  When,
} from "../../ui/index.ts";
import type { ViewProps } from "../index.ts";
import { Act, Exclude } from "./acts.tsx";
import { CirclePage, circleAt, Done } from "./frame.tsx";
import { MarkTags } from "./marks.tsx";
import { MemberButton } from "./people.tsx";

/** One organization: its members, whom it vouches for, and what can be done. */
export function OrganizationPage({ place }: ViewProps) {
  const t = useText();
  const engine = useEngine();
  const circle = circleAt(place);
  const organization = place.organization as OrganizationId;
  const found = useLoaded(() => engine.members.organization({ circle, organization }), [circle, organization]);
  const [outcome, setOutcome] = useState<Outcome | undefined>(undefined);
  return (
    <CirclePage place={place} part="circle" title={found.value?.name ?? t("organization.title")}>
      <Shown loaded={found}>
        {(view) => (
          <>
            <Done outcome={outcome} place={place} />
            <Standing view={view} />
            <Members circle={circle} view={view} />
            <Acts circle={circle} view={view} onDone={setOutcome} />
            <Section title={t("vouch.by")}>
              <Vouches vouches={view.vouches} show="for" none="vouch.byNone" />
            </Section>
            <Section title={t("vouch.for")}>
              <Vouches vouches={view.vouchedBy} show="by" none="vouch.forNone" />
            </Section>
          </>
        )}
      </Shown>
    </CirclePage>
  );
}

function Standing({ view }: { readonly view: OrganizationView }) {
  const t = useText();
  return (
    <>
      <div class="row">
        {view.mine && <Tag>{t("coordinate.yours")}</Tag>}
        <Tag tone={view.status === "active" ? "good" : "bad"}>{t(`status.${view.status}`)}</Tag>
        {view.reserve && <Tag>{t("coordinate.reserve")}</Tag>}
        <MarkTags marks={view.marks} />
      </div>
      <ul>
        <li>
          {view.inviter === undefined
            ? t("organization.founder")
            : t("organization.inviter", { name: said(view.inviter) })}
        </li>
        {view.probationUntil !== undefined && (
          <li>
            {t("organization.probation")} <When hour={view.probationUntil} />
          </li>
        )}
        {view.reserve && <li>{t("organization.reserve")}</li>}
      </ul>
      {view.status === "removed" && (
        <Notice title={t("readmit.title")}>
          <p>{t("readmit.text")}</p>
        </Notice>
      )}
    </>
  );
}

function Members({ circle, view }: { readonly circle: CircleId; readonly view: OrganizationView }) {
  const t = useText();
  return (
    <Section title={t("organization.members")}>
      <ul class="people">
        {view.members.map((member) => (
          <li key={member.id}>
            <MemberButton circle={circle} member={member} />
            <Tag>{t(`role.${member.role}`)}</Tag>
            {member.status !== "active" && <Tag tone="bad">{t(`status.${member.status}`)}</Tag>}
            {member.missed && <Tag tone="bad">{t("coordinate.missedTag")}</Tag>}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Acts({
  circle,
  view,
  onDone,
}: {
  readonly circle: CircleId;
  readonly view: OrganizationView;
  readonly onDone: (outcome: Outcome) => void;
}) {
  const t = useText();
  const { go } = useNavigation();
  const { propose, markNow } = view.powers;
  if (!propose && !markNow) return null;
  return (
    <Section title={t("act.title")}>
      <p class="soft">{t("act.nobodyAlone")}</p>
      <ul class="acts">
        <Act hint={t("mark.hint")}>
          <button type="button" onClick={() => go({ view: "circle-mark", circle, organization: view.id })}>
            {t("mark.open")}
          </button>
        </Act>
        {propose && !view.mine && (
          <Exclude
            circle={circle}
            target={{ kind: "organization", organization: view.id }}
            name={said(view)}
            onDone={onDone}
          />
        )}
      </ul>
    </Section>
  );
}

function Vouches({
  vouches,
  show,
  none,
}: {
  readonly vouches: readonly VouchView[];
  readonly show: "by" | "for";
  readonly none: "vouch.byNone" | "vouch.forNone";
}) {
  const t = useText();
  if (vouches.length === 0) return <p>{t(none)}</p>;
  return (
    <ul>
      {vouches.map((vouch) => (
        <li key={vouch[show].id}>
          <strong>
            <Name of={vouch[show]} />
          </strong>
          : {t(`vouchRole.${vouch.role}`)}
          {vouch.basis !== undefined && <> · {t(`basis.${vouch.basis}`)}</>}
          {vouch.expires !== undefined && (
            <>
              {" · "}
              {t("statement.expires")} <When day={vouch.expires} />
            </>
          )}
        </li>
      ))}
    </ul>
  );
}
