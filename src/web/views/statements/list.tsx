import { useState } from "preact/hooks";
import type { StatementKind } from "../../../client/index.ts";
import type { FoundView } from "../../engine/statements.ts";
import { Check, Page, Select, Shown, TextField, useEngine, useLoaded, useNavigation, useText } from "../../ui/index.ts";
import { StatementCard } from "./card.tsx";

const kinds: readonly StatementKind[] = [
  "attestation",
  "red-flag",
  "tip",
  "vouch",
  "inquiry",
  "answer",
  "decision",
  "case",
  "guide",
  "position",
  "correction",
  "retraction",
  "reply",
  "judgment",
];

/** Everything that this device may read, the newest first, narrowed by kind and words. */
export function Statements() {
  const t = useText();
  const engine = useEngine();
  const { go } = useNavigation();
  const [kind, setKind] = useState<StatementKind | "">("");
  const [words, setWords] = useState("");
  const [mine, setMine] = useState(false);
  const [pages, setPages] = useState(1);
  const filter = { ...(kind === "" ? {} : { kind }), words, mine };
  const loaded = useLoaded(
    async (options) => {
      const page: FoundView[] = [];
      let next: number | undefined = 0;
      let total = 0;
      for (let i = 0; i < pages && next !== undefined; i++) {
        const got: Awaited<ReturnType<typeof engine.statements.list>> = await engine.statements.list(
          { ...filter, from: next },
          options,
        );
        page.push(...got.page);
        ({ next, total } = got);
      }
      return { page, total, more: next !== undefined };
    },
    [kind, words, mine, pages],
  );
  return (
    <Page title={t("statements.title")}>
      <div class="columns">
        <TextField label={t("statements.words")} value={words} onChange={setWords} />
        <Select
          label={t("statements.kind")}
          value={kind}
          onChange={setKind}
          options={[
            { value: "" as const, label: t("statements.all") },
            ...kinds.map((value) => ({ value, label: t(`kind.${value}`) })),
          ]}
        />
      </div>
      <div class="row">
        <Check label={t("statements.mine")} checked={mine} onChange={setMine} />
        <button type="button" onClick={() => go({ view: "guides" })}>
          {t("statements.guides")}
        </button>
      </div>
      <Shown loaded={loaded}>
        {({ page, total, more }) => (
          <>
            <p role="status">{t("statements.count", { count: total })}</p>
            {page.map((found) => (
              <StatementCard key={`${found.circle.id} ${found.hash}`} found={found}>
                <div>
                  <button
                    type="button"
                    onClick={() => go({ view: "statement", circle: found.circle.id, hash: found.hash })}
                  >
                    {t("statement.open")}
                  </button>
                </div>
              </StatementCard>
            ))}
            {more && (
              <div>
                <button type="button" onClick={() => setPages(pages + 1)}>
                  {t("statements.more")}
                </button>
              </div>
            )}
          </>
        )}
      </Shown>
    </Page>
  );
}
