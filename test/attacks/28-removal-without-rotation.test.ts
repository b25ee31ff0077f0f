import { describe, expect, it } from "vitest";
import { type Circle, remove, rotate, say, suspend } from "../../src/client/index.ts";
import { entryContext } from "../../src/client/sync/keyring.ts";
import { rosterBody } from "../../src/core/circle/index.ts";
import { open } from "../../src/core/crypto/index.ts";
import { codeOf, fingerprint, scene } from "../kit/attack.ts";
import { roster } from "../kit/roster.ts";

describe("attack 28: removal without rotation", () => {
  it("cannot be written: whatever ends the right to read is part of a rotation", async () => {
    const circle = await roster({ founders: ["anna@a", "ben@b", "cleo@c"] });
    circle.bringIn("dora@d", "anna@a", ["anna@a", "ben@b"]);
    for (const kind of ["remove", "suspend", "admit"] as const) {
      expect(() => rosterBody.toCbor({ kind, member: circle.memberOf("dora@d").id } as never)).toThrow();
    }
    const target = { kind: "member", member: circle.memberOf("dora@d").id } as const;
    const id = circle.vote({ kind: "remove", target }, "anna@a", ["ben@b"]);
    circle.pass(72);
    for (const kind of ["role", "policy", "host"] as const)
      expect(circle.act("anna@a", { kind, proposal: id })).toBe("acl");
    expect(circle.status("dora@d")).toBe("active");
    expect(circle.carryOut(id, "anna@a")).toBeUndefined();
    expect(circle.state.epochs.length).toBe(2);
    expect(circle.status("dora@d")).toBe("removed");
  });

  it("leaves the removed with no key of what comes after, and no right at the host", async () => {
    const { evil, a, others } = await scene({ others: 2 });
    const [b, c] = others as [Circle, Circle];
    for (const circle of [b, c]) await circle.sync();
    await suspend(a, c.me().id);
    await b.sync();
    await say(b, [{ kind: "check-in", tlp: "TLP:AMBER", text: "behind their back" }]);
    await c.sync();
    await c.settle();
    expect([...c.ledger.ring.keys()]).toEqual([0]);
    expect(c.statements().some((s) => s.statement.text === "behind their back")).toBe(false);
    expect((await codeOf(() => say(c, [{ kind: "check-in", tlp: "TLP:AMBER" }])))?.code).toBe("circle.ended");
    // Not even with everything that the host stores.
    const stored = await evil.entries(a.id);
    for (const held of c.ledger.ring.values()) {
      for (const key of [held.roster, held.records]) {
        for (const entry of stored.slice(-2)) {
          for (const kind of [0, 1] as const) {
            const attempt = () =>
              open(c.platform.crypto, key as never, entryContext(a.id, 1, kind), entry.sealed as never);
            expect(attempt).toThrow();
          }
        }
      }
    }
  });

  it("of oneself from the wraps only is no removal: who rotates wraps to all that stay", async () => {
    const { a, others } = await scene({ others: 1 });
    const b = others[0] as Circle;
    await b.sync();
    await rotate(a);
    await b.sync();
    const before = fingerprint(b);
    expect(b.me().status).toBe("active");
    expect([...b.ledger.ring.keys()]).toEqual([0, 1]);
    await remove(a, { kind: "member", member: b.me().id });
    await b.sync();
    expect([...b.ledger.ring.keys()]).toEqual([0, 1]);
    expect(fingerprint(b)).not.toBe(before);
  });
});
