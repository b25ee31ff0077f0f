/* Going to the host that a circle has chosen (§10): never to a log that lacks what this device has seen. */
import { type CircleId, type PublicKey, toId, UsageError } from "../../core/codec/index.ts";
import { type Identity, identityApart, withCircle } from "../identity/identity.ts";
import { askHost } from "../transport/host.ts";
import type { Endpoint } from "../transport/http.ts";
import { type Circle, openCircle } from "./circle.ts";
import { notFollowed } from "./moveFollow.ts";

/** The circle as the host at `address` shows it, verified whole and apart from what this device keeps. */
export async function circleThere(identity: Identity, id: CircleId, endpoint: Endpoint): Promise<Circle> {
  const apart = identityApart(identity);
  await apart.update((record) =>
    withCircle(record, id, ({ hostFault: _, ...before }) => ({
      ...before,
      address: endpoint.address,
      hostKey: endpoint.key,
    })),
  );
  const circle = await openCircle(apart, id, true);
  try {
    await circle.sync();
  } catch (error) {
    throw notFollowed(error);
  }
  return circle;
}

/**
 * Goes to the address that a member was told (the old host is gone, or has another address now): fetches the log
 * there, verifies that it goes on from what this device has seen, and that a `host` entry with quorum, or genesis,
 * names the host; only then is it kept.
 *
 * Throws `UsageError` `move.not-carried`, `HostFault` `move.behind` or `move.differs`, and what a synchronization throws.
 */
export async function goTo(identity: Identity, id: CircleId, address: string): Promise<Circle> {
  const hostKey = toId<PublicKey>((await askHost(identity.platform, address)).key);
  const there = await circleThere(identity, id, { address, key: hostKey });
  if (there.state().host.key !== hostKey) {
    throw new UsageError(
      "move.not-carried",
      "the circle has not chosen this host: not enough organizations have approved it, or it is the wrong address",
    );
  }
  await identity.update((before) =>
    withCircle(before, id, ({ hostFault: _, ...kept }) => ({ ...kept, address, hostKey })),
  );
  const circle = await openCircle(identity, id);
  await circle.sync();
  return circle;
}
