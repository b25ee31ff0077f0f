import { describe, expect, it } from "vitest";
import { assessWords, type Side, unitsFor, type Word } from "../../src/trust/assess/index.ts";
import { product } from "../../src/trust/constants.ts";
import { type Vouch, walk } from "../../src/trust/voice/index.ts";
import { randomly } from "../eval/trust/random.ts";
import { graphOf, NOW, word } from "./helpers.ts";
import { carriedInto, waysByDefinition } from "./oracle.ts";

/*
 * Invariant 2: whatever S does inside, the evidence that it contributes, and the change that it makes to
 * the evidence of others, is at most (evidence per unit of voice) × (what vouches from outside carry in).
 * The bound is computed from the definition; the search tries to break it by climbing.
 */

type Acts = { readonly vouches: readonly Vouch[]; readonly words: readonly Word[] };

const HONEST = 6;
const FAKES = 5;
const inside = (id: string) => id.startsWith("s");
const random = randomly(20_261_124);
const pick = <T>(list: readonly T[]): T => list[random.below(list.length)] as T;
const honest = () => `o${random.below(HONEST)}`;
const fake = () => `s${random.below(FAKES)}`;
const someVouch = (issuer: string, vouched: string): Vouch => ({
  issuer,
  vouched,
  amount: pick([40, 120]),
  role: random.next() < 0.2 ? "heard" : "may-introduce",
  hour: NOW - pick([0, 2400]),
});
const someWord = (at: number, reporter: string): Word =>
  word(`${reporter}-${String(at).padStart(3, "0")}`, reporter, pick<Side>(["for", "against"]), {
    strength: pick([0.3, 1]),
    ...(random.next() < 0.5 ? { source: pick(["a", "b", "c"]) } : {}),
  });

function result(outside: Acts, acts: Acts) {
  const voice = walk(graphOf([...outside.vouches, ...acts.vouches]), "o0", { now: NOW });
  const { reasons } = assessWords([...outside.words, ...acts.words], voice, NOW);
  const sum = (keep: (id: string) => boolean, side: Side) =>
    reasons.filter((one) => keep(one.organization) && one.side === side).reduce((all, one) => all + one.amount, 0);
  return {
    own: sum(inside, "for") + sum(inside, "against"),
    others: { for: sum((id) => !inside(id), "for"), against: sum((id) => !inside(id), "against") },
    all: { for: sum(() => true, "for"), against: sum(() => true, "against") },
    units: unitsFor(voice, product),
  };
}

/** How near the worst of the three effects comes to the bound; 1 is the bound itself. */
function pressure(outside: Acts, acts: Acts): number {
  const still = result(outside, { vouches: [], words: [] });
  const busy = result(outside, acts);
  const voice = carriedInto(waysByDefinition([...outside.vouches, ...acts.vouches], "o0"), inside);
  const bound = voice * busy.units * product.warningWeight;
  const shift = (of: "others" | "all") =>
    Math.abs(busy[of].for - still[of].for) + Math.abs(busy[of].against - still[of].against);
  const worst = Math.max(busy.own, shift("others"), shift("all"));
  if (bound === 0) return worst === 0 ? 0 : Number.POSITIVE_INFINITY;
  return worst / (bound + 1e-6);
}

/** An organization speaks on one side, its last word's: what `wordsOn` makes of statements. */
function oneSided(acts: Acts): Acts {
  const side = new Map(acts.words.map((one) => [one.reporter, one.side]));
  return { ...acts, words: acts.words.map((one) => ({ ...one, side: side.get(one.reporter) as Side })) };
}

function mutate(acts: Acts, serial: number): Acts {
  return oneSided(mutated(acts, serial));
}

function mutated(acts: Acts, serial: number): Acts {
  const kind = random.below(6);
  const without = <T>(list: readonly T[]) => list.filter((_, at) => at !== random.below(Math.max(1, list.length)));
  if (kind === 0) return { ...acts, vouches: without(acts.vouches) };
  if (kind === 1) return { ...acts, words: without(acts.words) };
  if (kind === 2) return { ...acts, vouches: [...acts.vouches, someVouch(fake(), honest())] };
  if (kind <= 4) return { ...acts, vouches: [...acts.vouches, someVouch(fake(), fake())] };
  return { ...acts, words: [...acts.words, someWord(serial, fake())] };
}

function outsideWorld(): Acts {
  const vouches = Array.from({ length: 10 }, () => someVouch(honest(), honest()));
  for (let at = 0; at <= random.below(3); at++) vouches.push(someVouch(honest(), fake()));
  return oneSided({ vouches, words: Array.from({ length: 6 }, (_, at) => someWord(at, honest())) });
}

/** Climbs from `acts`; no step may pass the bound. Returns the nearest that was reached. */
function climb(outside: Acts, start: Acts, steps: number): number {
  let acts = start;
  let best = 0;
  for (let step = 0; step < steps; step++) {
    const next = step === 0 ? start : mutate(acts, step);
    const reached = pressure(outside, next);
    expect(reached).toBeLessThanOrEqual(1);
    if (reached >= best) [best, acts] = [reached, next];
  }
  return best;
}

describe("bounded voice", () => {
  it("holds against random acts of S", () => {
    for (let run = 0; run < 3000; run++) {
      let acts: Acts = { vouches: [], words: [] };
      const outside = outsideWorld();
      for (let at = 0; at < 12; at++) acts = mutate(acts, at);
      expect(pressure(outside, acts)).toBeLessThanOrEqual(1);
    }
  });

  it("holds against a search that climbs", () => {
    for (let start = 0; start < 60; start++) climb(outsideWorld(), { vouches: [], words: [] }, 200);
  });

  it("holds against a search that starts from the strongest S known, and is met", () => {
    // All vouch for all, so that nothing is lost on the way; all warn, and nobody depends on anybody.
    const many = Array.from({ length: 12 }, (_, n) => `s${n}`);
    const full = { amount: 120, role: "may-introduce", hour: NOW } as const;
    const clique = many.flatMap((issuer) =>
      many.filter((id) => id !== issuer).map((vouched) => ({ issuer, vouched, ...full })),
    );
    const warned = many.map((id) => word(`${id}-start`, id, "against"));
    const outside = { vouches: [{ issuer: "o0", vouched: "s0", ...full }], words: [] };
    // Nothing less than the bound would do: a search that never comes near would prove nothing.
    expect(climb(outside, { vouches: clique, words: warned }, 60)).toBeGreaterThan(0.9);
    for (let start = 0; start < 4; start++) climb(outsideWorld(), { vouches: clique, words: warned }, 20);
  });
});
