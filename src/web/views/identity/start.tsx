import { useState } from "preact/hooks";
import type { IdentityState } from "../../engine/identity.ts";
import { Notice, Page, useText } from "../../ui/index.ts";
import { BringIdentity } from "./bring.tsx";
import { NewIdentity } from "./create.tsx";
import { TakeOver } from "./take-over.tsx";

/** The first thing that a person sees where there is no identity: make one, or bring one. */
export function Start({
  code,
  onReady,
}: {
  /** The code of an older device, if this page was opened by one. */
  readonly code?: string | undefined;
  readonly onReady: (state: IdentityState) => void;
}) {
  const t = useText();
  const [way, setWay] = useState<"new" | "bring" | "device" | undefined>(code === undefined ? undefined : "device");
  if (way === "new") return <NewIdentity onReady={onReady} />;
  if (way === "bring") return <BringIdentity onReady={onReady} />;
  if (way === "device") return <TakeOver code={code ?? ""} onReady={onReady} />;
  return (
    <Page title={t("start.title")}>
      <p>{t("start.what")}</p>
      <Notice>
        <p>{t("start.limits")}</p>
      </Notice>
      <div class="row">
        <button type="button" class="primary" onClick={() => setWay("new")}>
          {t("start.new")}
        </button>
        <button type="button" onClick={() => setWay("bring")}>
          {t("start.bring")}
        </button>
        <button type="button" onClick={() => setWay("device")}>
          {t("start.device")}
        </button>
      </div>
    </Page>
  );
}
