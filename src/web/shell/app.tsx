/* The frame of the page: which worker, which language, which view; locking and leaving. */
import { useCallback, useEffect, useMemo, useState } from "preact/hooks";
import type { IdentityState } from "../engine/identity.ts";
import type { Connection } from "../engine/remote.ts";
import type { EngineService } from "../engine/service.ts";
import { type LanguageCode, languageOf, preferredLanguage, translator } from "../i18n/translate.ts";
import { type Frame, FrameProvider } from "../ui/context.ts";
import { Dialog } from "../ui/dialog.tsx";
import { Start } from "../views/identity/start.tsx";
import { Unlock } from "../views/identity/unlock.tsx";
import { sections, viewOf } from "../views/index.ts";
import { Bar, Sections } from "./bar.tsx";
import { startEngine } from "./engine.ts";
import { watchIdle } from "./idle.ts";
import { createHistory, type Place } from "./navigation.ts";

/** The part of an invitation's link behind `#join=`, if this page was opened by one. */
const invitation = /^#join=(.+)$/.exec(location.hash)?.[1];
const history = createHistory(invitation === undefined ? { view: "home" } : { view: "join", link: invitation });

const asked = new URLSearchParams(location.search).get("language");

/** Leaves at once: nothing of what was shown or known stays in the page. */
function leave(connection: Connection<EngineService>): void {
  connection.end();
  document.body.replaceChildren();
  location.replace("about:blank");
}

export function App() {
  const [connection, setConnection] = useState(startEngine);
  const [identity, setIdentity] = useState<IdentityState | undefined>(undefined);
  const [code, setCode] = useState<LanguageCode>(() =>
    asked === null ? preferredLanguage(navigator.languages) : languageOf(asked).code,
  );
  const [place, setPlace] = useState<Place>(history.current);
  const [version, setVersion] = useState(0);
  const [idle, setIdle] = useState(false);
  const language = languageOf(code);
  const t = useMemo(() => translator(language), [language]);

  useEffect(() => history.listen(() => setPlace(history.current())), []);
  useEffect(() => {
    document.documentElement.lang = language.tag;
    document.documentElement.dir = language.direction;
  }, [language]);
  useEffect(() => {
    connection.engine.identity.state().then(setIdentity);
    return connection.listen(() => setVersion((before) => before + 1));
  }, [connection]);

  const lock = useCallback(() => {
    connection.end();
    setIdle(false);
    setIdentity(undefined);
    setConnection(startEngine());
  }, [connection]);

  const unlocked = identity?.unlocked === true;
  useEffect(() => {
    if (!unlocked) return;
    return watchIdle({ onWarn: () => setIdle(true), onBack: () => setIdle(false), onLock: lock });
  }, [unlocked, lock]);

  const frame: Frame = useMemo(
    () => ({
      engine: connection.engine,
      version,
      language,
      t,
      navigation: { place, go: history.go, back: history.back },
    }),
    [connection, version, language, t, place],
  );
  const View = viewOf(place);
  return (
    <FrameProvider value={frame}>
      <a class="visually-hidden" href="#main">
        {t("shell.skip")}
      </a>
      <div class="shell">
        <Bar
          language={language}
          onLanguage={setCode}
          identity={identity}
          onLock={lock}
          onLeave={() => leave(connection)}
        />
        {unlocked && <Sections place={place} sections={sections} />}
        <main class="shell-main" id="main">
          {identity === undefined ? null : !identity.exists ? (
            <Start onReady={setIdentity} />
          ) : !unlocked ? (
            <Unlock onReady={setIdentity} />
          ) : (
            <View
              key={JSON.stringify(place)}
              place={place}
              identity={identity}
              onIdentity={setIdentity}
              onLock={lock}
            />
          )}
        </main>
      </div>
      {idle && (
        <Dialog title={t("idle.title")} onClose={() => setIdle(false)}>
          <p>{t("idle.text")}</p>
          <button type="button" class="primary" onClick={() => setIdle(false)}>
            {t("idle.stay")}
          </button>
        </Dialog>
      )}
    </FrameProvider>
  );
}
