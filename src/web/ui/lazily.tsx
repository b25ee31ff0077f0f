import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Trouble, Working } from "./parts.tsx";

/** A view whose script is fetched when it is first shown: what a person sees first stays small. */
export function lazily<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  let loaded: ComponentType<P> | undefined;
  return function Lazily(props: P) {
    const [View, setView] = useState(() => loaded);
    const [failed, setFailed] = useState(false);
    useEffect(() => {
      if (View !== undefined) return;
      load().then(
        (found) => {
          loaded = found;
          setView(() => found);
        },
        () => setFailed(true),
      );
    }, []);
    if (failed) return <Trouble error={{ fault: "unknown", code: "page.part" }} />;
    return View === undefined ? <Working progress={undefined} /> : <View {...props} />;
  };
}
