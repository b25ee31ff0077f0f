import { useState } from "preact/hooks";
import type { OrganizationId, TipVerdict } from "../../../client/index.ts";
import type { Degree, SourceView, TipView } from "../../engine/tips.ts";
import {
  ActionButton,
  Choices,
  Notice,
  Select,
  Shown,
  useAction,
  useEngine,
  useFrame,
  useLoaded,
  useNavigation,
} from "../../ui/index.ts";
import { Recipients } from "../statements/recipients.tsx";
import { noTerms, TermsFields, termsOf } from "../statements/terms.tsx";
import { signs } from "./bait.tsx";
import { type Answers, checksOf, pillars as pillarNames } from "./pillars.tsx";
import { keptOf } from "./sources.tsx";

const degrees: readonly Degree[] = ["verdict", "sketch", "whole"];
const verdicts: readonly TipVerdict[] = ["unverified", "authentic", "misleading", "fabricated", "bait"];

/** Grades the tip and tells others of it, in one of three degrees; shows before exactly what they will see. */
export function ShareTip({
  tip,
  sources,
  pillars,
  bait,
  onShared,
}: {
  readonly tip: TipView;
  readonly sources: readonly SourceView[];
  readonly pillars: Answers;
  readonly bait: Answers;
  readonly onShared: () => void;
}) {
  const { t } = useFrame();
  const engine = useEngine();
  const { go } = useNavigation();
  const action = useAction();
  const circles = useLoaded((options) => engine.circles.list(undefined, options), []);
  const [chosen, setChosen] = useState("");
  const [degree, setDegree] = useState<Degree>("verdict");
  const [verdict, setVerdict] = useState<TipVerdict>("unverified");
  const [terms, setTerms] = useState(noTerms);
  const [to, setTo] = useState<readonly OrganizationId[]>([]);
  const kept = keptOf(sources);
  const checks = [...checksOf(pillarNames, "pillar", pillars, t), ...checksOf(signs, "bait", bait, t)];
  return (
    <Shown loaded={circles}>
      {(list) => {
        const open = list.filter(({ role, waiting }) => !waiting && role !== undefined && role !== "reader");
        const circle = open.find(({ id }) => id === chosen) ?? open[0];
        if (circle === undefined) return <p>{t("tip.noCircle")}</p>;
        return (
          <form
            class="stack"
            onSubmit={async (event) => {
              event.preventDefault();
              const shared = await action.run(() =>
                engine.tips.share({
                  circle: circle.id,
                  degree,
                  sources: kept,
                  draft: { ...termsOf(terms), verdict, ...(checks.length === 0 ? {} : { checks }) },
                  options: { ...(to.length === 0 ? {} : { to }), ...(terms.forwardable ? { forwardable: true } : {}) },
                }),
              );
              if (!shared) return;
              onShared();
              go({ view: "statements" });
            }}
          >
            <Select
              label={t("term.circle")}
              value={circle.id}
              options={open.map(({ id, label }) => ({ value: id as string, label }))}
              onChange={setChosen}
            />
            <Select
              label={t("tip.verdict")}
              value={verdict}
              options={verdicts.map((value) => ({ value, label: t(`tipVerdict.${value}`) }))}
              onChange={setVerdict}
            />
            <Choices
              label={t("tip.degree")}
              value={degree}
              options={degrees.map((value) => ({ value, label: t(`degree.${value}`) }))}
              onChange={setDegree}
            />
            <TermsFields
              terms={terms}
              onChange={setTerms}
              show={["text", "evidence", "source", "event", "expires", "tlp", "pap", "chathamHouse", "forwardable"]}
            />
            <Recipients circle={circle.id} needed={terms.tlp === "TLP:RED"} value={to} onChange={setTo} />
            <Notice title={t("tip.preview")}>
              <ul>
                <li>{t(`tipVerdict.${verdict}`)}</li>
                <li>{t("tip.previewSources", { count: kept.length })}</li>
                {checks.map((check) => (
                  <li key={check}>
                    <bdi>{check}</bdi>
                  </li>
                ))}
                {degree !== "verdict" && <li>{t(`preview.sketch.${tip.comparable}`)}</li>}
                {degree === "whole" && <li>{t("preview.whole", { size: Math.ceil(tip.bytes / 1024) })}</li>}
                {terms.chathamHouse && <li>{t("preview.chatham")}</li>}
              </ul>
            </Notice>
            <ActionButton action={action}>{t("tip.send")}</ActionButton>
          </form>
        );
      }}
    </Shown>
  );
}
