/*
 * Every view of the application, on a circle in which something of everything has happened. Who walks through it is a
 * coordinator of Newsroom A; at each view `at` does what it is walked for: looks for faults, or takes a picture.
 */
import type { Page } from "playwright-core";
import {
  arrivals,
  candidateBytes,
  checkIn,
  consider,
  type Draft,
  invite,
  join,
  object,
  openCandidates,
  remove,
  setPolicy,
  setRole,
  sketcherOf,
  sponsor,
} from "../../src/client/index.ts";
import type { TestHost } from "../kit/host.ts";
import { newMember, testPhrase, testPlatform } from "../kit/members.ts";
import { button, carried, memberOf } from "./coordinating.ts";
import { openTab, type Person } from "./kit.ts";
import { about, attest, type Cast, carry, newsroom, orgOf, tell, vouchFor, warn } from "./vet-world.ts";

const phone = "+84381234567";
const candidateName = "Nguyễn Văn Minh";
const inDays = (days: number) => Math.floor(Date.now() / 86_400_000) + days;

const letter =
  "The ministry will close the bridge at Long Bien on 14 June and move every newsroom on the left bank to the " +
  "new press center, says a letter that was sent to the editors of four papers on Monday evening.";
const denied = letter.replace("will close", "will not close");
const mail = `From: "Support of the Provider" <help@example.com>
Reply-To: collector@example.org
Subject: Your account will be closed
To: editor@newsroom.example

Open https://example.com@203.0.113.7/login at once.
`;

/** A circle of five organizations and Newsroom A's own, with cases, tips, people who come in and things to decide. */
export async function stage(host: TestHost): Promise<Cast> {
  const cast = await newsroom(host);
  const { press, own } = cast;
  const [b, c, d] = [
    await cast.join("Newsroom B"),
    await cast.join("Relief Group C"),
    await cast.join("Film Collective D"),
  ];
  const said = { tlp: "TLP:AMBER" } as const;
  for (const [from, to] of [
    [press, b],
    [press, c],
    [b, d],
    [c, d],
    [b, press],
  ] as const) {
    await tell(from, vouchFor(to));
  }
  const subject = about(phone, candidateName);
  await tell(b, attest(subject, "She edited our series for two years, on time and with care."));
  await tell(d, attest(subject, "We worked together on one film."));
  const flag = await tell(c, warn(subject, "Seen twice in the company of an officer."));
  await tell(b, { kind: "position", ...said, target: flag.hash, opinion: "disagree", text: "That was her cousin." });
  await tell(press, { kind: "reply", ...said, target: flag.hash, text: "I drove my cousin home." });
  await tell(c, warn(about("+84912000111", candidateName)));

  await tell(own, {
    kind: "case",
    tlp: "TLP:AMBER+STRICT",
    subject,
    purpose: "Desk editor for six months",
    access: "Source files",
    deadline: inDays(12),
    pap: "PAP:AMBER",
  });
  await tell(own, {
    kind: "decision",
    tlp: "TLP:AMBER+STRICT",
    subject,
    verdict: "yes-with-limits",
    text: "Two organizations worked with her; the warning was explained.",
    limits: "No lists of sources.",
    review: inDays(90),
    contest: "By letter.",
  });
  const inquiry = {
    kind: "inquiry",
    tlp: "TLP:RED",
    subject,
    questions: ["How do you know her?", "Since when?"],
    deadline: inDays(9),
  } as const;
  const asked = await tell(press, inquiry, { to: [orgOf(b), orgOf(d)] });
  for (const [circle, answers, wouldVouch] of [
    [b, ["She worked at our desk.", "2019"], 120],
    [d, ["From one film.", "2022"], 60],
  ] as const) {
    const answer: Draft = {
      kind: "answer",
      tlp: "TLP:RED",
      target: asked.hash,
      subject,
      answers: [...answers],
      wouldVouch,
    };
    await tell(circle, answer, { to: [orgOf(press)] });
  }
  await tell(b, inquiry, { to: [orgOf(press)] });

  await tell(b, {
    kind: "tip",
    ...said,
    sources: [{ kind: "mail", value: "collector@example.org" }],
    verdict: "fabricated",
    text: "We asked the ministry: no such letter.",
    content: denied,
    ...(sketcherOf(b)(denied) === undefined ? {} : { sketch: sketcherOf(b)(denied) as never }),
  });
  await tell(press, { kind: "tip", ...said, sources: [], verdict: "unverified", text: "A letter nobody can confirm." });
  await tell(c, {
    kind: "guide",
    ...said,
    title: "Before you publish",
    steps: ["Call the source.", "Ask a second desk."],
  });
  await checkIn(b);

  // Somebody answered an invitation, somebody is a candidate and objected to, somebody is to be excluded.
  const platform = await testPlatform();
  const comes = async (name: string) => {
    const { link } = await invite(press);
    await join(await newMember(name, platform), link, "press");
  };
  await comes("Legal Aid E");
  const [arrived] = await arrivals(press);
  if (arrived === undefined) throw new Error("nobody has come");
  const candidate = candidateBytes(press, await consider(press, arrived));
  await c.sync();
  await sponsor(c, candidate);
  await b.sync();
  await object(b, candidate, "unknown");
  await comes("Radio F");
  await press.sync();
  await carried(press, await setRole(press, memberOf(press, orgOf(b)), "coordinator"));
  await carried(press, await setPolicy(press, { ...press.state().policy, quorum: 2 }), [b]);
  await press.sync();
  await remove(press, { kind: "organization", organization: orgOf(d) });
  if (openCandidates(press).length === 0) throw new Error("nobody is a candidate");
  return cast;
}

/** What is done at a view: its name, after a colon what of it is shown. */
export type At = (name: string, page: Page) => Promise<void>;

/** What is shown before there is an identity. */
export async function walkIdentity({ page }: Person, at: At): Promise<void> {
  await button(page, "Make a new identity").waitFor();
  await at("start", page);
  await button(page, "Make a new identity").click();
  await at("start: names", page);
  await page.getByLabel("Your organization's name").fill("Newsroom A");
  await page.getByLabel("Your own name").fill("Editor A");
  await button(page, "Next: the passphrase").click();
  await page.getByRole("list", { name: "Your passphrase" }).waitFor();
  await at("start: passphrase", page);
  await button(page, "I wrote the seven words down: hide them").click();
  await at("start: words asked for", page);
  await page.reload();
  await button(page, "Bring an identity file").click();
  await at("start: identity file", page);
  await page.reload();
  await page.locator("main button").nth(2).click();
  await page.locator("main input").first().waitFor();
  await at("start: second device", page);
}

/** Every view, by a person who has just been shown the first one, and becomes the editor of `cast`. */
export async function walk(person: Person, url: string, cast: Cast, at: At): Promise<void> {
  const { page } = person;
  const section = (name: string) =>
    page.getByRole("navigation", { name: "Sections" }).getByRole("button", { name, exact: true }).click();
  const part = async (name: string) => {
    await section("Circle");
    await page.getByRole("main").getByRole("button", { name: "press" }).click();
    await page.getByRole("navigation", { name: "Parts of this circle" }).getByRole("button", { name }).click();
  };
  const title = (name: string | RegExp) => page.getByRole("heading", { level: 1, name }).waitFor();

  await carry(person, cast.editor);
  await page
    .getByText(/\d organizations, \d+ statements/)
    .first()
    .waitFor();
  await button(page, "Look for news now").click();
  await button(page, "Look for news now").waitFor();
  await at("home", page);
  await button(page, "Found a circle").click();
  await at("found", page);
  await section("Today");
  await button(page, "Join by an invitation").click();
  await at("join", page);

  await walkVetting(page, section, title, at);
  await walkTips(page, section, at);
  await walkStatements(page, section, at);
  await walkCircle(page, part, title, at);
  await walkSafety(page, section, at);

  await page.getByRole("banner").getByRole("button", { name: "Lock" }).click();
  await title("Unlock");
  await page.getByText("I do not have the words any more").click();
  await at("unlock", page);
  const { page: second } = await openTab(person, url);
  await page.getByLabel("Passphrase").fill(testPhrase);
  await button(page, "Unlock").click();
  await page.getByRole("navigation", { name: "Sections" }).waitFor();
  await second.getByLabel("Passphrase").fill(testPhrase);
  await button(second, "Unlock").click();
  await second.getByText("This identity is open in another tab").waitFor();
  await at("unlock: open elsewhere", second);
}

/** Escape three times in a row would leave the page. */
async function closeDialog(page: Page): Promise<void> {
  await page.getByRole("dialog").getByRole("button", { name: "Leave it as it is" }).click();
  await page.getByRole("dialog").waitFor({ state: "detached" });
}

type Title = (name: string | RegExp) => Promise<void>;
type Go = (name: string) => Promise<void>;

async function walkVetting(page: Page, section: Go, title: Title, at: At): Promise<void> {
  const lookUp = async (text: string) => {
    await section("Vet");
    await page.getByLabel("Phone, mail, account, link, or an organization's name").fill(text);
    await button(page, "Look up").click();
    await title("Look somebody up");
  };
  await section("Vet");
  await page.getByRole("article").first().waitFor();
  await at("vet", page);
  await lookUp("0168 123 4567");
  await page.locator(".sentence").waitFor();
  await at("lookup", page);
  await page.getByRole("article").first().getByRole("button").first().click();
  await page.locator("form").waitFor();
  await at("respond", page);
  await lookUp(candidateName);
  await page.locator("main .notice").first().waitFor();
  await at("lookup: a name alone", page);
  await lookUp("0912 000 999");
  for (const [label, view] of [
    ["Speak for them", "attest"],
    ["Red flag", "flag"],
  ] as const) {
    await button(page, label).click();
    await page.locator("form").waitFor();
    await at(view, page);
    await page.goBack();
    await title("Look somebody up");
  }
  await lookUp("Newsroom B");
  await button(page, "Vouch for them").click();
  await page.locator("form").waitFor();
  await at("vouch", page);

  await section("Vet");
  await button(page, "Open a case").click();
  await page.locator("form").waitFor();
  await at("case-open", page);
  await section("Vet");
  await page.getByRole("article").getByRole("button").first().click();
  await page.locator(".steps").waitFor();
  await at("case", page);
  const steps = ["case-held", "groundwork", "ask", "answers", "decide", "outcome", "report"];
  for (const [i, view] of steps.entries()) {
    await page.locator(".steps > li").nth(i).getByRole("button").click();
    await page.locator(".steps").waitFor({ state: "detached" });
    await page.locator("main p").first().waitFor();
    await at(view, page);
    if (view === "case-held") {
      await page.getByRole("radio").nth(1).check();
      await page.locator("svg button").first().click();
      await at("case-held: the ways as a picture", page);
      await page.getByRole("radio").nth(0).check();
    }
    await page.goBack();
    await page.locator(".steps").waitFor();
  }
  await page.locator(".card button").first().click();
  await page.locator("form").waitFor();
  await at("case-edit", page);
  await section("Vet");
  await page.locator("li.card button").first().click();
  await page.locator("form").waitFor();
  await at("inquiry", page);
}

async function walkTips(page: Page, section: Go, at: At): Promise<void> {
  await section("Tips");
  await page.getByLabel("Text, or a link").waitFor();
  await at("tips", page);
  for (const [content, shown] of [
    [mail, "tips: a mail"],
    [letter, "tips: like another"],
  ] as const) {
    await page.getByLabel("Text, or a link").fill(content);
    await button(page, "Look at it").click();
    await page.getByRole("heading", { name: "What was found" }).waitFor();
    await at(shown, page);
    if (content === mail) await button(page, "Another tip").click();
  }
  await page.getByRole("group", { name: "Provenance" }).getByLabel("Answer").selectOption({ label: "doubtful" });
  await page.getByLabel("What it was found to be").selectOption({ label: "not verified" });
  await page.getByLabel(/the verdict, and a sketch/).check();
  await page.getByText("a sketch of the text, and its exact hash").waitFor();
  await page.getByRole("heading", { name: "What was found" }).waitFor();
  await at("tips: to be shared", page);
}

async function walkStatements(page: Page, section: Go, at: At): Promise<void> {
  await section("Statements");
  await page.getByRole("article").first().waitFor();
  await at("statements", page);
  await page.getByLabel("Words").fill("nobody can confirm");
  await page.getByText("1 statement", { exact: true }).waitFor();
  await button(page, "Open").click();
  await page.getByRole("article").waitFor();
  await at("statement", page);
  await button(page, "Erase it").click();
  await page.getByRole("dialog").waitFor();
  await at("statement: to be erased", page);
  await closeDialog(page);
  await section("Statements");
  await button(page, "Guides").click();
  await page.getByText("Ask a second desk.").waitFor();
  await at("guides", page);
}

async function walkCircle(page: Page, part: Go, title: Title, at: At): Promise<void> {
  await part("Overview");
  await at("circle", page);
  await part("Coming in");
  await button(page, "Object").first().waitFor();
  await at("circle-admission", page);
  await button(page, "Object").first().click();
  await page.getByRole("dialog").waitFor();
  await at("circle-admission: objecting", page);
  await closeDialog(page);
  await button(page, "Compare the safety words").first().click();
  await page.getByRole("list", { name: "Safety words" }).waitFor();
  await at("circle-arrival", page);
  await part("Coming in");
  await button(page, "Invite somebody").click();
  await button(page, "Make the invitation").waitFor();
  await at("circle-invite", page);
  await button(page, "Make the invitation").click();
  await page.getByRole("img", { name: "The link as a QR code" }).waitFor();
  await at("circle-invite: the link", page);
  await part("Decisions");
  await page.getByRole("article").or(page.locator(".card")).first().waitFor();
  await at("circle-decisions", page);
  await part("Trust");
  await at("circle-trust", page);
  await part("Rules");
  await at("circle-rules", page);
  await button(page, "Propose other rules").click();
  await at("circle-rules: others", page);
  await part("Log");
  await button(page, "Check the whole log").click();
  await page.getByText(/Both implementations come to the same|One implementation runs in this browser/).waitFor();
  await at("circle-log", page);
  await part("Overview");
  await page.getByRole("main").getByRole("button", { name: "Relief Group C", exact: true }).first().click();
  await page.getByRole("heading", { name: "Who vouches for them" }).waitFor();
  await at("circle-organization", page);
  await part("Overview");
  await page.getByRole("main").getByRole("button", { name: "Editor of Relief Group C", exact: true }).last().click();
  await title("Editor of Relief Group C");
  await at("circle-member", page);
  await button(page, "Suspend").click();
  await page.getByRole("dialog").waitFor();
  await at("circle-member: to be suspended", page);
  await closeDialog(page);
  await button(page, "End trust…").click();
  await page.getByLabel("They are under duress").check();
  await page.getByText(/Nothing of theirs counts from entry/).waitFor();
  await at("circle-mark", page);
}

async function walkSafety(page: Page, section: Go, at: At): Promise<void> {
  await section("Safety");
  await button(page, "Compare the files").click();
  await page.getByLabel("Published hash").waitFor();
  await at("safety", page);
  const ways = {
    Devices: "devices",
    "Identity file": "file",
    "New passphrase": "phrase",
    "Recovery kit": "kit",
    "What is held about somebody": "somebody",
    "What is promised, and what is not": "promises",
    "Wipe this device": "wipe",
  };
  for (const [label, view] of Object.entries(ways)) {
    await section("Safety");
    await page.getByRole("button", { name: label }).click();
    await page.getByRole("heading", { level: 1, name: label }).waitFor();
    if (view === "devices") {
      await button(page, "Make the code").click();
      await page.getByRole("img", { name: "Code for the new device" }).waitFor();
    }
    if (view === "phrase") {
      await button(page, "Draw a new passphrase").click();
      await page.getByRole("list", { name: "Your passphrase" }).waitFor();
    }
    if (view === "somebody") {
      await page.getByLabel("Their phone, mail, accounts").fill("0381 234 567");
      await button(page, "Find").click();
      await page.getByRole("article").first().waitFor();
    }
    await at(view, page);
  }
}
