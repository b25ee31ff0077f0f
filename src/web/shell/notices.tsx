/* What concerns every view: an identity that only a file keeps, no network, another version. */
import { useEffect, useState } from "preact/hooks";
import type { IdentityState } from "../engine/identity.ts";
import { Notice, saveFile, useAction, useEngine, useText } from "../ui/index.ts";

/** Whether the browser says that there is a network. */
function useOnline(): boolean {
  const [online, setOnline] = useState(navigator.onLine);
  useEffect(() => {
    const look = () => setOnline(navigator.onLine);
    addEventListener("online", look);
    addEventListener("offline", look);
    return () => {
      removeEventListener("online", look);
      removeEventListener("offline", look);
    };
  }, []);
  return online;
}

export function Notices({
  identity,
  update,
}: {
  readonly identity: IdentityState | undefined;
  /** Takes another version that waits. */
  readonly update: (() => void) | undefined;
}) {
  const t = useText();
  const engine = useEngine();
  const action = useAction();
  const online = useOnline();
  return (
    <div class="page stack notices no-print">
      {!online && (
        <Notice tone="warn">
          <p>{t("notice.offline")}</p>
        </Notice>
      )}
      {identity?.unsaved === true && (
        <Notice tone="warn">
          <p>{t("notice.unsaved")}</p>
          <p>
            <button
              type="button"
              onClick={() => action.run(async () => saveFile("notes.vault", await engine.identity.export()))}
            >
              {t("file.save")}
            </button>
          </p>
        </Notice>
      )}
      {update !== undefined && (
        <Notice>
          <p>{t("notice.update")}</p>
          <p>
            <button type="button" onClick={update}>
              {t("notice.take")}
            </button>
          </p>
        </Notice>
      )}
    </div>
  );
}
