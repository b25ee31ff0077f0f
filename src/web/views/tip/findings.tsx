import type { FindingView, TipView } from "../../engine/tips.ts";
import type { MessageKey } from "../../i18n/translate.ts";
import { Tag, useText } from "../../ui/index.ts";

const tones = { high: "bad", medium: "warn", low: undefined, note: undefined } as const;

/** What was found, the weightiest first, each with why it matters. None of it proves anything alone. */
export function Findings({
  findings,
  kind,
}: {
  readonly findings: readonly FindingView[];
  readonly kind: TipView["kind"];
}) {
  const t = useText();
  if (findings.length === 0) return <p>{t("tip.nothingOdd", { kind: t(`tip.kind.${kind}`) })}</p>;
  return (
    <>
      <p>{t("tip.findingsText")}</p>
      <ul class="list">
        {findings.map(({ code, weight, about, sentence }) => {
          const tone = tones[weight];
          return (
            <li key={`${code} ${about}`} class="card">
              <p>
                <Tag {...(tone === undefined ? {} : { tone })}>{t(`weight.${weight}`)}</Tag>{" "}
                <strong>{t(`finding.${code}` as MessageKey)}</strong>
              </p>
              {about !== "" && (
                <p>
                  <code dir="ltr">
                    <bdi>{about}</bdi>
                  </code>
                </p>
              )}
              <p class="soft small">{t(`finding.${code}.why` as MessageKey)}</p>
              <details class="small">
                <summary>{t("tip.exact")}</summary>
                <p lang="en" dir="auto">
                  {sentence}
                </p>
              </details>
            </li>
          );
        })}
      </ul>
    </>
  );
}
