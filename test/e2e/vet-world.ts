/* A circle of organizations and one organization's own circle, made through the SDK, to be carried into browsers. */
import {
  type Circle,
  type Draft,
  foundCircle,
  type Identity,
  type OrganizationId,
  type Said,
  type SayOptions,
  type Subject,
  say,
} from "../../src/client/index.ts";
import type { TestHost } from "../kit/host.ts";
import { bringIn, newMember, testPhrase, testPlatform } from "../kit/members.ts";
import type { Person } from "./kit.ts";

export type Cast = {
  /** Newsroom A's editor and reporter; both are in both circles. */
  readonly editor: Identity;
  readonly reporter: Identity;
  readonly press: Circle;
  readonly own: Circle;
  /** Brings one more organization into the circle. */
  readonly join: (organization: string) => Promise<Circle>;
};

/** Newsroom A with two members, its own circle, and a circle in which it is alone as yet. */
export async function newsroom(host: TestHost): Promise<Cast> {
  const platform = await testPlatform();
  const editor = await newMember("Newsroom A", platform, { member: "Editor A" });
  const policy = { windowHours: 0, quorum: 1, sponsors: 0 };
  const press = await foundCircle(editor, { address: host.url, label: "press", policy });
  const own = await foundCircle(editor, {
    address: host.url,
    label: "our cases",
    policy: { ...policy, kind: "organization" },
  });
  const organizationSeed = editor.read().organization.seed;
  if (organizationSeed === undefined) throw new Error("the founder holds no key of its organization");
  const reporter = await newMember("Newsroom A", platform, { member: "Reporter A", organizationSeed });
  const organization = editor.read().organization.id;
  await bringIn(press, reporter, { organization, label: "press" });
  await bringIn(own, reporter, { organization, label: "our cases" });
  const join = async (name: string) => bringIn(press, await newMember(name, platform));
  return { editor, reporter, press, own, join };
}

/** Says something at once; the log is read before, so that nothing is written on an old head. */
export async function tell(circle: Circle, draft: Draft, options: SayOptions = {}): Promise<Said> {
  await circle.sync();
  await circle.settle();
  const [said] = await say(circle, [draft], options);
  if (said === undefined) throw new Error("nothing was said");
  return said;
}

export const orgOf = (circle: Circle): OrganizationId => circle.me().organization;

export const vouchFor = (circle: Circle, role: "heard" | "may-introduce" = "may-introduce"): Draft => ({
  kind: "vouch",
  tlp: "TLP:AMBER",
  vouched: orgOf(circle),
  amount: 120,
  role,
});

export const about = (phone: string, ...names: string[]): Subject => ({
  identifiers: [{ kind: "phone", value: phone }],
  ...(names.length === 0 ? {} : { names }),
});

export const attest = (subject: Subject, text?: string): Draft => ({
  kind: "attestation",
  tlp: "TLP:AMBER",
  evidence: "witnessed",
  attests: "delivered-work",
  subject,
  ...(text === undefined ? {} : { text }),
});

export const warn = (subject: Subject, text?: string): Draft => ({
  kind: "red-flag",
  tlp: "TLP:AMBER",
  evidence: "witnessed",
  category: "infiltration",
  severity: "high",
  expires: Math.floor(Date.now() / 86_400_000) + 90,
  subject,
  ...(text === undefined ? {} : { text }),
});

/** Carries an identity into a browser, as its file. */
export async function carry({ page }: Person, identity: Identity): Promise<void> {
  await page.getByRole("button", { name: "Bring an identity file" }).click();
  const buffer = Buffer.from(await identity.export());
  await page
    .getByLabel("Identity file")
    .setInputFiles({ name: "notes.bin", mimeType: "application/octet-stream", buffer });
  await page.getByLabel("Passphrase").fill(testPhrase);
  await page.getByRole("button", { name: "Open", exact: true }).click();
  await page.getByRole("heading", { level: 1, name: "Today" }).waitFor();
}
