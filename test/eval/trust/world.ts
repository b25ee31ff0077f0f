import { total } from "../../../src/trust/assess/assess.ts";
import { count, unitsFor, type Word } from "../../../src/trust/assess/index.ts";
import type { Constants } from "../../../src/trust/constants.ts";
import { fromEvidence, type Opinion } from "../../../src/trust/opinion/index.ts";
import { emptyGraph, put, walk } from "../../../src/trust/voice/index.ts";
import type { Edge } from "./network.ts";

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
   * The opinion of `viewer` on `subject`, without the viewer's own earlier word on it, and without the
   * subject's own voice. `share`: with the viewer's number of vouches out of the scale too.
   */
  const ask = (
    viewer: string,
    subject: string,
    hour: number,
    constants: Constants,
  ): { opinion: Opinion; plain: Opinion } => {
    const closed = new Set(warned.get(viewer));
    closed.add(subject);
    const voice = walk(graph, viewer, { now: hour, closed, vouchHalfLife: constants.vouchHalfLife });
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
    const evidence = total(count(words, voice, hour, constants));
    const scale = constants.units / unitsFor(voice, constants);
    return {
      opinion: fromEvidence(evidence),
      plain: fromEvidence({ for: evidence.for * scale, against: evidence.against * scale }),
    };
  };
  return { graph, about, made, learn, ask };
}

export type World = ReturnType<typeof emptyWorld>;
