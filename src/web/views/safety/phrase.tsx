import { useState } from "preact/hooks";
import { ActionButton, Page, useAction, useEngine, useNavigation, useText } from "../../ui/index.ts";
import { NewPhrase } from "../identity/create.tsx";
import type { ViewProps } from "../index.ts";

/** A new phrase for this device's identity. */
export function ChangePhrase({ onIdentity }: ViewProps) {
  const t = useText();
  const engine = useEngine();
  const action = useAction();
  const { go } = useNavigation();
  const [phrase, setPhrase] = useState<string | undefined>(undefined);
  if (phrase !== undefined) {
    return (
      <NewPhrase
        phrase={phrase}
        label={t("change.do")}
        finish={async () => {
          onIdentity(await engine.identity.changePhrase({ phrase }));
          go({ view: "safety" });
        }}
      />
    );
  }
  return (
    <Page title={t("safety.phrase")}>
      <p>{t("change.what")}</p>
      <ActionButton action={action} onClick={() => action.run(async () => setPhrase(await engine.identity.phrase()))}>
        {t("change.draw")}
      </ActionButton>
    </Page>
  );
}
