import { render } from "preact";
import { languageOf, preferredLanguage, speak } from "./i18n/translate.ts";
import { App } from "./shell/app.tsx";

const asked = new URLSearchParams(location.search).get("language");
const spoken = await speak(asked === null ? preferredLanguage(navigator.languages) : languageOf(asked).code);
const root = document.getElementById("root");
root?.replaceChildren();
if (root !== null) render(<App spoken={spoken} />, root);
