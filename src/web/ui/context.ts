/* What every part of the page can ask for: the worker, the language, the way about. */
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Remote } from "../engine/remote.ts";
import type { EngineService } from "../engine/service.ts";
import type { Spoken, Translate } from "../i18n/translate.ts";
import type { Navigation } from "../shell/navigation.ts";

export type Frame = {
  readonly engine: Remote<EngineService>;
  /** Goes up whenever what is shown may have changed. */
  readonly version: number;
  readonly language: Spoken;
  readonly t: Translate;
  readonly navigation: Navigation;
};

const frame = createContext<Frame | undefined>(undefined);
export const FrameProvider = frame.Provider;

export function useFrame(): Frame {
  const found = useContext(frame);
  if (found === undefined) throw new Error("a part of the page stands outside of its frame");
  return found;
}

export const useEngine = () => useFrame().engine;
export const useText = () => useFrame().t;
export const useNavigation = () => useFrame().navigation;
