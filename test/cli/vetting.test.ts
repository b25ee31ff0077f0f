import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestHost, type TestHost } from "../kit/host.ts";
import { type Person, person, temporary } from "./kit.ts";

const phone = "0912 345 678";
const folder = temporary();
let host: TestHost;
let lan: Person;

beforeAll(async () => {
  host = await startTestHost();
  lan = person(join(folder.path, "a"));
  await lan.json("init", "--organization", "Newsroom A", "--member", "Editor A");
  await lan.json("circle", "found", "--host", host.url, "--label", "press");
  await lan.json("circle", "found", "--host", host.url, "--label", "inside", "--organization-circle");
}, 30_000);
afterAll(async () => {
  await host.stop();
  folder.remove();
});

describe("vetting in the organization's own circle", { timeout: 30_000 }, () => {
  it("keeps cases at home", async () => {
    const opening = ["case", phone, "--purpose", "Desk editor", "--access", "Source files", "--step", "Call her"];
    expect((await lan.run(...opening)).exit).toBe(2);
    expect((await lan.run(...opening, "--circle", "press")).exit).toBe(2);
    expect(await lan.json(...opening, "--circle", "inside")).toMatchObject({
      groundwork: [{ item: "Call her", done: false }],
    });
  });

  it("shows a decision that nobody has signed beside its author as one member's alone", async () => {
    await lan.json("decide", "yes-with-limits", phone, "--limits", "No sources", "--circle", "inside");
    const { circles } = await lan.json("check", phone);
    const inside = circles.find((one: { label: string }) => one.label === "inside");
    const decided = inside.found.find((one: { kind: string }) => one.kind === "decision");
    expect(decided).toMatchObject({ verdict: "yes-with-limits", signedBySecond: false });
  });

  it("shows the guide that replaces another, and not the other", async () => {
    const first = await lan.json("guide", "Tips", "--step", "Never open it.", "--circle", "press");
    const again = ["guide", "Tips", "--step", "Ask who sent it.", "--replaces", first.hash, "--circle", "press"];
    await lan.json(...again);
    expect((await lan.json("guide", "--circle", "press")).guides).toMatchObject([{ steps: ["Ask who sent it."] }]);
  });

  it("finds a tip again by a text that is nearly the same, without sharing the text", async () => {
    const words =
      "Tomorrow at nine the ministry will arrest the editor of the paper; the list of names is attached to this letter.";
    const tip = join(folder.path, "tip.txt");
    writeFileSync(tip, words);
    const said = await lan.json("tip", tip, "--verdict", "fabricated", "--circle", "press");
    expect(JSON.stringify(said)).not.toContain("ministry");
    const other = join(folder.path, "other.txt");
    writeFileSync(other, words.replace("nine", "ten"));
    const { similar } = await lan.json("tip", "check", other, "--similar", "--circle", "press");
    expect(similar).toMatchObject([{ hash: said.hash, verdict: "fabricated" }]);
  });

  it("hides who said it where the Chatham House Rule holds, also in an export", async () => {
    await lan.json("attest", phone, "--as", "identity", "--chatham-house", "--circle", "press");
    const { statements } = await lan.json("export", "statements", "--circle", "press");
    const said = statements.find((one: { chathamHouse?: boolean }) => one.chathamHouse === true);
    expect(said).toMatchObject({ attests: "identity" });
    expect(said.organization ?? said.member ?? said.circle ?? said.hash).toBeUndefined();
  });

  it("erases one's own statement: afterwards nobody finds it", async () => {
    const said = await lan.json("attest", "0987 654 321", "--as", "identity", "--circle", "press");
    expect(await lan.json("erase", said.hash, "--circle", "press")).toMatchObject({ outcome: "erased" });
    const { circles } = await lan.json("check", "0987 654 321", "--circle", "press");
    expect(circles[0].found).toEqual([]);
  });
});
