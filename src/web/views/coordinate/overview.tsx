import type { CircleId } from "../../../client/index.ts";
import type { RosterView } from "../../engine/roster/overview.ts";
import {
  listed,
  Name,
  Notice,
  Page,
  Section,
  Shown,
  sayError,
  useEngine,
  useFrame,
  useLoaded,
  useNavigation,
  useText,
} from "../../ui/index.ts";
import { WaitingCard } from "../home/waiting.tsx";
import type { ViewProps } from "../index.ts";
import { CirclePage, circleAt } from "./frame.tsx";
import { Keys } from "./keys.tsx";
import { MemberButton, Organizations } from "./people.tsx";
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
