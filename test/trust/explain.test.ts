import { describe, expect, it } from "vitest";
import type { OrganizationId, StatementHash } from "../../src/core/codec/index.ts";
import {
  createEngine,
  likelihood,
  overview,
  revocationImpact,
  rootOf,
  say,
  sentenceOf,
  simulate,
  whatWouldChange,
} from "../../src/trust/index.ts";
import { attest, circle, NOW, org, vouch, warn } from "./helpers.ts";

const [me, b, c, d, e, f] = ["me", "b", "c", "d", "e", "f"].map((name) => org(name)) as [
  OrganizationId,
  OrganizationId,
  OrganizationId,
  OrganizationId,
  OrganizationId,
  OrganizationId,
];

/** me → b → d, me → c → e; d and e speak for the subject, b warns of it. */
function scene() {
  const engine = createEngine();
  const words = [attest(d), attest(e), warn(b, "x", { evidence: "inferred" })];
  for (const one of [vouch(me, b), vouch(me, c), vouch(b, d), vouch(c, e), ...words]) engine.add(one);
  return { engine, question: { viewer: me, now: NOW, about: words.map((one) => one.hash) } };
}

describe("the sentence", () => {
  it("says who, by how many ways, and who dissents, in both languages", () => {
    const { engine, question } = scene();
    const sentence = sentenceOf(engine.assess(question), engine.voice(question));
    expect(sentence).toMatchObject({ kind: "known", for: 2, against: 1, ways: 2, own: "none", divided: true });
    expect(say(sentence, "en")).toBe(
      "Two organizations you trust, by two separate ways, speak for it; one warns. Reliable: unlikely. They are divided: read both.".replace(
        "unlikely",
        sentence.kind === "known" ? sentence.likelihood.replace("-", " ") : "",
      ),
    );
    expect(say(sentence, "vi")).toContain(
      "Hai tổ chức mà bạn tin, qua hai đường riêng biệt, xác nhận; một tổ chức cảnh báo.",
    );
  });

  it("of nothing says that unknown is not bad, and gives no likelihood", () => {
    const engine = createEngine();
    const question = { viewer: me, now: NOW, about: [] };
    const sentence = sentenceOf(engine.assess(question), engine.voice(question));
    expect(sentence).toEqual({ kind: "unknown" });
    expect([say(sentence, "en"), say(sentence, "vi")].join()).toMatch(/Unknown is not bad.*không có nghĩa là xấu/);
  });

  it("never calls the minority anything but named: one against many is still said", () => {
    const engine = createEngine();
    const words = [b, c, d, e].map((id) => attest(id)).concat(warn(f));
    for (const one of [...[b, c, d, e, f].map((id) => vouch(me, id)), ...words]) engine.add(one);
    const question = { viewer: me, now: NOW, about: words.map((one) => one.hash) };
    const sentence = sentenceOf(engine.assess(question), engine.voice(question));
    expect(sentence).toMatchObject({ against: 1 });
    expect(say(sentence, "en")).toContain("one warns");
  });

  it("uses the words of ICD 203 at their bounds", () => {
    const at = [0.01, 0.05, 0.051, 0.2, 0.3, 0.5, 0.56, 0.8, 0.81, 0.95, 0.96].map(likelihood);
    expect(at).toEqual([
      "almost-no-chance",
      "almost-no-chance",
      "very-unlikely",
      "very-unlikely",
      "unlikely",
      "roughly-even",
      "likely",
      "likely",
      "very-likely",
      "very-likely",
      "almost-certain",
    ]);
  });
});

describe("what would change it", () => {
  it("is each organization that it leans on, the greatest shift first, introducers among them", () => {
    const { engine, question } = scene();
    const found = whatWouldChange(engine, question);
    expect(found.map((one) => one.without[0]).sort()).toEqual([b, c, d, e]);
    expect(found[0]?.without).toEqual([b]);
    for (const { shift, without } of found) expect(simulate(engine, question, without).shift).toBe(shift);
  });

  it("takes out as many as three at once, and not four", () => {
    const { engine, question } = scene();
    expect(simulate(engine, question, [b, c]).after.abstain).toBe(true);
    expect(simulate(engine, question, [b, d, e]).after.abstain).toBe(true);
    expect(() => simulate(engine, question, [b, c, d, e])).toThrow();
  });
});

describe("a revocation", () => {
  it("lists the decisions that leaned on the key, before and after, and leaves the engine as it was", () => {
    const { engine, question } = scene();
    const other = attest(c, "y");
    engine.add(other);
    const decisions = [
      { decision: "on x" as StatementHash, question },
      { decision: "on y" as StatementHash, question: { ...question, about: [other.hash] } },
    ];
    const before = JSON.stringify(engine.assess(question));
    const found = revocationImpact(engine, b, { kind: "compromised", circle, position: 0 }, decisions);
    expect(found.map((one) => one.decision)).toEqual(["on x"]);
    expect(found[0]?.before.evidence.against).toBeGreaterThan(0);
    expect(found[0]?.after.evidence.against).toBe(0);
    expect(JSON.stringify(engine.assess(question))).toBe(before);
  });
});

describe("the overview", () => {
  it("tells on whom most hangs, the branches, and whom nobody vouches for", () => {
    const { engine, question } = scene();
    engine.add(vouch(d, f));
    for (const id of [b, c, d, e, f, org("lonely")]) engine.setOrganization({ id });
    const found = overview(engine, question);
    expect(found.hanging[0]).toMatchObject({ organization: b, alone: [d, f].sort() });
    expect(found.branches.count).toBe(2);
    expect(found.branches.nearViewer).toEqual([b, c]);
    expect(found.unreachable).toEqual([org("lonely")]);
  });

  it("shows a burst of flags with one root, and not flags that have none or lie apart", () => {
    const { engine, question } = scene();
    const band = ["p", "q", "r"].map((name) => org(name));
    for (const [n, id] of band.entries()) {
      engine.setOrganization({ id, invitedBy: c });
      engine.add(warn(id, "victim", {}, { hour: NOW - 10 * n }));
      engine.add(warn(id, "slowly", {}, { hour: NOW - 100 * n }));
      engine.setOrganization({ id: org(`s${n}`) });
      engine.add(warn(org(`s${n}`), "apart"));
    }
    expect(overview(engine, question).bursts).toMatchObject([
      { identifier: "mail victim", root: c, organizations: band },
    ]);
  });

  it("finds the first inviter, and ends in a circle of invitations", () => {
    const known = new Map([
      [b, { id: b, invitedBy: c }],
      [c, { id: c, invitedBy: d }],
      [e, { id: e, invitedBy: f }],
      [f, { id: f, invitedBy: e }],
    ]);
    expect(rootOf(b, known)).toBe(d);
    expect([e, f]).toContain(rootOf(e, known));
  });
});
