import { useState } from "preact/hooks";
import type { CircleId, Objection } from "../../../client/index.ts";
import type { CandidateView } from "../../engine/roster/candidates.ts";
import {
  Choices,
  listed,
  Name,
  Notice,
  said,
  Tag,
  TextArea,
  useEngine,
  useFrame,
  useText,
  Weighed,
  When,
} from "../../ui/index.ts";

const reasons: readonly Objection[] = ["identity", "safety", "conflict", "unknown", "other"];

/** What stands between a candidate and their admission, beside sponsors and the waiting time. */
const inTheWay = { cap: "candidate.cap", expired: "candidate.expired" } as const;

/** A candidate before the circle, and what this member may do. */
export function CandidateCard({ circle, candidate }: { readonly circle: CircleId; readonly candidate: CandidateView }) {
  const { t, language } = useFrame();
  const { organization, member, sponsors, needed, objections, waiting, answer, mine } = candidate;
  const obstacle = Object.hasOwn(inTheWay, answer) ? inTheWay[answer as keyof typeof inTheWay] : undefined;
  return (
    <article class="card stack">
      <div class="row">
        <h3>
          {member === undefined ? t("candidate.somebody") : <bdi>{member}</bdi>} · <Name of={organization} />
        </h3>
        <Tag>{t(`role.${candidate.role}`)}</Tag>
        {candidate.isNew && <Tag>{t("candidate.new")}</Tag>}
        {answer === "yes" && <Tag tone="good">{t("candidate.ready")}</Tag>}
      </div>
      {candidate.resembles !== undefined && (
        <Notice tone="bad" title={t("arrival.resembles", { organization: said(candidate.resembles) })}>
          <p>{t("arrival.resemblesText")}</p>
        </Notice>
      )}
      <ul>
        <li>
          {t("candidate.invitedBy", {
            member: said(candidate.invitedBy),
            organization: said(candidate.invitedBy.organization),
          })}
        </li>
        <li>
          {sponsors.length === 0
            ? t("candidate.noSponsors", { needed })
            : t("candidate.sponsors", { names: listed(sponsors, language.tag), needed })}
        </li>
        {objections.map(({ by, reason, text }) => (
          <li key={by.id}>
            <strong>{t("candidate.objects", { name: said(by), reason: t(`objection.${reason}`) })}</strong>
            {text !== undefined && (
              <>
                {" "}
                <bdi>{text}</bdi>
              </>
            )}
          </li>
        ))}
        <li>
          {waiting.over ? (
            t("candidate.windowOver")
          ) : (
            <>
              {t("candidate.window")} <When hour={waiting.until} />
            </>
          )}
        </li>
        {obstacle !== undefined && <li>{t(obstacle)}</li>}
        {candidate.isNew && candidate.probationDays > 0 && (
          <li>{t("candidate.probation", { days: candidate.probationDays })}</li>
        )}
      </ul>
      <div class="row">
        <Sponsor circle={circle} candidate={candidate} />
        {mine.object && <Objecting circle={circle} id={candidate.id} />}
        {mine.admit && <Admit circle={circle} candidate={candidate} />}
      </div>
    </article>
  );
}

function Sponsor({ circle, candidate }: { readonly circle: CircleId; readonly candidate: CandidateView }) {
  const t = useText();
  const engine = useEngine();
  if (!candidate.mine.sponsor) return null;
  return (
    <Weighed
      label={t("sponsor.do")}
      title={t("sponsor.title")}
      confirm={t("sponsor.do")}
      act={() => engine.candidates.sponsor({ circle, id: candidate.id })}
    >
      <ul>
        <li>{t("sponsor.means")}</li>
        <li>{t("sponsor.recorded")}</li>
        <li>{t("sponsor.once")}</li>
      </ul>
    </Weighed>
  );
}

function Objecting({ circle, id }: { readonly circle: CircleId; readonly id: string }) {
  const t = useText();
  const engine = useEngine();
  const [reason, setReason] = useState<Objection | undefined>(undefined);
  const [text, setText] = useState("");
  return (
    <Weighed
      label={t("object.do")}
      title={t("object.title")}
      confirm={t("object.do")}
      ready={reason !== undefined}
      act={async () => {
        if (reason !== undefined) await engine.candidates.object({ circle, id, reason, text });
      }}
    >
      <p>{t("object.means")}</p>
      <Choices
        label={t("object.reason")}
        value={reason}
        onChange={setReason}
        options={reasons.map((value) => ({ value, label: t(`objection.${value}`) }))}
      />
      <TextArea label={t("object.text")} hint={t("object.textHint")} value={text} onChange={setText} />
    </Weighed>
  );
}

function Admit({ circle, candidate }: { readonly circle: CircleId; readonly candidate: CandidateView }) {
  const t = useText();
  const engine = useEngine();
  return (
    <Weighed
      label={t("admit.do")}
      title={t("admit.title")}
      confirm={t("admit.do")}
      act={() => engine.candidates.admit({ circle, id: candidate.id })}
    >
      <ul>
        <li>{t("admit.reads")}</li>
        <li>{t("admit.copies")}</li>
        {candidate.isNew && candidate.probationDays > 0 && (
          <li>{t("candidate.probation", { days: candidate.probationDays })}</li>
        )}
        <li>{t("admit.reversible")}</li>
      </ul>
    </Weighed>
  );
}
