import type { SourceView } from "../../engine/tips.ts";
import { Check, useText } from "../../ui/index.ts";

/** Where the tip comes from: the identifiers in it, of which the person keeps those that are its source. */
export function Sources({
  sources,
  onChange,
}: {
  readonly sources: readonly SourceView[];
  readonly onChange: (sources: readonly SourceView[]) => void;
}) {
  const t = useText();
  if (sources.length === 0) return <p>{t("tip.noSource")}</p>;
  return (
    <>
      <p>{t("tip.sourceText")}</p>
      <ul class="list">
        {sources.map((source) => (
          <li key={`${source.identifier.kind} ${source.identifier.value}`}>
            <Check
              label={
                <>
                  {t(`identifier.${source.identifier.kind}`)}: <bdi dir="ltr">{source.display}</bdi>
                </>
              }
              checked={source.sure}
              onChange={(sure) => onChange(sources.map((one) => (one === source ? { ...source, sure } : one)))}
            />
          </li>
        ))}
      </ul>
    </>
  );
}

/** The identifiers that were kept as the tip's source. */
export const keptOf = (sources: readonly SourceView[]) =>
  sources.filter(({ sure }) => sure).map(({ identifier }) => identifier);
