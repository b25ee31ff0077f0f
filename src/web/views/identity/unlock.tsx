import { useState } from "preact/hooks";
import type { IdentityState } from "../../engine/identity.ts";
import { ActionButton, Notice, Page, TextField, useAction, useEngine, useText } from "../../ui/index.ts";

/** The phrase opens the identity that this browser keeps. */
export function Unlock({
  identity,
  lost,
  onReady,
}: {
  readonly identity: IdentityState;
  /** Another tab has taken the identity over. */
  readonly lost: boolean;
  readonly onReady: (state: IdentityState) => void;
}) {
  const t = useText();
  const engine = useEngine();
  const action = useAction();
  const [phrase, setPhrase] = useState("");
  const unlock = (force: boolean) =>
    action.run(async () => onReady(await engine.identity.unlock({ phrase, ...(force ? { force } : {}) })));
  return (
    <Page title={t("unlock.title")}>
      {lost && (
        <Notice tone="warn">
          <p>{t("unlock.lost")}</p>
        </Notice>
      )}
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          unlock(false);
        }}
      >
        <TextField label={t("unlock.phrase")} type="password" value={phrase} onChange={setPhrase} required />
        {identity.crypto === "noble" && <p class="soft small">{t("unlock.slow")}</p>}
        <ActionButton action={action}>{t("unlock.open")}</ActionButton>
        {action.error?.code === "identity.elsewhere" && (
          <p>
            <button type="button" onClick={() => unlock(true)}>
              {t("unlock.takeOver")}
            </button>
          </p>
        )}
      </form>
      <details>
        <summary>{t("unlock.forgot")}</summary>
        <p>{t("unlock.forgotText")}</p>
      </details>
    </Page>
  );
}
