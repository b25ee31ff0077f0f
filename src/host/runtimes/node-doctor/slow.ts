import { connect as plain } from "node:net";
import { connect as secure } from "node:tls";
import { hostOf, type Target } from "./ask.ts";
import { type Finding, failure, ok } from "./finding.ts";

const check = "slow";

/** Whether a client that sends half a request is let go, so that such clients cannot use up all connections. */
export async function slowFinding(target: Target): Promise<Finding> {
  const seconds = Math.ceil(target.longest / 1000);
  return (await isLetGo(target))
    ? ok(check, `A client that sends half a request is let go within ${seconds} seconds.`)
    : failure(
        check,
        `A client that sent half a request was still connected after ${seconds} seconds.`,
        "Set the time-outs of what is in front (nginx: client_header_timeout 20s; Caddy: read_header 20s).",
      );
}

function isLetGo({ url, longest }: Target): Promise<boolean> {
  const host = hostOf(url);
  const isSecure = url.protocol === "https:";
  const port = Number(url.port || (isSecure ? 443 : 80));
  return new Promise((resolve) => {
    const begin = () => socket.write(`GET /v1/host HTTP/1.1\r\nhost: ${url.host}\r\n`);
    const socket = isSecure
      ? secure({ host, port, rejectUnauthorized: false, ALPNProtocols: ["http/1.1"] }, begin)
      : plain({ host, port }, begin);
    const finish = (letGo: boolean) => {
      clearTimeout(timer);
      resolve(letGo);
      socket.destroy();
    };
    const timer = setTimeout(() => finish(false), longest);
    socket.resume();
    socket.on("error", () => finish(true));
    socket.once("close", () => finish(true));
  });
}
