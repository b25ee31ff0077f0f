import type { SimilarView, SourceView, TipView } from "../../engine/tips.ts";
import { Notice, Shown, useEngine, useLoaded, useNavigation, useText } from "../../ui/index.ts";
import { StatementCard } from "../statements/card.tsx";
import { keptOf } from "./sources.tsx";

/** Tips that others have seen and that are like this one, and what is held about its source. */
export function Similar({ tip, sources }: { readonly tip: TipView; readonly sources: readonly SourceView[] }) {
  const t = useText();
  const engine = useEngine();
  const { go } = useNavigation();
  const kept = keptOf(sources);
  const key = kept.map(({ kind, value }) => `${kind} ${value}`).join("\n");
  const loaded = useLoaded((options) => engine.tips.compare({ sources: kept }, options), [tip.hash, key]);
  return (
    <Shown loaded={loaded}>
      {({ similar, about }) => (
        <>
          {tip.comparable === "file" && <p>{t("tip.onlySameFile")}</p>}
          {similar.length === 0 ? (
            <p>{t("tip.noSimilar")}</p>
          ) : (
            <>
              <Notice>
                <p>{t("tip.family")}</p>
              </Notice>
              {similar.map((one) => (
                <StatementCard key={one.found.hash} found={one.found}>
                  <p>
                    <strong>{t(`likeness.${one.likeness}`)}</strong>
                  </p>
                  {one.diff !== undefined && <Difference diff={one.diff} />}
                  <div>
                    <button
                      type="button"
                      onClick={() => go({ view: "statement", circle: one.found.circle.id, hash: one.found.hash })}
                    >
                      {t("statement.open")}
                    </button>
                  </div>
                </StatementCard>
              ))}
            </>
          )}
          {about.length > 0 && (
            <>
              <h3>{t("tip.aboutSource")}</h3>
              {about.map((found) => (
                <StatementCard key={found.hash} found={found} />
              ))}
            </>
          )}
        </>
      )}
    </Shown>
  );
}

/** The two texts, with what only one of them has marked by more than color. */
function Difference({ diff }: { readonly diff: NonNullable<SimilarView["diff"]> }) {
  const t = useText();
  const differs = [
    ...(diff.negationDiffers ? (["negation"] as const) : []),
    ...(diff.numbersDiffer ? (["number"] as const) : []),
    ...(diff.namesDiffer ? (["name"] as const) : []),
  ];
  return (
    <details open>
      <summary>{t("diff.title")}</summary>
      {differs.length > 0 && (
        <Notice tone="warn">
          <ul>
            {differs.map((what) => (
              <li key={what}>{t(`diff.${what}`)}</li>
            ))}
          </ul>
        </Notice>
      )}
      <p class="small soft">{t("diff.how")}</p>
      <p class="diff">
        {diff.changes.map(({ op, a, b }, i) => {
          // Runs of words have no other name than their place.
          const key = `${i} ${op}`;
          if (op === "same") return <span key={key}>{a} </span>;
          return (
            <span key={key}>
              {a !== "" && <ins>{a}</ins>} {b !== "" && <del>{b}</del>}{" "}
            </span>
          );
        })}
      </p>
    </details>
  );
}
