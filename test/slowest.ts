import type { Reporter } from "vitest/node";

const shown = 10;

/** Says at the end which files took longest, so that a slow one is seen when it comes. */
export const slowest: Reporter = {
  onTestRunEnd(modules) {
    if (modules.length < shown) return;
    const files = modules
      .map((module) => ({ name: `${module.project.name} ${module.relativeModuleId}`, ...module.diagnostic() }))
      .sort((a, b) => b.duration - a.duration)
      .slice(0, shown);
    console.log("\n Slowest files");
    for (const { name, duration } of files) console.log(`${(duration / 1000).toFixed(1).padStart(8)} s  ${name}`);
  },
};
