import { Page, Section, useText } from "../../ui/index.ts";

const kept = ["host", "locked", "unlocked", "planted", "coordinator", "fakes"] as const;
const notKept = ["page", "retell", "traffic", "recorded", "erase"] as const;

/** What is promised when something happens, and what is not, in plain words. */
export function Promises() {
  const t = useText();
  return (
    <Page title={t("safety.promises")}>
      <dl>
        {kept.map((key) => (
          <div key={key} class="card">
            <dt>{t(`promise.${key}`)}</dt>
            <dd>{t(`promise.${key}Holds`)}</dd>
          </div>
        ))}
      </dl>
      <Section title={t("promise.not")}>
        <ul>
          {notKept.map((key) => (
            <li key={key}>{t(`promise.not.${key}`)}</li>
          ))}
        </ul>
      </Section>
    </Page>
  );
}
