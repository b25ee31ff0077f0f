import { useState } from "preact/hooks";
import type { CircleId, Compared } from "../../../client/index.ts";
import type { LogView } from "../../engine/roster/log.ts";
import {
  ActionButton,
  Notice,
  Qr,
  Section,
  TextField,
  type Tone,
  Trouble,
  useAction,
  useEngine,
  useFrame,
  useText,
  Words,
} from "../../ui/index.ts";
import { Scanner } from "./scanner.tsx";

/** Two members compare what the host showed them: by words over the telephone, or by codes when they meet. */
export function Compare({ circle, log }: { readonly circle: CircleId; readonly log: LogView }) {
  const t = useText();
  return (
    <Section title={t("compare.title")}>
      <p>{t("compare.why")}</p>
      <div class="columns">
        <ByWords circle={circle} log={log} />
        <ByCode circle={circle} log={log} />
      </div>
    </Section>
  );
}

function ByWords({ circle, log }: { readonly circle: CircleId; readonly log: LogView }) {
  const { t, language } = useFrame();
  const engine = useEngine();
  const action = useAction();
  const [size, setSize] = useState("");
  const [shorter, setShorter] = useState<{ readonly size: number; readonly words: readonly string[] } | undefined>(
    undefined,
  );
  const shown = shorter ?? log;
  return (
    <div class="stack">
      <h3>{t("compare.byWords")}</h3>
      <p>{t("compare.entries", { size: shown.size })}</p>
      <Words words={shown.words} label={t("compare.words")} />
      <p class="soft">{t("compare.language")}</p>
      <p class="soft">{t("compare.differ")}</p>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          const wanted = Number(size);
          action.run(async () => {
            const words = await engine.log.words({ circle, size: wanted, language: language.code });
            setShorter({ size: wanted, words });
          });
        }}
      >
        <TextField
          type="number"
          label={t("compare.fewer")}
          hint={t("compare.fewerHint")}
          min={1}
          max={log.size}
          value={size}
          onChange={setSize}
          required
        />
        <ActionButton action={action} tone="usual">
          {t("compare.fewerDo")}
        </ActionButton>
      </form>
    </div>
  );
}

const tones: Readonly<Record<Compared, Tone>> = {
  same: "good",
  fewer: "good",
  more: "warn",
  differs: "bad",
  "other-circle": "warn",
  "no-head": "warn",
};

function ByCode({ circle, log }: { readonly circle: CircleId; readonly log: LogView }) {
  const t = useText();
  const engine = useEngine();
  const action = useAction();
  const [scanning, setScanning] = useState(false);
  const [compared, setCompared] = useState<Compared | undefined>(undefined);
  const found = (code: string) => {
    setScanning(false);
    action.run(async () => setCompared(await engine.log.compare({ circle, code })));
  };
  return (
    <div class="stack">
      <h3>{t("compare.byCode")}</h3>
      <p>{t("compare.show")}</p>
      <Qr text={log.code} label={t("compare.qr")} />
      {scanning ? (
        <Scanner onFound={found} onEnd={() => setScanning(false)} />
      ) : (
        <div>
          <button
            type="button"
            onClick={() => {
              setCompared(undefined);
              setScanning(true);
            }}
          >
            {t("compare.scan")}
          </button>
        </div>
      )}
      <div role="status">
        {compared !== undefined && (
          <Notice tone={tones[compared]} title={t(`compared.${compared}`)}>
            <p>{t(`compared.${compared}.text`)}</p>
          </Notice>
        )}
      </div>
      <Trouble error={action.error} />
    </div>
  );
}
