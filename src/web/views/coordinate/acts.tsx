/* What can be done about a member or an organization: each act says what it does before it is done. */
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { CircleId, Role, Target } from "../../../client/index.ts";
import type { MemberView } from "../../engine/roster/members.ts";
import type { Outcome } from "../../engine/roster/shared.ts";
import type { MessageKey } from "../../i18n/translate.ts";
import { Choices, said, useEngine, useText, Weighed } from "../../ui/index.ts";

type About = {
  readonly circle: CircleId;
  readonly member: MemberView;
  readonly onDone: (outcome: Outcome) => void;
};

const atOnce: Outcome = { done: true };

/** What an act does, point by point. */
export function Consequences({ keys, name = "" }: { readonly keys: readonly MessageKey[]; readonly name?: string }) {
  const t = useText();
  return (
    <ul>
      {keys.map((key) => (
        <li key={key}>{t(key, { name })}</li>
      ))}
    </ul>
  );
}

/** An act, and what stands beside its button. */
export function Act({ hint, children }: { readonly hint: string; readonly children: ComponentChildren }) {
  return (
    <li class="act">
      <div>{children}</div>
      <span class="soft">{hint}</span>
    </li>
  );
}

export function Suspend({ circle, member, onDone }: About) {
  const t = useText();
  const engine = useEngine();
  const { suspend } = member.powers;
  if (suspend === "no") return null;
  const name = said(member);
  const alone = suspend === "alone";
  return (
    <Act hint={t(alone ? "suspend.alone" : "suspend.together")}>
      <Weighed
        label={t("suspend.do")}
        title={t("suspend.title", { name })}
        confirm={t(alone ? "suspend.now" : "act.propose")}
        tone="danger"
        act={() => engine.members.suspend({ circle, member: member.id })}
        onDone={onDone}
      >
        <Consequences
          name={name}
          keys={[
            alone ? "suspend.saysAlone" : "suspend.saysTogether",
            "suspend.saysRead",
            "suspend.saysPast",
            "suspend.saysKeys",
            "suspend.saysBack",
          ]}
        />
      </Weighed>
    </Act>
  );
}

export function Confirm({ circle, member, onDone }: About) {
  const t = useText();
  const engine = useEngine();
  if (!member.powers.confirm) return null;
  const name = said(member);
  return (
    <Act hint={t("confirm.hint")}>
      <Weighed
        label={t("confirm.do")}
        title={t("confirm.title", { name })}
        confirm={t("confirm.do")}
        act={() => engine.members.confirm({ circle, member: member.id })}
        onDone={() => onDone(atOnce)}
      >
        <Consequences name={name} keys={["confirm.says", "confirm.saysBack"]} />
      </Weighed>
    </Act>
  );
}

export function Reinstate({ circle, member, onDone }: About) {
  const t = useText();
  const engine = useEngine();
  const { reinstate } = member.powers;
  if (reinstate === "no") return null;
  const name = said(member);
  const alone = reinstate === "alone";
  return (
    <Act hint={t(alone ? "reinstate.alone" : "reinstate.together")}>
      <Weighed
        label={t("reinstate.do")}
        title={t("reinstate.title", { name })}
        confirm={t(alone ? "reinstate.do" : "act.propose")}
        act={() => engine.members.reinstate({ circle, member: member.id })}
        onDone={onDone}
      >
        <Consequences name={name} keys={["reinstate.says", "reinstate.saysPast"]} />
      </Weighed>
    </Act>
  );
}

export function GiveRole({ circle, member, onDone }: About) {
  const t = useText();
  const engine = useEngine();
  const [role, setRole] = useState<Role | undefined>(undefined);
  if (!member.powers.propose) return null;
  const name = said(member);
  const others = (["coordinator", "contributor", "reader"] as const).filter((one) => one !== member.role);
  return (
    <Act hint={t("role.hint")}>
      <Weighed
        label={t("role.change")}
        title={t("role.title", { name })}
        confirm={t("act.propose")}
        ready={role !== undefined}
        act={() => engine.members.role({ circle, member: member.id, role: role ?? member.role })}
        onDone={onDone}
      >
        <Choices
          label={t("role.which")}
          value={role}
          onChange={setRole}
          options={others.map((value) => ({ value, label: t(`role.says.${value}`) }))}
        />
        <Consequences keys={["act.saysQuorum", "role.saysKeys"]} />
      </Weighed>
    </Act>
  );
}

/** Excludes a member, or a whole organization. */
export function Exclude({
  circle,
  target,
  name,
  onDone,
}: {
  readonly circle: CircleId;
  readonly target: Target;
  readonly name: string;
  readonly onDone: (outcome: Outcome) => void;
}) {
  const t = useText();
  const engine = useEngine();
  return (
    <Act hint={t("exclude.hint")}>
      <Weighed
        label={t("exclude.do")}
        title={t("exclude.title", { name })}
        confirm={t("act.propose")}
        tone="danger"
        act={() => engine.members.exclude({ circle, target })}
        onDone={onDone}
      >
        <Consequences
          name={name}
          keys={["act.saysQuorum", "exclude.saysRead", "exclude.saysPast", "exclude.saysKeys", "exclude.saysBack"]}
        />
      </Weighed>
    </Act>
  );
}
