import { lookup } from "node:dns/promises";
import { isShared } from "../node-sources.ts";
import { hostOf } from "./ask.ts";
import { type Finding, ok, warning } from "./finding.ts";

/** Where a deployment is, seen from here. */
export type Place = "machine" | "network" | "onion" | "public";

/** The place of a host's name. A name that leads nowhere is called public: what is asked there fails by itself. */
export async function placeOf(url: URL): Promise<Place> {
  const name = hostOf(url);
  if (name.endsWith(".onion")) return "onion";
  const found = await lookup(name, { all: true }).catch(() => []);
  const addresses = found.map(({ address }) => address);
  if (addresses.length === 0) return "public";
  if (addresses.every((address) => address === "::1" || address.startsWith("127."))) return "machine";
  return addresses.every(isShared) ? "network" : "public";
}

const check = "outside";

/** What can be said from here about whether others reach the host. */
export function outsideFinding(place: Place): Finding {
  if (place === "machine") {
    return ok(
      check,
      "Asked from the machine itself: whether others reach the host cannot be known from here. Ask again from elsewhere, with the address that members use.",
    );
  }
  if (place === "network") {
    return ok(check, "Answers in this network. Whether it can be reached from outside cannot be known from here.");
  }
  if (place === "onion") return ok(check, "Answers as an onion service.");
  return warning(
    check,
    "Answers at a public address, so whoever watches the network sees which addresses use it.",
    "Offer an onion service as well, and tell members to use it always (deploy/torrc).",
  );
}
