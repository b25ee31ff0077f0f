import type { Hono } from "hono";
import { type CircleId, encode } from "../../core/codec/index.ts";
import { checkpointAnswer, consistencyPlan, proofFrom } from "../../core/log/index.ts";
import { authenticate, idInPath, rightOf } from "../access.ts";
import type { Host } from "../host.ts";
import { Problem } from "../problem.ts";
import { readingState, sizeFor } from "../reading.ts";
import { answer, queryUint } from "./answer.ts";

/** `GET /v1/circles/:id/checkpoint?from=`: the head that the key may see, and that the tree of `from` leaves begins it. */
export function checkpoint(app: Hono, host: Host): void {
  app.get("/v1/circles/:id/checkpoint", async (c) => {
    const signed = await authenticate(host, c.req.raw);
    const circle = idInPath<CircleId>(c.req.param("id"));
    const state = await readingState(host, circle);
    const right = await rightOf(host, state, signed.key);
    const size = sizeFor(right, state);
    const from = queryUint(c, "from", 0);
    if (from > size) throw new Problem("malformed");
    const plan = consistencyPlan(from, size);
    const [note, read] = await Promise.all([
      host.circles.checkpoint(state, size),
      host.store.nodes(circle, plan.flat()),
    ]);
    return answer(c, encode(checkpointAnswer, { checkpoint: note, proof: proofFrom(plan, read) }));
  });
}
