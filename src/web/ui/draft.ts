/* What a person typed and did not send yet: it stays while they look elsewhere, in memory alone. */
import { useCallback, useState } from "preact/hooks";
import { useFrame } from "./context.ts";

const drafts = new Map<string, unknown>();

/** Forgets everything that was typed: the identity was locked. */
export function forgetDrafts(): void {
  drafts.clear();
}

export type DraftOf<T> = {
  readonly draft: T;
  readonly set: (change: Partial<T>) => void;
  /** Call when it was sent: the next form of this place is empty. */
  readonly sent: () => void;
};

/** The draft of a form at the present place, `initial` where there is none. Of several forms at one place each has a name. */
export function useDraft<T extends object>(initial: () => T, name = ""): DraftOf<T> {
  const { place } = useFrame().navigation;
  const key = JSON.stringify([place, name]);
  const [draft, setDraft] = useState<T>(() => (drafts.get(key) as T | undefined) ?? initial());
  const set = useCallback(
    (change: Partial<T>) =>
      setDraft((before) => {
        const after = { ...before, ...change };
        drafts.set(key, after);
        return after;
      }),
    [key],
  );
  const sent = useCallback(() => {
    drafts.delete(key);
  }, [key]);
  return { draft, set, sent };
}
