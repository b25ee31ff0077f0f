/** What views are made of. */
export { useEngine, useFrame, useNavigation, useText } from "./context.ts";
export { Dialog } from "./dialog.tsx";
export { type DraftOf, forgetDrafts, useDraft } from "./draft.ts";
export { sayError } from "./errors.ts";
export { Check, Choices, type Option, Select, TextArea, TextField } from "./fields.tsx";
export { type Action, type Loaded, useAction, useLoaded, useOnward } from "./hooks.ts";
export { listed, said } from "./names.ts";
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
export { Qr } from "./qr.tsx";
export { saveFile } from "./save.ts";
export { Weighed } from "./weighed.tsx";
