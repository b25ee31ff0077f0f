/*
 * npm run eval:trust -- FILE.csv [--json] [--attack sybils=N,edges=G,seed=S]
 * The trust evaluation on a signed network in SNAP's layout; what it does is told in docs/trust.md.
 */
import { parseArgs } from "node:util";
import { product } from "../../../src/trust/constants.ts";
import { parseAttack, runAttack } from "./attack.ts";
import { fairnessGoodness, pageRankMean, raterMean, signsOf, targetMean } from "./baselines.ts";
import { fitConstants } from "./fit.ts";
import { figures } from "./metrics.ts";
import { readNetwork } from "./network.ts";
import { prequential } from "./prequential.ts";

function evaluate(file: string, attack: string | undefined) {
  const wanted = attack === undefined ? undefined : parseAttack(attack);
  const start = performance.now();
  const edges = readNetwork(file);
  const stretch = { from: Math.floor(edges.length * 0.8), to: edges.length };
  const ours = prequential(edges, stretch, product);
  const fit = fitConstants(edges);
  const fitted = prequential(edges, stretch, fit.constants);
  const signs = signsOf(edges);
  const baselines = {
    targetMean: targetMean(edges, stretch),
    fairnessGoodness: fairnessGoodness(edges, stretch),
    pageRankMean: pageRankMean(edges, stretch),
    raterMean: raterMean(edges, stretch),
    signs: {
      targetMean: targetMean(signs, stretch),
      targetMeanShrunk: targetMean(signs, stretch, 1),
      fairnessGoodness: fairnessGoodness(signs, stretch),
      raterMean: raterMean(signs, stretch),
    },
  };
  return {
    edges: edges.length,
    tested: stretch.to - stretch.from,
    ...figures(ours.predictions),
    msPerQuery: ours.msPerQuery,
    viewerOutOfScale: figures(ours.plain),
    fit: {
      ...figures(fitted.predictions),
      viewerOutOfScale: figures(fitted.plain),
      constants: fit.constants,
      tried: fit.tried,
    },
    baselines,
    ...(wanted === undefined ? {} : { attack: runAttack(edges, wanted) }),
    msTotal: performance.now() - start,
  };
}

function main(): void {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { json: { type: "boolean" }, attack: { type: "string" } },
  });
  const [file] = positionals;
  if (file === undefined)
    throw new Error("usage: npm run eval:trust -- FILE.csv [--json] [--attack sybils=N,edges=G,seed=S]");
  const result = evaluate(file, values.attack);
  console.log(values.json === true ? JSON.stringify(result) : JSON.stringify(result, null, 2));
}

try {
  main();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
