/* The identity on this device: made, unlocked, carried. */
import {
  changePhrase,
  createIdentity,
  hasIdentity,
  type Identity,
  importIdentity,
  type KdfParameters,
  kdfFloors,
  openIdentity,
} from "../../client/index.ts";
import { once } from "./lazily.ts";
import type { Session } from "./session.ts";
import { holdTab } from "./tab.ts";

export type IdentityState = {
  readonly exists: boolean;
  readonly unlocked: boolean;
  /** `file`: this browser keeps nothing; the identity file is written anew after every change. */
  readonly kept: "browser" | "file";
  /** It has changed since it was last saved, and a file is all that keeps it. */
  readonly unsaved: boolean;
  /** Which implementation of the cryptography runs here. */
  readonly crypto: "sodium" | "noble";
  /** The names in it, once it is unlocked. */
  readonly organization?: string;
  readonly member?: string;
};

/** WebAssembly off means that Argon2id would take half a minute here: then it is PBKDF2, natively (§2 Vault). */
export const kdfFor = (crypto: "sodium" | "noble"): KdfParameters =>
  crypto === "sodium" ? kdfFloors.argon2id : kdfFloors.pbkdf2;

export function identityMethods(
  session: Session,
  hear: { readonly onUnlock: () => void; readonly onLost: () => void },
) {
  const state = async (): Promise<IdentityState> => {
    const [storage, kept, { crypto }] = await Promise.all([session.storage(), session.kept(), session.platform()]);
    const record = session.isUnlocked() ? session.identity().read() : undefined;
    return {
      exists: record !== undefined || (await hasIdentity(storage)),
      unlocked: record !== undefined,
      kept,
      unsaved: session.isUnsaved(),
      crypto: crypto.name,
      ...(record === undefined ? {} : { organization: record.organization.name, member: record.member.name }),
    };
  };
  const further = once(() => import("./further.ts"));
  let held = false;
  const hold = async (force = false) => {
    session.prepare();
    if (held || (await session.kept()) === "file") return;
    await holdTab(force, hear.onLost);
    held = true;
  };
  const unlocked = async (identity: Identity) => {
    session.unlock(identity);
    hear.onUnlock();
    return state();
  };
  return {
    state,
    /** A phrase of seven words (90 bits), to be written down. */
    phrase: async (): Promise<string> => {
      const { generatePhrase } = await further();
      return generatePhrase((await session.platform()).random);
    },
    create: async ({ phrase, organization, member }: { phrase: string; organization: string; member: string }) => {
      await hold();
      const platform = await session.platform();
      const parameters = kdfFor(platform.crypto.name);
      return unlocked(
        await createIdentity(platform, await session.storage(), { phrase, organization, member, parameters }),
      );
    },
    /** With `force` another tab that holds the identity loses it. */
    unlock: async ({ phrase, force = false }: { phrase: string; force?: boolean }) => {
      await hold(force);
      return unlocked(await openIdentity(await session.platform(), await session.storage(), phrase));
    },
    /** Brings an identity file here; where there is one already it is refused. */
    bring: async ({ file, phrase }: { file: Uint8Array<ArrayBuffer>; phrase: string }) => {
      await hold();
      const made = await unlocked(
        await importIdentity(await session.platform(), await session.storage(), file, phrase),
      );
      // What was just read from a file is in that file.
      session.saved();
      return { ...made, unsaved: false };
    },
    /** Becomes a further device of a member by the code that the older one shows; the words of each circle are compared. */
    takeOver: async ({ code, phrase, language }: { code: string; phrase: string; language: string }) => {
      await hold();
      const { takeOver } = await further();
      const { identity, asked } = await takeOver(
        await session.platform(),
        await session.storage(),
        code,
        phrase,
        language,
      );
      return { state: await unlocked(identity), asked };
    },
    /** The identity file as it is now, to be carried elsewhere. It is sealed under the phrase. */
    export: async (): Promise<Uint8Array<ArrayBuffer>> => {
      const file = await session.identity().export();
      session.saved();
      return file;
    },
    changePhrase: async ({ phrase }: { phrase: string }) => unlocked(await changePhrase(session.identity(), phrase)),
    wipe: (): Promise<void> => session.wipe(),
  };
}
