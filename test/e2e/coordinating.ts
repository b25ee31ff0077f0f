/* What tests of a circle in a browser share: circles made through the SDK on the same host, and the ways of the interface. */

import type { Page } from "playwright-core";
import {
  admit,
  approve,
  arrivals,
  type Circle,
  candidateBytes,
  consider,
  type Done,
  execute,
  foundCircle,
  invite,
  type MemberId,
  namesIn,
  type OrganizationId,
  type Policy,
  setRole,
} from "../../src/client/index.ts";
import { newMember, type TestClock, testPlatform } from "../kit/members.ts";
import { makeIdentity, type Person } from "./kit.ts";

/** A circle founded by "Newsroom A", whose editor coordinates it. */
export async function circleOnHost(
  address: string,
  options: { readonly policy?: Partial<Policy>; readonly clock?: TestClock } = {},
): Promise<Circle> {
  const identity = await newMember("Newsroom A", await testPlatform(options.clock), { member: "Editor A" });
  return foundCircle(identity, { address, label: "press", policy: options.policy ?? {} });
}

/** Brings a person in by the interface, invited by a coordinator of the SDK. */
export async function bringPersonIn(
  coordinator: Circle,
  person: Person,
  who: {
    readonly organization: string;
    readonly member: string;
    readonly coordinates?: boolean;
    /** Who else has to approve that they coordinate. */
    readonly approvedBy?: readonly Circle[];
  },
): Promise<void> {
  const { page } = person;
  const { link } = await invite(coordinator);
  await makeIdentity(person, who.organization, who.member);
  const words = await askToJoin(person, link);
  const [arrived] = await arrivals(coordinator);
  if (arrived === undefined) throw new Error("no join request arrived");
  if (words.join() !== arrived.words.join()) throw new Error("the safety words differ");
  const candidate = candidateBytes(coordinator, await consider(coordinator, arrived));
  await admit(coordinator, candidate);
  if (who.coordinates === true) {
    const member = memberOf(coordinator, arrived.checked.request.organization);
    await carried(coordinator, await setRole(coordinator, member, "coordinator"), who.approvedBy);
  }
  await page.getByRole("button", { name: "Look whether I was admitted" }).click();
  await page.getByText(/\d organizations?, \d+ statements?/).waitFor();
}

/** Carries out what was proposed, once others have approved it. */
export async function carried(circle: Circle, done: Done, others: readonly Circle[] = []): Promise<void> {
  if (done.done) return;
  for (const other of others) {
    await other.sync();
    await approve(other, done.proposal);
  }
  await circle.sync();
  await execute(circle, done.proposal);
}

/** The first member of an organization. */
export function memberOf(circle: Circle, organization: OrganizationId): MemberId {
  const found = [...circle.state().members.values()].find((member) => member.organization === organization);
  if (found === undefined) throw new Error("there is no such member");
  return found.id;
}

/** An organization of a circle by its name. */
export function organizationOf(circle: Circle, name: string): OrganizationId {
  const found = [...namesIn(circle).organizations].find(([, known]) => known === name);
  if (found === undefined) throw new Error(`${name} is not in the circle`);
  return found[0];
}

/** Opens the section "Circle", at one of its parts. */
export async function openCirclePart(
  { page }: Person,
  part: "Overview" | "Coming in" | "Decisions" | "Trust" | "Rules" | "Log",
): Promise<void> {
  await page.getByRole("navigation", { name: "Sections" }).getByRole("button", { name: "Circle", exact: true }).click();
  await page.getByRole("navigation", { name: "Parts of this circle" }).getByRole("button", { name: part }).click();
}

/** Lets a person's device look for what is new now. */
export async function lookForNews({ page }: Person): Promise<void> {
  await page.getByRole("navigation", { name: "Sections" }).getByRole("button", { name: "Today" }).click();
  await page.getByRole("button", { name: "Look for news now" }).click();
  await page.getByRole("button", { name: "Look for news now", disabled: false }).waitFor();
}

/** A button by its whole name. */
export const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name, exact: true });

/** Does a weighed act: opens its question and answers it. */
export async function weigh(page: Page, label: string | RegExp, confirm: string): Promise<void> {
  await button(page, label).click();
  await page.getByRole("dialog").getByRole("button", { name: confirm, exact: true }).click();
  await page.getByRole("dialog").waitFor({ state: "detached" });
}

/** Invites somebody and returns the link that is handed over. */
export async function inviteBy(person: Person): Promise<string> {
  const { page } = person;
  await openCirclePart(person, "Coming in");
  await button(page, "Invite somebody").click();
  await button(page, "Make the invitation").click();
  await page.getByRole("img", { name: "The link as a QR code" }).waitFor();
  const link = await page.getByRole("textbox", { name: "Link" }).inputValue();
  await button(page, "I handed it over").click();
  return link;
}

const wordsOn = (page: Page) =>
  page.getByRole("list", { name: "Safety words" }).getByRole("listitem").allTextContents();

/** Asks to join, and returns the words that are seen. */
export async function askToJoin({ page }: Person, link: string): Promise<readonly string[]> {
  await button(page, "Join by an invitation").click();
  await page.getByLabel("Invitation link").fill(link);
  await page.getByLabel("What you call it").fill("press");
  await button(page, "Ask to join").click();
  await page.getByRole("list", { name: "Safety words" }).waitFor();
  const words = await wordsOn(page);
  await button(page, "They are the same").click();
  return words;
}

/** Compares the words with who answered, and puts them before the circle. Returns the words that are seen. */
export async function compareWords(person: Person): Promise<readonly string[]> {
  const { page } = person;
  await openCirclePart(person, "Coming in");
  await button(page, "Compare the safety words").click();
  await page.getByRole("list", { name: "Safety words" }).waitFor();
  const words = await wordsOn(page);
  await button(page, "The words are the same").click();
  await page.getByRole("heading", { level: 1, name: "Coming in" }).waitFor();
  return words;
}

/** Opens the page of a member. */
export async function openMember(person: Person, name: string): Promise<void> {
  await openCirclePart(person, "Overview");
  await person.page.getByRole("main").getByRole("button", { name, exact: true }).last().click();
  await person.page.getByRole("heading", { level: 1, name }).waitFor();
}
