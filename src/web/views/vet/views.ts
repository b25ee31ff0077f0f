import { Answers } from "./answers.tsx";
import { Ask } from "./ask.tsx";
import { Case, CaseHeld } from "./case.tsx";
import { Decide } from "./decide.tsx";
import { Groundwork } from "./groundwork.tsx";
import { Vet } from "./home.tsx";
import type { VetViews } from "./index.ts";
import { Inquiry } from "./inquiry.tsx";
import { LookUp } from "./lookup.tsx";
import { EditCase, OpenCase } from "./open-case.tsx";
import { Outcome } from "./outcome.tsx";
import { Report } from "./report.tsx";
import { Respond } from "./respond.tsx";
import { Attest, Flag, Vouch } from "./say.tsx";

export const vetViews: VetViews = {
  vet: Vet,
  lookup: LookUp,
  "case-open": OpenCase,
  "case-edit": EditCase,
  case: Case,
  "case-held": CaseHeld,
  groundwork: Groundwork,
  ask: Ask,
  answers: Answers,
  inquiry: Inquiry,
  decide: Decide,
  outcome: Outcome,
  report: Report,
  attest: Attest,
  flag: Flag,
  vouch: Vouch,
  respond: Respond,
};
