/* How safe things stand: heads, freshness, proofs against the host, what is kept here, what is held about somebody. */
import { type CircleId, displayIdentifier, isFresh, lookup, summaryOf } from "../../client/index.ts";
import type { Failure } from "./rpc.ts";
import type { Session } from "./session.ts";
import { type FoundView, foundView } from "./statements.ts";

export type CircleSafety = {
  readonly circle: CircleId;
  readonly label: string;
  readonly address: string;
  readonly epoch: number;
  /** Entries of the last head that was verified, and its words. */
  readonly entries: number;
  readonly words: readonly string[];
  /** Milliseconds since 1970 of the last synchronization that ended well; absent: none in this session. */
  readonly verifiedAt?: number;
  readonly fresh: boolean;
  readonly voids: number;
  /** The host signed two histories that contradict each other; both are kept as proof. */
  readonly proven: boolean;
  readonly trouble?: Failure;
};

export type Safety = {
  readonly circles: readonly CircleSafety[];
  /** Bytes that this browser keeps for the application, where it tells. */
  readonly stored?: number;
  readonly kept: "browser" | "file";
  readonly crypto: "sodium" | "noble";
};

/** Everything that the circles hold about one subject, to answer somebody who asks what is held about them. */
export type Holdings = {
  readonly understood: readonly { readonly kind: string; readonly display: string }[];
  readonly found: readonly FoundView[];
};

export function safetyMethods(session: Session) {
  return {
    overview: async ({ language }: { language: string }): Promise<Safety> => {
      const books = await session.books();
      const { usage } = (await navigator.storage?.estimate?.()) ?? {};
      return {
        kept: await session.kept(),
        crypto: (await session.platform()).crypto.name,
        ...(usage === undefined ? {} : { stored: usage }),
        circles: books.map(({ circle, trouble, verifiedAt }) => {
          const { label, address, hostFault } = circle.record();
          const { size, words, voids } = summaryOf(circle, language);
          return {
            circle: circle.id,
            label,
            address,
            epoch: circle.state().acl.epoch,
            entries: size,
            words,
            voids,
            fresh: isFresh(circle),
            proven: hostFault !== undefined,
            ...(verifiedAt === undefined ? {} : { verifiedAt }),
            ...(trouble === undefined ? {} : { trouble }),
          };
        }),
      };
    },
    about: async ({ subject }: { subject: string }): Promise<Holdings> => {
      const books = await session.books();
      const all = books.map((book) => ({ book, ...lookup(book.circle, subject, book.index()) }));
      return {
        understood: (all[0]?.understood ?? []).map(({ identifier }) => ({
          kind: identifier.kind,
          display: displayIdentifier(identifier),
        })),
        found: all.flatMap(({ book, found }) => found.map((one) => foundView(book, one))),
      };
    },
  };
}
