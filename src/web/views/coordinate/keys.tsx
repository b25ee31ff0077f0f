import type { DeviceRef, RosterView } from "../../engine/roster/overview.ts";
import { Name, Notice, Section, useEngine, useText, Weighed } from "../../ui/index.ts";

function Devices({ devices }: { readonly devices: readonly DeviceRef[] }) {
  return (
    <ul>
      {devices.map(({ id, member }) => (
        <li key={id}>
          <Name of={member} /> · <Name of={member.organization} /> · <code dir="ltr">{id.slice(0, 8)}</code>
        </li>
      ))}
    </ul>
  );
}

/** The epoch, who may still be without its keys, and a new one by choice. */
export function Keys({ view }: { readonly view: RosterView }) {
  const t = useText();
  const engine = useEngine();
  const mayRotate = view.me?.status === "active" && view.me.role === "coordinator";
  return (
    <Section title={t("keys.title")}>
      <p>{t("keys.text", { epoch: view.circle.epoch ?? 0 })}</p>
      {view.owed.length > 0 && (
        <Notice tone="bad" title={t("keys.owed")}>
          <Devices devices={view.owed} />
        </Notice>
      )}
      {view.behind.length === 0 ? (
        <p>{t("keys.nobody")}</p>
      ) : (
        <details>
          <summary>{t("keys.behind", { count: view.behind.length })}</summary>
          <p>{t("keys.behindText")}</p>
          <Devices devices={view.behind} />
        </details>
      )}
      {mayRotate && (
        <div>
          <Weighed
            label={t("keys.rotate")}
            title={t("keys.rotateTitle")}
            confirm={t("keys.rotateDo")}
            act={() => engine.roster.rotate({ circle: view.circle.id })}
          >
            <ul>
              <li>{t("keys.rotateNew")}</li>
              <li>{t("keys.rotatePast")}</li>
              <li>{t("keys.rotateAnybody")}</li>
            </ul>
          </Weighed>
        </div>
      )}
    </Section>
  );
}
