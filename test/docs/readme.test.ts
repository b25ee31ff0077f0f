import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { variables } from "../../src/host/config.ts";
import { startTestHost } from "../kit/host.ts";

const readme = readFileSync("README.md", "utf8");

describe("the README", () => {
  it("lists every variable of the host, with its default", () => {
    for (const { name, otherwise, text } of variables) {
      expect(readme).toContain(`| \`${name}\` | ${otherwise === "" ? "" : `\`${otherwise}\``} | ${text} |`);
    }
  });

  it("has a tour that can be typed as it stands", async () => {
    const tour = [...readme.matchAll(/```sh\n(.*?)```/gs)]
      .map(([, code]) => code)
      .find((code) => code?.includes("a init"));
    const folder = mkdtempSync(join(tmpdir(), "symbolon-tour-"));
    const host = await startTestHost();
    try {
      const script = (tour ?? "exit 9")
        .replaceAll("npx symbolon", "node src/cli/main.ts")
        .replaceAll("http://127.0.0.1:8787", host.url)
        .replaceAll("/tmp/", `${folder}/`);
      const path = `${dirname(process.execPath)}:${process.env.PATH ?? ""}`;
      const { stdout } = await promisify(execFile)("bash", ["-euo", "pipefail", "-c", script], {
        env: { ...process.env, PATH: path, SYMBOLON_KDF: "pbkdf2" },
      });
      expect(stdout).toContain("One organization you trust");
      expect(stdout).toContain("The log is whole");
    } finally {
      await host.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  }, 60_000);
});
