import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  apply,
  type Change,
  type CircleState,
  type RosterBody,
  rosterBody,
  rosterDigest,
} from "../../../src/core/circle/index.ts";
import { type BlobHash, type Bytes, decode, encode, type PublicKey, toHex } from "../../../src/core/codec/index.ts";
import { bytesFor, idFor, type Roster, roster, textOf, unhex, untouched } from "../../kit/roster.ts";

/* Random acts: every number picks something that is there, so that many of them count. */
const pick = <T>(items: readonly T[], n: number): T => items[n % items.length] as T;
const founders = ["anna@a", "ben@b", "cleo@c"];
const everybody = [...founders, ...founders, "dora@d", "emil@e", "fred@f", "dora+2@d", "eve@e"];

/** A circle with members and devices to act upon; windows are a day. */
async function populated(): Promise<Roster> {
  const circle = await roster({ founders, policy: { windowHours: 24 } });
  for (const name of ["dora@d", "emil@e"]) circle.bringIn(name, "anna@a", ["anna@a", "ben@b"]);
  circle.addDevice("dora+2@d", "dora@d");
  return circle;
}
type Step = readonly [who: number, kind: number, a: number, b: number, hours: number];
const steps = fc.array(fc.tuple(fc.nat(10), fc.nat(24), fc.nat(99), fc.nat(99), fc.nat(90)), {
  minLength: 20,
  maxLength: 60,
  size: "max",
});

function changeFor(state: CircleState, a: number, b: number): Change {
  const members = [...state.members.keys()];
  const member = pick(members, b);
  const organization = pick([...state.organizations.keys()], b);
  return pick<Change>(
    [
      { kind: "remove", target: { kind: "member", member } },
      { kind: "remove", target: { kind: "organization", organization } },
      { kind: "suspend", member },
      { kind: "reinstate", member },
      { kind: "role", member, role: pick(["reader", "contributor", "coordinator"] as const, a) },
      { kind: "policy", policy: { ...state.policy, quorum: b % 4, sponsors: a % 4 } },
      { kind: "mark", mark: { target: { kind: "member", member }, as: "compromised" } },
      { kind: "keys" },
      { kind: "host", host: { key: idFor("new host"), address: "http://other.test" } },
    ],
    a,
  );
}

function bodyFor(circle: Roster, by: string, kind: number, a: number, b: number): RosterBody | undefined {
  const { state } = circle;
  const candidate = (pick(a % 9 === 0 ? ["00".repeat(32)] : [...state.candidates.keys()], a) ??
    "00".repeat(32)) as string;
  const proposal = unhex(pick(b % 9 === 0 ? ["00".repeat(32)] : [...state.proposals.keys(), "00".repeat(32)], b));
  const member = pick([...state.members.keys()], a);
  const invite = [...state.invites.values()].find((i) => !i.used);
  switch (kind) {
    case 0: {
      const seed = bytesFor(`random invite ${state.invites.size}`);
      const inviteKey = toHex(circle.crypto.signingKey(seed)) as PublicKey;
      const own = b % 3 === 0 ? { member: circle.state.devices.get(circle.person(by).keys.id)?.member } : {};
      return {
        kind: "invite",
        inviteKey,
        role: pick(["reader", "contributor"] as const, a),
        expires: circle.clock.hour + 200,
        ...own,
      } as RosterBody;
    }
    case 1:
    case 2: {
      if (invite === undefined) return undefined;
      const seed = bytesFor(`random invite ${[...state.invites.keys()].indexOf(invite.key)}`);
      const count = state.invites.size;
      const own = invite.member !== undefined;
      // One in eight is somebody who is there already.
      const name = b % 8 === 0 ? "emil@e" : own ? `device${count}@${by.split("@")[1]}` : `new${count}@org${count}`;
      const request = circle.requestOf(name, seed, invite.expires);
      return own ? { kind: "device-add", request } : { kind: "candidate", request };
    }
    case 3:
    case 4:
      return { kind: "sponsor", candidate: unhex(candidate) };
    case 5:
      return { kind: "object", candidate: unhex(candidate), reason: "other" };
    case 6:
    case 7:
      return { kind: "admit", candidate: unhex(candidate) };
    case 8:
      return { kind: "device-revoke", device: pick([...state.devices.keys()], a) };
    case 9:
    case 10:
      return { kind: "approve", proposal };
    case 11:
      return { kind: "veto", proposal };
    case 12:
      return { kind: "confirm", member };
    case 13:
      return { kind: "reinstate", member };
    case 14:
      return { kind: "mark", mark: { target: { kind: "member", member }, as: "retired" } };
    case 15:
      return { kind: pick(["role", "policy", "host"] as const, a), proposal };
    case 16:
      return { kind: "erase", positions: [a] };
    case 17:
      return { kind: "link", roster: bytesFor("R") };
    default:
      return undefined;
  }
}

/** Plays steps on a fresh circle; every entry that was made is in `circle.entries`. */
async function play(list: readonly Step[]): Promise<{ circle: Roster; broken: string[] }> {
  const circle = await populated();
  const broken: string[] = [];
  for (const [who, kind, a, b, hours] of list) {
    const invited = [...circle.state.invites.values()].find((i) => !i.used)?.by;
    const inviter = everybody.find((name) => (circle.person(name).member as string) === invited);
    // Only who invited can go on; otherwise hardly any random request would get that far.
    const by = kind === 1 || kind === 2 ? (inviter ?? "anna@a") : pick(everybody, who);
    const before = circle.state;
    const apart = untouched(before);
    circle.clock.hour += hours;
    let reason: unknown;
    if (kind >= 19) {
      const open = [...before.proposals.values()].find((p) => !p.executed);
      const change = changeFor(before, a, b);
      if ((kind === 19 || kind === 22) && before.devices.has(circle.person(by).keys.id)) {
        let bytes: Bytes;
        try {
          bytes = circle.proposalOf(change, by);
        } catch {
          continue; // A change that cannot be made; that such proposals are void has its own tests.
        }
        reason = circle.act(by, { kind: "propose", proposal: bytes });
      } else {
        const extras = kind !== 21 && open !== undefined ? { proposal: unhex(open.id) } : kind === 21 ? { change } : {};
        reason = circle.put(circle.rotateEntry(by, extras));
      }
    } else {
      const body = bodyFor(circle, by, kind, a, b) ?? { kind: "tick" };
      reason = circle.act(by, body);
    }
    if (reason !== undefined && untouched(circle.state) !== apart) broken.push(`${reason}`);
    if (circle.state.position !== before.position + 1) broken.push("position");
    if (before.members.size > circle.state.members.size) broken.push("members");
  }
  return { circle, broken };
}

describe("replay", () => {
  it("never throws, and what is void changes nothing but the position and what the host enforces", async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (list) => {
        expect((await play(list)).broken).toEqual([]);
      }),
      { numRuns: 80 },
    );
  });

  it("of the same entries comes to the same state and digest, also after a trip over the wire", async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (list) => {
        const { circle } = await play(list);
        const again = await roster({ founders, policy: { windowHours: 24 } });
        let { state } = again;
        for (const entry of circle.entries.slice(1)) {
          const body = decode(rosterBody, encode(rosterBody, entry.body));
          state = apply(state, { ...entry, body }, { ...circle.judge }).state;
        }
        expect(textOf(state)).toBe(textOf(circle.state));
        expect(rosterDigest(state)).toEqual(rosterDigest(circle.state));
      }),
      { numRuns: 30 },
    );
  });

  it("leaves a state that was handed out as it was", async () => {
    const circle = await roster({ founders });
    const { state } = circle;
    const before = textOf(state);
    circle.bringIn("dora@d", "anna@a", ["anna@a", "ben@b"]);
    circle.rotated("anna@a", { change: { kind: "suspend", member: circle.memberOf("dora@d").id } });
    expect(textOf(state)).toBe(before);
  });

  it("takes only the entry that comes next", async () => {
    const circle = await roster({ founders });
    expect(circle.act("anna@a", { kind: "tick" }, { position: 7, seenSize: 1 })).toBe("malformed");
    expect(circle.act("anna@a", { kind: "tick" }, { seenSize: circle.state.position + 1 })).toBe("seen");
  });

  it("takes an acl from nothing but a rotation, though the host enforces it", async () => {
    const circle = await roster({ founders });
    const rotation = circle.rotateEntry("anna@a");
    expect(circle.put({ ...rotation, body: { kind: "tick" } })).toBe("acl");
    expect(circle.state.acl.epoch).toBe(1);
    expect(circle.state.epochs.length).toBe(1);
  });
});

describe("the roster's digest", () => {
  it("does not depend on the order in which organizations were listed, and tells every state from the next", async () => {
    const circle = await roster({ founders });
    const reversed = { ...circle.state, organizations: new Map([...circle.state.organizations].reverse()) };
    expect(rosterDigest(reversed)).toEqual(rosterDigest(circle.state));
    const seen = new Set([toHex(rosterDigest(circle.state))]);
    circle.bringIn("dora@d", "anna@a", ["anna@a", "ben@b"]);
    seen.add(toHex(rosterDigest(circle.state)));
    circle.rotated("anna@a", { change: { kind: "suspend", member: circle.memberOf("dora@d").id } });
    seen.add(toHex(rosterDigest(circle.state)));
    circle.rotated("anna@a", { blobs: undefined as unknown as readonly BlobHash[] });
    seen.add(toHex(rosterDigest(circle.state)));
    expect(seen.size).toBe(4);
  });
});
