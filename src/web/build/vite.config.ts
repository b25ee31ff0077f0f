import { fileURLToPath } from "node:url";
import type { UserConfig } from "vite";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** What every build of the application shares. */
export const base = {
  root: here(".."),
  base: "./",
  publicDir: here("../public"),
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    emptyOutDir: true,
  },
  worker: { format: "es" },
} satisfies UserConfig;

export default base;
