/* The circle's log: what was verified of it, and how two members compare what they were shown. */
import {
  type CircleId,
  type Compared,
  type Crypto,
  compareHead,
  exportLog,
  headCode,
  headWords,
  summaryOf,
  toHex,
  type VoidEntry,
  verifyAnew,
} from "../../../client/index.ts";
import type { Failure, Job } from "../rpc.ts";
import type { Session } from "../session.ts";

export type LogView = {
  /** Entries verified: the size of the last head that this device took. */
  readonly size: number;
  /** Hexadecimal. */
  readonly root: string;
  readonly words: readonly string[];
  /** The head for a QR code. */
  readonly code: string;
  readonly statements: number;
  readonly voids: readonly VoidEntry[];
  readonly epoch: number;
  /** Two heads that the host signed and that contradict each other are kept as proof. */
  readonly contradiction: boolean;
  /** Why the circle could not be brought up to date. */
  readonly trouble?: Failure;
  /** Milliseconds since 1970 of the last synchronization that ended well; absent: none in this session. */
  readonly verifiedAt?: number;
  /** Implementations of the cryptography that run here. */
  readonly implementations: readonly Crypto["name"][];
};

/** What a whole check came to. */
export type VerifiedView = {
  readonly crypto: Crypto["name"];
  readonly size: number;
  readonly root: string;
  readonly digest: string;
  readonly statements: number;
  readonly voids: number;
};

type About = { readonly circle: CircleId };

export function logMethods(session: Session) {
  return {
    show: async ({ circle: id, language }: About & { readonly language: string }): Promise<LogView> => {
      const { circle, trouble, verifiedAt } = await session.book(id);
      const { size, root, words, statements } = summaryOf(circle, language);
      return {
        size,
        root: toHex(root),
        words,
        code: headCode(circle),
        statements,
        voids: circle.ledger.voids,
        epoch: circle.state().acl.epoch,
        contradiction: circle.record().hostFault !== undefined,
        // Where WebAssembly does not run there is but one.
        implementations: circle.platform.crypto.name === "sodium" ? ["sodium", "noble"] : ["noble"],
        ...(trouble === undefined ? {} : { trouble }),
        ...(verifiedAt === undefined ? {} : { verifiedAt }),
      };
    },
    /** The words of a shorter log, for comparing with somebody who was shown fewer entries. */
    words: async ({ circle, size, language }: About & { readonly size: number; readonly language: string }) =>
      headWords((await session.book(circle)).circle, size, language),
    /** Fetches the whole log anew and verifies it from its beginning. */
    verify: async (
      { circle: id, crypto }: About & { readonly crypto: Crypto["name"] },
      job: Job,
    ): Promise<VerifiedView> => {
      const { circle } = await session.book(id);
      const { root, digest, ...verified } = await verifyAnew(circle, crypto, {
        signal: job.signal,
        onProgress: job.progress,
      });
      const { size, statements, voids } = verified;
      return { crypto, size, statements, voids, root: toHex(root), digest: toHex(digest) };
    },
    /** Compares another member's head, scanned from their device. What is new is fetched first. */
    compare: async ({ circle: id, code }: About & { readonly code: string }): Promise<Compared> => {
      const { circle } = await session.book(id);
      const first = compareHead(circle, code);
      if (first !== "more") return first;
      await circle.sync();
      session.changed();
      return compareHead(circle, code);
    },
    /** The log as it was received: ciphertext, entry by entry, that proves what the host showed. */
    export: async ({ circle }: About): Promise<Uint8Array<ArrayBuffer>> =>
      exportLog((await session.book(circle)).circle),
  };
}
