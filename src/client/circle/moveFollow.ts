/* What a running client needs to follow its circle to another host (§10). */
import { type CircleId, HostFault, type PublicKey, Refused, toId } from "../../core/codec/index.ts";
import type { Platform } from "../platform.ts";
import { Contradiction } from "../sync/heads.ts";
import { askHost, type HostClient, hostClient } from "../transport/host.ts";
import type { Endpoint, RequestKey } from "../transport/http.ts";

/** Why the log at another address is not followed, in words that say so. */
export function notFollowed(error: unknown): unknown {
  if (error instanceof Contradiction) {
    return new HostFault(
      "move.differs",
      "the log at the new host is another than this device has seen: do not follow, and compare heads with others",
    );
  }
  if (error instanceof HostFault && error.code === "host.stale") {
    return new HostFault(
      "move.behind",
      "the log at the new host lacks the last entries that this device has seen: whoever has them must bring it",
    );
  }
  return error;
}

/** The host at `endpoint`, where it has the key that the circle chose and serves the circle; otherwise `undefined`. */
export async function openAt(
  platform: Platform,
  endpoint: Endpoint,
  { id, access }: { readonly id: CircleId; readonly access: RequestKey },
): Promise<HostClient | undefined> {
  try {
    const { key } = await askHost(platform, endpoint.address);
    if (toId<PublicKey>(key) !== endpoint.key) return undefined;
    const host = hostClient(platform, endpoint, id);
    const { standing } = await host.entries(access, 0, { limit: 0 });
    return standing === "arriving" ? undefined : host;
  } catch (error) {
    // Not there yet, or not for this device: the old host is read on.
    if (error instanceof Refused || error instanceof HostFault) return undefined;
    throw error;
  }
}
