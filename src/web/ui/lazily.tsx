import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Trouble, Working } from "./parts.tsx";

let fetched: Promise<unknown> | undefined;

/**
 * Fetches the scripts that the page did not begin with. Under its Integrity-Policy each needs its hash, which an
 * `import()` cannot name; it then finds them fetched. The hashes stand in the page (`src/web/build/integrity.ts`).
 */
function fetchLater(): Promise<unknown> {
  const named = [...document.querySelectorAll<HTMLMetaElement>('meta[name="later"]')];
  fetched ??= Promise.all(
    named.map(({ content }) => {
      const [href = "", integrity = ""] = content.split(" ");
      const link = document.createElement("link");
      return new Promise((resolve, reject) => {
        Object.assign(link, { rel: "modulepreload", crossOrigin: "anonymous", href, integrity });
        link.addEventListener("load", resolve);
        link.addEventListener("error", reject);
        document.head.append(link);
      });
    }),
  );
  return fetched;
}

/** A view whose script is fetched when it is first shown: what a person sees first stays small. */
export function lazily<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  let loaded: ComponentType<P> | undefined;
  return function Lazily(props: P) {
    const [View, setView] = useState(() => loaded);
    const [failed, setFailed] = useState(false);
    useEffect(() => {
      if (View !== undefined) return;
      fetchLater()
        .then(load)
        .then(
          (found) => {
            loaded = found;
            setView(() => found);
          },
          () => {
            fetched = undefined;
            setFailed(true);
          },
        );
    }, []);
    if (failed) return <Trouble error={{ fault: "unknown", code: "page.part" }} />;
    return View === undefined ? <Working progress={undefined} /> : <View {...props} />;
  };
}
