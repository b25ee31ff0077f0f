import {
  accept,
  admit,
  approve,
  arrivals,
  type Circle,
  candidateBytes,
  consider,
  createIdentity,
  execute,
  foundCircle,
  type Identity,
  importIdentity,
  invite,
  join,
  lookup,
  memoryStorage,
  namesIn,
  openCircle,
  type Platform,
  remove,
  revokeDevice,
  rotateIfOwed,
  say,
  sponsor,
  thisPlatform,
  toHex,
  wholeDigest,
} from "../../src/client/index.ts";
import { type EngineHost, type EngineName, startEngineHost } from "../kit/engine-host.ts";
import { testPhrase } from "../kit/members.ts";
import { plaintextFound } from "./plaintext.ts";
import { hold, type Teller } from "./report.ts";
import { caseDraft, person, referring, standing, texts, vouchFor } from "./statements.ts";

const kdf = { kdf: "pbkdf2", memory: 0, passes: 600_000 } as const;
const organizations = ["Newsroom A", "Newsroom B", "Relief Group C", "Legal Aid D", "Film Collective E"] as const;
const label = "demo circle";

/** What the story ends with. */
export type Ending = { removedMemberCanRead: boolean; verifiedFromGenesis: boolean; hostPlaintextFound: number };

type Cast = { platform: Platform; host: EngineHost; identities: Identity[]; circles: Circle[]; secrets: Set<string> };

const at = <T>(list: readonly T[], i: number): T => {
  const found = list[i];
  if (found === undefined) throw new Error("the demo lost somebody");
  return found;
};

function newIdentity(cast: Cast, organization: string, seed?: Uint8Array<ArrayBuffer>): Promise<Identity> {
  const member = `Editor ${organization.slice(-1)}`;
  return createIdentity(cast.platform, memoryStorage(), {
    phrase: testPhrase,
    organization,
    member,
    parameters: kdf,
    ...(seed === undefined ? {} : { organizationSeed: seed }),
  });
}

/** Invitation, request, safety words, candidate, sponsors, admission, welcome. */
async function bringIn(cast: Cast, tell: Teller, identity: Identity, sponsors: readonly Circle[]): Promise<Circle> {
  const coordinator = at(cast.circles, 0);
  const { link } = await invite(coordinator);
  const asked = await join(identity, link, label);
  const arrived = at(await arrivals(coordinator), 0);
  hold(arrived.words.join() === asked.words.join(), "the safety words differ");
  tell.say(arrived.organizationName, `asks to join; both say: ${arrived.words.slice(0, 4).join(" ")} …`);
  const candidate = candidateBytes(coordinator, await consider(coordinator, arrived));
  for (const circle of sponsors) {
    await circle.sync();
    await sponsor(circle, candidate);
  }
  await coordinator.sync();
  await admit(coordinator, candidate);
  hold(await accept(identity, asked.circle), "the welcome is missing");
  const circle = await openCircle(identity, asked.circle);
  await circle.sync();
  tell.say(
    arrived.organizationName,
    `is in, with ${sponsors.length} sponsors, and has read ${circle.state().position} entries`,
  );
  return circle;
}

async function syncAll(circles: readonly Circle[]): Promise<void> {
  for (const circle of circles) {
    await circle.sync();
    await circle.settle();
  }
}

/** Plays the main job: five organizations, one host, everything that can happen to them on a bad day. */
export async function play(tell: Teller, engine: EngineName): Promise<Ending> {
  const platform = await thisPlatform();
  const host = await startEngineHost(engine);
  const cast: Cast = { platform, host, identities: [], circles: [], secrets: new Set() };
  try {
    return await acts(cast, tell);
  } finally {
    await cast.host.remove();
  }
}

async function acts(cast: Cast, tell: Teller): Promise<Ending> {
  const today = Math.floor(Date.now() / 86_400_000);
  await tell.step("A newsroom founds a circle", async () => {
    for (const name of organizations) cast.identities.push(await newIdentity(cast, name));
    const policy = { windowHours: 0, history: "full" } as const;
    cast.circles.push(await foundCircle(at(cast.identities, 0), { address: cast.host.url, label, policy }));
    for (const identity of cast.identities) {
      const { organization, member } = identity.read();
      cast.secrets.add(organization.name).add(member.name);
    }
    tell.say("Newsroom A", `founded ${at(cast.circles, 0).id.slice(0, 16)}… and holds its only key`);
    tell.say("the host", "sees one entry of noise, and the hour");
  });

  await tell.step("Others are invited through mailboxes and admitted by sponsors", async () => {
    for (const identity of cast.identities.slice(1, 4)) {
      const sponsors = cast.circles.length >= 3 ? cast.circles.slice(1, 3) : [];
      cast.circles.push(await bringIn(cast, tell, identity, sponsors));
    }
    await syncAll(cast.circles);
  });

  await tell.step("They vouch for each other and make statements of every kind", async () => {
    const [a, b, c] = [at(cast.circles, 0), at(cast.circles, 1), at(cast.circles, 2)];
    await say(a, [vouchFor(b.me().organization), vouchFor(c.me().organization)]);
    await say(b, [vouchFor(c.me().organization)]);
    const drafts = standing(today);
    const said = await say(b, drafts, { forwardable: false });
    const replies = referring(at(said, 0).hash, at(said, 3).hash);
    await c.sync();
    await say(c, replies);
    const secret = "Shared with you alone: the landlord of the flat.";
    await say(c, [{ kind: "reply", tlp: "TLP:RED", target: at(said, 1).hash, text: secret }], {
      to: [a.me().organization],
    });
    await b.sync();
    await say(b, [
      { kind: "retraction", tlp: "TLP:AMBER", target: at(said, 2).hash, text: "We were wrong about the decree." },
    ]);
    const own = await foundCircle(at(cast.identities, 0), {
      address: cast.host.url,
      label: "own",
      policy: { kind: "organization" },
    });
    await say(own, [caseDraft(today)]);
    await own.settle();
    for (const text of texts([...drafts, ...replies, caseDraft(today)])) cast.secrets.add(text);
    cast.secrets.add(secret).add("We were wrong about the decree.");
    await syncAll(cast.circles);
    const kinds = new Set([...a.statements(), ...own.statements()].map((s) => s.statement.kind));
    hold(kinds.size === 16, `only ${kinds.size} kinds of statement arrived`);
    hold(
      a.statements().some((s) => s.statement.text === secret),
      "the named recipient cannot read",
    );
    hold(!b.statements().some((s) => s.statement.text === secret), "somebody else can read what was for one");
    tell.say("Newsroom A", `reads ${a.statements().length} statements, of all 16 kinds`);
    tell.say("Newsroom B", "sees that there is one entry that is not for them, and no more");
  });

  await tell.step("A newcomer looks a subject up by a number written differently", async () => {
    const e = await bringIn(cast, tell, at(cast.identities, 4), cast.circles.slice(1, 3));
    cast.circles.push(e);
    await e.settle();
    const { understood, found } = lookup(e, person.phoneTyped);
    const names = namesIn(e).organizations;
    hold(
      understood.some((u) => u.identifier.value === person.phone),
      "the number was not understood",
    );
    hold(
      found.some((f) => f.recorded.statement.kind === "attestation"),
      "the attestation was not found",
    );
    hold(
      found.some((f) => f.recorded.statement.kind === "red-flag"),
      "the red flag was not found",
    );
    tell.say("Film Coll. E", `types ${person.phoneTyped}, which is ${person.phone}`);
    for (const { recorded, counts, corrections } of found) {
      const said = recorded.statement;
      const extra = `${corrections.length > 0 ? ", corrected" : ""}${counts ? "" : ", retracted"}`;
      tell.say(
        "",
        `${names.get(recorded.organization)}: ${said.kind}${extra}${said.text === undefined ? "" : ` — ${said.text}`}`,
      );
    }
  });

  const removedMemberCanRead = await tell.step("A member is removed by quorum, and reads no further", async () => {
    const [a, b, , d] = [at(cast.circles, 0), at(cast.circles, 1), at(cast.circles, 2), at(cast.circles, 3)];
    await syncAll(cast.circles);
    const asked = await remove(a, { kind: "organization", organization: d.me().organization });
    hold(!asked.done, "one organization alone removed another");
    await b.sync();
    await approve(b, asked.proposal);
    await a.sync();
    await execute(a, asked.proposal);
    const after = "Said after the removal: we move the archive on Sunday.";
    cast.secrets.add(after);
    await say(a, [{ kind: "correction", tlp: "TLP:AMBER", target: at(a.statements(), 0).hash, text: after }]);
    await d.sync();
    await d.settle();
    const reads = d.statements().some((s) => s.statement.text === after);
    await b.sync();
    await b.settle();
    hold(
      b.statements().some((s) => s.statement.text === after),
      "those who stayed cannot read",
    );
    tell.say(
      "Legal Aid D",
      `was removed; its copy ends at entry ${d.state().position}, the log at ${b.state().position}`,
    );
    cast.circles.splice(3, 1);
    cast.identities.splice(3, 1);
    return reads;
  });

  await tell.step("A device is lost and replaced", async () => {
    const [a, b] = [at(cast.circles, 0), at(cast.circles, 1)];
    const lost = b.device;
    const seed = at(cast.identities, 1).read().organization.seed as Uint8Array<ArrayBuffer>;
    const identity = await newIdentity(cast, organizations[1], seed);
    const { link } = await invite(b, { ownDevice: true });
    const asked = await join(identity, link, label);
    await consider(b, at(await arrivals(b), 0));
    hold(await accept(identity, asked.circle), "the new device got no welcome");
    const fresh = await openCircle(identity, asked.circle);
    await fresh.sync();
    await revokeDevice(fresh, lost);
    await a.sync();
    hold(await rotateIfOwed(a), "no rotation was owed");
    await fresh.sync();
    await say(fresh, [{ kind: "check-in", tlp: "TLP:AMBER", text: "From the new device." }]);
    await b.sync();
    hold(!b.statements().some((s) => s.statement.text === "From the new device."), "the lost device still reads");
    cast.circles[1] = fresh;
    cast.identities[1] = identity;
    tell.say("Newsroom B", "added a new device by the old one's word, and ended the old one");
    tell.say("Newsroom A", `began epoch ${a.state().acl.epoch} unasked: a rotation was owed`);
  });

  await tell.step("The host is killed in the middle of appends, and started again", async () => {
    const a = at(cast.circles, 0);
    const acknowledged: number[] = [];
    let running = true;
    const writing = (async () => {
      for (let i = 0; running; i++) {
        const text = `entry ${i} under fire`;
        const said = await say(a, [{ kind: "check-in", tlp: "TLP:AMBER", text }]).catch(() => []);
        for (const { position } of said) acknowledged.push(position);
      }
    })();
    while (acknowledged.length < 5) await new Promise((resolve) => setTimeout(resolve, 10));
    await cast.host.kill();
    await cast.host.revive();
    while (acknowledged.length < 10) await new Promise((resolve) => setTimeout(resolve, 10));
    running = false;
    await writing;
    await a.sync();
    await a.settle();
    const texts_ = acknowledged.map((position) => a.ledger.record(position)?.statement.text);
    hold(
      texts_.every((text) => text !== undefined),
      "an acknowledged entry is gone",
    );
    hold(new Set(texts_).size === texts_.length, "an entry is there twice");
    tell.say("Newsroom A", `${acknowledged.length} entries were acknowledged, all are there, none twice`);
  });

  const verifiedFromGenesis = await tell.step(
    "The log is verified from genesis with both implementations",
    async () => {
      const e = at(cast.circles, 3);
      const file = await at(cast.identities, 3).export();
      const digests = new Set<string>();
      for (const name of ["sodium", "noble"] as const) {
        const identity = await importIdentity(await thisPlatform(name), memoryStorage(), file, testPhrase);
        const circle = await openCircle(identity, e.id);
        await circle.sync();
        await circle.settle();
        digests.add(toHex(wholeDigest(circle)));
        tell.say(
          name,
          `${circle.state().position} entries, ${circle.ledger.voids.length} void, digest ${toHex(wholeDigest(circle)).slice(0, 16)}…`,
        );
      }
      return digests.size === 1;
    },
  );

  const hostPlaintextFound = await tell.step("What the host holds is searched, byte by byte", async () => {
    await cast.host.end();
    const found = plaintextFound(cast.host.directories, cast.secrets);
    tell.say("the host", `${cast.secrets.size} names, identifiers and texts were looked for: found ${found}`);
    return found;
  });
  return { removedMemberCanRead, verifiedFromGenesis, hostPlaintextFound };
}
