/* A circle of some size at a host, and a device that has just been welcomed and has read nothing of it. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { carried, completed, type Draft, eraseToken } from "../../src/client/circle/say.ts";
import { currentPlace, sealedEntry, signedInner } from "../../src/client/circle/write.ts";
import {
  accept,
  admit,
  arrivals,
  type Circle,
  candidateBytes,
  consider,
  foundCircle,
  type Identity,
  invite,
  join as joinCircle,
  openIdentity,
  type Platform,
  thisPlatform,
} from "../../src/client/index.ts";
import { nodeFiles } from "../../src/client/storage/node-files.ts";
import { type CircleId, encode } from "../../src/core/codec/index.ts";
import { eraseHashOf } from "../../src/core/log/index.ts";
import { forCircle, statementBody } from "../../src/core/statements/index.ts";
import { type HostProcess, startHostProcess } from "../kit/host-process.ts";
import { bringIn, newMember, testPhrase } from "../kit/members.ts";
import { webFiles } from "../kit/web-files.ts";

/** What other processes need to know of a world. */
export type World = {
  readonly directory: string;
  readonly url: string;
  readonly hostPid: number;
  readonly circle: CircleId;
  readonly statements: number;
};

export type RunningWorld = World & { readonly close: () => Promise<void> };

const authors = 5;
/** Statements of one request share what their author had seen. */
const together = 8;

/** A statement of 1 KiB, give or take a few bytes, about a subject of its own. */
export function draftOf(number: number): Draft {
  return {
    kind: "attestation",
    tlp: "TLP:AMBER",
    evidence: "witnessed",
    attests: "delivered-work",
    subject: { identifiers: [{ kind: "phone", value: `+849${String(number).padStart(8, "0")}` }] },
    text: `Number ${number}: `.padEnd(895, "delivered what was agreed, on time; we would work together again. "),
  };
}

/** Entries by this device as a client makes them, with the head that it had seen. */
export function entriesOf(circle: Circle, seen: Uint8Array<ArrayBuffer>, drafts: readonly Draft[]) {
  const head = () => ({ size: 0, root: seen, checkpoint: seen });
  const author: Circle = Object.create(circle, { head: { value: head } });
  const place = currentPlace(author, "statement");
  return drafts.map((draft) => {
    const statement = completed(author, draft);
    const body = encode(statementBody, carried(author, statement, false));
    const eraseHash = eraseHashOf(eraseToken(author, statement.id));
    const plaintext = forCircle(signedInner(author, place.epoch, "statement", body, eraseHash));
    return sealedEntry(author, place, "statement", plaintext, { eraseHash });
  });
}

/** Five organizations write `count` statements in turns, each having seen what was there before. */
async function write(members: readonly Circle[], count: number): Promise<void> {
  let seen = members.at(-1)?.head()?.checkpoint as Uint8Array<ArrayBuffer>;
  for (let at = 0, turn = 0; at < count; at += together, turn++) {
    const author = members[turn % members.length] as Circle;
    const drafts = Array.from({ length: Math.min(together, count - at) }, (_, i) => draftOf(at + i));
    seen = (await author.host.append(entriesOf(author, seen, drafts), author.access())).checkpoint;
  }
}

/** Makes a world of `statements` statements, with its host running. */
export async function makeWorld(statements: number): Promise<RunningWorld> {
  const directory = mkdtempSync(join(tmpdir(), "symbolon-world-"));
  mkdirSync(join(directory, "host"));
  mkdirSync(join(directory, "joiner"));
  const first = await startHostProcess({ data: join(directory, "host") });
  const platform = await thisPlatform();
  const founder = await foundCircle(await newMember("Newsroom 0", platform), {
    address: first.url,
    label: "press",
    policy: { windowHours: 0, sponsors: 0 },
  });
  const members = [founder];
  for (let i = 1; i < authors; i++) members.push(await bringIn(founder, await newMember(`Newsroom ${i}`, platform)));
  await founder.sync();
  await write(members, statements);
  await founder.sync();
  await founder.settle();

  // The device that is measured: welcomed, and nothing read yet.
  const joiner = await newMember("Newsroom new", platform, { storage: nodeFiles(join(directory, "joiner")) });
  const { link } = await invite(founder);
  await joinCircle(joiner, link, "press");
  const [arrived] = await arrivals(founder);
  if (arrived === undefined) throw new Error("no join request arrived");
  const candidate = candidateBytes(founder, await consider(founder, arrived));
  await founder.sync();
  await admit(founder, candidate);
  if (!(await accept(joiner, founder.id))) throw new Error("no welcome arrived");

  // Started again, so that its memory is not that of the writing.
  await first.end();
  const web = existsSync(webFiles) ? { web: webFiles } : {};
  const host: HostProcess = await startHostProcess({ data: first.data, port: first.port, ...web });
  const world: World = { directory, url: host.url, hostPid: host.pid, circle: founder.id, statements };
  writeFileSync(join(directory, "world.json"), JSON.stringify(world));
  return {
    ...world,
    close: async () => {
      await host.end();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** The world that another process made. */
export function readWorld(directory: string): World {
  return JSON.parse(readFileSync(join(directory, "world.json"), "utf8")) as World;
}

/** The joiner's identity in a directory of its own: a device that has read nothing. */
export async function freshDevice(
  world: World,
  platform: Platform,
): Promise<Identity & { readonly directory: string }> {
  const directory = mkdtempSync(join(world.directory, "device-"));
  cpSync(join(world.directory, "joiner"), directory, { recursive: true });
  return { ...(await openIdentity(platform, nodeFiles(directory), testPhrase)), directory };
}
