import type { Translate } from "../../i18n/translate.ts";
import { Select, TextField, useText } from "../../ui/index.ts";

export type Answer = { readonly verdict: "" | "holds" | "doubtful" | "unclear"; readonly note: string };
export type Answers = Readonly<Record<string, Answer>>;

export const noAnswers: Answers = {};
const none: Answer = { verdict: "", note: "" };

/** First Draft's five: what a tip stands on. */
export const pillars = ["provenance", "source", "date", "location", "motivation"] as const;

const verdicts = ["holds", "doubtful", "unclear"] as const;

/** Questions that are answered one by one, each with its evidence, or with “cannot tell”. */
export function Questions<Q extends string>({
  questions,
  group,
  answers,
  onChange,
}: {
  readonly questions: readonly Q[];
  readonly group: "pillar" | "bait";
  readonly answers: Answers;
  readonly onChange: (answers: Answers) => void;
}) {
  const t = useText();
  return (
    <div class="stack">
      {questions.map((question) => {
        const answer = answers[question] ?? none;
        const set = (change: Partial<Answer>) => onChange({ ...answers, [question]: { ...answer, ...change } });
        return (
          <fieldset key={question} class="stack">
            <legend>{t(`${group}.${question}` as "pillar.source")}</legend>
            <p class="soft small">{t(`${group}.${question}Text` as "pillar.sourceText")}</p>
            <div class="columns">
              <Select
                label={t(`${group}.answer`)}
                value={answer.verdict}
                onChange={(verdict) => set({ verdict })}
                options={[
                  { value: "" as const, label: t("answer.none") },
                  ...verdicts.map((value) => ({ value, label: t(`${group}.${value}`) })),
                ]}
              />
              <TextField label={t("answer.evidence")} value={answer.note} onChange={(note) => set({ note })} />
            </div>
          </fieldset>
        );
      })}
    </div>
  );
}

export function Pillars(given: { readonly answers: Answers; readonly onChange: (answers: Answers) => void }) {
  return <Questions questions={pillars} group="pillar" {...given} />;
}

/** Answers as sentences, for the statement's list of checks. */
export function checksOf(
  questions: readonly string[],
  group: "pillar" | "bait",
  answers: Answers,
  t: Translate,
): readonly string[] {
  return questions.flatMap((question) => {
    const answer = answers[question];
    if (answer === undefined || answer.verdict === "") return [];
    const said = t("answer.check", {
      question: t(`${group}.${question}` as "pillar.source"),
      answer: t(`${group}.${answer.verdict}`),
      evidence: answer.note.trim(),
    });
    return [said.trim().normalize("NFC").slice(0, 1000)];
  });
}
