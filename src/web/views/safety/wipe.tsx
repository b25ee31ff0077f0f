import { useState } from "preact/hooks";
import { ActionButton, Check, Notice, Page, useAction, useText } from "../../ui/index.ts";
import type { ViewProps } from "../index.ts";

/** Deletes everything that this browser keeps, after one question. */
export function Wipe({ onWipe }: ViewProps) {
  const t = useText();
  const action = useAction();
  const [sure, setSure] = useState(false);
  return (
    <Page title={t("safety.wipe")}>
      <Notice tone="bad">
        <p>{t("wipe.text")}</p>
      </Notice>
      <Check label={t("wipe.sure")} checked={sure} onChange={setSure} />
      <ActionButton action={action} tone="danger" disabled={!sure} onClick={() => action.run(onWipe)}>
        {t("wipe.do")}
      </ActionButton>
    </Page>
  );
}
