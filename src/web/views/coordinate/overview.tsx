import type { CircleId } from "../../../client/index.ts";
import type { DeviceRef, MemberRow, OrganizationRow, RosterView } from "../../engine/roster/overview.ts";
import {
  listed,
  Name,
  Notice,
  Page,
  Section,
  Shown,
  sayError,
  Tag,
  useEngine,
  useFrame,
  useLoaded,
  useNavigation,
  useText,
  Weighed,
  When,
} from "../../ui/index.ts";
import { WaitingCard } from "../home/waiting.tsx";
import type { ViewProps } from "../index.ts";
import { CirclePage, circleAt } from "./frame.tsx";
import { MarkTags } from "./marks.tsx";
import { VoidList } from "./voids.tsx";

/** The section "Circle": the one circle, or which of several. */
export function Coordinate({ place }: ViewProps) {
  const t = useText();
  const engine = useEngine();
  const { go } = useNavigation();
  const circles = useLoaded((options) => engine.circles.list(undefined, options), []);
  if (place.circle !== undefined) return <Overview circle={circleAt(place)} place={place} />;
  return (
    <Shown loaded={circles}>
      {(all) => {
        const open = all.filter(({ waiting }) => !waiting);
        const [only] = open;
        if (only !== undefined && open.length === 1)
          return <Overview circle={only.id} place={{ ...place, circle: only.id }} />;
        return (
          <Page title={t("coordinate.choose")}>
            {only === undefined ? (
              <p>{t("home.none")}</p>
            ) : (
              <ul class="list">
                {open.map((circle) => (
                  <li key={circle.id}>
                    <button type="button" class="wide" onClick={() => go({ view: "circle", circle: circle.id })}>
                      <bdi>{circle.label}</bdi>
                    </button>
                  </li>
                ))}
              </ul>
            )}
          </Page>
        );
      }}
    </Shown>
  );
}

function Overview({ circle, place }: { readonly circle: CircleId; readonly place: ViewProps["place"] }) {
  const engine = useEngine();
  const roster = useLoaded(() => engine.roster.show({ circle }), [circle]);
  return (
    <Shown loaded={roster}>
      {(view) => (
        <CirclePage place={place} part="circle" title={view.circle.label}>
          <Standing view={view} />
          <ForYou view={view} />
          <Organizations view={view} />
          <Keys view={view} />
          <Facts view={view} />
        </CirclePage>
      )}
    </Shown>
  );
}

/** What a person has to know before anything else. */
function Standing({ view }: { readonly view: RosterView }) {
  const { t, language } = useFrame();
  const { me, circle } = view;
  return (
    <>
      {me === undefined || me.status === "removed" ? (
        <Notice tone="bad" title={t("coordinate.removed")}>
          <p>{t("coordinate.removedText")}</p>
        </Notice>
      ) : me.status === "suspended" ? (
        <Notice tone="bad" title={t("coordinate.suspended")}>
          <p>{t("coordinate.suspendedText")}</p>
        </Notice>
      ) : (
        <p>{t(`coordinate.me.${me.role}`)}</p>
      )}
      {circle.trouble !== undefined && me?.status === "active" && (
        <Notice tone={circle.trouble.fault === "Refused" ? "warn" : "bad"} title={t("circle.trouble")}>
          <p>{sayError(circle.trouble, language.messages, t)}</p>
        </Notice>
      )}
      {circle.fresh === false && (
        <Notice tone="bad">
          <p>{t("circle.stale")}</p>
        </Notice>
      )}
    </>
  );
}

/** What waits for this member; of those who were not heard of, and of keys that are owed, more than that. */
function ForYou({ view }: { readonly view: RosterView }) {
  const t = useText();
  const engine = useEngine();
  const circle = view.circle.id;
  const waiting = useLoaded((options) => engine.today.waiting(undefined, options), []);
  const missed = view.organizations.flatMap(({ members }) => members.filter((member) => member.missed && !member.mine));
  if (view.me?.status !== "active") return null;
  const others = waiting.value?.filter(
    (one) => one.circle === circle && one.kind !== "check-in-missed" && one.kind !== "rotation-owed",
  );
  return (
    <Section title={t("coordinate.forYou")}>
      {missed.length === 0 && view.owed.length === 0 && others?.length === 0 && <p>{t("coordinate.nothing")}</p>}
      {missed.length > 0 && (
        <Notice tone="bad" title={t("coordinate.missed", { count: missed.length })}>
          <p>{t("coordinate.missedText", { days: view.policy.checkInDays })}</p>
          <ul>
            {missed.map((member) => (
              <li key={member.id}>
                <MemberButton circle={circle} member={member} /> <Name of={member.organization} />
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {view.owed.length > 0 && (
        <Notice tone="warn">
          <p>{t(view.me.role === "coordinator" ? "coordinate.owedMine" : "coordinate.owed")}</p>
        </Notice>
      )}
      {others !== undefined && others.length > 0 && (
        <ul class="list">
          {others.map((one) => (
            <li key={one.kind}>
              <WaitingCard waiting={one} />
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function MemberButton({ circle, member }: { readonly circle: CircleId; readonly member: MemberRow }) {
  const { go } = useNavigation();
  return (
    <button type="button" class="plain" onClick={() => go({ view: "circle-member", circle, member: member.id })}>
      <Name of={member} />
    </button>
  );
}

function Organizations({ view }: { readonly view: RosterView }) {
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

function Devices({ devices }: { readonly devices: readonly DeviceRef[] }) {
  return (
    <ul>
      {devices.map(({ id, member }) => (
        <li key={id}>
          <Name of={member} /> · <Name of={member.organization} /> · <code dir="ltr">{id.slice(0, 8)}</code>
        </li>
      ))}
    </ul>
  );
}

/** The epoch, who may still be without its keys, and a new one by choice. */
function Keys({ view }: { readonly view: RosterView }) {
  const t = useText();
  const engine = useEngine();
  const mayRotate = view.me?.status === "active" && view.me.role === "coordinator";
  return (
    <Section title={t("keys.title")}>
      <p>{t("keys.text", { epoch: view.circle.epoch ?? 0 })}</p>
      {view.owed.length > 0 && (
        <Notice tone="bad" title={t("keys.owed")}>
          <Devices devices={view.owed} />
        </Notice>
      )}
      {view.behind.length === 0 ? (
        <p>{t("keys.nobody")}</p>
      ) : (
        <details>
          <summary>{t("keys.behind", { count: view.behind.length })}</summary>
          <p>{t("keys.behindText")}</p>
          <Devices devices={view.behind} />
        </details>
      )}
      {mayRotate && (
        <div>
          <Weighed
            label={t("keys.rotate")}
            title={t("keys.rotateTitle")}
            confirm={t("keys.rotateDo")}
            act={() => engine.roster.rotate({ circle: view.circle.id })}
          >
            <ul>
              <li>{t("keys.rotateNew")}</li>
              <li>{t("keys.rotatePast")}</li>
              <li>{t("keys.rotateAnybody")}</li>
            </ul>
          </Weighed>
        </div>
      )}
    </Section>
  );
}

function Facts({ view }: { readonly view: RosterView }) {
  const { t, language } = useFrame();
  const { policy, circle } = view;
  return (
    <Section title={t("facts.title")}>
      <ul>
        <li>{t("facts.admission", { sponsors: policy.sponsors, hours: policy.windowHours })}</li>
        <li>{t("facts.quorum", { quorum: policy.quorum })}</li>
        <li>{t(policy.history === "full" ? "facts.full" : "facts.fromJoining")}</li>
        <li>
          {view.reserves.length === 0
            ? t("facts.noReserves", { days: policy.successionDays })
            : t("facts.reserves", {
                names: listed(view.reserves, language.tag),
                days: policy.successionDays,
              })}
        </li>
        <li>{t("facts.entries", { entries: circle.entries ?? 0 })}</li>
      </ul>
      <VoidList voids={view.voids} />
      <p class="soft">{t("facts.copy")}</p>
    </Section>
  );
}
