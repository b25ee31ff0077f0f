import { useState } from "preact/hooks";
import type { CircleId, MemberId } from "../../../client/index.ts";
import type { MemberView } from "../../engine/roster/members.ts";
import type { Outcome } from "../../engine/roster/shared.ts";
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
import { Act, Confirm, Exclude, GiveRole, Reinstate, Suspend } from "./acts.tsx";
import { CirclePage, circleAt, Done } from "./frame.tsx";
import { MarkTags } from "./marks.tsx";
import { MemberButton } from "./people.tsx";

/** One member: what they are in the circle, and what can be done. */
export function MemberPage({ place }: ViewProps) {
  const t = useText();
  const engine = useEngine();
  const circle = circleAt(place);
  const member = place.member as MemberId;
  const found = useLoaded(() => engine.members.member({ circle, member }), [circle, member]);
  const [outcome, setOutcome] = useState<Outcome | undefined>(undefined);
  return (
    <CirclePage place={place} part="circle" title={found.value?.name ?? t("member.title")}>
      <Shown loaded={found}>
        {(view) => (
          <>
            <Done outcome={outcome} place={place} />
            <Standing circle={circle} member={view} />
            <Acts circle={circle} member={view} onDone={setOutcome} />
            <Devices member={view} />
            <Invited circle={circle} member={view} />
          </>
        )}
      </Shown>
    </CirclePage>
  );
}

function Standing({ circle, member }: { readonly circle: CircleId; readonly member: MemberView }) {
  const t = useText();
  const { go } = useNavigation();
  const { organization, suspendedBy, inviter } = member;
  return (
    <>
      <div class="row">
        <Tag>{t(`role.${member.role}`)}</Tag>
        {member.mine && <Tag>{t("member.you")}</Tag>}
        {member.status !== "active" && <Tag tone="bad">{t(`status.${member.status}`)}</Tag>}
        <MarkTags marks={member.marks} />
      </div>
      {member.missed && !member.mine && (
        <Notice tone="bad" title={t("coordinate.missedTag")}>
          <p>{t("member.missed")}</p>
        </Notice>
      )}
      {suspendedBy !== undefined && (
        <Notice tone="warn">
          <p>
            {t(member.confirmed === true ? "member.suspendedConfirmed" : "member.suspendedBy", {
              member: said(suspendedBy),
              organization: said(suspendedBy.organization),
            })}
          </p>
          {member.confirmed === false && member.lapses !== undefined && (
            <p>
              {t("member.lapses")} <When hour={member.lapses} />
            </p>
          )}
        </Notice>
      )}
      {member.status === "removed" && (
        <Notice title={t("readmit.title")}>
          <p>{t("readmit.text")}</p>
          <p>
            <button type="button" onClick={() => go({ view: "circle-invite", circle })}>
              {t("readmit.invite")}
            </button>
          </p>
        </Notice>
      )}
      <dl class="facts">
        <div>
          <dt>{t("member.organization")}</dt>
          <dd>
            <button
              type="button"
              class="plain"
              onClick={() => go({ view: "circle-organization", circle, organization: organization.id })}
            >
              <Name of={organization} />
            </button>
          </dd>
        </div>
        <div>
          <dt>{t("member.inviter")}</dt>
          <dd>{inviter === undefined ? t("member.founder") : <MemberButton circle={circle} member={inviter} />}</dd>
        </div>
        <div>
          <dt>{t("member.since")}</dt>
          <dd>
            <When hour={member.sinceHour} />
          </dd>
        </div>
        <div>
          <dt>{t("coordinate.lastHeard")}</dt>
          <dd>{member.lastHour === undefined ? t("member.never") : <When hour={member.lastHour} />}</dd>
        </div>
        <div>
          <dt>{t("member.statements")}</dt>
          <dd>{t("member.statementCount", { count: member.statements })}</dd>
        </div>
      </dl>
    </>
  );
}

type ActsProps = {
  readonly circle: CircleId;
  readonly member: MemberView;
  readonly onDone: (outcome: Outcome) => void;
};

function Acts({ circle, member, onDone }: ActsProps) {
  const t = useText();
  const { go } = useNavigation();
  const { powers } = member;
  const nothing =
    powers.suspend === "no" && powers.reinstate === "no" && !powers.confirm && !powers.propose && !powers.markNow;
  if (nothing) return null;
  const about = { circle, member, onDone };
  return (
    <Section title={t("act.title")}>
      <p class="soft">{t("act.nobodyAlone")}</p>
      <ul class="acts">
        <Suspend {...about} />
        <Confirm {...about} />
        <Reinstate {...about} />
        {(powers.propose || powers.markNow) && (
          <Act hint={t("mark.hint")}>
            <button type="button" onClick={() => go({ view: "circle-mark", circle, member: member.id })}>
              {t("mark.open")}
            </button>
          </Act>
        )}
        <GiveRole {...about} />
        {powers.propose && !member.mine && (
          <Exclude circle={circle} target={{ kind: "member", member: member.id }} name={said(member)} onDone={onDone} />
        )}
      </ul>
    </Section>
  );
}

function Devices({ member }: { readonly member: MemberView }) {
  const t = useText();
  const { go } = useNavigation();
  return (
    <Section title={t("memberDevice.title")}>
      <ul class="list">
        {member.devices.map((device) => (
          <li key={device.id} class="card row">
            <code dir="ltr">{device.id.slice(0, 8)}</code>
            {device.thisOne && <Tag>{t("memberDevice.this")}</Tag>}
            <Tag tone={device.active ? "good" : "bad"}>
              {t(
                device.revoked
                  ? "memberDevice.revoked"
                  : device.active
                    ? "memberDevice.active"
                    : "memberDevice.inactive",
              )}
            </Tag>
            {device.lastHour !== undefined && (
              <span class="soft small">
                {t("coordinate.lastHeard")} <When hour={device.lastHour} />
              </span>
            )}
          </li>
        ))}
      </ul>
      {member.mine ? (
        <>
          <p class="soft">{t("memberDevice.mine")}</p>
          <p>
            <button type="button" onClick={() => go({ view: "devices" })}>
              {t("memberDevice.open")}
            </button>
          </p>
        </>
      ) : (
        <p class="soft">{t("memberDevice.theirs")}</p>
      )}
    </Section>
  );
}

function Invited({ circle, member }: { readonly circle: CircleId; readonly member: MemberView }) {
  const t = useText();
  if (member.invited.length === 0) return null;
  return (
    <Section title={t("member.invited")}>
      <ul>
        {member.invited.map((one) => (
          <li key={one.id}>
            <MemberButton circle={circle} member={one} /> <Name of={one.organization} />
          </li>
        ))}
      </ul>
    </Section>
  );
}
