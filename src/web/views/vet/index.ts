/** Journey 1, vet a collaborator: its views by name. Their scripts are fetched together, when one is first shown. */
import type { ComponentType } from "preact";
import { lazily } from "../../ui/lazily.tsx";
import type { ViewProps } from "../index.ts";

const names = [
  "vet",
  "lookup",
  "case-open",
  "case-edit",
  "case",
  "case-held",
  "groundwork",
  "ask",
  "answers",
  "inquiry",
  "decide",
  "outcome",
  "report",
  "attest",
  "flag",
  "vouch",
  "respond",
] as const;

export type VetViews = Readonly<Record<(typeof names)[number], ComponentType<ViewProps>>>;

export const vetViews = Object.fromEntries(
  names.map((name) => [name, lazily(async () => (await import("./views.ts")).vetViews[name])]),
) as VetViews;
