import { Notice, useText } from "../../ui/index.ts";
import { type Answers, Questions } from "./pillars.tsx";

/** Signs of a tip that was made so that its publication harms who publishes it. */
export const signs = ["false", "single", "urgent", "open", "canary"] as const;

export function Bait(given: { readonly answers: Answers; readonly onChange: (answers: Answers) => void }) {
  const t = useText();
  return (
    <>
      <Notice tone="warn">
        <p>{t("bait.text")}</p>
      </Notice>
      <Questions questions={signs} group="bait" {...given} />
    </>
  );
}
