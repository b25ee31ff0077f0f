/* The devices of this member: listed, added, revoked. */
import {
  arrivals,
  type Circle,
  type CircleId,
  consider,
  type DeviceId,
  generatePhrase,
  handOver,
  isActive,
  isOwnDevice,
  revokeDevice,
} from "../../client/index.ts";
import { kdfFor } from "./identity.ts";
import type { Session } from "./session.ts";

export type DeviceView = {
  readonly id: DeviceId;
  /** The device that this is. */
  readonly own: boolean;
  readonly active: boolean;
  /** Position at which it got its authority. */
  readonly since: number;
};

/** One circle's devices of this member, and those that ask to become one. */
export type DevicesView = {
  readonly circle: CircleId;
  readonly label: string;
  readonly devices: readonly DeviceView[];
  /** Where somebody else may hold the code, its code says so. */
  readonly asking: readonly { readonly key: string; readonly words: readonly string[] }[];
};

function devicesIn(circle: Circle): readonly DeviceView[] {
  const state = circle.state();
  const own = state.devices.get(circle.device);
  return [...state.devices.values()]
    .filter((device) => device.member === own?.member)
    .map((device) => ({
      id: device.id,
      own: device.id === circle.device,
      active: isActive(device),
      since: device.active[0]?.from ?? 0,
    }));
}

export function deviceMethods(session: Session) {
  const asking = async (circle: Circle, language: string) =>
    (await arrivals(circle, language)).filter((arrived) => isOwnDevice(circle, arrived));
  return {
    list: async ({ language }: { language: string }): Promise<readonly DevicesView[]> =>
      Promise.all(
        (await session.books()).map(async ({ circle }) => ({
          circle: circle.id,
          label: circle.record().label,
          devices: devicesIn(circle),
          asking: (await asking(circle, language)).map(({ inviteKey, words }) => ({ key: inviteKey, words })),
        })),
      ),
    /** The code for a further device, and the phrase that opens it there: a new one, for this once. */
    handOver: async (): Promise<{ readonly code: string; readonly phrase: string }> => {
      const platform = await session.platform();
      const books = await session.books();
      const phrase = generatePhrase(platform.random);
      const circles = books.map(({ circle }) => circle);
      const code = await handOver(session.identity(), circles, phrase, kdfFor(platform.crypto.name));
      return { code, phrase };
    },
    /** Adds a device that asks, once its words were compared. */
    add: async ({ circle, key, language }: { circle: CircleId; key: string; language: string }): Promise<void> => {
      const book = await session.book(circle);
      const arrived = (await asking(book.circle, language)).find((one) => one.inviteKey === key);
      if (arrived !== undefined) await consider(book.circle, arrived);
      session.changed();
    },
    /** Ends the authority of another device of this member, for good. */
    revoke: async ({ circle, device }: { circle: CircleId; device: DeviceId }): Promise<void> => {
      await revokeDevice((await session.book(circle)).circle, device);
      session.changed();
    },
  };
}
