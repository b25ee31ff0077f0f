import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { foundCircle, type Identity } from "../../src/client/index.ts";
import { nodeFiles } from "../../src/client/storage/node-files.ts";
import { startTestHost, type TestHost } from "../kit/host.ts";
import { bringIn, newMember, testPlatform } from "../kit/members.ts";
import { type Person, person, temporary } from "./kit.ts";

const folder = temporary();
let hosts: readonly TestHost[];
let lan: Person;
let minh: Person;
let hoa: Person;

beforeAll(async () => {
  hosts = await Promise.all([1, 2, 3].map(() => startTestHost()));
  const platform = await testPlatform();
  const made = (name: string, member: string): Promise<Identity> =>
    newMember(`Newsroom ${name}`, platform, { member, storage: nodeFiles(join(folder.path, name)) });
  const circle = await foundCircle(await made("A", "Editor A"), {
    address: hosts[0]?.url as string,
    label: "press",
    policy: { windowHours: 0 },
  });
  await bringIn(circle, await made("B", "Editor B"));
  await bringIn(circle, await made("C", "Editor C"));
  [lan, minh, hoa] = ["A", "B", "C"].map((name) => person(join(folder.path, name))) as [Person, Person, Person];
}, 60_000);
afterAll(async () => {
  await Promise.all(hosts.map((host) => host.stop()));
  folder.remove();
});

describe("a circle that moves", { timeout: 60_000 }, () => {
  it("goes when the last vote that it needs is cast, and the others find it there", async () => {
    const [first, second] = hosts as [TestHost, TestHost];
    await lan.json("attest", "0912345678", "--as", "identity");
    const before = await lan.json("circle", "show");
    const asked = await lan.json("circle", "move", second.url);
    expect(asked).toMatchObject({ done: false, proposal: { change: `move to the host ${second.url}`, needed: 2 } });
    expect(await hoa.json("circle", "show")).toMatchObject({ address: first.url });
    const moved = await minh.json("circle", "move", second.url);
    expect(moved).toMatchObject({ done: true, circle: before.circle, address: second.url, standing: "open" });
    for (const one of [lan, hoa]) expect(await one.json("circle", "show")).toMatchObject({ address: second.url });
    await hoa.json("attest", "0912345679", "--as", "identity");
    expect(await lan.json("log", "verify")).toMatchObject({ verified: true });
  });

  it("from a host that is gone, goes where members are told", async () => {
    const [, second, third] = hosts as [TestHost, TestHost, TestHost];
    const file = join(folder.path, "press.cborseq");
    await lan.json("export", "log", "--blobs", "--output", file);
    await hoa.json("circle", "show");
    await second.close();
    expect((await lan.json("circle", "move", third.url, "--export", file)).done).toBe(false);
    expect((await hoa.run("circle", "at", third.url)).exit).toBe(3);
    expect((await minh.json("circle", "move", third.url)).done).toBe(true);
    for (const one of [hoa, lan])
      expect(await one.json("circle", "at", third.url)).toMatchObject({ address: third.url });
    await hoa.json("attest", "0912345670", "--as", "identity");
    expect(await minh.json("log", "verify")).toMatchObject({ verified: true });
  });

  it("says what is wrong with an address, or a file", async () => {
    const wrong = [
      ["circle", "at", "nowhere"],
      ["circle", "move", "ftp://host.example"],
      ["circle", "move", (hosts[2] as TestHost).url, "--export", join(lan.home, "identity.vault")],
    ];
    for (const args of wrong) expect((await lan.run(...args)).exit).toBe(2);
  });
});
