/* What all views of one circle have in common: which circle, and the ways between its parts. */
import type { ComponentChildren } from "preact";
import type { CircleId } from "../../../client/index.ts";
import type { Outcome } from "../../engine/roster/shared.ts";
import type { MessageKey } from "../../i18n/translate.ts";
import type { Place } from "../../shell/navigation.ts";
import { Notice, Page, useNavigation, useText } from "../../ui/index.ts";

/** The circle that a place is about. */
export const circleAt = (place: Place): CircleId => (place.circle ?? "") as CircleId;

const parts = [
  { view: "circle", label: "coordinate.overview" },
  { view: "circle-admission", label: "coordinate.admission" },
  { view: "circle-decisions", label: "coordinate.decisions" },
  { view: "circle-trust", label: "coordinate.trust" },
  { view: "circle-rules", label: "coordinate.rules" },
  { view: "circle-log", label: "coordinate.log" },
] as const satisfies readonly { readonly view: string; readonly label: MessageKey }[];

/** A view of a circle. `part`: the one of its parts that this belongs to. */
export function CirclePage({
  place,
  part,
  title,
  children,
}: {
  readonly place: Place;
  readonly part: (typeof parts)[number]["view"];
  readonly title: string;
  readonly children: ComponentChildren;
}) {
  const t = useText();
  const { go } = useNavigation();
  return (
    <Page title={title} wide>
      <nav aria-label={t("coordinate.parts")}>
        <ul class="parts">
          {parts.map(({ view, label }) => (
            <li key={view}>
              <button
                type="button"
                aria-current={view === place.view ? "page" : view === part ? "true" : undefined}
                onClick={() => go({ view, circle: circleAt(place) })}
              >
                {t(label)}
              </button>
            </li>
          ))}
        </ul>
      </nav>
      {children}
    </Page>
  );
}

/** What an act came to, said where it was done. */
export function Done({ outcome, place }: { readonly outcome: Outcome | undefined; readonly place: Place }) {
  const t = useText();
  const { go } = useNavigation();
  if (outcome === undefined) return null;
  return (
    <div role="status">
      {outcome.done ? (
        <Notice tone="good">
          <p>{t("coordinate.done")}</p>
        </Notice>
      ) : (
        <Notice tone="warn" title={t("coordinate.proposed")}>
          <p>{t("coordinate.proposedText")}</p>
          <p>
            <button type="button" onClick={() => go({ view: "circle-decisions", circle: circleAt(place) })}>
              {t("coordinate.toDecisions")}
            </button>
          </p>
        </Notice>
      )}
    </div>
  );
}
