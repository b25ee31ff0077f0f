import { useState } from "preact/hooks";
import type { FoundView } from "../../engine/statements.ts";
import { Select, useEngine, useLoaded, useText, Weighed } from "../../ui/index.ts";

/** Carries a statement to another circle, where its author allowed that and there is one. */
export function ForwardStatement({ found }: { readonly found: FoundView }) {
  const t = useText();
  const engine = useEngine();
  const id = { circle: found.circle.id, hash: found.hash };
  const circles = useLoaded((options) => engine.statements.destinations(id, options), [found.hash]);
  const [chosen, setChosen] = useState("");
  const list = circles.value ?? [];
  const to = list.find((one) => one.id === chosen) ?? list[0];
  if (to === undefined) return null;
  return (
    <Weighed
      label={t("forward.title")}
      title={t("forward.title")}
      confirm={t("forward.do")}
      act={() => engine.statements.forward({ ...id, to: to.id })}
    >
      <p>{t("forward.text")}</p>
      <Select
        label={t("term.circle")}
        value={to.id as string}
        options={list.map((one) => ({ value: one.id as string, label: one.label }))}
        onChange={setChosen}
      />
    </Weighed>
  );
}
