import { homedir } from "node:os";
import { join } from "node:path";
import {
  type Circle,
  type CircleRecord,
  findCircle,
  type Identity,
  type KdfParameters,
  kdfFloors,
  keepUp,
  openCircle,
  openIdentity,
  openSynced,
  type Platform,
  type Storage,
  thisPlatform,
  UsageError,
} from "../client/index.ts";
import { nodeFiles } from "../client/storage/node-files.ts";
import { holdHome } from "./lock.ts";
import { askPhrase, type PhraseSources } from "./phrase.ts";
import { progressBar } from "./progress.ts";
import { painted, wantsColor, wrap } from "./text.ts";

/** Options that every command takes. */
export type GlobalOptions = {
  readonly json?: boolean;
  readonly home?: string;
  readonly circle?: string;
  readonly passphraseFile?: string;
  readonly debug?: boolean;
};

/** What a command answers: a document for programs, and text for people. */
export type Answer = { readonly json: unknown; readonly text: string };

/** How a circle is taken: for writing, what is owed to it is done first. */
export type Taking = { readonly write?: boolean; readonly offline?: boolean };

/** One run of a command: what it has to work with. */
export type Run = {
  readonly options: GlobalOptions;
  readonly home: string;
  readonly storage: Storage;
  readonly phraseSources: PhraseSources;
  /** What a new vault is made with; `undefined` for the usual. */
  readonly kdf: KdfParameters | undefined;
  platform(): Promise<Platform>;
  /** Keeps other processes off the home until this one ends. */
  hold(): Promise<void>;
  identity(): Promise<Identity>;
  /** The records of the circles that `--circle` names, or all. */
  records(): Promise<readonly CircleRecord[]>;
  /** The one circle that is meant, synchronized. */
  circle(taking?: Taking): Promise<Circle>;
  /** A circle of this identity, synchronized. */
  open(record: CircleRecord, taking?: Taking): Promise<Circle>;
  /** A sentence on stderr. */
  warn(text: string): void;
};

function chosenKdf(name: string | undefined): KdfParameters | undefined {
  if (name === undefined || name === "") return undefined;
  if (!Object.hasOwn(kdfFloors, name)) throw new UsageError("cli.kdf", "SYMBOLON_KDF is argon2id or pbkdf2");
  return kdfFloors[name as keyof typeof kdfFloors];
}

/** A run with these options, in this environment. Nothing is read before it is asked for. */
export function runOf(options: GlobalOptions, env: NodeJS.ProcessEnv = process.env): Run {
  const home = options.home ?? (env.SYMBOLON_HOME || join(homedir(), ".symbolon"));
  let files: Storage | undefined;
  let held: Promise<void> | undefined;
  let machine: Promise<Platform> | undefined;
  let unlocked: Promise<Identity> | undefined;
  const phraseSources: PhraseSources = {
    ...(options.passphraseFile === undefined ? {} : { file: options.passphraseFile }),
    ...(env.SYMBOLON_PASSPHRASE === undefined ? {} : { variable: env.SYMBOLON_PASSPHRASE }),
  };

  async function unlock(): Promise<Identity> {
    if ((await run.storage.read("identity.vault")) === undefined) {
      throw new UsageError(
        "identity.none",
        "there is no identity here: make one with symbolon init, or name its --home",
      );
    }
    const phrase = await askPhrase(phraseSources);
    await run.hold();
    return openIdentity(await run.platform(), run.storage, phrase);
  }

  /** Synchronized, with a bar for what takes long. */
  async function fresh(identity: Identity, record: CircleRecord): Promise<Circle> {
    const bar = progressBar();
    try {
      return await openSynced(identity, record.circle, bar.options);
    } finally {
      bar.end();
    }
  }

  const run: Run = {
    options,
    home,
    get storage() {
      files ??= nodeFiles(home);
      return files;
    },
    phraseSources,
    get kdf() {
      return chosenKdf(env.SYMBOLON_KDF);
    },
    platform: () => {
      machine ??= thisPlatform();
      return machine;
    },
    hold: () => {
      held ??= holdHome(home);
      return held;
    },
    identity: () => {
      unlocked ??= unlock();
      return unlocked;
    },
    records: async () => {
      const identity = await run.identity();
      if (options.circle !== undefined) return [findCircle(identity, options.circle)];
      return identity.read().circles;
    },
    circle: async (taking = {}) => {
      const [only, second] = await run.records();
      if (only === undefined) {
        throw new UsageError("circle.none", "this identity is in no circle: found one, or join one");
      }
      if (second !== undefined)
        throw new UsageError("circle.choose", "name the circle: --circle NAME (see circle list)");
      return run.open(only, taking);
    },
    open: async (record, taking = {}) => {
      const identity = await run.identity();
      if (taking.offline === true) return openCircle(identity, record.circle);
      const circle = await fresh(identity, record);
      await upkeep(run, circle, taking.write === true);
      return circle;
    },
    warn: (text) => {
      process.stderr.write(`${painted(wrap(text, "! ", "  "), wantsColor(process.stderr))}\n`);
    },
  };
  return run;
}

/** Why a circle takes nothing as it stands at its host. */
const closedBecause: Readonly<Record<string, string>> = {
  restored: "its host was restored from a backup and waits for what members have and it lost",
  arriving: "it has not moved to this host yet, and others have to approve (symbolon circle move)",
  left: "it has moved, and its new host cannot be reached yet",
};

/** What is owed to the circle is done, and what a person should know of it is told. */
async function upkeep(run: Run, circle: Circle, write: boolean): Promise<void> {
  const { label } = circle.record();
  const closed = closedBecause[circle.standing()];
  if (closed !== undefined) run.warn(`Nothing can be written in “${label}” now: ${closed}.`);
  const kept = await keepUp(circle, write);
  if (!kept.fresh) {
    run.warn(
      `Nothing new has come in “${label}” for longer than the check-in interval: the host may be withholding. Ask others by another way.`,
    );
    return;
  }
  if (!kept.active) run.warn(`This device may no longer act in “${label}”: it reads what came before.`);
  if (kept.rotated) run.warn("A rotation was owed for a revoked device and was made.");
  if (kept.rotationOwed) {
    run.warn("A rotation is owed for a revoked device, which still reads: a coordinator's client makes it next time.");
  }
  if (kept.checkInDue) run.warn("A check-in is due: any command that writes sends it.");
  if (kept.failed) {
    run.warn("What this device owes the circle (check-in, rotation) could not be sent; it is tried again next time.");
  }
}
