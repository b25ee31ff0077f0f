import { useState } from "preact/hooks";
import { Check, Page, Shown, TextField, useEngine, useLoaded, useText } from "../../ui/index.ts";
import type { ViewProps } from "../index.ts";

const lines = [1, 2, 3, 4, 5, 6, 7] as const;

/** A sheet to print: what is needed to come back after a loss. The phrase is written on it by hand, or not at all. */
export function RecoveryKit({ identity }: ViewProps) {
  const t = useText();
  const engine = useEngine();
  const circles = useLoaded((options) => engine.circles.list(undefined, options), []);
  const [named, setNamed] = useState(false);
  const [contact, setContact] = useState("");
  return (
    <Page title={t("safety.kit")}>
      <div class="stack no-print">
        <p>{t("kit.what")}</p>
        <Check label={t("kit.named")} checked={named} onChange={setNamed} />
        <TextField label={t("kit.contact")} hint={t("kit.contactHint")} value={contact} onChange={setContact} />
        <div>
          <button type="button" class="primary" onClick={() => print()}>
            {t("kit.print")}
          </button>
        </div>
      </div>
      <div class="card stack">
        <h2>{t("kit.title")}</h2>
        <ol>
          <li>{t("kit.step1")}</li>
          <li>{t("kit.step2")}</li>
          <li>{t("kit.step3")}</li>
        </ol>
        <h3>{t("unlock.phrase")}</h3>
        <ol class="words">
          {lines.map((line) => (
            <li key={line}>{t("kit.blank", { number: line })}</li>
          ))}
        </ol>
        {contact !== "" && (
          <p>
            {t("kit.call")} <bdi>{contact}</bdi>
          </p>
        )}
        <Shown loaded={circles}>
          {(list) => (
            <ul>
              {[...new Set(list.map(({ address }) => address))].map((address) => (
                <li key={address}>
                  <code dir="ltr">{address}</code>
                </li>
              ))}
              {named &&
                list.map(({ id, label }) => (
                  <li key={id}>
                    <bdi>{label}</bdi>
                  </li>
                ))}
            </ul>
          )}
        </Shown>
        {named && (
          <p>
            <bdi>{identity.organization}</bdi> · <bdi>{identity.member}</bdi>
          </p>
        )}
        <p>{t("kit.lost")}</p>
      </div>
    </Page>
  );
}
