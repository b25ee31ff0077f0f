import { isIP } from "node:net";
import { connect, type TLSSocket } from "node:tls";
import { hostOf, type Target } from "./ask.ts";
import { type Finding, failure, ok, warning } from "./finding.ts";
import type { Place } from "./place.ts";

const check = "transport";
const day = 86_400_000;
/** Days before the end of a certificate from which on its renewal has failed, by what is usual. */
const renewed = 21;
const urgent = 7;

/** TLS with a valid certificate that lasts; or plain HTTP, where nobody is on the way. */
export async function transportFinding(target: Target, place: Place): Promise<Finding> {
  const { url } = target;
  if (url.protocol === "http:") {
    if (place === "machine") return ok(check, "Plain HTTP, which does not leave this machine.");
    if (place === "onion") return ok(check, "Plain HTTP inside of an onion service's own encryption.");
    return failure(
      check,
      "Plain HTTP: everybody on the way sees circles, sizes and addresses.",
      "Put a proxy with TLS in front (deploy/Caddyfile), or serve as an onion service alone.",
    );
  }
  const socket = await handshake(target);
  if (socket === undefined) {
    return failure(
      check,
      "No TLS connection comes about.",
      "Look at what the proxy in front says about its certificate.",
    );
  }
  try {
    const end = Date.parse(socket.getPeerCertificate().valid_to);
    const days = Math.floor((end - target.now()) / day);
    if (days < 0)
      return failure(check, "The certificate has expired.", "Renew it, and find out why that did not happen.");
    if (!socket.authorized) {
      return failure(
        check,
        `The certificate is not valid for this address (${socket.authorizationError?.toString() ?? "not trusted"}).`,
        "Have one issued for exactly this name, and serve it with its whole chain.",
      );
    }
    const protocol = socket.getProtocol() ?? "TLS";
    if (days < urgent) {
      return failure(check, `The certificate ends in ${days} days.`, "Renew it now: its renewal has failed.");
    }
    if (days < renewed) return warning(check, `The certificate ends in ${days} days.`, "See that its renewal works.");
    return ok(check, `${protocol}, and the certificate is valid for ${days} more days.`);
  } finally {
    socket.destroy();
  }
}

function handshake({ url, patience, ca }: Target): Promise<TLSSocket | undefined> {
  const host = hostOf(url);
  return new Promise((resolve) => {
    const socket = connect({
      host,
      port: Number(url.port || 443),
      minVersion: "TLSv1.2",
      rejectUnauthorized: false,
      ...(isIP(host) !== 0 ? {} : { servername: host }),
      ...(ca === undefined ? {} : { ca }),
    });
    socket.setTimeout(patience, () => socket.destroy());
    socket.once("secureConnect", () => resolve(socket));
    socket.on("error", () => resolve(undefined));
    socket.once("close", () => resolve(undefined));
  });
}
