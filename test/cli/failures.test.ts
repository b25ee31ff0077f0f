import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { Command } from "commander";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { programOf } from "../../src/cli/program.ts";
import { startTestHost, type TestHost } from "../kit/host.ts";
import { cli, type Person, person, type Ran, temporary } from "./kit.ts";

const folder = temporary();
let host: TestHost;
let lan: Person;

/** Names of commands are a contract: scripts call them. */
const contract = [
  ...["init", "circle", "found", "list", "show", "invite", "join", "candidates", "consider", "sponsor", "object"],
  ...["admit", "role", "policy", "propose", "approve", "veto", "execute", "suspend", "confirm", "reinstate", "remove"],
  ...["rotate", "mark", "device", "add", "revoke", "vouch", "attest", "flag", "tip", "position", "correct", "retract"],
  ...["reply", "erase", "inquire", "answer", "case", "decide", "guide", "check", "log", "verify", "export", "host"],
  ...["serve", "backup", "restore", "completion"],
];

const everyCommand = (command: Command): readonly Command[] => [command, ...command.commands.flatMap(everyCommand)];

const errorOf = ({ out }: Ran) => JSON.parse(out).error as { code: string; message: string };

beforeAll(async () => {
  host = await startTestHost();
  lan = person(join(folder.path, "lan"));
  await lan.json("init", "--organization", "Newsroom A", "--member", "Editor A");
  await lan.json("circle", "found", "--host", host.url, "--label", "press");
}, 30_000);
afterAll(async () => {
  await host.stop();
  folder.remove();
});

describe("failures have one sentence, a code and an exit code", { timeout: 30_000 }, () => {
  it("2 for what is used wrongly", async () => {
    const nobody = person(join(folder.path, "nobody"));
    const cases: readonly (readonly [Person, readonly string[], string])[] = [
      [lan, ["no-such-command"], "cli.usage"],
      [lan, ["vouch"], "cli.usage"],
      [lan, ["check"], "cli.usage"],
      [lan, ["attest", "Nguyễn Văn An", "--as", "identity"], "subject.no-identifier"],
      [lan, ["attest", "0912345678", "--as", "beauty"], "cli.as"],
      [lan, ["vouch", "Nobody"], "organization.unknown"],
      [lan, ["circle", "show", "--circle", "other"], "circle.unknown"],
      [lan, ["join", "https://host.example/#join=AAAA"], "invitation.malformed"],
      [nobody, ["circle", "show"], "identity.none"],
    ];
    for (const [who, args, code] of cases) {
      const ran = await who.run(...args, "--json");
      expect([ran.exit, errorOf(ran).code], args.join(" ")).toEqual([2, code]);
    }
  });

  it("2 for a red flag without evidence, without an end, or with one too far away", async () => {
    const flag = ["flag", "0912345678", "--category", "infiltration", "--severity", "high", "--json"];
    expect(errorOf(await lan.run(...flag, "--expires", "90d")).code).toBe("statement.evidence-required");
    expect(errorOf(await lan.run(...flag, "--evidence", "told")).code).toBe("statement.expiry-required");
    const far = await lan.run(...flag, "--evidence", "told", "--expires", "3y");
    expect([far.exit, errorOf(far).code]).toEqual([2, "statement.expiry-too-far"]);
  });

  it("7 for a wrong phrase and for none, which may come from a file", async () => {
    const wrong = person(lan.home, { SYMBOLON_PASSPHRASE: "aground shown delirious collie encourage dispense" });
    const ran = await wrong.run("circle", "show", "--json");
    expect([ran.exit, errorOf(ran).code]).toEqual([7, "vault.locked"]);
    const none = await person(lan.home, { SYMBOLON_PASSPHRASE: "" }).run("circle", "list", "--json");
    expect([none.exit, errorOf(none).code]).toEqual([7, "vault.no-phrase"]);
    const file = join(folder.path, "phrase");
    writeFileSync(file, "shown aground delirious collie encourage dispense molehill\n");
    const silent = person(lan.home, { SYMBOLON_PASSPHRASE: "" });
    expect((await silent.json("circle", "list", "--passphrase-file", file)).circles).toHaveLength(1);
  });

  it("6 for a vault that is none", async () => {
    const home = join(folder.path, "damaged");
    cpSync(lan.home, home, { recursive: true });
    writeFileSync(join(home, "identity.vault"), "no vault");
    const ran = await person(home).run("circle", "list", "--json");
    expect([ran.exit, errorOf(ran).code]).toEqual([6, "vault.damaged"]);
  });

  it("nothing for a damaged local copy of the log: it is fetched again", async () => {
    const home = join(folder.path, "copy");
    cpSync(lan.home, home, { recursive: true });
    const log = readdirSync(home).find((name) => name.endsWith(".log")) ?? "";
    const bytes = readFileSync(join(home, log));
    bytes.fill(0xff, 8, 40);
    writeFileSync(join(home, log), bytes);
    expect(await person(home).json("circle", "show")).toMatchObject({ label: "press" });
  });

  it("5 for a host that answers garbage", async () => {
    const fake = createServer((_, response) => response.end("hello"));
    await new Promise<void>((resolve) => fake.listen(0, "127.0.0.1", resolve));
    const { port } = fake.address() as AddressInfo;
    const ran = await lan.run("circle", "found", "--host", `http://127.0.0.1:${port}`, "--label", "x", "--json");
    fake.close();
    expect([ran.exit, errorOf(ran).code]).toEqual([5, "host.garbage"]);
  });

  it("4 for a host that does not answer, and the copy on the device still helps", async () => {
    const home = join(folder.path, "offline");
    const other = await startTestHost();
    const alone = person(home);
    await alone.json("init", "--organization", "Newsroom C", "--member", "Hoa");
    await alone.json("circle", "found", "--host", other.url, "--label", "c");
    await alone.json("attest", "0912345678", "--as", "identity");
    await other.stop();
    const ran = await alone.run("check", "0912345678", "--json");
    expect([ran.exit, errorOf(ran).code]).toEqual([4, "host.unreachable"]);
    expect((await alone.json("check", "0912345678", "--offline")).circles[0].found).toHaveLength(1);
  });

  it("shows no stack unless it is asked for", async () => {
    const plain = await lan.run("circle", "show", "--circle", "other");
    expect(plain.out).toBe("");
    expect(plain.err).not.toMatch(/^\s+at /m);
    expect((await lan.run("circle", "show", "--circle", "other", "--debug")).err).toMatch(/^\s+at /m);
  });
});

describe("what needs no identity", { timeout: 30_000 }, () => {
  it("has help with an example for every command, within 80 columns", async () => {
    const { out, exit } = await cli(["--help"]);
    expect(exit).toBe(0);
    expect(out).toContain("Exit codes:");
    const commands = everyCommand(programOf(false));
    expect(commands.map((command) => command.name())).toEqual(expect.arrayContaining([...contract]));
    for (const command of commands) {
      let help = "";
      command
        .configureOutput({
          writeOut: (text) => {
            help += text;
          },
        })
        .outputHelp();
      const { commands: inner } = command;
      expect(help, command.name()).toMatch(/Example:\n {2}\$ symbolon \S/);
      expect(inner.length === 0 || help.includes("Commands:")).toBe(true);
      // An example is to be typed as it stands, and is not broken.
      const prose = help.split("\n").filter((line) => !line.startsWith("  $ "));
      expect(Math.max(...prose.map((line) => line.length)), command.name()).toBeLessThanOrEqual(80);
    }
  });

  it("checks a mail from standard input", async () => {
    const mail = "From: PayPal Support <x@evil.example>\r\nSubject: Urgent\r\n\r\nOpen http://192.0.2.1/login\r\n";
    const { out, exit } = await cli(["tip", "check", "-", "--json"], {}, mail);
    expect(exit).toBe(0);
    const { kind, findings } = JSON.parse(out);
    expect(kind).toBe("mail");
    expect(findings.map((one: { code: string }) => one.code)).toContain("name-borrows-brand");
  });

  it("writes completion that knows commands and options", async () => {
    for (const shell of ["bash", "zsh", "fish"]) {
      const { out, exit } = await cli(["completion", shell]);
      expect(exit).toBe(0);
      expect(out).toContain("passphrase-file");
      expect(out).toContain("consider");
    }
    expect((await cli(["completion", "tcsh"])).exit).toBe(2);
  });
});
