import { total } from "../../../src/trust/assess/assess.ts";
import { type Heard, heardOf, unitsFor, type Word, weigh } from "../../../src/trust/assess/index.ts";
import type { Constants } from "../../../src/trust/constants.ts";
import { fromEvidence, type Opinion } from "../../../src/trust/opinion/index.ts";
import { emptyGraph, put, walk } from "../../../src/trust/voice/index.ts";
import type { Edge } from "./network.ts";

/** What a viewer hears of a subject: all that constants other than the vouches' age are applied to. */
export type Hearing = { readonly heard: readonly Heard[]; readonly own: number; readonly hour: number };

/** The opinion of what is heard; `plain`: with the viewer's number of vouches out of the scale. */
export function opinionOf(hearing: Hearing, constants: Constants): { opinion: Opinion; plain: Opinion } {
  const units = unitsFor(hearing, constants);
  const evidence = total(weigh(hearing.heard, units, hearing.hour, constants));
  const scale = constants.units / units;
  return {
    opinion: fromEvidence(evidence),
    plain: fromEvidence({ for: evidence.for * scale, against: evidence.against * scale }),
  };
}

/** What has been learned of a network so far, kept by the product's own graph. */
export function emptyWorld() {
  const graph = emptyGraph();
  const about = new Map<string, Edge[]>();
  const warned = new Map<string, Set<string>>();
  const made = { for: new Map<string, number>(), against: new Map<string, number>() };

  /** A positive rating is a vouch and an attestation, a negative one a red flag. */
  const learn = (edge: Edge) => {
    const side = edge.rating > 0 ? "for" : "against";
    const list = about.get(edge.target) ?? [];
    list.push(edge);
    about.set(edge.target, list);
    made[side].set(edge.source, (made[side].get(edge.source) ?? 0) + 1);
    if (side === "for") {
      const { source: issuer, target: vouched, hour } = edge;
      put(graph, { issuer, vouched, amount: Math.round(12 * edge.rating), role: "may-introduce", hour });
    } else {
      const flags = warned.get(edge.source) ?? new Set();
      flags.add(edge.target);
      warned.set(edge.source, flags);
    }
  };

  /**
   * The words on `subject` that `viewer` hears, without the viewer's own earlier word on it, and without
   * the subject's own voice.
   */
  const hear = (viewer: string, subject: string, hour: number, vouchHalfLife: number): Hearing => {
    const closed = new Set(warned.get(viewer));
    closed.add(subject);
    const voice = walk(graph, viewer, { now: hour, closed, vouchHalfLife });
    const words: Word[] = [];
    for (const { source, rating, hour: said } of about.get(subject) ?? []) {
      if (source === viewer) continue;
      const side = rating > 0 ? "for" : "against";
      const strength = Math.abs(rating) / 10;
      words.push({
        key: `${source}>${subject}`,
        reporter: source,
        side,
        strength,
        hour: said,
        made: made[side].get(source) ?? 1,
      });
    }
    return { heard: heardOf(words, voice), own: voice.own, hour };
  };

  const ask = (viewer: string, subject: string, hour: number, constants: Constants) =>
    opinionOf(hear(viewer, subject, hour, constants.vouchHalfLife), constants);
  return { graph, about, made, learn, hear, ask };
}

export type World = ReturnType<typeof emptyWorld>;
