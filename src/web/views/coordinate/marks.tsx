import type { MarkView } from "../../engine/roster/shared.ts";
import { Tag, useText } from "../../ui/index.ts";

/** How trust in somebody ended, as tags beside their name. */
export function MarkTags({ marks }: { readonly marks: readonly MarkView[] }) {
  const t = useText();
  return (
    <>
      {marks.map(({ as, position }) => (
        <Tag key={position} tone={as === "retired" ? "warn" : "bad"}>
          {t(`markTag.${as}`)}
        </Tag>
      ))}
    </>
  );
}
