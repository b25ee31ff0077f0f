import type { AnswerView, AskedView } from "../../engine/vetting/inquiries.ts";
import {
  listed,
  Name,
  Notice,
  Page,
  Section,
  Shown,
  said,
  Tag,
  Tlp,
  useEngine,
  useFrame,
  useLoaded,
  useNavigation,
  useText,
  When,
} from "../../ui/index.ts";
import type { ViewProps } from "../index.ts";
import { wouldVouchKey } from "../statements/card.tsx";
import { HearingShown } from "./audience.tsx";
import { useCase } from "./case.tsx";

/** What vettors answered, side by side: how they know, how they are heard, and where they disagree. */
export function Answers({ place }: ViewProps) {
  const t = useText();
  const view = useCase(place);
  return (
    <Page title={t("vet.step.answers")} wide>
      <Shown loaded={view}>
        {({ statement: { subject } }) => <Asked identifiers={subject.identifiers} place={place} />}
      </Shown>
    </Page>
  );
}

function Asked({
  identifiers,
  place,
}: {
  readonly identifiers: AskedView["inquiry"]["subject"]["identifiers"];
  readonly place: ViewProps["place"];
}) {
  const t = useText();
  const engine = useEngine();
  const { go } = useNavigation();
  const asked = useLoaded((options) => engine.inquiries.asked({ identifiers }, options), [JSON.stringify(identifiers)]);
  return (
    <Shown loaded={asked}>
      {(list) =>
        list.length === 0 ? (
          <p>{t("vet.answers.notAsked")}</p>
        ) : (
          <>
            {list.map((one) => (
              <SideBySide key={one.hash} asked={one} />
            ))}
            <p>
              <button type="button" onClick={() => go({ ...place, view: "case-held" })}>
                {t("vet.answers.simulate")}
              </button>
            </p>
          </>
        )
      }
    </Shown>
  );
}

function SideBySide({ asked }: { readonly asked: AskedView }) {
  const { t, language } = useFrame();
  const { answers, inquiry, divided, bottleneck, siblings } = asked;
  return (
    <Section title={t("vet.answers.inquiry")}>
      <p class="soft">
        <bdi>{asked.circle.label}</bdi> · <When hour={asked.hour} /> · <Tlp label={inquiry.tlp} />
        {inquiry.deadline !== undefined && (
          <>
            {" "}
            · {t("vet.until")} <When day={inquiry.deadline} />
          </>
        )}
      </p>
      {divided && (
        <Notice tone="warn">
          <p>{t("vet.answers.divided")}</p>
        </Notice>
      )}
      {bottleneck.length > 0 && (
        <Notice tone="warn">
          <p>{t("vet.answers.bottleneck", { names: listed(bottleneck, language.tag) })}</p>
        </Notice>
      )}
      {siblings.map(({ inviter, of }) => (
        <Notice key={inviter.id}>
          <p>{t("vet.answers.siblings", { names: listed(of, language.tag), inviter: said(inviter) })}</p>
        </Notice>
      ))}
      {answers.length === 0 ? (
        <p>{t("vet.answers.none")}</p>
      ) : (
        <div class="columns">
          {answers.map((one) => (
            <Answer key={one.hash} one={one} questions={inquiry.questions} />
          ))}
        </div>
      )}
    </Section>
  );
}

function Answer({ one, questions }: { readonly one: AnswerView; readonly questions: readonly string[] }) {
  const t = useText();
  const { answer, sameSourceAs } = one;
  const tone = answer.wouldVouch === undefined ? undefined : answer.wouldVouch > 0 ? "good" : "bad";
  return (
    <article class="card stack">
      <h3>
        <Name of={one.organization} />
      </h3>
      <p class="soft small">
        <HearingShown of={one} />
      </p>
      <p>
        <Tag {...(tone === undefined ? {} : { tone })}>{t(wouldVouchKey(answer.wouldVouch))}</Tag>{" "}
        {answer.evidence !== undefined && <Tag>{t(`evidence.${answer.evidence}`)}</Tag>}
      </p>
      {answer.grade !== undefined && (
        <p class="small">
          {t(`grade.source.${answer.grade.source}`)} · {t(`grade.information.${answer.grade.information}`)}
        </p>
      )}
      {sameSourceAs !== undefined && (
        <Notice tone="warn">
          <p>{t("vet.reason.sameSource", { name: said(sameSourceAs) })}</p>
        </Notice>
      )}
      <dl>
        {questions.map((question, at) => (
          <div key={question}>
            <dt>
              <bdi>{question}</bdi>
            </dt>
            <dd>
              <bdi>{answer.answers[at]?.trim() || t("vet.answers.blank")}</bdi>
            </dd>
          </div>
        ))}
      </dl>
      {answer.text !== undefined && (
        <p>
          <bdi>{answer.text}</bdi>
        </p>
      )}
      <p class="soft small">
        <Name of={one.member} /> · <When hour={one.hour} />
      </p>
    </article>
  );
}
