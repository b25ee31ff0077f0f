import { useState } from "preact/hooks";
import type { CircleId } from "../../../client/index.ts";
import type { LogView, VerifiedView } from "../../engine/roster/log.ts";
import {
  ActionButton,
  Notice,
  Section,
  Shown,
  saveFile,
  sayError,
  useAction,
  useEngine,
  useFrame,
  useLoaded,
  useText,
  When,
} from "../../ui/index.ts";
import type { ViewProps } from "../index.ts";
import { Compare } from "./compare.tsx";
import { CirclePage, circleAt } from "./frame.tsx";
import { VoidList } from "./voids.tsx";

/** The circle's log: how it stands, the whole check, and heads compared. */
export function LogPage({ place }: ViewProps) {
  const { t, language } = useFrame();
  const engine = useEngine();
  const circle = circleAt(place);
  const found = useLoaded(() => engine.log.show({ circle, language: language.code }), [circle, language.code]);
  return (
    <CirclePage place={place} part="circle-log" title={t("log.title")}>
      <Shown loaded={found}>
        {(log) => (
          <>
            <Status log={log} />
            <Compare circle={circle} log={log} />
            <Verify circle={circle} log={log} />
            <Section title={t("log.voids")}>
              <VoidList voids={log.voids} />
            </Section>
            <Export circle={circle} />
          </>
        )}
      </Shown>
    </CirclePage>
  );
}

function Status({ log }: { readonly log: LogView }) {
  const { t, language } = useFrame();
  if (log.contradiction) {
    return (
      <Notice tone="bad" title={t("log.contradiction")}>
        <p>{t("log.contradictionText")}</p>
      </Notice>
    );
  }
  if (log.trouble !== undefined && log.trouble.fault !== "Refused") {
    return (
      <Notice tone="bad" title={t("log.lie")}>
        <p>{sayError(log.trouble, language.messages, t)}</p>
        <p>{t("log.lieText", { size: log.size })}</p>
      </Notice>
    );
  }
  return (
    <Notice tone={log.trouble === undefined ? "good" : "warn"} title={t("log.verified", { size: log.size })}>
      <p>{log.trouble === undefined ? t("log.verifiedText") : sayError(log.trouble, language.messages, t)}</p>
      {log.verifiedAt !== undefined && (
        <p>
          {t("log.verifiedAt")} <When hour={log.verifiedAt / 3_600_000} />
        </p>
      )}
    </Notice>
  );
}

/** The whole log once more, from its beginning, by each implementation of the cryptography that runs here. */
function Verify({ circle, log }: { readonly circle: CircleId; readonly log: LogView }) {
  const t = useText();
  const engine = useEngine();
  const action = useAction();
  const [results, setResults] = useState<readonly VerifiedView[]>([]);
  const [first, second] = results;
  const done = results.length === log.implementations.length && !action.busy;
  const verify = () =>
    action.run(async (options) => {
      setResults([]);
      for (const crypto of log.implementations) {
        const verified = await engine.log.verify({ circle, crypto }, options);
        setResults((before) => [...before, verified]);
      }
    });
  return (
    <Section title={t("log.check")}>
      <p>{t("log.checkText")}</p>
      <ActionButton action={action} tone="usual" onClick={verify}>
        {t("log.checkDo")}
      </ActionButton>
      <div role="status" class="stack">
        {done && first !== undefined && (
          <Notice tone="good" title={t("log.whole", { size: first.size })}>
            <p>
              {second === undefined
                ? t("log.one")
                : first.size === second.size && first.digest !== second.digest
                  ? t("log.disagree")
                  : t("log.agree")}
            </p>
            <p class="small">
              {t("log.root")} <code dir="ltr">{first.root}</code>
            </p>
          </Notice>
        )}
      </div>
    </Section>
  );
}

function Export({ circle }: { readonly circle: CircleId }) {
  const t = useText();
  const engine = useEngine();
  const action = useAction();
  return (
    <Section title={t("log.export")}>
      <p>{t("log.exportText")}</p>
      <ActionButton
        action={action}
        tone="usual"
        onClick={() => action.run(async () => saveFile("log.cborseq", await engine.log.export({ circle })))}
      >
        {t("log.exportDo")}
      </ActionButton>
    </Section>
  );
}
