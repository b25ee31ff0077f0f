/* Every view by its name, and the sections that they belong to. */
import type { ComponentType } from "preact";
import type { IdentityState } from "../engine/identity.ts";
import type { SectionOf } from "../shell/bar.tsx";
import type { Place } from "../shell/navigation.ts";
import { FoundCircle } from "./circles/found.tsx";
import { JoinCircle } from "./circles/join.tsx";
import { Home } from "./home/home.tsx";

/** What every view is given. */
export type ViewProps = {
  readonly place: Place;
  readonly identity: IdentityState;
  readonly onIdentity: (state: IdentityState) => void;
  readonly onLock: () => void;
};

const views: Readonly<Record<string, ComponentType<ViewProps>>> = {
  home: Home,
  found: FoundCircle,
  join: JoinCircle,
};

export const sections: readonly SectionOf[] = [{ view: "home", label: "section.home", views: ["found", "join"] }];

/** The view at a place; home where there is none of that name. */
export function viewOf(place: Place): ComponentType<ViewProps> {
  return views[place.view] ?? Home;
}
