import type { VoidEntry } from "../../../client/index.ts";
import { useText } from "../../ui/index.ts";

/** Entries that do not count, each with why. They are counted and shown, and never acted on. */
export function VoidList({ voids }: { readonly voids: readonly VoidEntry[] }) {
  const t = useText();
  if (voids.length === 0) return <p>{t("voids.none")}</p>;
  return (
    <details>
      <summary>{t("voids.some", { count: voids.length })}</summary>
      <p>{t("voids.text")}</p>
      <ul>
        {voids.map(({ position, reason }) => (
          <li key={position}>
            <code dir="ltr">{position}</code> {t(`void.${reason}`)}
          </li>
        ))}
      </ul>
    </details>
  );
}
