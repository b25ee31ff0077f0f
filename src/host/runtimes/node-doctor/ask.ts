import { type IncomingHttpHeaders, request as plain } from "node:http";
import { request as secure } from "node:https";
import { problemCode, problemMediaType } from "../../../core/log/index.ts";

/** Where and how a deployment is asked. */
export type Target = {
  /** Without a path. */
  readonly url: URL;
  /** Milliseconds to wait for an answer. */
  readonly patience: number;
  /** Milliseconds in which a host has to let go of a client that sends half a request. */
  readonly longest: number;
  /** Certificates that are trusted instead of the platform's. */
  readonly ca?: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
};

export type Asked = {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  /** So many bytes are announced, and sent slowly without ever getting there. */
  readonly announced?: number;
};

export type Answered = {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Uint8Array;
  /** The code of the problem that the answer is; `undefined` where it is none of ours. */
  readonly problem?: string;
};

/** The host of a URL as sockets take it: IPv6 addresses without their brackets. */
export function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, "");
}

const drop = new Uint8Array(16_384);
const dripEvery = 100;

/** The most of an answer that is read. */
const mostBytes = 1_048_576;

/**
 * One request on a connection of its own; `undefined` where no answer came in time. The certificate is not looked at:
 * that is a check of its own, and the others are worth their answers meanwhile.
 */
export function ask(target: Target, asked: Asked): Promise<Answered | undefined> {
  const { url, patience } = target;
  const { method = "GET", path, headers = {}, body, announced } = asked;
  const length = announced ?? body?.length;
  return new Promise((resolve) => {
    const request = (url.protocol === "https:" ? secure : plain)(new URL(path, url), {
      method,
      agent: false,
      rejectUnauthorized: false,
      // Whoever closes on answering may cut the answer off while a body is on its way.
      headers: {
        ...headers,
        connection: "keep-alive",
        ...(length === undefined ? {} : { "content-length": String(length) }),
      },
    });
    const finish = (answer: Answered | undefined) => {
      clearTimeout(timer);
      clearInterval(dripping);
      resolve(answer);
      request.destroy();
    };
    // Some servers pass an answer on with the next part of the body only.
    const dripping = announced === undefined ? undefined : setInterval(() => request.write(drop), dripEvery);
    const timer = setTimeout(() => finish(undefined), patience);
    request.on("error", () => finish(undefined));
    request.on("response", (response) => {
      const parts: Uint8Array[] = [];
      let read = 0;
      const end = () => {
        const whole = new Uint8Array(Buffer.concat(parts));
        const problem = problemIn(response.headers, whole);
        finish({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: whole,
          ...(problem === undefined ? {} : { problem }),
        });
      };
      response.on("data", (part: Uint8Array) => {
        read += part.length;
        parts.push(part);
        if (read > mostBytes) end();
      });
      response.once("end", end);
      response.once("error", () => finish(undefined));
    });
    if (body !== undefined) request.write(body);
    if (announced === undefined) request.end();
  });
}

function problemIn(headers: IncomingHttpHeaders, body: Uint8Array): string | undefined {
  if (headers["content-type"] !== problemMediaType) return undefined;
  try {
    return problemCode((JSON.parse(Buffer.from(body).toString("utf8")) as { type?: unknown }).type);
  } catch {
    return undefined;
  }
}
