import { useState } from "preact/hooks";
import type { IdentityState } from "../../engine/identity.ts";
import { ActionButton, Page, TextField, useAction, useEngine, useText } from "../../ui/index.ts";

/** The phrase opens the identity that this browser keeps. */
export function Unlock({ onReady }: { readonly onReady: (state: IdentityState) => void }) {
  const t = useText();
  const engine = useEngine();
  const action = useAction();
  const [phrase, setPhrase] = useState("");
  return (
    <Page title={t("unlock.title")}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          action.run(async () => onReady(await engine.identity.unlock({ phrase })));
        }}
      >
        <TextField label={t("unlock.phrase")} type="password" value={phrase} onChange={setPhrase} required />
        <ActionButton action={action}>{t("unlock.open")}</ActionButton>
      </form>
    </Page>
  );
}
