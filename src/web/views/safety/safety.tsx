import { useState } from "preact/hooks";
import type { CircleSafety } from "../../engine/safety.ts";
import {
  ActionButton,
  Notice,
  Page,
  Section,
  Shown,
  sayError,
  TextField,
  useAction,
  useEngine,
  useFrame,
  useLoaded,
  useNavigation,
  useText,
  When,
  Words,
} from "../../ui/index.ts";
import { type Build, buildOf } from "./build.ts";

const ways = ["devices", "file", "phrase", "kit", "somebody", "promises", "wipe"] as const;

/** How safe things stand, and everything that can be done about it. */
export function Safety() {
  const { t, language } = useFrame();
  const engine = useEngine();
  const { go } = useNavigation();
  const overview = useLoaded((options) => engine.safety.overview({ language: language.code }, options), [language]);
  return (
    <Page title={t("safety.title")}>
      <ul class="list columns">
        {ways.map((view) => (
          <li key={view}>
            <button type="button" class="card waiting" onClick={() => go({ view })}>
              <strong>{t(`safety.${view}`)}</strong>
              <span class="soft small">{t(`safety.${view}Text`)}</span>
            </button>
          </li>
        ))}
      </ul>
      <Shown loaded={overview}>
        {({ circles, stored, kept, crypto }) => (
          <>
            {circles.map((circle) => (
              <CircleState key={circle.circle} circle={circle} />
            ))}
            <Section title={t("safety.here")}>
              <ul>
                <li>{t(`safety.kept.${kept}`)}</li>
                {stored !== undefined && <li>{t("safety.stored", { size: Math.ceil(stored / 2 ** 20) })}</li>}
                <li>{t(`safety.crypto.${crypto}`)}</li>
              </ul>
            </Section>
          </>
        )}
      </Shown>
      <BuildCheck />
    </Page>
  );
}

function CircleState({ circle }: { readonly circle: CircleSafety }) {
  const { t, language } = useFrame();
  return (
    <Section title={circle.label}>
      {circle.proven && (
        <Notice tone="bad">
          <p>{t("error.host.contradiction")}</p>
        </Notice>
      )}
      {circle.trouble !== undefined && !circle.proven && (
        <Notice tone={circle.trouble.fault === "Refused" ? "warn" : "bad"} title={t("circle.trouble")}>
          <p>{sayError(circle.trouble, language.messages, t)}</p>
        </Notice>
      )}
      {circle.fresh ? (
        <Notice tone="good">
          <p>{t("safety.fresh")}</p>
        </Notice>
      ) : (
        <Notice tone="bad">
          <p>{t("circle.stale")}</p>
        </Notice>
      )}
      <dl>
        <dt>{t("safety.address")}</dt>
        <dd>
          <code dir="ltr">{circle.address}</code>
        </dd>
        <dt>{t("safety.head")}</dt>
        <dd>
          {t("safety.headText", { entries: circle.entries, epoch: circle.epoch, voids: circle.voids })}{" "}
          {circle.verifiedAt === undefined ? t("safety.notYet") : <When hour={circle.verifiedAt / 3_600_000} />}
        </dd>
      </dl>
      <details>
        <summary>{t("safety.words")}</summary>
        <p>{t("safety.wordsText")}</p>
        <Words words={circle.words} label={t("safety.words")} />
      </details>
    </Section>
  );
}

function BuildCheck() {
  const t = useText();
  const action = useAction();
  const [build, setBuild] = useState<Build | undefined>(undefined);
  const [published, setPublished] = useState("");
  const wanted = published.trim().toLowerCase();
  return (
    <Section title={t("build.title")}>
      <p>{t("build.text")}</p>
      {build === undefined ? (
        <ActionButton action={action} tone="usual" onClick={() => action.run(async () => setBuild(await buildOf()))}>
          {t("build.look")}
        </ActionButton>
      ) : build.kind === "single" ? (
        <p>{t("build.single")}</p>
      ) : (
        <>
          {build.differing.length > 0 && (
            <Notice tone="bad">
              <p>{t("build.differs", { count: build.differing.length })}</p>
            </Notice>
          )}
          <p>{t("build.hash", { version: build.version, count: build.files })}</p>
          <p>
            <code class="mono" dir="ltr">
              {build.hash}
            </code>
          </p>
          <TextField
            label={t("build.published")}
            value={published}
            onChange={setPublished}
            wrong={wanted.length >= build.hash.length && wanted !== build.hash ? t("build.other") : undefined}
          />
          {wanted === build.hash && (
            <Notice tone="good">
              <p>{t("build.same")}</p>
            </Notice>
          )}
        </>
      )}
    </Section>
  );
}
