import type { Hono } from "hono";
import { type CircleId, decode, encode, equal, utf8 } from "../../core/codec/index.ts";
import { appended, decodeHeader, foundRequest, mediaType } from "../../core/log/index.ts";
import { tokenIsKnown } from "../access.ts";
import { readBody } from "../body.ts";
import { type Host, hourOf } from "../host.ts";
import { judgeGenesis, receive } from "../judge.ts";
import { Problem } from "../problem.ts";
import { failedAs } from "../store/index.ts";
import { takeFounding } from "../strangers.ts";
import { answer, requireType } from "./answer.ts";

/** `POST /v1/circles`: founds a circle. The entry is signed by one of its own control keys, the request by nobody. */
export function circles(app: Hono, host: Host): void {
  const most = host.limits.entryBytes + 256;

  app.post("/v1/circles", async (c) => {
    const { raw } = c.req;
    checkToken(host, raw);
    requireType(raw, mediaType);
    const { entry } = decode(foundRequest, await readBody(host, "foundings", raw, most, undefined), {
      size: most,
      depth: 6,
    });
    const circle: CircleId = decodeHeader(entry.header).circle;
    const sent = receive(entry, circle, host.limits);
    const judgment = await judgeGenesis(host, circle, sent);
    takeFounding(host, host.source(raw, c.env));
    let { state } = judgment;
    let status: 200 | 201 = 201;
    try {
      await host.store.found(judgment.change, hourOf(host));
    } catch (error) {
      if (!failedAs(error, "taken")) throw error;
      const [known, [first]] = await Promise.all([host.circles.read(circle), host.store.hashes(circle, 0, 1)]);
      if (known === undefined || first === undefined || !equal(first, sent.hash)) throw new Problem("circle-exists");
      state = known;
      status = 200;
    }
    host.circles.remember(state);
    const checkpoint = await host.circles.checkpoint(state, 1);
    return answer(c, encode(appended, { positions: [0], checkpoint }), status);
  });
}

/** Throws `Problem` `founding-token` where the host asks for one and the request brings none. */
export function checkToken({ foundingTokens }: Host, request: Request): void {
  if (foundingTokens.length === 0) return;
  const offered = /^Bearer (\S{1,256})$/.exec(request.headers.get("authorization") ?? "")?.[1];
  if (offered === undefined || !tokenIsKnown(foundingTokens, utf8(offered))) throw new Problem("founding-token");
}
