import type { IdentityState } from "../engine/identity.ts";
import type { MessageKey } from "../i18n/translate.ts";
import { type Language, type LanguageCode, languages } from "../i18n/translate.ts";
import { Trouble, useAction, useNavigation, useText } from "../ui/index.ts";
import type { Place } from "./navigation.ts";

/** What is always there: whose identity this is, the language, locking, and the way out. */
export function Bar({
  language,
  onLanguage,
  identity,
  onLock,
  onLeave,
}: {
  readonly language: Language;
  readonly onLanguage: (code: LanguageCode) => Promise<void>;
  readonly identity: IdentityState | undefined;
  readonly onLock: () => void;
  readonly onLeave: () => void;
}) {
  const t = useText();
  const changing = useAction();
  return (
    <header class="shell-bar">
      <span>
        {identity?.organization === undefined ? (
          <strong>{t("shell.name")}</strong>
        ) : (
          <>
            <strong>
              <bdi>{identity.organization}</bdi>
            </strong>{" "}
            <span class="soft small">
              <bdi>{identity.member}</bdi>
            </span>
          </>
        )}
      </span>
      <label>
        <span class="visually-hidden">{t("shell.language")}</span>
        <select
          value={language.code}
          onChange={(event) => {
            const code = event.currentTarget.value as LanguageCode;
            changing.run(() => onLanguage(code));
          }}
        >
          {languages
            .filter(({ code }) => code !== "x-pseudo" || language.code === "x-pseudo")
            .map(({ code, name, tag }) => (
              <option key={code} value={code} lang={tag}>
                {name}
              </option>
            ))}
        </select>
      </label>
      {identity?.unlocked === true && (
        <button type="button" onClick={onLock}>
          {t("shell.lock")}
        </button>
      )}
      <button type="button" class="danger" onClick={onLeave}>
        {t("shell.leave")}
      </button>
      <Trouble error={changing.error} />
    </header>
  );
}

/** A section of the interface, and the views that belong to it. */
export type SectionOf = { readonly view: string; readonly label: MessageKey; readonly views: readonly string[] };

/** The sections, the present one marked. */
export function Sections({ place, sections }: { readonly place: Place; readonly sections: readonly SectionOf[] }) {
  const t = useText();
  const { go } = useNavigation();
  return (
    <nav class="shell-nav" aria-label={t("shell.sections")}>
      <ul>
        {sections.map(({ view, label, views }) => (
          <li key={view}>
            <button
              type="button"
              aria-current={place.view === view || views.includes(place.view) ? "page" : undefined}
              onClick={() => go({ view })}
            >
              {t(label)}
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}
