/* Removing a member of a circle of 200 devices, against the bare wraps. */
import {
  accept,
  admit,
  arrivals,
  type Circle,
  candidateBytes,
  consider,
  execute,
  foundCircle,
  type Identity,
  invite,
  join,
  type MemberId,
  propose,
  thisPlatform,
} from "../../src/client/index.ts";
import { devicesAt } from "../../src/core/circle/index.ts";
import { wrapKey } from "../../src/core/crypto/index.ts";
import { startHostProcess } from "../kit/host-process.ts";
import { type Figure, figure, median, timed } from "./figure.ts";
import { lightIdentity } from "./light.ts";

const devices = 200;
const runs = 15;

async function bringIn(coordinator: Circle, identity: Identity): Promise<MemberId> {
  const { link, key } = await invite(coordinator);
  const { circle } = await join(identity, link, "press");
  const [arrived] = await arrivals(coordinator);
  if (arrived === undefined) throw new Error("no join request arrived");
  const candidate = candidateBytes(coordinator, await consider(coordinator, arrived));
  await admit(coordinator, candidate);
  if (!(await accept(identity, circle))) throw new Error("no welcome arrived");
  // A host keeps no more than 200 mailboxes of a circle.
  await coordinator.host.closeMailbox(key, coordinator.access());
  return arrived.checked.request.device.id as string as MemberId;
}

/** `rotate-200`: from a carried proposal until the removal is in the verified log and its author has read it. The floor is 200 wraps. */
export async function benchRotate(): Promise<Figure[]> {
  const host = await startHostProcess();
  const platform = await thisPlatform();
  const circle = await foundCircle(lightIdentity(platform, "Newsroom"), {
    address: host.url,
    label: "press",
    policy: { windowHours: 0, sponsors: 0, quorum: 1, admissionsPer30Days: 1000 },
  });
  const members: MemberId[] = [];
  while (members.length < devices + runs) {
    members.push(await bringIn(circle, lightIdentity(platform, `Newsroom ${members.length}`)));
  }
  const { crypto, random } = platform;
  const there = devicesAt(circle.state(), circle.state().position).slice(0, devices);
  const wraps = () => {
    const seed = random(32);
    for (const { id, keys } of there) wrapKey(crypto, seed, keys.kem, { circle: circle.id, number: 1, device: id });
  };
  const floors: number[] = [];
  const times: number[] = [];
  // In turns, so that whatever else the machine does meets both.
  for (let run = 0; run < runs; run++) {
    globalThis.gc?.();
    floors.push((await timed(wraps)).ms);
    const member = members.pop() as MemberId;
    // The vote comes before, and takes days; what is measured is the rotation that carries it out.
    const proposal = await propose(circle, { kind: "remove", target: { kind: "member", member } });
    globalThis.gc?.();
    times.push((await timed(() => execute(circle, proposal))).ms);
    if (circle.state().members.get(member)?.status !== "removed") throw new Error("the member is still there");
  }
  await host.end();
  host.remove();
  return [figure("rotate-200", median(times), "ms", median(floors))];
}
