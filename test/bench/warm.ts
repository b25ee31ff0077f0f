/* Opening a circle that was synchronized before, from the copy on this device. */
import { indexStatements, openCircle, openIdentity, thisPlatform } from "../../src/client/index.ts";
import { nodeFiles } from "../../src/client/storage/node-files.ts";
import { testPhrase } from "../kit/members.ts";
import { type Figure, figure, median, medianTime, timed } from "./figure.ts";
import { bareLibsodium } from "./floor.ts";
import { freshDevice, type World } from "./world.ts";

const runs = 5;

/** `open-warm`: until everything is opened, indexed and shown; no network. The floor is decryption alone. */
export async function benchWarm(world: World): Promise<Figure[]> {
  const platform = await thisPlatform();
  const device = await freshDevice(world, platform);
  const circle = await openCircle(device, world.circle);
  await circle.sync();
  await circle.settle();
  const floor = await medianTime(runs, await bareLibsodium(circle, { verifying: false }));
  const times: number[] = [];
  for (let run = 0; run < runs; run++) {
    const identity = await openIdentity(platform, nodeFiles(device.directory), testPhrase);
    globalThis.gc?.();
    const { ms, result } = await timed(async () => {
      const opened = await openCircle(identity, world.circle);
      return { index: indexStatements(opened), opened };
    });
    if (result.opened.statements().length < world.statements) throw new Error("statements are missing");
    times.push(ms);
  }
  return [figure("open-warm", median(times), "ms", floor)];
}
