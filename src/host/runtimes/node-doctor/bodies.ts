import { mediaType } from "../../../core/log/index.ts";
import { ask, type Target } from "./ask.ts";
import { type Finding, failure, ok, warning } from "./finding.ts";

const check = "bodies";
/** What is sent at most, whatever a host says it takes. */
const most = 16 * 2 ** 20;

const nobody = "0".repeat(64);

/**
 * Bodies up to the host's limit reach it, and larger ones are refused while they are sent. `blobBytes`: the largest
 * that the host takes.
 */
export async function bodiesFinding(target: Target, blobBytes: number): Promise<Finding> {
  const [allowed, large] = await Promise.all([
    ask(target, {
      method: "PUT",
      path: `/v1/circles/${nobody}/blobs/${nobody}`,
      headers: { "content-type": "application/octet-stream" },
      body: new Uint8Array(Math.min(blobBytes, most)),
    }),
    ask(target, {
      method: "POST",
      path: "/v1/circles",
      headers: { "content-type": mediaType },
      body: new Uint8Array(65_536),
      announced: 2 ** 30,
    }),
  ]);
  if (allowed?.problem !== "unauthorized" && allowed?.problem !== "too-many") {
    return failure(
      check,
      `A body of ${blobBytes} bytes, which the host takes, does not reach it.`,
      `Raise the limit of what is in front above ${blobBytes} bytes (nginx: client_max_body_size 2m).`,
    );
  }
  if (large === undefined) {
    return failure(
      check,
      "A body of a gigabyte was announced, and nobody refused it: something swallows bodies whole.",
      "Have what is in front limit bodies to 2 MiB and pass them on as they come (nginx: proxy_request_buffering off).",
    );
  }
  if (large.problem === "too-large" || large.problem === "founding-token" || large.problem === "too-many") {
    return ok(check, "Bodies up to the host's limit reach it, and larger ones are refused while they are sent.");
  }
  return large.status === 413
    ? ok(check, "Bodies up to the host's limit reach it, and what is in front refuses larger ones.")
    : warning(
        check,
        `A body of a gigabyte is answered with ${large.status}, which no client understands.`,
        "Have what is in front pass such requests on to the host, or answer 413.",
      );
}
