import type { CircleId } from "../../../client/index.ts";
import type { InvitationView } from "../../engine/roster/invitations.ts";
import type { Viewer } from "../../engine/roster/shared.ts";
import {
  Name,
  Notice,
  Section,
  Shown,
  Tag,
  useEngine,
  useFrame,
  useLoaded,
  useNavigation,
  useText,
  Weighed,
  When,
} from "../../ui/index.ts";
import type { ViewProps } from "../index.ts";
import { CandidateCard } from "./candidate.tsx";
import { CirclePage, circleAt } from "./frame.tsx";

/** Who comes in: invitations given out, who answered them, and candidates before the circle. */
export function Admission({ place }: ViewProps) {
  const t = useText();
  const engine = useEngine();
  const { go } = useNavigation();
  const circle = circleAt(place);
  const roster = useLoaded(() => engine.roster.show({ circle }), [circle]);
  const found = useLoaded(() => engine.candidates.list({ circle }), [circle]);
  const me = roster.value?.me;
  return (
    <CirclePage place={place} part="circle-admission" title={t("admission.title")}>
      <p>{t("admission.how")}</p>
      {mayInvite(me) && (
        <p>
          <button type="button" class="primary" onClick={() => go({ view: "circle-invite", circle })}>
            {t("admission.invite")}
          </button>
        </p>
      )}
      {mayInvite(me) && <Invitations circle={circle} />}
      <Section title={t("admission.candidates")}>
        <Shown loaded={found}>
          {({ candidates, admissionsLeft }) => (
            <>
              {candidates.length === 0 ? (
                <p>{t("admission.nobody")}</p>
              ) : (
                <ul class="list">
                  {candidates.map((candidate) => (
                    <li key={candidate.id}>
                      <CandidateCard circle={circle} candidate={candidate} />
                    </li>
                  ))}
                </ul>
              )}
              <p class="soft">{t("admission.left", { count: admissionsLeft })}</p>
            </>
          )}
        </Shown>
      </Section>
    </CirclePage>
  );
}

const mayInvite = (me: Viewer | undefined) => me?.status === "active" && me.role === "coordinator";

function Invitations({ circle }: { readonly circle: CircleId }) {
  const { t, language } = useFrame();
  const engine = useEngine();
  const given = useLoaded(() => engine.invitations.list({ circle, language: language.code }), [circle, language.code]);
  return (
    <Section title={t("admission.given")}>
      <Shown loaded={given}>
        {(all) =>
          all.length === 0 ? (
            <p>{t("admission.none")}</p>
          ) : (
            <ul class="list">
              {all.map((invitation) => (
                <li key={invitation.key}>
                  <InvitationCard circle={circle} invitation={invitation} />
                </li>
              ))}
            </ul>
          )
        }
      </Shown>
      <p>
        <button type="button" onClick={given.reload}>
          {t("admission.look")}
        </button>
      </p>
    </Section>
  );
}

function InvitationCard({ circle, invitation }: { readonly circle: CircleId; readonly invitation: InvitationView }) {
  const t = useText();
  const { go } = useNavigation();
  const { key, role, organization, expires, standing, arrived } = invitation;
  return (
    <div class="card stack">
      <div class="row">
        <h3>
          {arrived === undefined ? (
            organization === undefined ? (
              t("admission.forNew")
            ) : (
              <Name of={organization} />
            )
          ) : (
            <>
              <bdi>{arrived.member}</bdi> · <bdi>{arrived.organization}</bdi>
            </>
          )}
        </h3>
        <Tag>{t(`role.${role}`)}</Tag>
        <Tag tone={standing === "asked" ? "warn" : standing === "open" ? "good" : "bad"}>
          {t(`invitation.${standing}`)}
        </Tag>
      </div>
      {standing === "open" && (
        <p class="soft">
          {t("invite.until")} <When hour={expires} />
        </p>
      )}
      {standing === "asked" && <p>{t("admission.askedText")}</p>}
      {(standing === "intercepted" || standing === "broken") && (
        <Notice tone="bad" title={t(`admission.${standing}`)}>
          <p>{t(`admission.${standing}Text`)}</p>
        </Notice>
      )}
      <div class="row">
        {standing === "asked" && (
          <button type="button" onClick={() => go({ view: "circle-arrival", circle, key })}>
            {t("admission.compare")}
          </button>
        )}
        <Withdraw circle={circle} invitation={invitation} />
      </div>
    </div>
  );
}

/** Takes an invitation back. */
export function Withdraw({
  circle,
  invitation,
  label,
  onDone,
}: {
  readonly circle: CircleId;
  readonly invitation: InvitationView;
  readonly label?: string;
  readonly onDone?: () => void;
}) {
  const t = useText();
  const engine = useEngine();
  return (
    <Weighed
      label={label ?? t("admission.withdraw")}
      title={t("admission.withdrawTitle")}
      confirm={t("admission.withdraw")}
      act={() => engine.invitations.withdraw({ circle, key: invitation.key })}
      {...(onDone === undefined ? {} : { onDone })}
    >
      <p>{t("admission.withdrawText")}</p>
    </Weighed>
  );
}
