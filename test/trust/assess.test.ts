import { describe, expect, it } from "vitest";
import type { StatementHash } from "../../src/core/codec/index.ts";
import type { Placed } from "../../src/core/statements/index.ts";
import { createEngine, type Engine, type Organization, projected } from "../../src/trust/index.ts";
import { about, aboutOrganization, attest, circle, NOW, org, placed, vouch, warn } from "./helpers.ts";

const [me, b, c, d, e] = [org("me"), org("b"), org("c"), org("d"), org("e")];
const direct = [b, c, d].map((id) => vouch(me, id));

function engineOf(statements: readonly Placed[], organizations: readonly Organization[] = []): Engine {
  const engine = createEngine({ probationDays: 30 });
  for (const one of organizations) engine.setOrganization(one);
  for (const one of statements) engine.add(one);
  return engine;
}

function ask(statements: readonly Placed[], organizations: readonly Organization[] = [], more = {}) {
  const about = statements.filter((one) => "subject" in one.statement).map((one) => one.hash);
  return engineOf([...direct, ...statements], organizations).assess({ viewer: me, now: NOW, about, ...more });
}
const evidence = (...statements: readonly Placed[]) => ask(statements).evidence;
const position = (from: typeof b, target: StatementHash, opinion: string, more = {}) =>
  placed(from, { kind: "position", target, opinion, evidence: "witnessed", ...more });

describe("an assessment", () => {
  it("of one full path to one first-hand witness reads likely, not certain, whatever the size of the circle", () => {
    for (const size of [1, 5, 25, 100]) {
      const vouches = Array.from({ length: size }, (_, n) => vouch(me, org(`n${n}`)));
      const strangers = Array.from({ length: 50 }, (_, n) => vouch(org(`s${n}`), org(`s${n + 1}`)));
      const word = attest(org("n0"));
      const engine = engineOf([...vouches, ...strangers, word]);
      const p = projected(engine.assess({ viewer: me, now: NOW, about: [word.hash] }).opinion);
      expect(p).toBeGreaterThan(0.55);
      expect(p).toBeLessThanOrEqual(0.8);
    }
  });

  it("abstains where nobody is heard", () => {
    expect(ask([attest(org("stranger"))])).toMatchObject({ abstain: true, opinion: { uncertainty: 1 }, reasons: [] });
    expect(ask([]).abstain).toBe(true);
  });

  it("takes F and 6 for no evidence, and grades for less", () => {
    const graded = (source: string, information: string) =>
      evidence(attest(b, "x", { grade: { source, information } })).for;
    expect([graded("F", "1"), graded("A", "6")]).toEqual([0, 0]);
    expect(graded("A", "1")).toBe(evidence(attest(b)).for);
    expect(graded("C", "3")).toBeLessThan(graded("B", "2"));
  });

  it("lets praise fade faster than warnings, and no age strengthens", () => {
    const at = (hour: number) => evidence(attest(b, "x", {}, { hour }), warn(c, "x", {}, { hour }));
    const [young, old] = [at(NOW), at(NOW - 180 * 24)];
    expect(old.for / young.for).toBeCloseTo(0.25, 6);
    expect(old.against / young.against).toBeGreaterThan(0.8);
    expect(at(NOW + 10)).toEqual(young);
  });

  it("counts an old event as old, however lately it is told", () => {
    expect(evidence(attest(b, "x", { eventDay: NOW / 24 - 900 })).for).toBeLessThan(evidence(attest(b)).for / 100);
  });

  it("lets an organization's last word decide its side, and shows what it said before", () => {
    const first = attest(b);
    const found = ask([first, warn(b)]);
    expect(found.evidence.for).toBe(0);
    expect(found.beside).toContainEqual({ kind: "changed-mind", statement: first.hash, organization: b });
  });

  it("counts a position as its author's own evidence, and scales nothing by it", () => {
    const said = attest(b);
    const alone = evidence(said);
    expect(evidence(said, position(c, said.hash, "strongly-agree")).for).toBe(2 * alone.for);
    const against = ask([said, position(c, said.hash, "strongly-disagree")]);
    expect(against.evidence.for).toBe(alone.for);
    expect(against.evidence.against).toBeGreaterThan(0);
    expect(against.conflict).toBeGreaterThan(0.3);
    expect(evidence(said, position(c, said.hash, "neutral"))).toEqual(alone);
    expect(evidence(said, position(org("stranger"), said.hash, "strongly-disagree"))).toEqual(alone);
  });

  it("drops what its author's organization retracts, and nobody else can", () => {
    const said = warn(b);
    const retract = (from: typeof b) => placed(from, { kind: "retraction", target: said.hash });
    expect(evidence(said, retract(b)).against).toBe(0);
    expect(evidence(said, retract(c))).toEqual(evidence(said));
  });

  it("shows corrections and replies beside the statement, and does not count them", () => {
    const said = warn(b);
    const both = (["correction", "reply"] as const).map((kind) => placed(c, { kind, target: said.hash }));
    const found = ask([said, ...both]);
    expect(found.evidence).toEqual(evidence(said));
    expect(found.beside.map((one) => one.kind).sort()).toEqual(["correction", "reply"]);
  });

  it("counts one text of organizations under one inviter once, in any spelling", () => {
    const organizations = [b, c].map((id) => ({ id, invitedBy: d }));
    const two = [attest(b, "x", { text: "Seen her work." }), attest(c, "x", { text: "seen  her WORK" })];
    expect(ask(two, organizations).evidence.for).toBe(evidence(two[0] as Placed).for);
    expect(ask(two).evidence.for).toBe(2 * evidence(two[0] as Placed).for);
    expect(ask(two, organizations).reasons.some((one) => one.hiddenBy !== undefined)).toBe(true);
  });

  it("counts the same answers of organizations under one inviter once", () => {
    const organizations = [b, c].map((id) => ({ id, invitedBy: d }));
    const answer = (from: typeof b, ...answers: string[]) =>
      placed(from, {
        kind: "answer",
        subject: about("x"),
        target: "i",
        answers,
        wouldVouch: 120,
        evidence: "witnessed",
      });
    const [one, copy, other] = [answer(b, "We met her."), answer(c, "we met her"), answer(c, "At her desk.")];
    expect(ask([one, copy], organizations).evidence).toEqual(evidence(one));
    expect(ask([one, other], organizations).evidence.for).toBe(2 * evidence(one).for);
  });

  it("divides the weight of a reporter who says very much", () => {
    const said = warn(b);
    const many = Array.from({ length: 39 }, (_, n) => warn(b, `other${n}`));
    const engine = engineOf([...direct, said, ...many]);
    expect(engine.assess({ viewer: me, now: NOW, about: [said.hash] }).evidence.against).toBeCloseTo(
      evidence(said).against / 2,
      6,
    );
  });

  it("reads tips, decisions and answers by what they say", () => {
    const subject = { identifiers: [{ kind: "mail", value: "x" }] };
    const of = (kind: string, more: object) =>
      evidence(placed(b, { kind: kind as "tip", subject, evidence: "witnessed", ...more }));
    expect(of("tip", { verdict: "bait" }).against).toBeGreaterThan(0);
    expect(of("tip", { verdict: "authentic" }).for).toBeGreaterThan(0);
    expect(of("tip", { verdict: "unverified" })).toEqual({ for: 0, against: 0 });
    expect(of("decision", { verdict: "yes-with-limits" }).for).toBe(of("decision", { verdict: "yes" }).for / 2);
    expect(of("decision", { verdict: "not-now" })).toEqual({ for: 0, against: 0 });
    expect(of("decision", { verdict: "no" }).against).toBeGreaterThan(0);
    const answer = (wouldVouch: number) => of("answer", { answers: ["In person."], wouldVouch }).for;
    expect(answer(60)).toBeCloseTo(answer(120) / 2, 8);
  });
});

describe("who is not heard", () => {
  const chain = [vouch(b, e), attest(e)];

  it("whom the viewer flags, or who comes only through them", () => {
    const flag = (from: typeof b) =>
      placed(from, {
        kind: "red-flag",
        subject: aboutOrganization(b),
        category: "infiltration",
        severity: "high",
        evidence: "witnessed",
        expires: NOW / 24 + 9,
      });
    const about = [(chain[1] as Placed).hash];
    const heard = engineOf([...direct, ...chain]).assess({ viewer: me, now: NOW, about }).evidence;
    expect(heard.for).toBeGreaterThan(0);
    expect(engineOf([...direct, ...chain, flag(me)]).assess({ viewer: me, now: NOW, about }).abstain).toBe(true);
    // Another's flag is shown, and changes no sum.
    expect(engineOf([...direct, ...chain, flag(c)]).assess({ viewer: me, now: NOW, about }).evidence).toEqual(heard);
  });

  it("who is suspended; the subject about itself; those taken out", () => {
    expect(ask(chain, [{ id: b, suspended: true }]).abstain).toBe(true);
    expect(ask(chain, [], { subject: e }).abstain).toBe(true);
    expect(ask(chain, [], { without: [b] }).abstain).toBe(true);
    expect(ask(chain, [], { without: [c] }).abstain).toBe(false);
  });

  it("who is on probation beyond their cap", () => {
    const young = ask([attest(b)], [{ id: b, admittedHour: NOW - 24 }]);
    const old = ask([attest(b)], [{ id: b, admittedHour: NOW - 31 * 24 }]);
    expect(young.reasons[0]?.voice).toBe(1 / 128);
    expect(old.reasons[0]?.voice).toBe(1 / 32);
  });

  it("retired stands and says nothing new; compromised is void; under duress is void from then on", () => {
    const early = attest(b, "x", {}, { position: 5, hash: "early" });
    const late = attest(b, "x", {}, { position: 9, hash: "late" });
    const marked = (kind: "retired" | "compromised" | "under-duress") => [
      { id: b, marks: [{ kind, circle, position: 7 }] },
    ];
    for (const kind of ["retired", "under-duress"] as const) {
      expect(ask([early], marked(kind)).evidence.for).toBe(evidence(early).for);
      expect(ask([late], marked(kind)).abstain).toBe(true);
    }
    expect(ask([early], marked("compromised")).abstain).toBe(true);
  });

  it("vouches given under duress carry nothing; those before do", () => {
    const engine = createEngine();
    const word = attest(e);
    for (const one of [...direct, vouch(b, e, {}, { position: 5 }), word]) engine.add(one);
    const about = [word.hash];
    const at = (position: number) => {
      engine.setOrganization({ id: b, marks: [{ kind: "under-duress", circle, position }] });
      return engine.assess({ viewer: me, now: NOW, about }).abstain;
    };
    expect([at(6), at(5), at(6)]).toEqual([false, true, false]);
  });
});
