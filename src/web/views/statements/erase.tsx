import { useState } from "preact/hooks";
import type { FoundView } from "../../engine/statements.ts";
import { useEngine, useNavigation, useText, Weighed } from "../../ui/index.ts";

/** Erases a statement: one's own at once, another's after a hold. */
export function EraseStatement({ found }: { readonly found: FoundView }) {
  const t = useText();
  const engine = useEngine();
  const { back } = useNavigation();
  const [held, setHeld] = useState(false);
  if (held) return <p role="status">{t("erase.held")}</p>;
  return (
    <Weighed
      label={t("erase.title")}
      title={t("erase.title")}
      confirm={t("erase.do")}
      tone="danger"
      act={async () => {
        const outcome = await engine.statements.erase({ circle: found.circle.id, position: found.position });
        if (outcome === "erased") back();
        else setHeld(true);
      }}
    >
      <p>{t(found.mine ? "erase.own" : "erase.other")}</p>
    </Weighed>
  );
}
