/* The tip desk: what is this, who else has seen it, and what do we tell others of it. */
import { useState } from "preact/hooks";
import type { SourceView, TipView } from "../../engine/tips.ts";
import { Page, Section, Trouble, useAction, useEngine, useText, Working } from "../../ui/index.ts";
import { Bait } from "./bait.tsx";
import { DropTip } from "./drop.tsx";
import { Findings } from "./findings.tsx";
import { type Answers, noAnswers, Pillars } from "./pillars.tsx";
import { ShareTip } from "./share.tsx";
import { Similar } from "./similar.tsx";
import { Sources } from "./sources.tsx";

export function TipDesk() {
  const t = useText();
  const engine = useEngine();
  const action = useAction();
  const [tip, setTip] = useState<TipView | undefined>(undefined);
  const [sources, setSources] = useState<readonly SourceView[]>([]);
  const [pillars, setPillars] = useState<Answers>(noAnswers);
  const [bait, setBait] = useState<Answers>(noAnswers);

  const examine = (content: Uint8Array<ArrayBuffer>, name?: string) =>
    action.run(async (options) => {
      const seen = await engine.tips.examine({ content, ...(name === undefined ? {} : { name }) }, options);
      setTip(seen);
      setSources(seen.sources);
    });
  const again = () => {
    void engine.tips.forget();
    setTip(undefined);
    setPillars(noAnswers);
    setBait(noAnswers);
  };

  // Two pages for who hears them, so that the focus goes to the heading.
  if (tip === undefined) {
    return (
      <Page key="drop" title={t("tip.title")}>
        <p>{t("tip.what")}</p>
        <DropTip busy={action.busy} onTip={examine} />
        {action.busy && <Working progress={action.progress} stop={action.stop} />}
        <Trouble error={action.error} />
      </Page>
    );
  }
  return (
    <Page key="seen" title={t("tip.title")}>
      <div class="row">
        <p>{t(`tip.kind.${tip.kind}`)}</p>
        <button type="button" onClick={again}>
          {t("tip.another")}
        </button>
      </div>
      {tip.text !== undefined && (
        <details>
          <summary>{t("tip.text")}</summary>
          <pre class="quote">
            <bdi>{tip.text}</bdi>
          </pre>
        </details>
      )}
      <Section title={t("tip.findings")}>
        <Findings findings={tip.findings} kind={tip.kind} />
      </Section>
      <Section title={t("tip.source")}>
        <Sources sources={sources} onChange={setSources} />
      </Section>
      <Section title={t("tip.similar")}>
        <Similar tip={tip} sources={sources} />
      </Section>
      <Section title={t("tip.pillars")}>
        <Pillars answers={pillars} onChange={setPillars} />
      </Section>
      <Section title={t("tip.bait")}>
        <Bait answers={bait} onChange={setBait} />
      </Section>
      <Section title={t("tip.share")}>
        <ShareTip tip={tip} sources={sources} pillars={pillars} bait={bait} onShared={again} />
      </Section>
    </Page>
  );
}
