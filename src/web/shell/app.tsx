/* The frame of the page: which worker, which language, which view; locking and leaving. */
import { useCallback, useEffect, useMemo, useState } from "preact/hooks";
import type { IdentityState } from "../engine/identity.ts";
import type { Connection } from "../engine/remote.ts";
import type { EngineService } from "../engine/service.ts";
import { type Spoken, speak, translator } from "../i18n/translate.ts";
import { type Frame, FrameProvider } from "../ui/context.ts";
import { Dialog } from "../ui/dialog.tsx";
import { forgetDrafts } from "../ui/draft.ts";
import { Start } from "../views/identity/start.tsx";
import { Unlock } from "../views/identity/unlock.tsx";
import { sections, viewOf } from "../views/index.ts";
import { Bar, Sections } from "./bar.tsx";
import { startEngine } from "./engine.ts";
import { watchIdle } from "./idle.ts";
import { createHistory, type Place } from "./navigation.ts";
import { Notices } from "./notices.tsx";
import { forgetOffline, keepOffline } from "./offline.ts";

/** What an invitation's link, or the code of an older device, brought along in the fragment. */
const [, brought, code] = /^#(join|device)=(.+)$/.exec(location.hash) ?? [];
const history = createHistory(
  brought === "join" && code !== undefined ? { view: "join", link: code } : { view: "home" },
);

/** Leaves at once: nothing of what was shown or known stays in the page. */
function leave(connection: Connection<EngineService>): void {
  connection.end();
  document.body.replaceChildren();
  location.replace("about:blank");
}

/** Escape three times within two seconds leaves, without a look for the button. */
function onEscapes(act: () => void): () => void {
  let times: readonly number[] = [];
  const hear = ({ key, timeStamp }: KeyboardEvent) => {
    if (key !== "Escape") return;
    times = [...times.filter((time) => timeStamp - time < 2000), timeStamp];
    if (times.length >= 3) act();
  };
  addEventListener("keydown", hear, true);
  return () => removeEventListener("keydown", hear, true);
}

/** Asks before a page is closed that holds what nothing else keeps. */
const holdBack = (event: BeforeUnloadEvent) => event.preventDefault();

/** The whole page, in the language of the browser at first. */
export function App({ spoken }: { readonly spoken: Spoken }) {
  const [connection, setConnection] = useState(startEngine);
  const [identity, setIdentity] = useState<IdentityState | undefined>(undefined);
  const [language, setLanguage] = useState(spoken);
  const [place, setPlace] = useState<Place>(history.current);
  const [version, setVersion] = useState(0);
  const [idle, setIdle] = useState(false);
  const [lost, setLost] = useState(false);
  const [update, setUpdate] = useState<(() => void) | undefined>(undefined);
  const t = useMemo(() => translator(language), [language]);

  const lock = useCallback(() => {
    connection.end();
    forgetDrafts();
    setIdle(false);
    setIdentity(undefined);
    setConnection(startEngine());
  }, [connection]);
  const ready = useCallback((state: IdentityState) => {
    setLost(false);
    setIdentity(state);
  }, []);
  const wipe = useCallback(async () => {
    await connection.engine.identity.wipe();
    await forgetOffline();
    leave(connection);
  }, [connection]);

  useEffect(() => history.listen(() => setPlace(history.current())), []);
  // What everything else needs is fetched when the first view stands, not beside it.
  const begun = identity !== undefined;
  useEffect(() => {
    if (begun) keepOffline((take) => setUpdate(() => take)).catch(() => undefined);
  }, [begun]);
  useEffect(() => {
    document.documentElement.lang = language.tag;
    document.documentElement.dir = language.direction;
  }, [language]);
  useEffect(() => {
    let current = true;
    const look = () =>
      connection.engine.identity.state().then(
        (state) => current && setIdentity(state),
        () => undefined,
      );
    look();
    const stop = connection.listen((event) => {
      if (event === "lost") {
        setLost(true);
        lock();
        return;
      }
      setVersion((before) => before + 1);
      look();
    });
    return () => {
      current = false;
      stop();
    };
  }, [connection, lock]);
  useEffect(() => onEscapes(() => leave(connection)), [connection]);

  const unlocked = identity?.unlocked === true;
  const unsaved = identity?.unsaved === true;
  useEffect(() => {
    if (!unlocked) return;
    return watchIdle({ onWarn: () => setIdle(true), onBack: () => setIdle(false), onLock: lock });
  }, [unlocked, lock]);
  useEffect(() => {
    if (!unsaved) return;
    addEventListener("beforeunload", holdBack);
    return () => removeEventListener("beforeunload", holdBack);
  }, [unsaved]);

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
      <a class="skip" href="#main">
        {t("shell.skip")}
      </a>
      <div class="shell">
        <Bar
          language={language}
          onLanguage={async (code) => setLanguage(await speak(code))}
          identity={identity}
          onLock={lock}
          onLeave={() => leave(connection)}
        />
        {unlocked && <Sections place={place} sections={sections} />}
        <main class="shell-main" id="main" tabIndex={-1}>
          <Notices identity={identity} update={update} />
          {identity === undefined ? null : !identity.exists ? (
            <Start code={brought === "device" ? code : undefined} onReady={ready} />
          ) : !unlocked ? (
            <Unlock identity={identity} lost={lost} onReady={ready} />
          ) : (
            <View key={JSON.stringify(place)} place={place} identity={identity} onIdentity={ready} onWipe={wipe} />
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
