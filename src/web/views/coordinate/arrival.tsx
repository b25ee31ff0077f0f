import {
  ActionButton,
  Notice,
  Shown,
  said,
  useAction,
  useEngine,
  useFrame,
  useLoaded,
  useNavigation,
  Words,
} from "../../ui/index.ts";
import type { ViewProps } from "../index.ts";
import { Withdraw } from "./admission.tsx";
import { CirclePage, circleAt } from "./frame.tsx";

/** One who answered an invitation: the safety words, compared by voice, before the circle hears of them. */
export function Arrival({ place }: ViewProps) {
  const { t, language } = useFrame();
  const engine = useEngine();
  const { go } = useNavigation();
  const action = useAction();
  const circle = circleAt(place);
  const given = useLoaded(() => engine.invitations.list({ circle, language: language.code }), [circle, language.code]);
  const back = () => go({ view: "circle-admission", circle });
  return (
    <CirclePage place={place} part="circle-admission" title={t("join.words")}>
      <Shown loaded={given}>
        {(all) => {
          const invitation = all.find(({ key }) => key === place.key);
          const arrived = invitation?.arrived;
          if (invitation === undefined || arrived === undefined) return <p>{t("arrival.gone")}</p>;
          return (
            <>
              <p>
                {t("arrival.who", {
                  member: said({ id: "", name: arrived.member }),
                  organization: said({ id: "", name: arrived.organization }),
                })}
              </p>
              {arrived.resembles !== undefined && (
                <Notice tone="bad" title={t("arrival.resembles", { organization: said(arrived.resembles) })}>
                  <p>{t("arrival.resemblesText")}</p>
                </Notice>
              )}
              <p>{t("arrival.compare")}</p>
              <Words words={arrived.words} label={t("join.words")} />
              <p class="soft">{t("compare.language")}</p>
              <Notice tone="warn">
                <p>{t("join.differ")}</p>
              </Notice>
              <p>{t("arrival.next")}</p>
              <ActionButton
                action={action}
                onClick={async () => {
                  const key = invitation.key;
                  if (await action.run(() => engine.invitations.consider({ circle, key }))) back();
                }}
              >
                {t("arrival.same")}
              </ActionButton>
              <div>
                <Withdraw circle={circle} invitation={invitation} label={t("arrival.differ")} onDone={back} />
              </div>
            </>
          );
        }}
      </Shown>
    </CirclePage>
  );
}
