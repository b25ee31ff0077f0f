/* How fast the host gives a log out, against a file of the same bytes. */
import { openCircle, thisPlatform } from "../../src/client/index.ts";
import { newestAccess } from "../../src/client/sync/keyring.ts";
import { httpTransport } from "../../src/client/transport/http.ts";
import { paths } from "../../src/core/log/index.ts";
import type { Figure } from "./figure.ts";
import { streamFigure } from "./stream.ts";
import { freshDevice, type World } from "./world.ts";

const pageEntries = 1024;

/** `read-stream`: megabytes a second of whole pages, signed requests one after the other. */
export async function benchRead(world: World): Promise<Figure[]> {
  const platform = await thisPlatform();
  const circle = await openCircle(await freshDevice(world, platform), world.circle);
  const access = newestAccess(circle.ledger.ring);
  if (access === undefined) throw new Error("no key to read with");
  const transport = httpTransport(platform, circle.host.endpoint);
  const readAll = async () => {
    let bytes = 0;
    for (let from = 0; from < world.statements; from += pageEntries) {
      const query = `from=${from}&limit=${pageEntries}`;
      bytes += (
        await transport.bytes({ method: "GET", path: paths.entries(world.circle), query, key: { seed: access.seed } })
      ).length;
    }
    return bytes;
  };
  return [await streamFigure("read-stream", readAll)];
}
