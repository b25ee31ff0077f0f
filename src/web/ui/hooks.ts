/* Calls to the worker as parts of a page see them: what was loaded, and what is under way. */
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import type { Progress } from "../../client/index.ts";
import { type CallOptions, EngineError } from "../engine/remote.ts";
import type { Navigation } from "../shell/navigation.ts";
import { useFrame, useNavigation } from "./context.ts";

export type Loaded<T> = {
  /** The last value; kept while it is loaded anew. */
  readonly value: T | undefined;
  readonly error: EngineError | undefined;
  readonly progress: Progress | undefined;
  readonly reload: () => void;
};

const asEngineError = (error: unknown) =>
  error instanceof EngineError
    ? error
    : new EngineError({ fault: "unknown", code: "unexpected", message: "something went wrong that should not have" });

/** Loads something, and again whenever `needs` change or what the worker holds has changed. */
export function useLoaded<T>(load: (options: CallOptions) => Promise<T>, needs: readonly unknown[]): Loaded<T> {
  const { version } = useFrame();
  const [state, setState] = useState<Omit<Loaded<T>, "reload">>({
    value: undefined,
    error: undefined,
    progress: undefined,
  });
  const [round, setRound] = useState(0);
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    const set = (change: Partial<typeof state>) => {
      if (!signal.aborted) setState((before) => ({ ...before, ...change }));
    };
    load({ signal, onProgress: (progress) => set({ progress }) }).then(
      (value) => set({ value, error: undefined, progress: undefined }),
      (error: unknown) => set({ error: asEngineError(error), progress: undefined }),
    );
    return () => controller.abort();
  }, [version, round, ...needs]);
  return { ...state, reload: useCallback(() => setRound((before) => before + 1), []) };
}

/** The way about for what ends later: it leads nowhere once the person has gone elsewhere by themselves. */
export function useOnward(): Pick<Navigation, "go" | "back"> {
  const { go, back } = useNavigation();
  const here = useRef(true);
  useEffect(
    () => () => {
      here.current = false;
    },
    [],
  );
  return {
    go: useCallback((place) => (here.current ? go(place) : undefined), [go]),
    back: useCallback(() => (here.current ? back() : undefined), [back]),
  };
}

export type Action = {
  /** Does `act` unless it is under way already. Resolves to whether it went well. */
  readonly run: (act: (options: CallOptions) => Promise<unknown>) => Promise<boolean>;
  readonly busy: boolean;
  readonly error: EngineError | undefined;
  readonly progress: Progress | undefined;
  readonly stop: () => void;
  /** Takes the last error away. */
  readonly clear: () => void;
};

/** Something that a person starts: busy until it ends, its error shown until the next try. */
export function useAction(): Action {
  const [state, setState] = useState<Pick<Action, "busy" | "error" | "progress">>({
    busy: false,
    error: undefined,
    progress: undefined,
  });
  const running = useRef<AbortController | undefined>(undefined);
  const run = useCallback(async (act: (options: CallOptions) => Promise<unknown>) => {
    if (running.current !== undefined) return false;
    const controller = new AbortController();
    running.current = controller;
    setState({ busy: true, error: undefined, progress: undefined });
    try {
      await act({
        signal: controller.signal,
        onProgress: (progress) => setState((before) => ({ ...before, progress })),
      });
      setState({ busy: false, error: undefined, progress: undefined });
      return true;
    } catch (error) {
      const told = asEngineError(error);
      setState({ busy: false, error: told.fault === "Stopped" ? undefined : told, progress: undefined });
      return false;
    } finally {
      running.current = undefined;
    }
  }, []);
  return {
    ...state,
    run,
    stop: useCallback(() => running.current?.abort(), []),
    clear: useCallback(() => setState((before) => ({ ...before, error: undefined })), []),
  };
}
