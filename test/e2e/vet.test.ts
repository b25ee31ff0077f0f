import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Identity } from "../../src/client/index.ts";
import type { TestHost } from "../kit/host.ts";
import { testPhrase } from "../kit/members.ts";
import { hasBrowser, type Looks, makeIdentity, newPerson, type Person, startBrowser, startWebHost } from "./kit.ts";
import { about, attest, type Cast, carry, newsroom, orgOf, tell, vouchFor, warn } from "./vet-world.ts";

const typed = "0168 123 4567";
const phone = "+84381234567";
const vietnamese = "Nguyễn Văn Minh";

const go = (page: Page, section: string) =>
  page.getByRole("navigation", { name: "Sections" }).getByRole("button", { name: section }).click();
const press = (page: Page, name: string | RegExp) => page.getByRole("button", { name }).click();
const see = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor();
const heading = (page: Page, name: string | RegExp) => page.getByRole("heading", { level: 1, name }).waitFor();

/** Looks for news as a person does who does not want to wait. */
async function news({ page }: Person): Promise<void> {
  await go(page, "Today");
  await press(page, "Look for news now");
  await page.getByRole("button", { name: "Look for news now", disabled: false }).waitFor();
  await page.getByRole("status").waitFor({ state: "detached" });
}

async function lookUp(page: Page, text: string): Promise<void> {
  await go(page, "Vet");
  await page.getByLabel("Phone, mail, account, link, or an organization's name").fill(text);
  await press(page, "Look up");
  await heading(page, "Look somebody up");
}

async function openCase(page: Page, who: string, name: string): Promise<void> {
  await page.getByLabel("Phone, mail, accounts, links, documents").fill(who);
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("Purpose").fill("Desk editor for six months");
  await page.getByLabel("What they will be able to touch").fill("Source files");
  await see(page, "people share this name");
  await press(page, "Open a case");
  await heading(page, `Case: ${name}`);
}

describe.skipIf(!hasBrowser)("vetting in browsers", { timeout: 120_000 }, () => {
  let host: TestHost;
  let browser: Browser;
  let cast: Cast;
  let people: Person[];
  beforeAll(async () => {
    [host, browser] = await Promise.all([startWebHost(), startBrowser()]);
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await host.stop();
  });
  beforeEach(async () => {
    people = [];
    cast = await newsroom(host);
  }, 60_000);
  afterEach(async () => {
    for (const { context, wrongs } of people) {
      expect(wrongs).toEqual([]);
      await context.close();
    }
  });

  async function sit(identity: Identity, looks: Looks = {}): Promise<Person> {
    const person = await newPerson(browser, host.url, looks);
    people.push(person);
    await carry(person, identity);
    return person;
  }

  test("goes from an open case to a decision that two signed and the vettor hears of", async () => {
    const b = await cast.join("Newsroom B");
    await tell(cast.press, vouchFor(b));
    const [editor, reporter, vettor] = [await sit(cast.editor), await sit(cast.reporter), await sit(b.identity)];

    // 1–3: who is meant, and what is held.
    const { page } = editor;
    await go(page, "Vet");
    await press(page, "Open a case");
    await page.getByLabel("Phone, mail, accounts, links, documents").fill(`Zalo ${typed}`);
    await see(page, "renumbered in 2018");
    await openCase(page, `Zalo ${typed}`, vietnamese);
    await see(page, "Unknown is not bad");

    // 4: groundwork stays with the case.
    await press(page, "Tick off");
    const first = page.getByRole("group", { name: "Since when do their accounts exist" });
    await first.getByLabel("Done").check();
    await first.getByLabel("What you found").fill("Since 2016.");
    await press(page, "Save the groundwork");
    await see(page, "1 of 6 done.");

    // 5: those who may know them are asked, by name.
    await press(page, "Ask others");
    await press(page, "Send the question");
    await see(page, "Choose at least one organization.");
    await page.getByLabel("Newsroom B").check();
    await press(page, "Send the question");
    await see(page, "Asked once.");

    await news(vettor);
    await go(vettor.page, "Vet");
    await press(vettor.page, "Read and answer");
    await see(vettor.page, "Nothing is sent, and it looks like silence");
    await vettor.page.getByLabel("How do you know them?").fill("She edited our series on land.");
    await vettor.page.getByLabel("would vouch for them").check();
    await vettor.page.getByLabel("How you know", { exact: true }).selectOption("witnessed");
    await press(vettor.page, /^Send it to/);
    await see(vettor.page, "Nobody is waiting for an answer of yours.");

    // 6: the answers, beside each other.
    await news(editor);
    await go(page, "Vet");
    await press(page, "Go on");
    await see(page, "One answer.");
    await see(page, "One organization you trust");
    await press(page, "Compare the answers");
    await see(page, "She edited our series on land.");
    await see(page, "You vouch for them yourself.");
    await page.goBack();

    // 7: a decision stands alone until a second member signs it.
    await press(page, "Decide");
    await page.getByLabel("yes, with limits").check();
    await page.getByRole("textbox", { name: "Limits" }).fill("No member list until March.");
    await page.getByLabel("Reasons").fill("Newsroom B worked with her.");
    await page.getByLabel("Yes, and how they can contest it").check();
    await page.getByLabel("How they can contest it", { exact: true }).fill("By writing to the editor.");
    await press(page, "Decide");
    await see(page, "It stands as yours alone");

    await news(reporter);
    await go(reporter.page, "Vet");
    await see(reporter.page, "one member's alone");
    await press(reporter.page, "Go on");
    await press(reporter.page, "Sign this decision");
    await see(reporter.page, "signed by two");

    // 8: the vettor hears it; what became of it is kept; paper names nobody it must not.
    await news(editor);
    await go(page, "Vet");
    await press(page, "Go on");
    await see(page, "signed by two");
    await press(page, "Tell and note");
    await page.getByLabel("Newsroom B").and(page.locator(":checked")).waitFor();
    await page.getByLabel("Why, in your own words").fill("Thank you.");
    await press(page, "Tell them the verdict");
    await see(page, "They can read it now.");
    await page.getByRole("textbox", { name: "What became of it" }).fill("Six good months.");
    await press(page, "Note it");
    await see(page, "Six good months.");

    await news(vettor);
    await lookUp(vettor.page, typed);
    await see(vettor.page, "yes, with limits");
    await see(vettor.page, "Thank you.");

    await press(page, "Show the report");
    await see(page, "By writing to the editor.");
    await page.emulateMedia({ media: "print" });
    await expect.poll(() => page.getByRole("button", { name: "Print" }).isVisible()).toBe(false);
    await expect.poll(() => page.getByRole("navigation").isVisible()).toBe(false);
  });

  test("founds the organization's own circle with the first case", async () => {
    const person = await newPerson(browser, host.url);
    people.push(person);
    const { page } = person;
    await makeIdentity(person, "Newsroom Z", "Editor Z");
    await go(page, "Vet");
    await press(page, "Open a case");
    await press(page, "Found the circle");
    await openCase(page, typed, vietnamese);
    await go(page, "Today");
    await page.getByRole("heading", { name: "Our cases" }).waitFor();
  });

  test("keeps what was typed while a person looks elsewhere, and forgets it when they lock", async () => {
    const { page } = await sit(cast.editor);
    await go(page, "Vet");
    await press(page, "Open a case");
    await page.getByLabel("Purpose").fill("Half a thought");
    await go(page, "Today");
    await go(page, "Vet");
    await press(page, "Open a case");
    expect(await page.getByLabel("Purpose").inputValue()).toBe("Half a thought");
    await press(page, "Lock");
    await page.getByLabel("Passphrase").fill(testPhrase);
    await press(page, "Unlock");
    // The place is the same one; what was typed there is gone with the worker that knew everything else.
    await heading(page, "Open a case");
    await expect.poll(() => page.getByLabel("Purpose").inputValue()).toBe("");
  });

  test("says nothing of a namesake: a name alone never says who is meant, and no flag can be attached to it", async () => {
    const b = await cast.join("Newsroom B");
    await tell(cast.press, vouchFor(b));
    await tell(b, warn(about("+84912000111", vietnamese)));
    const { page } = await sit(cast.editor);
    await lookUp(page, vietnamese);
    await see(page, "A name alone never says who is meant");
    await see(page, /about 1 in [\d,]+ people share this name/);
    await see(page, "This may be a namesake");
    await see(page, "One statement, one of them a red flag");
    expect(await page.getByRole("button", { name: "Red flag" }).count()).toBe(0);
    // Somebody else of this name is still unknown.
    await page.getByLabel("Phone, mail, account, link, or an organization's name").fill(typed);
    await see(page, "Unknown is not bad");
    await page.getByRole("button", { name: "Red flag" }).waitFor();
  });

  test("counts two vettors with one text as one source, and says through whom both are heard", async () => {
    const [b, c] = [await cast.join("Newsroom B"), await cast.join("Relief Group C")];
    await tell(cast.press, vouchFor(b));
    await tell(cast.press, vouchFor(c));
    const subject = about(phone, vietnamese);
    await tell(cast.own, {
      kind: "case",
      tlp: "TLP:AMBER+STRICT",
      subject,
      purpose: "Desk editor",
      access: "Source files",
    });
    const asked = await tell(
      cast.press,
      { kind: "inquiry", tlp: "TLP:RED", subject, questions: ["How do you know them?"] },
      { to: [orgOf(b), orgOf(c)] },
    );
    for (const [circle, text] of [
      [b, "Everybody says she can be trusted."],
      [c, "everybody says she can be trusted"],
    ] as const) {
      await tell(
        circle,
        {
          kind: "answer",
          tlp: "TLP:RED",
          evidence: "told",
          target: asked.hash,
          subject,
          answers: [text],
          wouldVouch: 120,
        },
        { to: [orgOf(cast.press)] },
      );
    }
    const { page } = await sit(cast.editor);
    await go(page, "Vet");
    await press(page, "Go on");
    await see(page, "One organization you trust");
    await press(page, "Compare the answers");
    await see(page, /One source with .*: counted once/);
  });

  test("shows a wrong red flag corrected and taken back", async () => {
    const [b, c] = [await cast.join("Newsroom B"), await cast.join("Relief Group C")];
    await tell(cast.press, vouchFor(b));
    await tell(cast.press, vouchFor(c));
    const [editor, flagger] = [await sit(cast.editor), await sit(b.identity)];
    await lookUp(flagger.page, typed);
    await press(flagger.page, "Red flag");
    await flagger.page.getByLabel("infiltration: joins to inform on others").check();
    await press(flagger.page, "Raise the red flag");
    // Without a way of knowing it is not sent, and nothing typed is lost.
    expect(await flagger.page.getByLabel("infiltration: joins to inform on others").isChecked()).toBe(true);
    await flagger.page.getByLabel("How you know", { exact: true }).selectOption("told");
    await flagger.page.getByLabel("In your own words").fill("Seen at the ministry.");
    await press(flagger.page, "Raise the red flag");
    await see(flagger.page, "Seen at the ministry.");

    const { page } = editor;
    await news(editor);
    await lookUp(page, typed);
    await see(page, "One organization you trust, by a single way, warns");
    await press(page, "Agree, disagree, correct");
    await page.getByLabel("correct it", { exact: true }).check();
    await page.getByLabel("In your own words").fill("That was her cousin.");
    await press(page, "Say it");
    await see(page, "That was her cousin.");

    await news(flagger);
    await lookUp(flagger.page, typed);
    await see(flagger.page, "That was her cousin.");
    await press(flagger.page, "Agree, disagree, correct");
    await flagger.page.getByLabel("take it back").check();
    await press(flagger.page, "Say it");
    await see(flagger.page, "retracted");

    await news(editor);
    await lookUp(page, typed);
    await see(page, "Unknown is not bad");
    await see(page, "retracted");
    await see(page, "That was her cousin.");
  });

  test("shows what would be left if somebody was forced to vouch, as a list and as a picture, by keyboard", async () => {
    const [b, c] = [await cast.join("Newsroom B"), await cast.join("Relief Group C")];
    await tell(cast.press, vouchFor(b));
    await tell(b, vouchFor(c));
    await tell(c, attest(about(phone)));
    const { page } = await sit(cast.editor);
    await lookUp(page, typed);
    await see(page, "One organization you trust, by a single way, speaks for it");
    await see(page, /You hear them through .*Newsroom B/);
    await page.getByLabel("Newsroom B").check();
    await see(page, /As if not there: .*Newsroom B/);
    await see(page, "Unknown is not bad");
    await press(page, "Put everybody back");

    await page.getByLabel("as a picture").check();
    const node = page.getByRole("button", { name: /Newsroom B.*: passes it on/ });
    await node.focus();
    await page.keyboard.press("Space");
    await see(page, "Unknown is not bad");
    expect(await node.getAttribute("aria-pressed")).toBe("true");
    await page.keyboard.press("Space");
    await expect.poll(() => node.getAttribute("aria-pressed")).toBe("false");
    // What a person chose stays for the session.
    await lookUp(page, typed);
    await page.getByRole("button", { name: /Relief Group C.*: speaks for it/ }).waitFor();
  });

  test("says when warnings come in a burst from organizations with one root", async () => {
    for (const name of ["Group X", "Group Y", "Group Z"]) {
      const circle = await cast.join(name);
      await tell(circle, warn(about(phone)));
    }
    const { page } = await sit(cast.editor);
    await lookUp(page, typed);
    await see(page, /3 organizations that came in by .*Newsroom A.* warned within three days/);
    // Nobody vouches for them: they count for nothing, however many they are.
    await see(page, "Unknown is not bad");
    await see(page, "it does not count for you");
  });

  test("vouches for an organization, and from then on hears it", async () => {
    const b = await cast.join("Newsroom B");
    await tell(b, attest(about(phone), "We worked together."));
    const { page } = await sit(cast.editor);
    await lookUp(page, typed);
    await see(page, "Unknown is not bad");
    await page.getByLabel("Phone, mail, account, link, or an organization's name").fill("newsroom b");
    await press(page, "Vouch for them");
    await page.getByLabel("fully").check();
    await page.getByRole("button", { name: "Vouch", exact: true }).click();
    await heading(page, "Look somebody up");
    await lookUp(page, typed);
    await see(page, "One organization you trust, by a single way, speaks for it");
  });

  test("asks nobody where the case forbids it", async () => {
    const { page } = await sit(cast.editor);
    await go(page, "Vet");
    await press(page, "Open a case");
    await page.getByLabel("What may be done to find out (PAP)").selectOption("PAP:RED");
    await openCase(page, typed, vietnamese);
    await press(page, "Ask others");
    await see(page, "this case allows no question to anybody");
    expect(await page.getByRole("button", { name: "Send the question" }).isDisabled()).toBe(true);
  });

  test("prints no name under the Chatham House Rule", async () => {
    const b = await cast.join("Newsroom B");
    await tell(cast.press, vouchFor(b));
    const subject = about(phone, vietnamese);
    await tell(b, { ...attest(subject, "She keeps secrets."), chathamHouse: true });
    await tell(cast.own, {
      kind: "case",
      tlp: "TLP:AMBER+STRICT",
      subject,
      purpose: "Desk editor",
      access: "Source files",
    });
    const { page } = await sit(cast.editor);
    await go(page, "Vet");
    await press(page, "Go on");
    await press(page, "Show the report");
    await see(page, "She keeps secrets.");
    await see(page, "One reason stands without a name: Chatham House Rule.");
    expect(await page.locator("main").innerText()).not.toContain("Newsroom B");
  });
});
