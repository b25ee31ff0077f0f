/* A statement as it is shown everywhere: who says what, how they know, and what others say of it. */
import type { ComponentChildren } from "preact";
import type { Statement } from "../../../client/index.ts";
import type { FoundView, StatementView } from "../../engine/statements.ts";
import type { Translate } from "../../i18n/translate.ts";
import { Name, Tag, Tlp, useText, When } from "../../ui/index.ts";

/** Whether who answers would vouch, in words. */
export function wouldVouchKey(amount: number | undefined) {
  if (amount === undefined) return "wouldVouch.unsaid" as const;
  if (amount === 0) return "wouldVouch.no" as const;
  return amount >= 100 ? ("wouldVouch.yes" as const) : ("wouldVouch.partly" as const);
}

/** The heart of a statement in a few words, in the reader's language. */
export function gist(statement: Statement, t: Translate): string {
  switch (statement.kind) {
    case "attestation":
      return t(`attests.${statement.attests}`);
    case "red-flag":
      return `${t(`category.${statement.category}`)} (${t(`severity.${statement.severity}`)})`;
    case "tip":
      return t(`tipVerdict.${statement.verdict}`);
    case "position":
      return t(`opinion.${statement.opinion}`);
    case "decision":
      return t(`verdict.${statement.verdict}`);
    case "judgment":
      return t(`judgment.${statement.judgment}`);
    case "vouch":
      return t(`vouchRole.${statement.role}`);
    case "guide":
      return statement.title;
    case "case":
      return statement.purpose;
    case "profile":
      return statement.name;
    case "answer":
      return t(wouldVouchKey(statement.wouldVouch));
    default:
      return "";
  }
}

/** Dissent, corrections and replies are never folded away (people.md *Words*). */
const isAgreement = (statement: Statement) =>
  statement.kind === "position" && ["agree", "strongly-agree"].includes(statement.opinion);

const toneOf = (statement: Statement) =>
  statement.kind === "red-flag" ? "bad" : statement.kind === "attestation" ? "good" : undefined;

/** One statement in full. `children` are what can be done with it. */
export function StatementCard({
  found,
  children,
}: {
  readonly found: StatementView & Partial<FoundView>;
  readonly children?: ComponentChildren;
}) {
  const t = useText();
  const { statement } = found;
  const tone = toneOf(statement);
  const said = gist(statement, t);
  const related = [...(found.corrections ?? []), ...(found.replies ?? []), ...(found.positions ?? [])];
  return (
    <article class="card stack">
      <div class="row">
        <Tag {...(tone === undefined ? {} : { tone })}>{t(`kind.${statement.kind}`)}</Tag>
        <Tlp label={statement.tlp} />
        {found.audience === "named" && <Tag>{t("statement.named")}</Tag>}
        {found.mine && <Tag>{t("statement.mine")}</Tag>}
        {found.retracted === true ? (
          <Tag tone="warn">{t("statement.retracted")}</Tag>
        ) : (
          found.counts === false && <Tag tone="warn">{t("statement.void")}</Tag>
        )}
      </div>
      {said !== "" && (
        <p>
          <strong>
            <bdi>{said}</bdi>
          </strong>
        </p>
      )}
      {statement.text !== undefined && (
        <p lang={statement.language}>
          <bdi>{statement.text}</bdi>
        </p>
      )}
      <p class="soft small">
        <Name of={found.member} /> · <Name of={found.organization} /> · <When hour={found.hour} />
        {statement.evidence !== undefined && ` · ${t(`evidence.${statement.evidence}`)}`}
        {statement.grade !== undefined && ` · ${statement.grade.source}${statement.grade.information}`}
        {statement.expires !== undefined && (
          <>
            {" · "}
            {t("statement.expires")} <When day={statement.expires} />
          </>
        )}
        {found.relayedBy !== undefined && (
          <>
            {" · "}
            {t("statement.relayed", { organization: found.relayedBy.name ?? found.relayedBy.id.slice(0, 8) })}
          </>
        )}
      </p>
      {related.length > 0 && (
        <details open={related.some(({ statement: said }) => !isAgreement(said))}>
          <summary>{t("statement.positions")}</summary>
          <ul>
            {related.map((one) => (
              <li key={one.hash}>
                <Name of={one.organization} />: {t(`kind.${one.statement.kind}`)} {gist(one.statement, t)}{" "}
                {one.statement.text !== undefined && <bdi>{one.statement.text}</bdi>}
              </li>
            ))}
          </ul>
        </details>
      )}
      {children}
    </article>
  );
}
