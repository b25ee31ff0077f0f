import { useState } from "preact/hooks";
import type { FoundView } from "../../engine/statements.ts";
import {
  ActionButton,
  Page,
  Section,
  Select,
  Shown,
  TextArea,
  TextField,
  useAction,
  useEngine,
  useLoaded,
  useText,
} from "../../ui/index.ts";
import { StatementCard } from "./card.tsx";

/** Checklists and pages of advice that the circles keep. */
export function Guides() {
  const t = useText();
  const engine = useEngine();
  const loaded = useLoaded((options) => engine.statements.guides(undefined, options), []);
  const [replaced, setReplaced] = useState<FoundView | undefined>(undefined);
  return (
    <Page title={t("guides.title")}>
      <Shown loaded={loaded}>
        {(guides) =>
          guides.length === 0 ? (
            <p>{t("guides.none")}</p>
          ) : (
            guides.map((found) => (
              <StatementCard key={found.hash} found={found}>
                {found.statement.kind === "guide" && (
                  <ol>
                    {found.statement.steps.map((step) => (
                      <li key={step}>
                        <bdi>{step}</bdi>
                      </li>
                    ))}
                  </ol>
                )}
                <div>
                  <button type="button" onClick={() => setReplaced(found)}>
                    {t("guides.replace")}
                  </button>
                </div>
              </StatementCard>
            ))
          )
        }
      </Shown>
      <Section title={t("guides.write")}>
        <WriteGuide key={replaced?.hash ?? ""} replaced={replaced} onDone={() => setReplaced(undefined)} />
      </Section>
    </Page>
  );
}

function WriteGuide({
  replaced,
  onDone,
}: {
  /** The guide that this one takes the place of. */
  readonly replaced: FoundView | undefined;
  readonly onDone: () => void;
}) {
  const t = useText();
  const engine = useEngine();
  const action = useAction();
  const old = replaced?.statement.kind === "guide" ? replaced.statement : undefined;
  const [title, setTitle] = useState(old?.title ?? "");
  const [steps, setSteps] = useState(old?.steps.join("\n") ?? "");
  const [chosen, setChosen] = useState("");
  const circles = useLoaded((options) => engine.circles.list(undefined, options), []);
  return (
    <Shown loaded={circles}>
      {(list) => {
        const open = list.filter(({ role }) => role !== undefined && role !== "reader");
        const circle = replaced?.circle ?? open.find(({ id }) => id === chosen) ?? open[0];
        if (circle === undefined) return <p>{t("tip.noCircle")}</p>;
        return (
          <form
            class="stack"
            onSubmit={async (event) => {
              event.preventDefault();
              const lines = steps
                .split("\n")
                .map((line) => line.trim().normalize("NFC"))
                .filter((line) => line !== "");
              const done = await action.run(() =>
                engine.statements.say({
                  circle: circle.id,
                  draft: {
                    kind: "guide",
                    tlp: "TLP:AMBER",
                    title: title.trim().normalize("NFC"),
                    steps: lines,
                    ...(replaced === undefined ? {} : { replaces: replaced.hash }),
                  },
                }),
              );
              if (!done) return;
              setTitle("");
              setSteps("");
              onDone();
            }}
          >
            {replaced === undefined && open.length > 1 && (
              <Select
                label={t("term.circle")}
                value={circle.id as string}
                options={open.map(({ id, label }) => ({ value: id as string, label }))}
                onChange={setChosen}
              />
            )}
            <TextField label={t("guides.name")} value={title} onChange={setTitle} required maxLength={250} />
            <TextArea label={t("guides.steps")} value={steps} onChange={setSteps} required />
            <ActionButton action={action}>{t("guides.do")}</ActionButton>
          </form>
        );
      }}
    </Shown>
  );
}
