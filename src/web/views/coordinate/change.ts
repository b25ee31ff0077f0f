import type { ChangeView, RuleChange } from "../../engine/roster/proposals.ts";
import type { MessageKey, Translate } from "../../i18n/translate.ts";
import { said } from "../../ui/index.ts";

/** What a proposal would change, in one sentence. */
export function changeText(change: ChangeView, t: Translate): string {
  switch (change.kind) {
    case "remove":
      return change.target.kind === "member"
        ? t("change.removeMember", { name: said(change.target), organization: said(change.target.organization) })
        : t("change.removeOrganization", { name: said(change.target) });
    case "suspend":
    case "reinstate":
      return t(`change.${change.kind}`, {
        name: said(change.member),
        organization: said(change.member.organization),
      });
    case "role":
      return t("change.role", { name: said(change.member), role: t(`role.${change.role}`) });
    case "mark":
      return t("change.mark", { name: said(change.target), mark: t(`markTag.${change.as}`) });
    case "org-key":
      return t("change.orgKey", { name: said(change.organization) });
    case "host":
      return t("change.host", { address: said({ id: "", name: change.address }) });
    case "policy":
    case "keys":
    case "admit":
      return t(`change.${change.kind}`);
  }
}

/** What the change does to those whom it is about. */
export function consequencesOf(change: ChangeView): readonly MessageKey[] {
  switch (change.kind) {
    case "remove":
      return ["exclude.saysRead", "exclude.saysPast", "exclude.saysKeys"];
    case "suspend":
      return ["suspend.saysRead", "suspend.saysPast", "suspend.saysBack"];
    case "reinstate":
      return ["reinstate.says", "reinstate.saysPast"];
    case "role":
      return [`role.says.${change.role}`, "role.saysKeys"];
    case "mark":
      return [`mark.means.${change.as}`, "mark.saysForGood", "mark.saysReads"];
    default:
      return [];
  }
}

/** One rule that would become another. */
export function ruleChangeText({ rule, from, to }: RuleChange, t: Translate): string {
  const value = (given: RuleChange["from"]) =>
    given === undefined
      ? t(rule === "reserves" ? "rule.reserves.unset" : "rule.unset")
      : given === "full" || given === "from-joining"
        ? t(`rule.history.${given}`)
        : String(given);
  return t("rule.change", { rule: t(`rule.${rule}`), from: value(from), to: value(to) });
}
