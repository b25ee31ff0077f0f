import { mediaType } from "../../../core/log/index.ts";
import { allowedHeaders, cors, security } from "../../app.ts";
import { type Answered, ask, type Target } from "./ask.ts";
import { type Finding, failure, ok, warning } from "./finding.ts";

const nobody = "0".repeat(64);

/** The headers of an answer, as the host sets them and no proxy may drop, change or add them. */
export function headersFinding(target: Target, info: Answered): Finding {
  const check = "headers";
  const { headers } = info;
  if (headers["set-cookie"] !== undefined) {
    return failure(
      check,
      "Answers set a cookie, which tells one member from another.",
      "Turn off what sets it: the host sets none, so it is something in front.",
    );
  }
  const expected = { ...security, "cache-control": "no-store" };
  const wrong = Object.entries(expected).flatMap(([name, value]) => (headers[name] === value ? [] : [name]));
  if (wrong.length > 0) {
    return failure(
      check,
      `Headers that the host sets do not arrive as it sets them: ${wrong.join(", ")}.`,
      "Have what is in front pass the host's headers on unchanged.",
    );
  }
  if (target.url.protocol === "https:" && headers["strict-transport-security"] === undefined) {
    return warning(
      check,
      "Browsers are not told to come by TLS only.",
      "Have the proxy add Strict-Transport-Security: max-age=63072000.",
    );
  }
  return ok(check, "Security headers arrive as the host sets them, and no cookie.");
}

/** Clients of every origin may call, and never with credentials (§9 of the protocol). */
export async function corsFinding(target: Target, info: Answered): Promise<Finding> {
  const check = "cors";
  const preflight = await ask(target, {
    method: "OPTIONS",
    path: `/v1/circles/${nobody}/entries`,
    headers: { origin: "https://client.example", "access-control-request-method": "POST" },
  });
  const allowed = String(preflight?.headers["access-control-allow-headers"] ?? "").split(/, */);
  const both = [info.headers, preflight?.headers ?? {}];
  if (both.some((headers) => headers["access-control-allow-credentials"] !== undefined)) {
    return failure(
      check,
      "Browsers are told to send credentials.",
      "Remove Access-Control-Allow-Credentials in what is in front: the host never sends it.",
    );
  }
  const isOpen =
    preflight?.status === 204 &&
    both.every((headers) => headers["access-control-allow-origin"] === cors["access-control-allow-origin"]) &&
    info.headers["access-control-expose-headers"] === cors["access-control-expose-headers"] &&
    allowedHeaders.split(", ").every((name) => allowed.includes(name));
  return isOpen
    ? ok(check, "Clients of every origin may call, without credentials.")
    : failure(
        check,
        "Web clients of another origin cannot call.",
        "Have what is in front pass OPTIONS requests and Access-Control headers on unchanged.",
      );
}

/** Metrics tell operators how busy a host is, and when: nobody else. */
export async function metricsFinding(target: Target): Promise<Finding> {
  const check = "metrics";
  const answer = await ask(target, { path: "/metrics" });
  const text = Buffer.from(answer?.body ?? []).toString("latin1");
  return text.includes("symbolon_")
    ? failure(
        check,
        "Metrics can be read at the public address.",
        "Keep SYMBOLON_METRICS_ADDRESS at 127.0.0.1, and let no proxy pass /metrics on.",
      )
    : ok(check, "Metrics cannot be read at this address.");
}

/** Whether the host reaches its database. */
export async function healthFinding(target: Target): Promise<Finding> {
  const check = "health";
  const answer = await ask(target, { path: "/healthz" });
  return answer?.status === 200
    ? ok(check, "The host reaches its database.")
    : failure(check, "The host does not reach its database.", "Look at the host's log and at its disk.");
}

/** Whether anybody who reaches the host may fill it. */
export async function foundingFinding(target: Target, isOpenToAll: boolean): Promise<Finding> {
  const check = "founding";
  const answer = await ask(target, {
    method: "POST",
    path: "/v1/circles",
    headers: { "content-type": mediaType },
    body: new Uint8Array(0),
  });
  if (answer?.problem === "founding-token") return ok(check, "Circles are founded by token.");
  if (answer?.problem !== "malformed") {
    return warning(check, "The host does not say whether circles are founded by token.", "Ask again in a minute.");
  }
  return isOpenToAll
    ? warning(
        check,
        "Everybody who reaches this host may found circles and fill its disk.",
        "Set SYMBOLON_FOUNDING_TOKENS, unless this is meant.",
      )
    : ok(check, "Whoever reaches this host may found circles; here that is this machine or its network.");
}
