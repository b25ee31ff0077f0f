import { useState } from "preact/hooks";
import type { Draft, TipVerdict } from "../../../client/index.ts";
import type { FoundView } from "../../engine/statements.ts";
import { ActionButton, Select, TextArea, useAction, useEngine, useNavigation, useText } from "../../ui/index.ts";

const verdicts: readonly TipVerdict[] = ["unverified", "authentic", "misleading", "fabricated", "bait"];

/** What became of an own tip: said anew about the same sources and text, and the older word taken back. */
export function FollowTip({ found }: { readonly found: FoundView }) {
  const t = useText();
  const engine = useEngine();
  const action = useAction();
  const { go } = useNavigation();
  const { statement } = found;
  const [verdict, setVerdict] = useState<TipVerdict>(statement.kind === "tip" ? statement.verdict : "unverified");
  const [text, setText] = useState("");
  if (statement.kind !== "tip") return null;
  const { id: _, organization: __, device: ___, ...before } = statement;
  const follow: Draft = { ...before, verdict, text: text.trim().normalize("NFC") };
  const retraction: Draft = { kind: "retraction", tlp: statement.tlp, target: found.hash };
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        action.run(async () => {
          const said = await engine.statements.say({ circle: found.circle.id, draft: follow });
          await engine.statements.say({ circle: found.circle.id, draft: retraction });
          go({ view: "statement", circle: found.circle.id, hash: said.hash });
        });
      }}
    >
      <p>{t("tip.followText")}</p>
      <Select
        label={t("tip.verdict")}
        value={verdict}
        options={verdicts.map((value) => ({ value, label: t(`tipVerdict.${value}`) }))}
        onChange={setVerdict}
      />
      <TextArea label={t("term.text")} value={text} onChange={setText} required />
      <ActionButton action={action} tone="usual">
        {t("tip.followDo")}
      </ActionButton>
    </form>
  );
}
