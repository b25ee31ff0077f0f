/* The small parts that views are made of: native elements with names that the whole interface shares. */
import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import type { Progress as Step, Tlp as TlpLabel } from "../../client/index.ts";
import type { Failure } from "../engine/rpc.ts";
import { useFrame, useText } from "./context.ts";
import { sayError } from "./errors.ts";
import type { Action, Loaded } from "./hooks.ts";

type Children = { readonly children?: ComponentChildren };
export type Tone = "good" | "warn" | "bad";

/** A view: its heading takes the focus when it comes up, so that a screen reader says where one is. */
export function Page({ title, wide = false, children }: Children & { title: string; wide?: boolean }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), [title]);
  return (
    <div class={wide ? "page wide stack" : "page stack"}>
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {children}
    </div>
  );
}

/** A part of a view under a heading of its own. */
export function Section({ title, children }: Children & { title: string }) {
  const id = useId();
  return (
    <section class="stack" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}

/** A message that stands out. What is wrong is said at once to a screen reader. */
export function Notice({ tone, title, children }: Children & { tone?: Tone; title?: string }) {
  return (
    <div class={tone === undefined ? "notice" : `notice ${tone}`} role={tone === "bad" ? "alert" : "note"}>
      {title !== undefined && (
        <p>
          <strong>{title}</strong>
        </p>
      )}
      {children}
    </div>
  );
}

/** What went wrong and what to do, in the reader's language. Nothing where nothing did. */
export function Trouble({ error }: { error: Pick<Failure, "code" | "fault"> | undefined }) {
  const { language, t } = useFrame();
  if (error === undefined) return null;
  return (
    <Notice tone="bad">
      <p>{sayError(error, language.messages, t)}</p>
    </Notice>
  );
}

/** How far long work has come. */
export function Working({ progress, stop }: { progress: Step | undefined; stop?: () => void }) {
  const t = useText();
  const label = progress === undefined ? t("work.busy") : t(`work.${progress.phase}`);
  return (
    <div class="stack" role="status">
      <span>{label}</span>
      {progress === undefined ? (
        <progress aria-label={label} />
      ) : (
        <progress aria-label={label} value={progress.done} max={Math.max(1, progress.total)} />
      )}
      {stop !== undefined && (
        <button type="button" onClick={stop}>
          {t("work.stop")}
        </button>
      )}
    </div>
  );
}

/** What a load has come to: its value shown, or the work under way, or what went wrong. */
export function Shown<T>({ loaded, children }: { loaded: Loaded<T>; children: (value: T) => ComponentChildren }) {
  const t = useText();
  return (
    <>
      {loaded.error !== undefined && (
        <>
          <Trouble error={loaded.error} />
          <p>
            <button type="button" onClick={loaded.reload}>
              {t("work.again")}
            </button>
          </p>
        </>
      )}
      {loaded.value !== undefined
        ? children(loaded.value)
        : loaded.error === undefined && <Working progress={loaded.progress} />}
    </>
  );
}

/** The button of a form or act, busy while it works; its error and progress stand under it. */
export function ActionButton({
  action,
  onClick,
  tone = "primary",
  disabled = false,
  children,
}: Children & { action: Action; onClick?: () => void; tone?: "primary" | "danger" | "usual"; disabled?: boolean }) {
  return (
    <div class="stack">
      <div>
        <button
          type={onClick === undefined ? "submit" : "button"}
          class={tone === "usual" ? undefined : tone}
          disabled={disabled || action.busy}
          {...(onClick === undefined ? {} : { onClick })}
        >
          {children}
        </button>
      </div>
      {action.busy && <Working progress={action.progress} stop={action.stop} />}
      <Trouble error={action.error} />
    </div>
  );
}

/** A traffic light label: as FIRST writes it, never translated. */
export function Tlp({ label }: { label: TlpLabel }) {
  const color = label.slice(4).split("+")[0]?.toLowerCase();
  return (
    <bdi class={`tlp ${color}`} dir="ltr">
      {label}
    </bdi>
  );
}

export function Tag({ tone, children }: Children & { tone?: Tone }) {
  return <span class={tone === undefined ? "tag" : `tag ${tone}`}>{children}</span>;
}

/** Words to be read aloud, in their order. */
export function Words({ words, label }: { words: readonly string[]; label: string }) {
  return (
    <ol class="words" aria-label={label} dir="ltr">
      {words.map((word, i) => (
        <li key={`${i} ${word}`}>{word}</li>
      ))}
    </ol>
  );
}

/** A name, or the beginning of an id where the circle knows no name. Text only: nothing in it is ever markup. */
export function Name({ of }: { of: { readonly id: string; readonly name: string | undefined } }) {
  return of.name === undefined ? <code dir="ltr">{of.id.slice(0, 8)}</code> : <bdi>{of.name}</bdi>;
}

/** A day, or an hour, since 1970, in the reader's language. */
export function When({ day, hour }: { day?: number; hour?: number }) {
  const { language } = useFrame();
  const date = new Date(hour === undefined ? (day ?? 0) * 86_400_000 : hour * 3_600_000);
  const text = new Intl.DateTimeFormat(language.tag, {
    dateStyle: "medium",
    ...(hour === undefined ? { timeZone: "UTC" } : { timeStyle: "short" as const }),
  }).format(date);
  return <time dateTime={date.toISOString()}>{text}</time>;
}
