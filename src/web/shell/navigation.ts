/*
 * The way about. The address never changes: what a person looks at must not stand in a browser's history, which is
 * read when a device is taken. History keeps a number, and the ways it stands for are in memory.
 */

/** Where one is: a view's name, and what it is about. */
export type Place = { readonly view: string; readonly [about: string]: string };

export type Navigation = {
  readonly place: Place;
  readonly go: (place: Place) => void;
  /** To the view before; to the first where there is none. */
  readonly back: () => void;
};

export type History = {
  readonly current: () => Place;
  readonly go: (place: Place) => void;
  readonly back: () => void;
  readonly listen: (hear: () => void) => () => void;
};

/** The history of this page, in memory, driven by the browser's own buttons. */
export function createHistory(first: Place): History {
  const places: Place[] = [first];
  const listeners = new Set<() => void>();
  let at = 0;
  const tell = () => {
    for (const hear of listeners) hear();
  };
  // The fragment of an invitation's link holds a secret: it leaves the address at once.
  history.replaceState({ at: 0 }, "", location.pathname);
  addEventListener("popstate", ({ state }) => {
    const wanted = (state as { at?: number } | null)?.at ?? 0;
    at = Math.min(Math.max(0, wanted), places.length - 1);
    tell();
  });
  return {
    current: () => places[at] as Place,
    go: (place) => {
      at++;
      places.splice(at, places.length, place);
      history.pushState({ at }, "", location.pathname);
      tell();
    },
    back: () => {
      if (at > 0) history.back();
    },
    listen: (hear) => {
      listeners.add(hear);
      return () => listeners.delete(hear);
    },
  };
}
