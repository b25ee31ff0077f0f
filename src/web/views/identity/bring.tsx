import { useId, useState } from "preact/hooks";
import type { IdentityState } from "../../engine/identity.ts";
import { ActionButton, Page, TextField, useAction, useEngine, useText } from "../../ui/index.ts";

/** An identity is some kilobytes; what is larger than this is another file, and is not read. */
const mostBytes = 16 * 2 ** 20;

/** Brings an identity file here. */
export function BringIdentity({ onReady }: { readonly onReady: (state: IdentityState) => void }) {
  const t = useText();
  const engine = useEngine();
  const action = useAction();
  const id = useId();
  const [file, setFile] = useState<File | undefined>(undefined);
  const [phrase, setPhrase] = useState("");
  const tooLarge = (file?.size ?? 0) > mostBytes;
  return (
    <Page title={t("bring.title")}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (file === undefined || tooLarge) return;
          action.run(async () =>
            onReady(await engine.identity.bring({ file: new Uint8Array(await file.arrayBuffer()), phrase })),
          );
        }}
      >
        <div class="field">
          <label for={id}>{t("bring.file")}</label>
          <input id={id} type="file" required onChange={(event) => setFile(event.currentTarget.files?.[0])} />
          {tooLarge && <span class="wrong">{t("bring.tooLarge")}</span>}
        </div>
        <TextField label={t("unlock.phrase")} type="password" value={phrase} onChange={setPhrase} required />
        <ActionButton action={action} disabled={tooLarge}>
          {t("bring.open")}
        </ActionButton>
      </form>
    </Page>
  );
}
