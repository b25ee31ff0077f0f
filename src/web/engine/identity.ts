/* The identity on this device: made, unlocked, carried. */
import {
  changePhrase,
  createIdentity,
  generatePhrase,
  hasIdentity,
  importIdentity,
  type KdfParameters,
  kdfFloors,
  openIdentity,
} from "../../client/index.ts";
import type { Session } from "./session.ts";

export type IdentityState = {
  readonly exists: boolean;
  readonly unlocked: boolean;
  /** `file`: this browser keeps nothing; the identity file is written anew after every change. */
  readonly kept: "browser" | "file";
  /** Which implementation of the cryptography runs here. */
  readonly crypto: "sodium" | "noble";
  /** The names in it, once it is unlocked. */
  readonly organization?: string;
  readonly member?: string;
};

/** WebAssembly off means that Argon2id would take half a minute here: then it is PBKDF2, natively (§2 Vault). */
const kdfFor = (crypto: "sodium" | "noble"): KdfParameters =>
  crypto === "sodium" ? kdfFloors.argon2id : kdfFloors.pbkdf2;

export function identityMethods(session: Session, onUnlock: () => void) {
  const state = async (): Promise<IdentityState> => {
    const [storage, kept, { crypto }] = await Promise.all([session.storage(), session.kept(), session.platform()]);
    const record = session.isUnlocked() ? session.identity().read() : undefined;
    return {
      exists: await hasIdentity(storage),
      unlocked: record !== undefined,
      kept,
      crypto: crypto.name,
      ...(record === undefined ? {} : { organization: record.organization.name, member: record.member.name }),
    };
  };
  const unlocked = async (identity: ReturnType<Session["identity"]>) => {
    session.unlock(identity);
    onUnlock();
    return state();
  };
  return {
    state,
    /** A phrase of seven words (90 bits), to be written down. */
    phrase: async (): Promise<string> => generatePhrase((await session.platform()).random),
    create: async ({ phrase, organization, member }: { phrase: string; organization: string; member: string }) => {
      const platform = await session.platform();
      const parameters = kdfFor(platform.crypto.name);
      return unlocked(
        await createIdentity(platform, await session.storage(), { phrase, organization, member, parameters }),
      );
    },
    unlock: async ({ phrase }: { phrase: string }) =>
      unlocked(await openIdentity(await session.platform(), await session.storage(), phrase)),
    /** Brings an identity file here; where there is one already it is refused. */
    bring: async ({ file, phrase }: { file: Uint8Array<ArrayBuffer>; phrase: string }) =>
      unlocked(await importIdentity(await session.platform(), await session.storage(), file, phrase)),
    /** The identity file as it is now, to be carried elsewhere. It is sealed under the phrase. */
    export: (): Promise<Uint8Array<ArrayBuffer>> => session.identity().export(),
    changePhrase: async ({ phrase }: { phrase: string }) => unlocked(await changePhrase(session.identity(), phrase)),
    wipe: (): Promise<void> => session.wipe(),
  };
}
