import { ActionButton, Notice, Page, saveFile, useAction, useEngine, useText } from "../../ui/index.ts";

/** The identity as a file to carry. */
export function IdentityFile() {
  const t = useText();
  const engine = useEngine();
  const action = useAction();
  return (
    <Page title={t("safety.file")}>
      <p>{t("file.what")}</p>
      <Notice tone="warn">
        <p>{t("file.old")}</p>
      </Notice>
      <ActionButton
        action={action}
        onClick={() => action.run(async () => saveFile("notes.vault", await engine.identity.export()))}
      >
        {t("file.save")}
      </ActionButton>
    </Page>
  );
}
