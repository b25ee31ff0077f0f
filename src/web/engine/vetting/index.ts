/** Journey 1, vet a collaborator: who is meant, what is held, cases, inquiries, the report. */
import type { Session } from "../session.ts";
import { type CheckQuestion, check } from "./assessment.ts";
import { readingMethods } from "./subject.ts";

export { caseMethods } from "./cases.ts";
export { inquiryMethods } from "./inquiries.ts";
export { reportMethods } from "./report.ts";

export function subjectMethods(session: Session) {
  return { ...readingMethods(session), check: (question: CheckQuestion) => check(session, question) };
}
