import { defineConfig } from "vitest/config";
import { slowest } from "./slowest.ts";

const root = new URL("..", import.meta.url).pathname;
const shared = { root, testTimeout: 60_000, hookTimeout: 60_000 };

/** What is run once more on Workers with D1: these start their host by `startAnyHost`. */
const everyEngine = [
  "test/client/{assess,circle,devices,founding,rotation,statements,transport}.test.ts",
  "test/cli/tour.test.ts",
];
/** A browser, its worker and a host each: one file after another, when the others are done. */
const browser = {
  ...shared,
  globalSetup: "test/e2e/setup.ts",
  fileParallelism: false,
  testTimeout: 120_000,
  hookTimeout: 60_000,
  expect: { poll: { timeout: 30_000 } },
};

export default defineConfig({
  test: {
    reporters: ["default", slowest],
    projects: [
      { test: { ...shared, name: "code", include: ["test/**/*.test.ts"], exclude: ["test/e2e/**"] } },
      {
        test: {
          ...shared,
          name: "d1",
          include: everyEngine,
          env: { SYMBOLON_TEST_ENGINE: "d1" },
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      { test: { ...browser, name: "browser", include: ["test/e2e/**/*.test.ts"], sequence: { groupOrder: 1 } } },
      // The three journeys once more without WebAssembly and JIT, as in Tor Browser's Safer. Twice the time: in CI, or when asked for.
      ...(process.env.CI === "true" || process.env.TEST_WITHOUT_WASM === "true"
        ? [
            {
              test: {
                ...browser,
                name: "browser without wasm",
                include: ["test/e2e/{vet,tip,coordinate}.test.ts"],
                env: { TEST_WITHOUT_WASM: "true" },
                sequence: { groupOrder: 2 },
              },
            },
          ]
        : []),
    ],
  },
});
