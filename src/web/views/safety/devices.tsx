import { useState } from "preact/hooks";
import type { DevicesView } from "../../engine/devices.ts";
import {
  ActionButton,
  Notice,
  Page,
  Qr,
  Section,
  Shown,
  Tag,
  useAction,
  useEngine,
  useFrame,
  useLoaded,
  useText,
  Weighed,
  Words,
} from "../../ui/index.ts";

/** The devices of this member: those that there are, those that ask, and how to add one. */
export function Devices() {
  const { t, language } = useFrame();
  const engine = useEngine();
  const list = useLoaded((options) => engine.devices.list({ language: language.code }, options), [language]);
  return (
    <Page title={t("safety.devices")}>
      <Shown loaded={list}>
        {(circles) => (
          <>
            {circles.map((circle) => (
              <Section key={circle.circle} title={circle.label}>
                <InCircle circle={circle} />
              </Section>
            ))}
          </>
        )}
      </Shown>
      <HandOver />
    </Page>
  );
}

function InCircle({ circle: { circle, devices, asking } }: { readonly circle: DevicesView }) {
  const { t, language } = useFrame();
  const engine = useEngine();
  const action = useAction();
  return (
    <>
      {asking.map(({ key, words }) => (
        <Notice key={key} tone="warn" title={t("devices.asks")}>
          <p>{t("devices.compare")}</p>
          <Words words={words} label={t("join.words")} />
          <ActionButton
            action={action}
            onClick={() => action.run(() => engine.devices.add({ circle, key, language: language.code }))}
          >
            {t("devices.add")}
          </ActionButton>
        </Notice>
      ))}
      <ul class="list">
        {devices.map(({ id, own, active }) => (
          <li key={id} class="card row">
            <code dir="ltr">{id.slice(0, 8)}</code>
            {own && <Tag tone="good">{t("devices.this")}</Tag>}
            {!active && <Tag tone="warn">{t("devices.ended")}</Tag>}
            {active && !own && (
              <Weighed
                label={t("devices.revoke")}
                title={t("devices.revokeTitle")}
                confirm={t("devices.revokeDo")}
                tone="danger"
                act={() => engine.devices.revoke({ circle, device: id })}
              >
                <p>{t("devices.revokeText")}</p>
              </Weighed>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

/** Shows the code for a further device, and the phrase that opens it. */
function HandOver() {
  const t = useText();
  const engine = useEngine();
  const action = useAction();
  const [made, setMade] = useState<{ readonly code: string; readonly phrase: string } | undefined>(undefined);
  const isServed = location.protocol.startsWith("http");
  const link = made === undefined ? "" : isServed ? `${location.origin}/#device=${made.code}` : made.code;
  return (
    <Section title={t("devices.more")}>
      <p>{t("devices.moreText")}</p>
      {made === undefined ? (
        <ActionButton
          action={action}
          tone="usual"
          onClick={() => action.run(async () => setMade(await engine.devices.handOver()))}
        >
          {t("devices.make")}
        </ActionButton>
      ) : (
        <>
          <p>{t("devices.scan")}</p>
          {link.length <= 2900 ? <Qr text={link} label={t("devices.qr")} /> : <p>{t("devices.tooMany")}</p>}
          <details>
            <summary>{t("devices.asText")}</summary>
            <p>
              <code class="mono" dir="ltr">
                {link}
              </code>
            </p>
          </details>
          <h3>{t("devices.phrase")}</h3>
          <Words words={made.phrase.split(" ")} label={t("devices.phrase")} />
          <Notice tone="warn">
            <p>{t("devices.apart")}</p>
          </Notice>
        </>
      )}
    </Section>
  );
}
