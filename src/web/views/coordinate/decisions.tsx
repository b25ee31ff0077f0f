import type { CircleId } from "../../../client/index.ts";
import type { ProposalView } from "../../engine/roster/proposals.ts";
import {
  ActionButton,
  listed,
  Shown,
  said,
  Tag,
  useAction,
  useEngine,
  useFrame,
  useLoaded,
  useText,
  Weighed,
  When,
} from "../../ui/index.ts";
import type { ViewProps } from "../index.ts";
import { Consequences } from "./acts.tsx";
import { changeText, consequencesOf, ruleChangeText } from "./change.ts";
import { CirclePage, circleAt } from "./frame.tsx";

/** What is before the circle: changes that no single person makes. */
export function Decisions({ place }: ViewProps) {
  const t = useText();
  const engine = useEngine();
  const circle = circleAt(place);
  const found = useLoaded(() => engine.proposals.list({ circle }), [circle]);
  return (
    <CirclePage place={place} part="circle-decisions" title={t("decisions.title")}>
      <p>{t("decisions.how")}</p>
      <Shown loaded={found}>
        {(proposals) =>
          proposals.length === 0 ? (
            <p>{t("decisions.none")}</p>
          ) : (
            <ul class="list">
              {proposals.map((proposal) => (
                <li key={proposal.id}>
                  <ProposalCard circle={circle} proposal={proposal} />
                </li>
              ))}
            </ul>
          )
        }
      </Shown>
    </CirclePage>
  );
}

function ProposalCard({ circle, proposal }: { readonly circle: CircleId; readonly proposal: ProposalView }) {
  const { t, language } = useFrame();
  const { change, approvals, needed, concerned, waiting, mine } = proposal;
  return (
    <article class="card stack">
      <div class="row">
        <h2>{changeText(change, t)}</h2>
        {proposal.vetoed && <Tag tone="warn">{t("decisions.vetoed")}</Tag>}
        {mine.approved && <Tag tone="good">{t("decisions.youApproved")}</Tag>}
      </div>
      {change.kind === "policy" && (
        <ul>
          {change.rules.map((rule) => (
            <li key={rule.rule}>{ruleChangeText(rule, t)}</li>
          ))}
        </ul>
      )}
      <ul>
        <li>{t("decisions.by", { member: said(proposal.by), organization: said(proposal.by.organization) })}</li>
        <li>
          {approvals.length === 0
            ? t("decisions.noApprovals", { needed })
            : t("decisions.approvals", { names: listed(approvals, language.tag), count: approvals.length, needed })}
        </li>
        {concerned.length > 0 && <li>{t("decisions.concerned", { names: listed(concerned, language.tag) })}</li>}
        <li>
          {waiting.over ? (
            t("decisions.windowOver")
          ) : (
            <>
              {t("decisions.window")} <When hour={waiting.until} />
            </>
          )}
        </li>
        {mine.concerned && <li>{t("decisions.concernsYou")}</li>}
      </ul>
      <Votes circle={circle} proposal={proposal} />
    </article>
  );
}

function Votes({ circle, proposal }: { readonly circle: CircleId; readonly proposal: ProposalView }) {
  const t = useText();
  const engine = useEngine();
  const action = useAction();
  const { id, change, mine } = proposal;
  const target =
    change.kind === "remove" || change.kind === "mark" ? change.target : "member" in change ? change.member : undefined;
  const name = target === undefined ? "" : said(target);
  return (
    <div class="row">
      {mine.approve && (
        <ActionButton
          action={action}
          tone="usual"
          onClick={() => action.run(() => engine.proposals.approve({ circle, id }))}
        >
          {t("decisions.approve")}
        </ActionButton>
      )}
      {mine.execute && (
        <Weighed
          label={t("decisions.execute")}
          title={changeText(change, t)}
          confirm={t("decisions.execute")}
          tone={change.kind === "remove" || change.kind === "suspend" || change.kind === "mark" ? "danger" : "usual"}
          act={() => engine.proposals.execute({ circle, id })}
        >
          <p>{t("decisions.executeText")}</p>
          <Consequences keys={consequencesOf(change)} name={name} />
        </Weighed>
      )}
      {mine.veto && (
        <Weighed
          label={t("decisions.veto")}
          title={t("decisions.vetoTitle")}
          confirm={t("decisions.veto")}
          act={() => engine.proposals.veto({ circle, id })}
        >
          <p>{t("decisions.vetoText")}</p>
        </Weighed>
      )}
    </div>
  );
}
