import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { UsageError } from "../../src/core/codec/index.ts";
import type { Placed } from "../../src/core/statements/index.ts";
import { LARGEST_SHARE, STEPS } from "../../src/trust/constants.ts";
import { createEngine } from "../../src/trust/index.ts";
import { emptyGraph, grainsOf, put, reached, type Vouch, voiceOf, walk } from "../../src/trust/voice/index.ts";
import { attest, graphOf, NOW, org, vouch, warn } from "./helpers.ts";

const full = (issuer: string, vouched: string, more: Partial<Vouch> = {}): Vouch => ({
  issuer,
  vouched,
  amount: 120,
  role: "may-introduce",
  hour: NOW,
  ...more,
});
const voices = (graph: ReturnType<typeof graphOf>, ...ids: string[]) => {
  const voice = walk(graph, "a", { now: NOW });
  return ids.map((id) => voiceOf(voice, id));
};
/** What one full vouch gives at a step: a quarter of the walks end there, and an eighth is the largest share. */
const given = (step: number) => LARGEST_SHARE ** step / STEPS;
const [me, b] = [org("me"), org("b")];
const evidence = (...statements: Placed[]) => {
  const engine = createEngine();
  for (const one of statements) engine.add(one);
  const about = statements.map((one) => one.hash);
  return engine.assess({ viewer: me, now: NOW, about }).evidence;
};

describe("bad input", () => {
  it("cycles end, and bring nobody more than came", () => {
    const ring = graphOf([full("a", "b"), full("b", "c"), full("c", "a"), full("c", "b")]);
    expect(voices(ring, "b", "c")).toEqual([given(1), given(2)]);
    expect(voices(graphOf([full("a", "b"), full("b", "a")]), "a", "b")).toEqual([1, given(1)]);
  });

  it("self-vouches are void, and take nothing from the issuer's others", () => {
    expect(put(emptyGraph(), full("a", "a"))).toBe(false);
    expect(voices(graphOf([full("a", "a"), full("a", "b")]), "b")).toEqual([given(1)]);
  });

  it("duplicate vouches are one, contradicting ones the last", () => {
    expect(voices(graphOf([full("a", "b"), full("a", "b"), full("a", "c")]), "b")).toEqual([given(1)]);
    expect(voices(graphOf([full("a", "b"), full("a", "b", { amount: 0 })]), "b")).toEqual([0]);
  });

  it("amounts out of range are void", () => {
    for (const amount of [-1, 121, 0.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(voices(graphOf([full("a", "b", { amount })]), "b")).toEqual([0]);
      expect(evidence(vouch(me, b, { amount }), attest(b)).for).toBe(0);
    }
  });

  it("what is expired or not yet valid does not count; a clock a little fast does", () => {
    expect(voices(graphOf([full("a", "b", { endsHour: NOW })]), "b")).toEqual([0]);
    expect(voices(graphOf([full("a", "b", { endsHour: NOW + 1 })]), "b")).toEqual([given(1)]);
    expect(voices(graphOf([full("a", "b", { hour: NOW + 25 })]), "b")).toEqual([0]);
    expect(voices(graphOf([full("a", "b", { hour: NOW + 24 })]), "b")).toEqual([given(1)]);
    const today = NOW / 24;
    const said = (expires: number, hour = NOW) => evidence(vouch(me, b), warn(b, "x", { expires }, { hour })).against;
    expect([said(today - 1), said(today) > 0, said(today + 9, NOW + 25)]).toEqual([0, true, 0]);
  });

  it("a viewer whom no graph names hears nobody but itself", () => {
    expect(voices(emptyGraph(), "b")).toEqual([0]);
    expect(voices(graphOf([full("x", "y")]), "a", "x", "y")).toEqual([1, 0, 0]);
    expect(evidence(attest(b))).toEqual({ for: 0, against: 0 });
    expect(evidence(attest(me)).for).toBeGreaterThan(0);
  });

  it("a million vouches of one issuer are shares of one voice", () => {
    const graph = graphOf([full("a", "hub")]);
    for (let n = 0; n < 1_000_000; n++) put(graph, full("hub", `x${n}`));
    const voice = walk(graph, "a", { now: NOW });
    let sum = 0;
    for (const id of reached(voice)) if (id !== "hub") sum += grainsOf(voice, graph.index.get(id) as number);
    expect(sum).toBeGreaterThan(0);
    expect(sum / 2 ** 28).toBeLessThanOrEqual(1);
    expect(voiceOf(voice, "x5")).toBe(voiceOf(voice, "x999999"));
  });

  it("times out of order change nothing: the position decides, in one circle", () => {
    const early = vouch(me, b, { amount: 120 }, { position: 1, hour: NOW });
    const late = vouch(me, b, { amount: 0 }, { position: 2, hour: NOW - 5000 });
    const word = attest(b);
    expect(evidence(early, late, word).for).toBe(0);
    expect(evidence(late, word, early).for).toBe(0);
  });

  it("positions and retractions of what is not there, and statements unknown to the engine, are passed over", () => {
    const engine = createEngine();
    engine.add({
      ...attest(b),
      statement: { ...attest(b).statement, kind: "retraction", target: "nothing" },
    } as unknown as Placed);
    expect(engine.assess({ viewer: me, now: NOW, about: ["unknown" as Placed["hash"]] }).abstain).toBe(true);
  });

  it("questions that cannot be asked are the caller's fault", () => {
    const engine = createEngine();
    expect(() => engine.assess({ viewer: me, now: Number.NaN, about: [] })).toThrow(UsageError);
    expect(() => engine.assess({ viewer: me, now: NOW, about: [], without: [b, b, b, b] })).toThrow(UsageError);
  });

  it("never makes NaN, whatever the times and amounts", () => {
    const wild = fc.oneof(
      fc.double(),
      fc.integer(),
      fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, -1, 0, 120, NOW),
    );
    const some = fc.record({
      from: fc.nat(3),
      to: fc.nat(3),
      amount: wild,
      hour: wild,
      expires: fc.option(wild, { nil: undefined }),
    });
    fc.assert(
      fc.property(fc.array(some, { maxLength: 12 }), fc.integer(), (list, now) => {
        const engine = createEngine();
        const about = [];
        for (const { from, to, amount, hour, expires } of list) {
          const more = { amount, ...(expires === undefined ? {} : { expires }) };
          engine.add(vouch(org(from), org(to), more, { hour }));
          const word = attest(org(from), "x", expires === undefined ? {} : { eventDay: expires }, { hour });
          about.push(word.hash);
          engine.add(word);
        }
        for (const at of [now, NOW]) {
          const { opinion, conflict, evidence: found } = engine.assess({ viewer: org(0), now: at, about });
          for (const value of [...Object.values(opinion), ...Object.values(found), conflict]) {
            expect(Number.isFinite(value) && value >= 0).toBe(true);
          }
        }
      }),
      { numRuns: 3000 },
    );
  });
});
