import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { foundCircle, type Identity } from "../../src/client/index.ts";
import { nodeFiles } from "../../src/client/storage/node-files.ts";
import { startTestHost, type TestHost } from "../kit/host.ts";
import { bringIn, newMember, testPlatform } from "../kit/members.ts";
import { type Person, person, temporary } from "./kit.ts";

const folder = temporary();
let host: TestHost;
let lan: Person;
let minh: Person;
let hoa: Person;

beforeAll(async () => {
  host = await startTestHost();
  const platform = await testPlatform();
  const made = (name: string, member: string): Promise<Identity> =>
    newMember(`Newsroom ${name}`, platform, { member, storage: nodeFiles(join(folder.path, name)) });
  const circle = await foundCircle(await made("A", "Editor A"), {
    address: host.url,
    label: "press",
    policy: { windowHours: 0 },
  });
  await bringIn(circle, await made("B", "Editor B"));
  await bringIn(circle, await made("C", "Hoa"));
  [lan, minh, hoa] = ["A", "B", "C"].map((name) => person(join(folder.path, name))) as [Person, Person, Person];
}, 60_000);
afterAll(async () => {
  await host.stop();
  folder.remove();
});

describe("what no single person can do", { timeout: 30_000 }, () => {
  it("gives a role when another organization has approved", async () => {
    const { done, proposal } = await lan.json("role", "Editor B", "coordinator");
    expect(done).toBe(false);
    expect(proposal).toMatchObject({ change: "make Editor B a coordinator", approvals: ["Newsroom A"], needed: 2 });
    const id = proposal.id.slice(0, 8);
    expect((await lan.run("execute", id)).exit).toBe(3);
    expect((await minh.run("approve", id)).exit).toBe(3);
    expect(await hoa.json("approve", id)).toMatchObject({ approvals: ["Newsroom A", "Newsroom C"] });
    await lan.json("execute", id);
    const { members } = await minh.json("circle", "show");
    expect(members.find((m: { name: string }) => m.name === "Editor B").role).toBe("coordinator");
  });

  it("changes the policy by quorum, and after a veto needs one more", async () => {
    const { proposal } = await lan.json("policy", "checkInDays=5");
    expect(await hoa.json("veto", proposal.id)).toMatchObject({ vetoed: true, needed: 3 });
    expect((await lan.json("propose")).proposals).toHaveLength(1);
    await minh.json("approve", proposal.id);
    expect((await lan.run("execute", proposal.id)).exit).toBe(3);
    expect((await lan.json("policy")).policy.checkInDays).toBe(7);
  });

  it("suspends at once, confirms with a second, and lets back in by quorum", async () => {
    expect(await lan.json("suspend", "Hoa")).toEqual({ done: true });
    expect((await hoa.run("attest", "0912345678", "--as", "identity")).exit).toBe(3);
    await minh.json("confirm", "Hoa");
    const { proposal } = await lan.json("reinstate", "Hoa");
    await minh.json("approve", proposal.id);
    await lan.json("execute", proposal.id);
    expect(await hoa.json("attest", "0912345678", "--as", "identity")).toMatchObject({ kind: "attestation" });
  });

  it("marks its own organization at once, and everybody sees it", async () => {
    expect(await hoa.json("mark", "Newsroom C", "duress", "--since", "2020-01-01")).toEqual({ done: true });
    expect((await lan.json("circle", "show")).marks).toMatchObject([{ target: "Newsroom C", as: "duress" }]);
    const { circles, assessment } = await lan.json("check", "0912345678");
    expect(circles[0].found).toMatchObject([{ counts: false }]);
    expect(assessment.abstain).toBe(true);
  });

  it("works on a home by one process at a time, so that nothing is lost", async () => {
    const before = (await lan.json("circle", "show", "--statements")).statements.length;
    await Promise.all([1, 2, 3].map((n) => lan.json("attest", `091234567${n}`, "--as", "identity")));
    expect((await lan.json("circle", "show", "--statements")).statements.length).toBe(before + 3);
    expect(existsSync(join(lan.home, "lock"))).toBe(false);
    // A process that was killed leaves its lock behind; its number is nobody's now.
    writeFileSync(join(lan.home, "lock"), "999999999");
    expect((await lan.json("circle", "list")).circles).toHaveLength(1);
  });
});
