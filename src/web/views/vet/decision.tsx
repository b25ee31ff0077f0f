/* A decision as it stands: the verdict, who signed it, and what became of it. */
import type { CircleId } from "../../../client/index.ts";
import type { DecisionView } from "../../engine/vetting/cases.ts";
import { ActionButton, Name, Notice, Tag, useAction, useEngine, useNavigation, useText, When } from "../../ui/index.ts";

export function DecisionShown({
  view,
  circle,
  past = false,
}: {
  readonly view: DecisionView;
  readonly circle: CircleId;
  /** A later decision took its place: nothing is to be done with it. */
  readonly past?: boolean;
}) {
  const t = useText();
  const engine = useEngine();
  const action = useAction();
  const { go } = useNavigation();
  const { decision, signed, signers, opposed, byMe } = view;
  const notes = view.positions.filter(
    ({ statement }) => statement.kind === "position" && statement.opinion === "neutral" && statement.text !== undefined,
  );
  const sign = () =>
    action.run(() =>
      engine.statements.say({
        circle,
        draft: { kind: "position", tlp: "TLP:AMBER+STRICT", target: view.hash, opinion: "strongly-agree" },
      }),
    );
  return (
    <article class="card stack">
      <div class="row">
        <strong class="sentence">{t(`verdict.${decision.verdict}`)}</strong>
        <Tag tone={signed ? "good" : "warn"}>{t(signed ? "vet.decision.signed" : "vet.decision.alone")}</Tag>
      </div>
      {decision.text !== undefined && (
        <p>
          <bdi>{decision.text}</bdi>
        </p>
      )}
      <dl class="facts">
        {decision.limits !== undefined && (
          <>
            <dt>{t("vet.decision.limits")}</dt>
            <dd>
              <bdi>{decision.limits}</bdi>
            </dd>
          </>
        )}
        {decision.review !== undefined && (
          <>
            <dt>{t("vet.decision.review")}</dt>
            <dd>
              <When day={decision.review} />
            </dd>
          </>
        )}
        {decision.contest !== undefined && (
          <>
            <dt>{t("vet.decision.contest")}</dt>
            <dd>
              <bdi>{decision.contest}</bdi>
            </dd>
          </>
        )}
        {decision.untold !== undefined && (
          <>
            <dt>{t("vet.decision.untold")}</dt>
            <dd>
              <bdi>{decision.untold}</bdi>
            </dd>
          </>
        )}
        <dt>{t("vet.decision.by")}</dt>
        <dd>
          <Name of={view.member} /> · <When hour={view.hour} />
        </dd>
        {signers.length > 0 && (
          <>
            <dt>{t("vet.decision.signers")}</dt>
            <dd>
              {signers.map((one) => (
                <span key={one.id} class="named">
                  <Name of={one} />
                </span>
              ))}
            </dd>
          </>
        )}
        {opposed.length > 0 && (
          <>
            <dt>{t("vet.decision.opposed")}</dt>
            <dd>
              {opposed.map((one) => (
                <span key={one.id} class="named">
                  <Name of={one} />
                </span>
              ))}
            </dd>
          </>
        )}
      </dl>
      {notes.length > 0 && (
        <div>
          <h3>{t("vet.outcome.became")}</h3>
          <ul>
            {notes.map((note) => (
              <li key={note.hash}>
                <bdi>{note.statement.text}</bdi>{" "}
                <span class="soft small">
                  <Name of={note.member} /> · <When hour={note.hour} />
                </span>
              </li>
            ))}
          </ul>
        </div>
      )}
      {!past && !signed && (
        <div class="no-print stack">
          {byMe ? (
            <Notice tone="warn">
              <p>{t("vet.decision.needsSecond")}</p>
            </Notice>
          ) : (
            <>
              <p>{t("vet.decision.signHint")}</p>
              <div class="row">
                <ActionButton action={action} onClick={sign}>
                  {t("vet.decision.sign")}
                </ActionButton>
                <button type="button" onClick={() => go({ view: "respond", circle, hash: view.hash })}>
                  {t("vet.decision.disagree")}
                </button>
              </div>
            </>
          )}
        </div>
      )}
    </article>
  );
}
