import { fileURLToPath } from "node:url";
import type { Plugin, UserConfig } from "vite";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Vite's helper around every `import()` of the page is our own: it keeps to the hashes that the page names. */
const ownParts: Plugin = {
  name: "own-parts",
  enforce: "pre",
  load: {
    filter: { id: /^\0vite\/preload-helper\.js$/ },
    handler: () => `export { __vitePreload } from ${JSON.stringify(here("../shell/parts.ts"))}`,
  },
};

/** What every build of the application shares. */
export const base = {
  root: here(".."),
  base: "./",
  publicDir: here("../public"),
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: {
      polyfill: false,
      // Every part of a script is named, also one that needs no other.
      resolveDependencies: (file, others, { hostType }) =>
        hostType === "js" ? [...new Set([file, ...others])] : [...others],
    },
    emptyOutDir: true,
  },
  plugins: [ownParts],
  worker: { format: "es" },
} satisfies UserConfig;

export default base;
