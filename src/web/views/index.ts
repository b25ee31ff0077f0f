/* Every view by its name, and the sections that they belong to. */
import type { ComponentType } from "preact";
import type { IdentityState } from "../engine/identity.ts";
import type { SectionOf } from "../shell/bar.tsx";
import type { Place } from "../shell/navigation.ts";
import { FoundCircle } from "./circles/found.tsx";
import { JoinCircle } from "./circles/join.tsx";
import { coordinateViews } from "./coordinate/index.ts";
import { Home } from "./home/home.tsx";
import { Devices } from "./safety/devices.tsx";
import { IdentityFile } from "./safety/file.tsx";
import { RecoveryKit } from "./safety/kit.tsx";
import { ChangePhrase } from "./safety/phrase.tsx";
import { Promises } from "./safety/promises.tsx";
import { Safety } from "./safety/safety.tsx";
import { AboutSomebody } from "./safety/somebody.tsx";
import { Wipe } from "./safety/wipe.tsx";
import { Guides } from "./statements/guides.tsx";
import { Statements } from "./statements/list.tsx";
import { ShowStatement } from "./statements/show.tsx";
import { TipDesk } from "./tip/desk.tsx";
import { vetViews } from "./vet/index.ts";

/** What every view is given. */
export type ViewProps = {
  readonly place: Place;
  readonly identity: IdentityState;
  readonly onIdentity: (state: IdentityState) => void;
  /** Deletes everything that this browser keeps, and leaves. */
  readonly onWipe: () => Promise<void>;
};

const views: Readonly<Record<string, ComponentType<ViewProps>>> = {
  home: Home,
  found: FoundCircle,
  join: JoinCircle,
  ...vetViews,
  tips: TipDesk,
  statements: Statements,
  statement: ShowStatement,
  guides: Guides,
  ...coordinateViews,
  safety: Safety,
  devices: Devices,
  file: IdentityFile,
  phrase: ChangePhrase,
  kit: RecoveryKit,
  somebody: AboutSomebody,
  promises: Promises,
  wipe: Wipe,
};

export const sections: readonly SectionOf[] = [
  { view: "home", label: "section.home", views: ["found", "join"] },
  { view: "vet", label: "section.vet", views: Object.keys(vetViews) },
  { view: "tips", label: "section.tips", views: [] },
  { view: "statements", label: "section.statements", views: ["statement", "guides"] },
  { view: "circle", label: "section.circle", views: Object.keys(coordinateViews) },
  {
    view: "safety",
    label: "section.safety",
    views: ["devices", "file", "phrase", "kit", "somebody", "promises", "wipe"],
  },
];

/** The view at a place; home where there is none of that name. */
export function viewOf(place: Place): ComponentType<ViewProps> {
  return views[place.view] ?? Home;
}
