import type { CircleView } from "../../engine/circles.ts";
import {
  ActionButton,
  Notice,
  Page,
  Section,
  Shown,
  sayError,
  Tag,
  useAction,
  useEngine,
  useFrame,
  useLoaded,
  useNavigation,
  useText,
} from "../../ui/index.ts";
import { WaitingCard } from "./waiting.tsx";

/** Where a person begins: what waits for them, and how their circles stand. */
export function Home() {
  const t = useText();
  const engine = useEngine();
  const { go } = useNavigation();
  const circles = useLoaded((options) => engine.circles.list(undefined, options), []);
  const waiting = useLoaded((options) => engine.today.waiting(undefined, options), []);
  const refresh = useAction();
  return (
    <Page title={t("home.title")}>
      {waiting.value !== undefined && waiting.value.length > 0 && (
        <Section title={t("home.waits")}>
          <ul class="list">
            {waiting.value.map((one) => (
              <li key={`${one.circle} ${one.kind}`}>
                <WaitingCard waiting={one} />
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Shown loaded={circles}>
        {(list) => (
          <Section title={t("home.circles")}>
            {list.length === 0 ? (
              <p>{t("home.none")}</p>
            ) : (
              <ul class="list">
                {list.map((circle) => (
                  <li key={circle.id}>
                    <CircleCard circle={circle} />
                  </li>
                ))}
              </ul>
            )}
          </Section>
        )}
      </Shown>
      <div class="row">
        <button type="button" onClick={() => go({ view: "found" })}>
          {t("home.found")}
        </button>
        <button type="button" onClick={() => go({ view: "join" })}>
          {t("home.join")}
        </button>
        <ActionButton action={refresh} tone="usual" onClick={() => refresh.run(() => engine.circles.refresh())}>
          {t("home.refresh")}
        </ActionButton>
      </div>
    </Page>
  );
}

function CircleCard({ circle }: { readonly circle: CircleView }) {
  const { t, language } = useFrame();
  const engine = useEngine();
  const action = useAction();
  if (circle.waiting) {
    return (
      <div class="card stack">
        <h3>
          <bdi>{circle.label}</bdi> <Tag tone="warn">{t("circle.waiting")}</Tag>
        </h3>
        <p>{t("circle.waitingText")}</p>
        <ActionButton
          action={action}
          tone="usual"
          onClick={() => action.run((options) => engine.circles.finish({ circle: circle.id }, options))}
        >
          {t("circle.look")}
        </ActionButton>
      </div>
    );
  }
  return (
    <div class="card stack">
      <h3>
        <bdi>{circle.label}</bdi>{" "}
        {circle.role === undefined ? <Tag tone="bad">{t("role.none")}</Tag> : <Tag>{t(`role.${circle.role}`)}</Tag>}
      </h3>
      <p class="soft">
        {t("circle.summary", { organizations: circle.organizations ?? 0, statements: circle.statements ?? 0 })}
      </p>
      {circle.trouble !== undefined && (
        <Notice tone={circle.trouble.fault === "Refused" ? "warn" : "bad"} title={t("circle.trouble")}>
          <p>{sayError(circle.trouble, language.messages, t)}</p>
        </Notice>
      )}
      {circle.clock === "apart" && (
        <Notice tone="warn">
          <p>{t("circle.clock")}</p>
        </Notice>
      )}
      {circle.fresh === false && (
        <Notice tone="bad">
          <p>{t("circle.stale")}</p>
        </Notice>
      )}
    </div>
  );
}
