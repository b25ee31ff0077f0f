/* A case on paper: what leaves the application, and so without who said what under the Chatham House Rule. */
import { forExport, type Statement, type Tlp } from "../../../client/index.ts";
import type { Session } from "../session.ts";
import type { Named, StatementView } from "../statements.ts";
import { type AssessmentView, check } from "./assessment.ts";
import { type CaseId, type CaseView, findCase } from "./cases.ts";
import { inquiryMethods } from "./inquiries.ts";

/** A statement as it may be printed. */
export type PrintedStatement = {
  readonly statement: Statement;
  /** Absent under the Chatham House Rule. */
  readonly organization?: Named<string>;
  readonly hour?: number;
  readonly retracted: boolean;
  readonly beside: readonly PrintedBeside[];
};

export type PrintedBeside = Pick<PrintedStatement, "statement" | "organization">;

export type PrintedAnswers = {
  readonly questions: readonly string[];
  readonly answers: readonly (PrintedBeside & { readonly answers: readonly string[] })[];
};

export type ReportView = {
  readonly case: CaseView;
  /** The strictest of everything in it. */
  readonly tlp: Tlp;
  readonly madeHour: number;
  readonly sentence: string;
  readonly divided: boolean;
  /** Reasons whose authors may be named. */
  readonly reasons: AssessmentView["reasons"];
  /** How many reasons stand without a name. */
  readonly unnamed: number;
  readonly statements: readonly PrintedStatement[];
  readonly inquiries: readonly PrintedAnswers[];
};

const strictest: readonly Tlp[] = ["TLP:RED", "TLP:AMBER+STRICT", "TLP:AMBER", "TLP:GREEN", "TLP:CLEAR"];

function printedBeside({ statement, organization, hour }: StatementView) {
  return { statement, ...forExport(statement, { organization, hour }) };
}

export function reportMethods(session: Session) {
  const inquiries = inquiryMethods(session);
  return {
    make: async ({ language, ...id }: CaseId & { readonly language: string }): Promise<ReportView> => {
      const { view } = await findCase(session, id);
      const { identifiers } = view.statement.subject;
      const [{ now, held }, asked] = await Promise.all([
        check(session, { identifiers, language }),
        inquiries.asked({ identifiers }),
      ]);
      const said = held.filter(({ statement }) =>
        ["attestation", "red-flag", "tip", "judgment"].includes(statement.kind),
      );
      const hidden = new Set(
        [...held, ...held.flatMap(({ positions }) => positions)]
          .filter(({ statement }) => statement.chathamHouse === true)
          .map(({ hash }) => hash),
      );
      const reasons = now.reasons.filter(({ hash }) => !hidden.has(hash));
      const labels = new Set<Tlp>([
        view.statement.tlp,
        ...said.map(({ statement }) => statement.tlp),
        ...asked.flatMap(({ statement, answers }) => [statement.tlp, ...answers.map((one) => one.statement.tlp)]),
      ]);
      return {
        case: view,
        tlp: strictest.find((label) => labels.has(label)) ?? "TLP:RED",
        madeHour: Math.floor(session.identity().platform.now() / 3_600_000),
        sentence: now.sentence,
        divided: now.divided,
        reasons,
        unnamed: now.reasons.length - reasons.length,
        statements: said.map((one) => ({
          ...printedBeside(one),
          retracted: one.retracted,
          beside: [...one.positions, ...one.corrections, ...one.replies].map(printedBeside),
        })),
        inquiries: asked.map(({ inquiry, answers }) => ({
          questions: inquiry.questions,
          answers: answers.map((one) => ({ ...printedBeside(one), answers: one.answer.answers })),
        })),
      };
    },
  };
}
