import { describe, expect, it } from "vitest";
import { carried, completed } from "../../src/client/circle/say.ts";
import { type Circle, remove } from "../../src/client/index.ts";
import type { PublicKey } from "../../src/core/codec/index.ts";
import { encode } from "../../src/core/codec/index.ts";
import { statementBody } from "../../src/core/statements/index.ts";
import { fingerprint, forgeRoster, forgeStatement, newcomer, scene } from "../kit/attack.ts";
import { addEntries } from "../kit/evil-host.ts";
import { idFor, roster } from "../kit/roster.ts";

describe("attack 29: acting after demotion", () => {
  const grown = async () => {
    const circle = await roster({ founders: ["anna@a", "ben@b", "cleo@c"] });
    circle.bringIn("dora@d", "anna@a", ["anna@a", "ben@b"]);
    return circle;
  };

  it("is void from the very next position, whatever was seen or stated", async () => {
    const circle = await grown();
    const member = circle.memberOf("cleo@c").id;
    const open = circle.vote({ kind: "policy", policy: { ...circle.state.policy, quorum: 3 } }, "anna@a");
    const early = circle.state.position;
    expect(circle.decide({ kind: "role", member, role: "contributor" }, "anna@a", ["ben@b"])).toBeUndefined();
    const old = { seenSize: early, hour: circle.clock.hour - 72 };
    const invite = {
      kind: "invite",
      inviteKey: idFor<PublicKey>("k"),
      role: "reader",
      expires: circle.clock.hour + 9,
    } as const;
    expect(circle.act("cleo@c", invite, old)).toBe("role");
    expect(circle.act("cleo@c", { kind: "confirm", member: circle.memberOf("dora@d").id }, old)).toBe("unknown");
    expect(circle.rotate("cleo@c", { seenSize: circle.state.position })).toBe("role");
    const candidate = circle.propose("emil@e", "anna@a");
    expect(circle.act("cleo@c", { kind: "admit", candidate }, old)).toBe("role");
    circle.approve("ben@b", open);
    expect(circle.state.policy.quorum).toBe(2);
  });

  it("does not end what was lawful at its position", async () => {
    const circle = await grown();
    const candidate = circle.propose("emil@e", "cleo@c");
    circle.must("cleo@c", { kind: "sponsor", candidate });
    const member = circle.memberOf("cleo@c").id;
    expect(circle.decide({ kind: "role", member, role: "reader" }, "anna@a", ["ben@b"])).toBeUndefined();
    circle.must("ben@b", { kind: "sponsor", candidate });
    expect(circle.act("anna@a", { kind: "admit", candidate })).toBeUndefined();
  });

  it("as a reader leaves the tick and the sponsor's word, and takes votes, marks and statements", async () => {
    const circle = await grown();
    const target = { kind: "organization", organization: circle.memberOf("dora@d").organization } as const;
    expect(
      circle.decide({ kind: "role", member: circle.memberOf("dora@d").id, role: "reader" }, "anna@a", ["ben@b"]),
    ).toBeUndefined();
    const id = circle.vote({ kind: "keys" }, "anna@a");
    expect(circle.act("dora@d", { kind: "approve", proposal: id })).toBe("role");
    expect(circle.act("dora@d", { kind: "mark", mark: { target, as: "retired" } })).toBe("role");
    expect(circle.act("dora@d", { kind: "tick" })).toBeUndefined();
  });

  it("by entries that a removed member made before and the host adds after is void", async () => {
    const { evil, a, others } = await scene({ others: 1 });
    const b = others[0] as Circle;
    await b.sync();
    const statement = forgeStatement(
      b,
      encode(statementBody, carried(b, completed(b, { kind: "check-in", tlp: "TLP:AMBER" }), false)),
    );
    const act = forgeRoster(b, { kind: "tick" });
    await remove(a, { kind: "member", member: b.me().id });
    await a.settle();
    const shown = a.statements().length;
    const fresh = await newcomer(a, evil.view(addEntries(statement, act)));
    await fresh.sync();
    await fresh.settle();
    expect(fresh.ledger.voids.map((v) => v.reason)).toEqual(["author", "author"]);
    expect(fresh.statements().length).toBe(shown);
    expect(fingerprint(fresh)).toBe(fingerprint(a));
  });
});
