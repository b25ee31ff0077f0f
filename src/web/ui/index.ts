/** What views are made of. */
export { useEngine, useFrame, useNavigation, useText } from "./context.ts";
export { Dialog } from "./dialog.tsx";
export { Check, Choices, type Option, Select, TextArea, TextField } from "./fields.tsx";
export { type Action, type Loaded, useAction, useLoaded } from "./hooks.ts";
export {
  ActionButton,
  Name,
  Notice,
  Page,
  Section,
  Shown,
  Tag,
  Tlp,
  type Tone,
  Trouble,
  When,
  Words,
  Working,
} from "./parts.tsx";
