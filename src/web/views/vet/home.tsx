import { useState } from "preact/hooks";
import type { CaseView } from "../../engine/vetting/cases.ts";
import {
  Page,
  Section,
  Shown,
  said,
  Tag,
  TextField,
  useEngine,
  useLoaded,
  useNavigation,
  useText,
  When,
} from "../../ui/index.ts";
import { titleOf } from "./subject.tsx";

/** Where vetting begins: look somebody up, answer others, go on with a case. */
export function Vet() {
  const t = useText();
  const engine = useEngine();
  const { go } = useNavigation();
  const [text, setText] = useState("");
  const inquiries = useLoaded((options) => engine.inquiries.open(undefined, options), []);
  const cases = useLoaded((options) => engine.cases.list(undefined, options), []);
  return (
    <Page title={t("vet.title")}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          // Each look is a place of its own: what was typed there before does not come back.
          go({ view: "lookup", text, asked: String(Date.now()) });
        }}
      >
        <TextField label={t("vet.lookup.text")} hint={t("vet.lookup.hint")} value={text} onChange={setText} required />
        <div class="row">
          <button type="submit" class="primary">
            {t("vet.lookup.do")}
          </button>
          <button type="button" onClick={() => go({ view: "case-open" })}>
            {t("vet.case.open")}
          </button>
        </div>
      </form>
      <Section title={t("vet.inquiries")}>
        <Shown loaded={inquiries}>
          {(list) =>
            list.length === 0 ? (
              <p class="soft">{t("vet.inquiries.none")}</p>
            ) : (
              <ul class="list">
                {list.map((one) => (
                  <li key={one.hash} class="card">
                    <p>
                      {t("vet.inquiries.asks", {
                        organization: said(one.organization),
                        who: said({ id: "", name: titleOf(one.about) }),
                      })}
                    </p>
                    {one.inquiry.deadline !== undefined && (
                      <p class="soft">
                        {t("vet.until")} <When day={one.inquiry.deadline} />
                      </p>
                    )}
                    <button
                      type="button"
                      onClick={() => go({ view: "inquiry", circle: one.circle.id, hash: one.hash })}
                    >
                      {t("vet.inquiries.read")}
                    </button>
                  </li>
                ))}
              </ul>
            )
          }
        </Shown>
      </Section>
      <Section title={t("vet.cases")}>
        <Shown loaded={cases}>
          {(list) =>
            list.length === 0 ? (
              <p class="soft">{t("vet.cases.none")}</p>
            ) : (
              <ul class="list">
                {list.map((one) => (
                  <li key={one.hash}>
                    <CaseCard view={one} />
                  </li>
                ))}
              </ul>
            )
          }
        </Shown>
      </Section>
    </Page>
  );
}

function CaseCard({ view }: { readonly view: CaseView }) {
  const t = useText();
  const { go } = useNavigation();
  const { decision, statement } = view;
  return (
    <article class="card">
      <h3>
        <bdi>{titleOf(view.about)}</bdi>{" "}
        {decision === undefined ? (
          <Tag>{t("vet.case.undecided")}</Tag>
        ) : (
          <Tag tone={decision.signed ? "good" : "warn"}>
            {t(`verdict.${decision.decision.verdict}`)}
            {!decision.signed && ` · ${t("vet.decision.alone")}`}
          </Tag>
        )}
      </h3>
      <p>
        <bdi>{statement.purpose}</bdi>
      </p>
      {statement.deadline !== undefined && (
        <p class="soft">
          {t("vet.decideBy")} <When day={statement.deadline} />
        </p>
      )}
      <button type="button" onClick={() => go({ view: "case", circle: view.circle.id, hash: view.hash })}>
        {t("vet.case.show")}
      </button>
    </article>
  );
}
