import { AxeBuilder } from "@axe-core/playwright";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Circle, type Draft, say, sketcherOf, thisPlatform } from "../../src/client/index.ts";
import type { TestHost } from "../kit/host.ts";
import { bringBrowserIn } from "./circles.ts";
import { hasBrowser, makeIdentity, newPerson, type Person, startBrowser, startWebHost } from "./kit.ts";

const text =
  "The ministry will close the bridge at Long Bien on 14 June and move every newsroom on the left bank to the " +
  "new press center, says a letter that was sent to the editors of four papers on Monday evening.";
const denied = text.replace("will close", "will not close");

const mail = `From: "Support of the Provider" <help@example.com>
Reply-To: collector@example.org
Subject: Your account will be closed
To: editor@newsroom.example

Open https://example.com@203.0.113.7/login at once.
`;

const open = ({ page }: Person, section: string) =>
  page.getByRole("navigation").getByRole("button", { name: section, exact: true }).click();

async function look(person: Person, content: string): Promise<void> {
  await open(person, "Tips");
  const another = person.page.getByRole("button", { name: "Another tip" });
  if (await another.isVisible()) await another.click();
  await person.page.getByLabel("Text, or a link").fill(content);
  await person.page.getByRole("button", { name: "Look at it" }).click();
  await person.page.getByRole("heading", { name: "What was found" }).waitFor();
}

describe.skipIf(!hasBrowser)("a journalist checks a suspicious tip", () => {
  let host: TestHost;
  let browser: Browser;
  let circle: Circle;
  let journalist: Person;

  beforeAll(async () => {
    [host, browser] = await Promise.all([startWebHost(), startBrowser()]);
    journalist = await newPerson(browser, host.url);
    await makeIdentity(journalist, "Newsroom B", "Reporter B");
    circle = await bringBrowserIn(journalist, host.url, await thisPlatform());
    const tip: Draft = {
      kind: "tip",
      tlp: "TLP:AMBER",
      sources: [{ kind: "mail", value: "collector@example.org" }],
      verdict: "fabricated",
      text: "We asked the ministry: no such letter.",
      content: denied,
      sketch: sketcherOf(circle)(denied) as NonNullable<Extract<Draft, { kind: "tip" }>["sketch"]>,
    };
    await say(circle, [tip]);
  });
  afterAll(async () => {
    await browser.close();
    await host.stop();
  });

  test("finds that others have seen the same family of text, and what differs", async () => {
    const { page } = journalist;
    await open(journalist, "Today");
    await page.getByRole("button", { name: "Look for news now" }).click();
    await page.getByText(/2 organizations, \d+ statements/).waitFor();
    await look(journalist, text);
    await page.getByText("One of them says no where the other says yes.").waitFor();
    await page.getByText("We asked the ministry: no such letter.").waitFor();
    await page.getByText("The same family of text is not the same claim").waitFor();
    expect(await page.locator("del", { hasText: "not" }).count()).toBeGreaterThan(0);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
  });

  test("sees what is odd in a mail, where its answers go, and what is held of that address", async () => {
    const { page } = journalist;
    await look(journalist, mail);
    await page.getByText("Answers go to another address than the sender's.").waitFor();
    await page.getByText("What stands before the @ is no part of the address.").first().waitFor();
    await page.getByRole("heading", { name: "What your circles hold about its source" }).waitFor();
    expect(await page.getByText(/\bsafe\b|\bgenuine\b/i).count()).toBe(0);
  });

  test("weighs it, and tells others in three degrees what they will see before they see it", async () => {
    const { page } = journalist;
    await look(journalist, text);
    const pillar = page.getByRole("group", { name: "Provenance" });
    await pillar.getByLabel("Answer").selectOption({ label: "doubtful" });
    await pillar.getByLabel("Evidence").fill("Nobody else has the letter");
    const bait = page.getByRole("group", { name: "One document only" });
    await bait.getByLabel("Answer").selectOption({ label: "yes, it looks like it" });
    await page.getByLabel("What it was found to be").selectOption({ label: "not verified" });
    await page.getByText("Provenance: doubtful. Nobody else has the letter").waitFor();
    await page.getByLabel(/the verdict, and a sketch/).check();
    await page.getByText("a sketch of the text, and its exact hash").waitFor();
    await page.getByLabel("In your own words").fill("A letter nobody can confirm.");
    await page.getByRole("button", { name: "Tell them" }).click();
    await page.getByRole("heading", { level: 1, name: "Statements" }).waitFor();
    await page.getByText("A letter nobody can confirm.").waitFor();

    await circle.sync();
    await circle.settle();
    const shared = circle.statements().flatMap(({ statement }) => (statement.kind === "tip" ? [statement] : []));
    const mine = shared.find(({ text: said }) => said === "A letter nobody can confirm.");
    expect(mine?.content).toBeUndefined();
    expect(mine?.sketch).toBeDefined();
    expect(mine?.checks).toEqual([
      "Provenance: doubtful. Nobody else has the letter",
      "One document only: yes, it looks like it.",
    ]);
  });

  test("says later what became of it, and the older word is taken back", async () => {
    const { page } = journalist;
    await open(journalist, "Statements");
    await page.getByLabel("Words").fill("nobody can confirm");
    await page.getByText("1 statement", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Open" }).click();
    await page.getByLabel("What it was found to be").selectOption({ label: "fabricated" });
    await page.getByLabel("In your own words").fill("Held: the ministry denies it.");
    await page.getByRole("button", { name: "Say it" }).click();
    await page.getByText("Held: the ministry denies it.").waitFor();
    await circle.sync();
    await circle.settle();
    const kinds = circle.statements().map(({ statement }) => statement.kind);
    expect(kinds.filter((kind) => kind === "retraction")).toHaveLength(1);
  });

  test("an own statement is erased, and gone for everybody", async () => {
    const { page } = journalist;
    await page.getByRole("button", { name: "Erase it" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Erase", exact: true }).click();
    await expect.poll(() => page.getByText("Held: the ministry denies it.").count()).toBe(0);
    await circle.sync();
    expect(circle.statements().some(({ statement }) => statement.text?.startsWith("Held:") === true)).toBe(false);
  });

  test("a picture and a document are looked at without being opened; half a gigabyte is refused unread", async () => {
    const { page } = journalist;
    await open(journalist, "Tips");
    const again = page.getByRole("button", { name: "Another tip" });
    if (await again.isVisible()) await again.click();
    const file = page.getByLabel("A file");
    const pixel = Buffer.from(
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
      "base64",
    );
    await file.setInputFiles({ name: "photo.png.exe", mimeType: "image/png", buffer: pixel });
    await page.getByText("The file name shows one type in front of another.").waitFor();
    await page.getByRole("button", { name: "Another tip" }).click();
    const pdf = Buffer.from("%PDF-1.7\n1 0 obj <</OpenAction <</S /JavaScript /JS (app.alert(1))>>>> endobj\n%%EOF");
    await page.getByLabel("A file").setInputFiles({ name: "letter.pdf", mimeType: "application/pdf", buffer: pdf });
    await page.getByText("The PDF holds a program.").waitFor();
    await page.getByRole("button", { name: "Another tip" }).click();
    await page.evaluate(() => {
      const huge = new File([], "huge.bin");
      Object.defineProperty(huge, "size", { value: 500 * 2 ** 20 });
      const transfer = new DataTransfer();
      transfer.items.add(new File([], "huge.bin"));
      Object.defineProperty(transfer, "files", { value: [huge] });
      document
        .querySelector("form.drop")
        ?.dispatchEvent(new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer: transfer }));
    });
    await page.getByText("This file is larger than 64 MiB and was not read.").waitFor();
    expect(journalist.wrongs).toEqual([]);
  });

  test("a guide is written, and found by everybody in the circle", async () => {
    const { page } = journalist;
    await open(journalist, "Statements");
    await page.getByRole("button", { name: "Guides" }).click();
    await page.getByText("No guides yet.").waitFor();
    await page.getByLabel("Title").fill("Before you publish");
    await page.getByLabel("Steps, one on each line").fill("Call the source.\nAsk a second desk.");
    await page.getByRole("button", { name: "Share it" }).click();
    await page.getByText("Ask a second desk.").waitFor();
    expect(journalist.wrongs).toEqual([]);
  });
});
