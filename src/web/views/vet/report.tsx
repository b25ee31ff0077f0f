import type { CircleId, StatementHash } from "../../../client/index.ts";
import type { PrintedBeside, PrintedStatement, ReportView } from "../../engine/vetting/report.ts";
import { Name, Page, Section, Shown, Tlp, useEngine, useFrame, useLoaded, useText, When } from "../../ui/index.ts";
import type { ViewProps } from "../index.ts";
import { gist } from "../statements/card.tsx";
import { Facts } from "./case.tsx";
import { DecisionShown } from "./decision.tsx";
import { ReasonList } from "./reasons.tsx";

/** A case on paper. Under the Chatham House Rule nobody is named on it. */
export function Report({ place }: ViewProps) {
  const { t, language } = useFrame();
  const engine = useEngine();
  const id = { circle: place.circle as CircleId, hash: place.hash as StatementHash };
  const report = useLoaded(
    (options) => engine.reports.make({ ...id, language: language.code }, options),
    [language.code],
  );
  return (
    <Page title={t("vet.report.title")}>
      <Shown loaded={report}>{(value) => <Paper report={value} />}</Shown>
    </Page>
  );
}

function Paper({ report }: { readonly report: ReportView }) {
  const t = useText();
  const { case: view, statements, inquiries } = report;
  return (
    <>
      <div class="no-print stack">
        <p>{t("vet.report.care")}</p>
        <p>
          <button type="button" class="primary" onClick={() => print()}>
            {t("vet.report.print")}
          </button>
        </p>
      </div>
      <p>
        <Tlp label={report.tlp} /> <When hour={report.madeHour} />
      </p>
      <Facts view={view} />
      <Section title={t("vet.assessment")}>
        <p class="sentence">{report.sentence}</p>
        <ReasonList reasons={report.reasons} />
        {report.unnamed > 0 && <p>{t("vet.report.unnamed", { count: report.unnamed })}</p>}
      </Section>
      <Section title={t("vet.held.title")}>
        {statements.length === 0 && <p>{t("vet.held.none")}</p>}
        <ul class="list">
          {statements.map((one, at) => (
            <li key={at}>
              <Printed one={one} />
            </li>
          ))}
        </ul>
      </Section>
      {view.groundwork.length > 0 && (
        <Section title={t("vet.step.groundwork")}>
          <ul>
            {view.groundwork.map(({ item, done, note }) => (
              <li key={item}>
                <bdi>{item}</bdi>: {t(done ? "vet.groundwork.done" : "vet.groundwork.open")}
                {note !== undefined && (
                  <>
                    {" "}
                    <bdi>{note}</bdi>
                  </>
                )}
              </li>
            ))}
          </ul>
        </Section>
      )}
      {inquiries.length > 0 && (
        <Section title={t("vet.step.answers")}>
          {inquiries.map(({ questions, answers }) =>
            answers.map((one, at) => (
              <article class="card" key={at}>
                <p>
                  <Author of={one} />
                </p>
                <dl>
                  {questions.map((question, place) => (
                    <div key={question}>
                      <dt>
                        <bdi>{question}</bdi>
                      </dt>
                      <dd>
                        <bdi>{one.answers[place]?.trim() || t("vet.answers.blank")}</bdi>
                      </dd>
                    </div>
                  ))}
                </dl>
              </article>
            )),
          )}
        </Section>
      )}
      {view.decision !== undefined && (
        <Section title={t("vet.decision")}>
          <DecisionShown view={view.decision} circle={view.circle.id} past />
        </Section>
      )}
    </>
  );
}

function Author({ of: { organization } }: { readonly of: PrintedBeside }) {
  const t = useText();
  return organization === undefined ? (
    <span class="soft">{t("vet.report.chatham")}</span>
  ) : (
    <strong>
      <Name of={organization} />
    </strong>
  );
}

function Printed({ one }: { readonly one: PrintedStatement }) {
  const t = useText();
  const { statement } = one;
  return (
    <article class="card">
      <p>
        {t(`kind.${statement.kind}`)} <strong>{gist(statement, t)}</strong> · <Author of={one} />
        {one.hour !== undefined && (
          <>
            {" "}
            · <When hour={one.hour} />
          </>
        )}{" "}
        · <Tlp label={statement.tlp} />
        {one.retracted && ` · ${t("statement.retracted")}`}
      </p>
      {statement.text !== undefined && (
        <p>
          <bdi>{statement.text}</bdi>
        </p>
      )}
      {one.beside.length > 0 && (
        <ul>
          {one.beside.map((other, at) => (
            <li key={at}>
              <Author of={other} />: {t(`kind.${other.statement.kind}`)} {gist(other.statement, t)}{" "}
              <bdi>{other.statement.text}</bdi>
            </li>
          ))}
        </ul>
      )}
    </article>
  );
}
