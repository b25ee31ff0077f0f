import { defineConfig } from "vitest/config";

const root = new URL("..", import.meta.url).pathname;
const shared = { root, testTimeout: 30_000, hookTimeout: 60_000 };

/** What is run once more on Workers with D1: these start their host by `startAnyHost`. */
const everyEngine = [
  "test/client/{assess,circle,devices,founding,rotation,statements,transport}.test.ts",
  "test/cli/tour.test.ts",
];

export default defineConfig({
  test: {
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
      // A browser, its worker and a host each: one file after another, when the others are done.
      {
        test: {
          ...shared,
          name: "browser",
          include: ["test/e2e/**/*.test.ts"],
          fileParallelism: false,
          testTimeout: 120_000,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
