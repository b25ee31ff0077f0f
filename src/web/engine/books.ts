/* The circles that are open in the worker. To open an identity nothing of this is needed: it is fetched meanwhile. */
import {
  type Circle,
  type CircleId,
  type Engine,
  engineOf,
  findCircle,
  type Identity,
  indexStatements,
  type Names,
  namesIn,
  openCircle,
  openSynced,
  type StatementIndex,
  type SyncOptions,
} from "../../client/index.ts";
import type { Failure } from "./rpc.ts";

/** An open circle with what is worked out from it once for every state that it is in. */
export type Book = {
  readonly circle: Circle;
  readonly names: () => Names;
  readonly index: () => StatementIndex;
  /** Anything else that is worked out from the circle, once for every state that it is in. */
  readonly once: <T>(make: (circle: Circle) => T) => T;
  /** Why the last synchronization did not end, if it did not: what is shown is then what was here before. */
  trouble: Failure | undefined;
  /** Milliseconds since 1970 of the last synchronization that ended well. */
  verifiedAt: number | undefined;
};

export type Books = {
  /** Opens a circle, synchronized at the first time; afterwards as it is. */
  readonly book: (circle: CircleId, options?: SyncOptions) => Promise<Book>;
  /** Every circle that can be read, by the same rule. One whose host does not answer is shown as it was. */
  readonly books: (options?: SyncOptions) => Promise<readonly Book[]>;
  /** What all circles say together, for assessments. */
  readonly engine: () => Promise<Engine>;
};

/** How far a circle was read and verified: what is worked out from it holds as long as this is the same. */
const stateOf = ({ ledger }: Circle) => [ledger.next, ledger.waiting, ledger.voids.length, ledger.missing.size].join();

/** `make`, made again only where `state` has changed. */
function kept<T>(state: () => string, make: () => T): () => T {
  let last: { readonly state: string; readonly made: T } | undefined;
  return () => {
    const now = state();
    if (last?.state !== now) last = { state: now, made: make() };
    return last.made;
  };
}

function bookOf(circle: Circle, verifiedAt?: number): Book {
  const state = () => stateOf(circle);
  const made = new Map<unknown, () => unknown>();
  return {
    circle,
    names: kept(state, () => namesIn(circle)),
    index: kept(state, () => indexStatements(circle)),
    once: <T>(make: (circle: Circle) => T): T => {
      const known = made.get(make) ?? kept(state, () => make(circle));
      made.set(make, known);
      return known() as T;
    },
    trouble: undefined,
    verifiedAt,
  };
}

/**
 * A circle as this device last knew it, at once, to be brought up to date behind; or, where it knows nothing yet, fetched
 * and verified first.
 */
async function openBook(identity: Identity, id: CircleId, options?: SyncOptions): Promise<Book> {
  const known = await openCircle(identity, id);
  if (known.ledger.state !== undefined) return bookOf(known);
  const circle = await openSynced(identity, id, options);
  return bookOf(circle, circle.platform.now());
}

/** The circles of `identity`, each opened once. */
export function createBooks(identity: () => Identity): Books {
  const books = new Map<CircleId, Promise<Book>>();
  let engine: { readonly state: string; readonly made: Engine } | undefined;
  const book = (id: CircleId, options?: SyncOptions): Promise<Book> => {
    const known = books.get(id);
    if (known !== undefined) return known;
    const opened = openBook(identity(), findCircle(identity(), id).circle, options);
    books.set(id, opened);
    opened.catch(() => books.delete(id));
    return opened;
  };
  const all = (options?: SyncOptions) => {
    const readable = identity()
      .read()
      .circles.filter((record) => record.seeds.length > 0);
    return Promise.all(readable.map((record) => book(record.circle, options)));
  };
  return {
    book,
    books: all,
    engine: async () => {
      const circles = (await all()).map(({ circle }) => circle);
      const state = circles.map((circle) => `${circle.id} ${stateOf(circle)}`).join();
      if (engine?.state !== state) engine = { state, made: engineOf(circles) };
      return engine.made;
    },
  };
}
