import { type Constants, LARGEST_SHARE, product } from "../../../src/trust/constants.ts";
import type { Opinion } from "../../../src/trust/opinion/index.ts";
import { drop, put, reached, voiceOf, walk } from "../../../src/trust/voice/index.ts";
import type { Edge } from "./network.ts";
import { randomly } from "./random.ts";
import { emptyWorld, type World } from "./world.ts";

export type Attack = { readonly sybils: number; readonly edges: number; readonly seed: number };

/** Reads `sybils=N,edges=G,seed=S`. Throws on anything else. */
export function parseAttack(text: string): Attack {
  const attack = { sybils: 0, edges: 0, seed: 1 };
  for (const part of text.split(",")) {
    const [name, value] = part.split("=");
    if (!(name !== undefined && name in attack) || !/^\d+$/.test(value ?? "")) {
      throw new Error("--attack wants sybils=N,edges=G,seed=S");
    }
    attack[name as keyof Attack] = Number(value);
  }
  return attack;
}

const SAMPLE = 50;
const ATTACKER = "attacker";
const fake = (at: number) => `fake${at}`;
const percentile95 = (list: readonly number[]) =>
  [...list].sort((a, b) => a - b)[Math.floor(0.95 * (list.length - 1))] ?? 0;
const mean = (list: readonly number[]) => list.reduce((sum, one) => sum + one, 0) / Math.max(1, list.length);

/** As many as it takes to pass on everything: one vouch hands on an eighth at most. */
const BRANCHES = Math.ceil(1 / LARGEST_SHARE);

/** The fakes' own vouches: a tree hands the whole of what comes in to as many as the steps allow, which nothing exceeds. */
function addFakes(world: World, { sybils }: Attack, victims: readonly string[], hour: number): void {
  for (let at = 0; at < sybils; at++) {
    for (let branch = 1; branch <= BRANCHES; branch++) {
      const to = fake((BRANCHES * at + branch) % sybils);
      put(world.graph, { issuer: fake(at), vouched: to, amount: 120, role: "may-introduce", hour });
      world.about.set(to, [...(world.about.get(to) ?? []), { source: fake(at), target: to, rating: 10, hour }]);
    }
  }
  // Without `learn`: the fakes pass for reporters who said one thing each, their best disguise.
  const all = Array.from({ length: sybils }, (_, at) => fake(at));
  const said = (target: string, rating: number) => {
    const list = all.map((source) => ({ source, target, rating, hour }));
    world.about.set(target, [...(world.about.get(target) ?? []), ...list]);
  };
  said(ATTACKER, 10);
  for (const victim of victims) said(victim, -10);
}

type Table = ReadonlyMap<string, readonly Opinion[]>;

function ask(
  world: World,
  viewers: readonly string[],
  subjects: readonly string[],
  hour: number,
  constants: Constants,
): Table {
  return new Map(
    viewers.map((viewer) => [viewer, subjects.map((one) => world.ask(viewer, one, hour, constants).opinion)]),
  );
}

const scale = (opinion: Opinion) => opinion.belief - opinion.disbelief;
const bits = (table: Table) => JSON.stringify([...table]);

/**
 * N fakes praise an attacker, flag honest victims, and praise each other; each of G honest organizations
 * vouches fully for one of them. How far do the victims' results (belief − disbelief) and the attacker's move?
 */
export function runAttack(edges: readonly Edge[], attack: Attack, constants: Constants = product) {
  const random = randomly(attack.seed);
  const hour = (edges.at(-1)?.hour ?? 0) + 1;
  const world = emptyWorld();
  for (const edge of edges) world.learn(edge);
  const sources = [...new Set(edges.filter((edge) => edge.rating > 0).map((edge) => edge.source))].sort();
  const targets = [...new Set(edges.map((edge) => edge.target))].sort();
  const viewers = random.sample(sources, SAMPLE);
  const victims = random.sample(targets, SAMPLE);
  const issuers = random.sample(
    sources.filter((one) => !viewers.includes(one)),
    attack.edges,
  );
  const subjects = [...victims, ATTACKER];

  const before = ask(world, viewers, subjects, hour, constants);
  addFakes(world, attack, victims, hour);
  const letIn = (list: readonly string[]) =>
    list.forEach((issuer, at) => {
      const vouched = fake(Math.floor((at * attack.sybils) / list.length));
      put(world.graph, { issuer, vouched, amount: 120, role: "may-introduce", hour });
    });
  const result = (after: Table) => {
    const shifts = viewers.flatMap((viewer) =>
      victims.map((_, at) =>
        Math.abs(scale(after.get(viewer)?.[at] as Opinion) - scale(before.get(viewer)?.[at] as Opinion)),
      ),
    );
    const uncertain = viewers.map((viewer) => after.get(viewer)?.[victims.length]?.uncertainty as number);
    return {
      identical: bits(after) === bits(before),
      victimShift: mean(shifts),
      victimShift95: percentile95(shifts),
      attackerUncertainty: mean(uncertain),
      attackerUncertainty05: 1 - percentile95(uncertain.map((u) => 1 - u)),
    };
  };

  if (attack.edges > 0 && attack.sybils > 0) letIn(issuers);
  const random1 = result(ask(world, viewers, subjects, hour, constants));
  if (attack.edges === 0 || attack.sybils === 0) return { ...attack, ...random1 };
  for (const issuer of issuers) for (let at = 0; at < attack.sybils; at++) drop(world.graph, issuer, fake(at));

  // The worst case: those who let the fakes in are whom this very viewer hears loudest.
  const nearest = new Map<string, readonly Opinion[]>();
  for (const viewer of viewers) {
    const voice = walk(world.graph, viewer, { now: hour, vouchHalfLife: constants.vouchHalfLife });
    const loud = reached(voice)
      .sort((a, b) => voiceOf(voice, b) - voiceOf(voice, a) || (a < b ? -1 : 1))
      .slice(0, attack.edges);
    letIn(loud);
    nearest.set(
      viewer,
      subjects.map((one) => world.ask(viewer, one, hour, constants).opinion),
    );
    loud.forEach((issuer, at) => {
      drop(world.graph, issuer, fake(Math.floor((at * attack.sybils) / loud.length)));
    });
  }
  return { ...attack, ...random1, nearest: result(nearest) };
}
