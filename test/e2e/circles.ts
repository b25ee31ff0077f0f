/* Circles for people at browsers, with the others played by the SDK: what a test does not walk itself. */
import {
  admit,
  arrivals,
  type Circle,
  candidateBytes,
  consider,
  foundCircle,
  invite,
  type Platform,
} from "../../src/client/index.ts";
import { newMember } from "../kit/members.ts";
import type { Person } from "./kit.ts";

/** A circle that another organization founded, and into which the person at the browser is invited and admitted. */
export async function bringBrowserIn(
  person: Person,
  url: string,
  platform: Platform,
  label = "press",
): Promise<Circle> {
  const { page } = person;
  const founder = await newMember("Newsroom A", platform);
  const circle = await foundCircle(founder, { address: url, label });
  const { link } = await invite(circle);
  await page.getByRole("button", { name: "Join by an invitation" }).click();
  await page.getByLabel("Invitation link").fill(link);
  await page.getByLabel("What you call it").fill(label);
  await page.getByRole("button", { name: "Ask to join" }).click();
  await page.getByRole("list", { name: "Safety words" }).waitFor();
  const [arrived] = await arrivals(circle);
  if (arrived === undefined) throw new Error("no join request arrived");
  const candidate = candidateBytes(circle, await consider(circle, arrived));
  await circle.sync();
  await admit(circle, candidate);
  await page.getByRole("button", { name: "They are the same" }).click();
  await page.getByRole("button", { name: "Look whether I was admitted" }).click();
  await page.getByText("contributor").waitFor();
  return circle;
}
