import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { OrganizationId, StatementHash } from "../../src/core/codec/index.ts";
import type { Placed } from "../../src/core/statements/index.ts";
import { product } from "../../src/trust/constants.ts";
import { createEngine, type Engine, type Organization } from "../../src/trust/index.ts";
import { randomly } from "../eval/trust/random.ts";
import { aboutOrganization, attest, circle, NOW, org, placed, vouch, warn } from "./helpers.ts";

type Act = { readonly statement: Placed } | { readonly organization: Organization };

const SIZE = 5;
/** Whoever says more than one thing is prolific here, so that counts matter. */
const constants = { ...product, prolificFrom: 1 };
const drawn = fc.record({
  // Mostly what makes chains, so that later acts touch earlier answers.
  what: fc.oneof(
    { weight: 5, arbitrary: fc.constant("vouch") },
    { weight: 3, arbitrary: fc.constant("attest") },
    { weight: 4, arbitrary: fc.constantFrom("warn", "flag", "retract", "agree", "mark", "suspend", "invite") },
  ),
  from: fc.nat(SIZE - 1),
  to: fc.nat(SIZE - 1),
  amount: fc.constantFrom(120, 120, 40, 80, 0, 200),
  age: fc.constantFrom(0, 24, 240, 0, 5000, -100),
  pick: fc.nat(),
});

/** A history of a circle: statements and what the roster says, in order. */
const history = fc.array(drawn, { minLength: 12, maxLength: 30, size: "max" }).map((list): Act[] => {
  const made: Placed[] = [];
  return list.map(({ what, from, to, amount, age, pick }, position): Act => {
    const id = org(from);
    const at = { position, hour: NOW - age, hash: `h${String(position).padStart(3, "0")}` as StatementHash };
    const target = made[pick % Math.max(1, made.length)]?.hash ?? ("none" as StatementHash);
    const add = (statement: Placed): Act => {
      made.push(statement);
      return { statement };
    };
    if (what === "vouch")
      return add(
        vouch(
          id,
          org(to),
          { amount, ...(pick % 3 ? {} : { role: "heard" }), ...(pick % 4 ? {} : { expires: NOW / 24 - 5 }) },
          at,
        ),
      );
    if (what === "attest") return add(attest(id, "x", { text: `t${pick % 2}` }, at));
    if (what === "warn") return add(warn(id, "x", {}, at));
    if (what === "flag")
      return add(
        placed(
          id,
          {
            kind: "red-flag",
            subject: aboutOrganization(org(to)),
            category: "phishing",
            severity: "low",
            evidence: "told",
          },
          at,
        ),
      );
    if (what === "retract") return add(placed(id, { kind: "retraction", target }, at));
    if (what === "agree")
      return add(placed(id, { kind: "position", target, opinion: pick % 2 ? "agree" : "disagree" }, at));
    if (what === "mark")
      return {
        organization: { id, marks: [{ kind: pick % 2 ? "under-duress" : "compromised", circle, position: pick % 20 }] },
      };
    if (what === "suspend") return { organization: { id, suspended: true } };
    return { organization: { id, invitedBy: org(to), admittedHour: NOW - (pick % 60) * 24 } };
  });
});

const apply = (engine: Engine, act: Act) =>
  "statement" in act ? engine.add(act.statement) : engine.setOrganization(act.organization);

function answers(engine: Engine) {
  const about = [...engine.statements().values()].filter((one) => "subject" in one.statement).map((one) => one.hash);
  const ask = (viewer: OrganizationId, now: number, without: OrganizationId[] = []) =>
    JSON.stringify(engine.assess({ viewer, now, about, without, pathLimit: 1000 }));
  return [ask(org(0), NOW), ask(org(1), NOW), ask(org(0), NOW + 2000), ask(org(0), NOW, [org(2)])];
}

describe("the incremental engine", () => {
  it("answers after every step as a new engine does over the same, bit for bit", () => {
    fc.assert(
      fc.property(history, (acts) => {
        const engine = createEngine({ probationDays: 30, constants });
        const done: Act[] = [];
        for (const act of acts) {
          apply(engine, act);
          done.push(act);
          const anew = createEngine({ probationDays: 30, constants });
          for (const one of done) apply(anew, one);
          expect(answers(engine)).toEqual(answers(anew));
        }
      }),
      { numRuns: 600 },
    );
  });

  it("does not mind the order in which statements come, nor hearing one twice", () => {
    fc.assert(
      fc.property(history, fc.nat(), (acts, seed) => {
        const statements = acts.filter((act) => "statement" in act);
        const roster = acts.filter((act) => "organization" in act);
        const [engine, other] = [createEngine(), createEngine()];
        for (const act of [...roster, ...statements]) apply(engine, act);
        for (const act of [...roster, ...randomly(seed).sample(statements, statements.length), ...statements])
          apply(other, act);
        expect(answers(other)).toEqual(answers(engine));
      }),
      { numRuns: 1500 },
    );
  });

  it("lets organizations without a vouch change nothing, whatever they state", () => {
    fc.assert(
      fc.property(history, history, (honest, lies) => {
        const [engine, other] = [createEngine(), createEngine()];
        for (const act of honest) {
          apply(engine, act);
          apply(other, act);
        }
        for (const [n, act] of lies.entries()) {
          if (!("statement" in act)) continue;
          const organization = `fake${act.statement.organization}` as OrganizationId;
          const statement = { ...act.statement.statement, organization };
          other.add({ ...act.statement, statement, organization, hash: `lie${n}` as StatementHash });
        }
        const about = [...other.statements().values()]
          .filter((one) => "subject" in one.statement)
          .map((one) => one.hash);
        for (const viewer of [org(0), org(1)]) {
          const question = { viewer, now: NOW, about };
          expect(JSON.stringify(other.assess(question))).toBe(JSON.stringify(engine.assess(question)));
        }
      }),
      { numRuns: 1500 },
    );
  });
});
