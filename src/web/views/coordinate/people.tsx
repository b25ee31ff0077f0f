/* Who is in a circle: its organizations with their members. */
import type { CircleId } from "../../../client/index.ts";
import type { OrganizationRow, RosterView } from "../../engine/roster/overview.ts";
import type { MemberRef } from "../../engine/roster/shared.ts";
import { Name, Section, Tag, useNavigation, useText, When } from "../../ui/index.ts";
import { MarkTags } from "./marks.tsx";

/** A member's name, and the way to their page. */
export function MemberButton({ circle, member }: { readonly circle: CircleId; readonly member: MemberRef }) {
  const { go } = useNavigation();
  return (
    <button type="button" class="plain" onClick={() => go({ view: "circle-member", circle, member: member.id })}>
      <Name of={member} />
    </button>
  );
}

export function Organizations({ view }: { readonly view: RosterView }) {
  const t = useText();
  const present = view.organizations.filter(({ status }) => status !== "removed");
  const gone = view.organizations.filter(({ status }) => status === "removed");
  const list = (organizations: readonly OrganizationRow[]) => (
    <ul class="list">
      {organizations.map((organization) => (
        <li key={organization.id}>
          <OrganizationCard circle={view.circle.id} organization={organization} />
        </li>
      ))}
    </ul>
  );
  return (
    <Section title={t("coordinate.members")}>
      {list(present)}
      {gone.length > 0 && (
        <details>
          <summary>{t("coordinate.gone", { count: gone.length })}</summary>
          {list(gone)}
        </details>
      )}
    </Section>
  );
}

function OrganizationCard({
  circle,
  organization,
}: {
  readonly circle: CircleId;
  readonly organization: OrganizationRow;
}) {
  const t = useText();
  const { go } = useNavigation();
  return (
    <div class="card stack">
      <div class="row">
        <h3>
          <button
            type="button"
            class="plain"
            onClick={() => go({ view: "circle-organization", circle, organization: organization.id })}
          >
            <Name of={organization} />
          </button>
        </h3>
        {organization.mine && <Tag>{t("coordinate.yours")}</Tag>}
        {organization.status !== "active" && <Tag tone="bad">{t(`status.${organization.status}`)}</Tag>}
        {organization.reserve && <Tag>{t("coordinate.reserve")}</Tag>}
        {organization.probationUntil !== undefined && <Tag tone="warn">{t("coordinate.probation")}</Tag>}
        <MarkTags marks={organization.marks} />
      </div>
      <ul class="people">
        {organization.members.map((member) => (
          <li key={member.id}>
            <MemberButton circle={circle} member={member} />
            <Tag>{t(`role.${member.role}`)}</Tag>
            {member.status !== "active" && <Tag tone="bad">{t(`status.${member.status}`)}</Tag>}
            {member.status === "suspended" && member.confirmed === false && (
              <Tag tone="warn">{t("coordinate.unconfirmed")}</Tag>
            )}
            <MarkTags marks={member.marks} />
            {member.missed && <Tag tone="bad">{t("coordinate.missedTag")}</Tag>}
            <span class="soft small">
              {member.lastHour === undefined ? (
                t("coordinate.neverHeard")
              ) : (
                <>
                  {t("coordinate.lastHeard")} <When hour={member.lastHour} />
                </>
              )}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
