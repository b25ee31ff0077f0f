import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type AnyHost, startAnyHost } from "../kit/any-host.ts";
import { type Person, person, temporary } from "./kit.ts";

const phone = "0912 345 678";
const folder = temporary();
let host: AnyHost;
let lan: Person;
let minh: Person;
let newcomer: string;
let flag: string;

beforeAll(async () => {
  host = await startAnyHost();
  lan = person(join(folder.path, "a"));
  minh = person(join(folder.path, "b"));
});
afterAll(async () => {
  await host.stop();
  folder.remove();
});

describe("the tour, command by command", { timeout: 30_000 }, () => {
  it("makes identities for their owners alone", async () => {
    const made = await lan.json("init", "--organization", "Newsroom A", "--member", "Editor A");
    expect(made).toMatchObject({ organization: { name: "Newsroom A" }, member: "Editor A" });
    expect(made.phrase).toBeUndefined();
    expect(statSync(lan.home).mode & 0o077).toBe(0);
    await minh.json("init", "--organization", "Newsroom B", "--member", "Editor B");
    expect((await lan.run("init", "--organization", "X", "--member", "Y")).exit).toBe(2);
  });

  it("founds a circle", async () => {
    const circle = await lan.json("circle", "found", "--host", host.url, "--label", "press");
    expect(circle).toMatchObject({ label: "press", role: "coordinator", epoch: 0 });
    expect((await lan.json("circle", "list")).circles).toMatchObject([{ label: "press", standing: "member" }]);
  });

  it("shows both sides the same eight safety words before anybody is considered", async () => {
    const { link } = await lan.json("invite");
    const asked = await minh.json("join", link, "--label", "press");
    expect(asked.words).toHaveLength(8);
    expect(await minh.json("join", link)).toMatchObject({ joined: false });
    const { arrived, candidates } = await lan.json("candidates");
    expect(arrived).toMatchObject([{ organization: "Newsroom B", member: "Editor B", words: asked.words }]);
    expect(candidates).toEqual([]);
    newcomer = (await lan.json("candidates", "consider", arrived[0].key)).id;
  });

  it("admits, and the welcome is taken with the same command", async () => {
    expect((await lan.run("candidates")).out).toContain("Editor B of Newsroom B");
    expect(await lan.json("admit", newcomer.slice(0, 8))).toMatchObject({ admitted: true });
    expect(await minh.json("join", "--finish")).toMatchObject({ joined: true, role: "contributor" });
  });

  it("says what members know", async () => {
    await lan.json("vouch", "Newsroom B", "--amount", "full", "--basis", "worked-together");
    const attested = await minh.json("attest", phone, "--as", "delivered-work", "--evidence", "witnessed");
    expect(attested).toMatchObject({
      kind: "attestation",
      organization: { name: "Newsroom B" },
      tlp: "TLP:AMBER",
      subject: { identifiers: [{ kind: "phone", value: "+84912345678" }] },
    });
    const flagged = await minh.json(
      ...["flag", phone, "--category", "phishing", "--severity", "high", "--evidence", "document"],
      ...["--expires", "90d", "--grade", "b2", "--text", "Sent a link\u001b[31m that asked for a password."],
    );
    expect(flagged).toMatchObject({ kind: "red-flag", grade: { source: "B", information: "2" } });
    flag = flagged.hash;
  });

  it("finds it by a number written otherwise, with the sentence first and the reasons after", async () => {
    const found = await lan.json("check", "+84 912 345 678");
    expect(found.understood).toMatchObject([{ kind: "phone", value: "+84912345678" }]);
    expect(found.circles[0].found.map((one: { kind: string }) => one.kind)).toEqual(["attestation", "red-flag"]);
    expect(found.assessment.sentence).toMatch(/organization you trust/);
    expect(found.assessment.reasons.map((r: { organization: { name: string } }) => r.organization.name)).toContain(
      "Newsroom B",
    );
    const { out } = await lan.run("check", phone);
    expect(out.indexOf("organization you trust")).toBeLessThan(out.indexOf("red flag: phishing"));
    expect(out).not.toContain("belief");
    expect((await lan.run("check", phone, "--numbers")).out).toContain("belief");
    const unheard = await lan.json("check", phone, "--without", "Newsroom B");
    expect(unheard.assessment.abstain).toBe(true);
  });

  it("keeps what members write from steering the terminal, within 80 columns", async () => {
    const { out } = await lan.run("check", phone);
    expect(out).not.toContain("\u001b");
    expect(Math.max(...out.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it("shows positions and corrections beside a statement, and what its author took back", async () => {
    await lan.json("position", flag.slice(0, 8), "disagree", "--text", "It was a namesake.");
    await lan.json("correct", flag.slice(0, 8), "--text", "The link was harmless.");
    expect((await lan.run("retract", flag.slice(0, 8))).exit).toBe(2);
    await minh.json("retract", flag.slice(0, 8));
    const found = await lan.json("check", phone);
    const shown = found.circles[0].found.find((one: { hash: string }) => one.hash === flag);
    expect(shown).toMatchObject({
      retracted: true,
      counts: false,
      positions: [{ opinion: "disagree", organization: { name: "Newsroom A" } }],
      corrections: [{ text: "The link was harmless." }],
    });
    expect((await lan.run("check", phone)).out).toContain("RETRACTED");
  });

  it("keeps TLP:RED for those it names", async () => {
    const refused = await lan.run("attest", "tips@rsf.org", "--as", "identity", "--tlp", "red", "--json");
    expect(refused.exit).toBe(2);
    expect(JSON.parse(refused.out).error.code).toBe("statement.red-needs-recipients");
    const named = await lan.json("attest", "tips@rsf.org", "--as", "identity", "--tlp", "red", "--to", "Newsroom B");
    expect(named.audience).toBe("named");
    expect((await minh.json("check", "tips@rsf.org")).circles[0].found).toHaveLength(1);
  });

  it("asks and answers, in confidence", async () => {
    const inquiry = await lan.json("inquire", phone, "--question", "How do you know them?", "--deadline", "14d");
    const answer = await minh.json("answer", inquiry.hash.slice(0, 8), "--answer", "In person.", "--would-vouch", "80");
    expect(answer).toMatchObject({ audience: "named", answers: ["In person."], wouldVouch: 80 });
  });

  it("carries an attachment whole", async () => {
    const letter = join(folder.path, "letter.txt");
    writeFileSync(letter, "a letter");
    const said = await lan.json("attest", phone, "--as", "identity", "--attach", letter);
    const copy = join(folder.path, "copy.txt");
    await minh.json("export", "attachment", said.hash.slice(0, 8), "letter.txt", "--output", copy);
    expect(readFileSync(copy, "utf8")).toBe("a letter");
  });

  it("verifies the log from genesis with both implementations", async () => {
    const [sodium, noble] = await Promise.all([
      minh.json("log", "verify", "--crypto", "sodium"),
      minh.json("log", "verify", "--crypto", "noble"),
    ]);
    expect(sodium).toMatchObject({ verified: true, crypto: "sodium", voids: 0 });
    expect({ ...noble, crypto: "" }).toEqual({ ...sodium, crypto: "" });
    expect(noble.words).toHaveLength(8);
  });

  it("exports log, statements and identity, and overwrites nothing", async () => {
    const log = join(folder.path, "press.cborseq");
    const { bytes } = await lan.json("export", "log", "--output", log);
    expect(statSync(log).size).toBe(bytes);
    expect(readFileSync(log).includes("Newsroom")).toBe(false);
    expect((await lan.run("export", "log", "--output", log)).exit).toBe(2);
    const { statements } = await lan.json("export", "statements");
    expect(statements.some((one: { kind: string }) => one.kind === "attestation")).toBe(true);
    const vault = join(folder.path, "lan.vault");
    await lan.json("export", "identity", "--output", vault);
    const elsewhere = person(join(folder.path, "c"));
    expect(await elsewhere.json("init", "--from", vault)).toMatchObject({ circles: [{ label: "press" }] });
  });

  it("adds a further device and takes it away", async () => {
    const vault = join(folder.path, "laptop.vault");
    const { link } = await lan.json("device", "add", "--identity", vault);
    const laptop = person(join(folder.path, "laptop"));
    await laptop.json("init", "--from", vault);
    const { words } = await laptop.json("join", link, "--label", "press");
    const { arrived } = await lan.json("candidates");
    expect(arrived).toMatchObject([{ ownDevice: true, words }]);
    const { device } = await lan.json("candidates", "consider", arrived[0].key.slice(0, 8));
    expect(await laptop.json("join", "--finish")).toMatchObject({ joined: true, role: "coordinator" });
    expect((await laptop.json("check", phone)).circles[0].found.length).toBeGreaterThan(0);
    expect((await lan.json("device", "list")).devices).toHaveLength(2);
    expect(await lan.json("device", "revoke", device.slice(0, 8))).toMatchObject({
      revoked: true,
      rotationOwed: false,
    });
  });

  it("removes an organization, and refuses what its role does not allow, with exit code 3", async () => {
    expect((await minh.run("rotate")).exit).toBe(3);
    expect(await lan.json("remove", "Newsroom B")).toEqual({ done: true });
    const refused = await minh.run("attest", phone, "--as", "identity", "--json");
    expect(refused.exit).toBe(3);
    expect(JSON.parse(refused.out).error.code).toBe("circle.ended");
  });

  it("keeps nothing readable in the home", () => {
    for (const name of ["identity.vault"]) {
      const path = join(lan.home, name);
      expect(existsSync(path)).toBe(true);
      expect(readFileSync(path).includes("Newsroom")).toBe(false);
    }
  });
});
