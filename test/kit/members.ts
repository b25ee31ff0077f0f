import {
  accept,
  admit,
  arrivals,
  type Circle,
  type Crypto,
  candidateBytes,
  consider,
  createIdentity,
  type Identity,
  type InviteOptions,
  invite,
  join,
  memoryStorage,
  openCircle,
  type Platform,
  type Storage,
  thisPlatform,
} from "../../src/client/index.ts";

/** A phrase for tests; real ones are generated. */
export const testPhrase = "shown aground delirious collie encourage dispense molehill";

/** A clock that tests move by hand. */
export type TestClock = { hours: number };

/** This machine, with a clock that a test moves. */
export async function testPlatform(clock?: TestClock, crypto?: Crypto["name"]): Promise<Platform> {
  const platform = await thisPlatform(crypto);
  if (clock === undefined) return platform;
  return { ...platform, now: () => Date.now() + clock.hours * 3_600_000 };
}

/** A new identity, with the floor of PBKDF2, which is the fastest that a vault may have here. */
export async function newMember(
  organization: string,
  platform: Platform,
  options: {
    readonly member?: string;
    readonly storage?: Storage;
    readonly organizationSeed?: Uint8Array<ArrayBuffer>;
  } = {},
): Promise<Identity> {
  return createIdentity(platform, options.storage ?? memoryStorage(), {
    phrase: testPhrase,
    organization,
    member: options.member ?? `Editor of ${organization}`,
    parameters: { kdf: "pbkdf2", memory: 0, passes: 600_000 },
    ...(options.organizationSeed === undefined ? {} : { organizationSeed: options.organizationSeed }),
  });
}

/** Brings a new member in: invitation, request, candidate, sponsors if given, admission, welcome. */
export async function bringIn(
  coordinator: Circle,
  identity: Identity,
  options: InviteOptions & {
    readonly beforeAdmission?: (candidate: Uint8Array<ArrayBuffer>) => Promise<void>;
    /** What the new member calls the circle. */
    readonly label?: string;
  } = {},
): Promise<Circle> {
  const { link } = await invite(coordinator, options);
  const { circle } = await join(identity, link, options.label ?? "circle");
  const [arrived] = await arrivals(coordinator);
  if (arrived === undefined) throw new Error("no join request arrived");
  const id = await consider(coordinator, arrived);
  const candidate = candidateBytes(coordinator, id);
  await options.beforeAdmission?.(candidate);
  await coordinator.sync();
  await admit(coordinator, candidate);
  if (!(await accept(identity, circle))) throw new Error("no welcome arrived");
  const opened = await openCircle(identity, circle);
  await opened.sync();
  await opened.settle();
  return opened;
}
