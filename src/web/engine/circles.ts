/* The circles of an identity: found, joined, brought up to date. */
import {
  accept,
  type CircleId,
  foundCircle,
  isFresh,
  join,
  mayAct,
  type Policy,
  type Role,
  readInvitation,
  summaryOf,
} from "../../client/index.ts";
import { type Failure, failureOf, type Job } from "./rpc.ts";
import type { Book, Session } from "./session.ts";
import { organizationIn } from "./statements.ts";
import { refreshAll } from "./watch.ts";

/** A circle in a list. */
export type CircleView = {
  readonly id: CircleId;
  readonly label: string;
  readonly address: string;
  /** Asked to join, and not admitted yet. */
  readonly waiting: boolean;
  readonly kind?: Policy["kind"];
  /** Absent where this device may no longer act. */
  readonly role?: Role;
  /** False: nothing new has come for longer than the check-in interval; the host may be withholding. */
  readonly fresh?: boolean;
  readonly entries?: number;
  readonly statements?: number;
  readonly voids?: number;
  readonly epoch?: number;
  readonly organizations?: number;
  /** The host's clock and this device's are further apart than a host takes requests for. */
  readonly clock?: "apart";
  /** Why it could not be brought up to date. */
  readonly trouble?: Failure;
};

/** What an open circle looks like in a list. */
export function circleView({ circle, trouble }: Book): CircleView {
  const state = circle.state();
  const { label, address } = circle.record();
  return {
    id: circle.id,
    label,
    address,
    waiting: false,
    kind: state.policy.kind,
    fresh: isFresh(circle),
    entries: state.position,
    statements: circle.statements().length,
    voids: circle.ledger.voids.length,
    epoch: state.acl.epoch,
    organizations: state.organizations.size,
    ...(mayAct(circle) ? { role: circle.me().role } : {}),
    ...(circle.host.clocksApart ? { clock: "apart" as const } : {}),
    ...(trouble === undefined ? {} : { trouble }),
  };
}

export type Founding = {
  readonly label: string;
  readonly address: string;
  readonly kind: Policy["kind"];
  readonly foundingToken?: string;
};

export function circleMethods(session: Session) {
  return {
    list: async (_: undefined, job: Job): Promise<readonly CircleView[]> => {
      const options = { signal: job.signal, onProgress: job.progress };
      const views = session
        .identity()
        .read()
        .circles.map(async (record): Promise<CircleView> => {
          const { circle: id, label, address } = record;
          const waiting = record.seeds.length === 0;
          if (waiting) return { id, label, address, waiting };
          try {
            return circleView(await session.book(id, options));
          } catch (error) {
            if (job.signal.aborted) throw error;
            // One circle that cannot be opened hides no other.
            return { id, label, address, waiting, trouble: failureOf(error) };
          }
        });
      return Promise.all(views);
    },
    found: async ({ label, address, kind, foundingToken }: Founding): Promise<CircleView> => {
      const circle = await foundCircle(session.identity(), {
        address,
        label,
        policy: { kind },
        ...(foundingToken === undefined ? {} : { foundingToken }),
      });
      return circleView(await session.book(circle.id));
    },
    /** What an invitation leads to, before anything is sent. */
    invitation: async ({ link }: { link: string }) => {
      const { address, circle } = readInvitation(link);
      return { address, circle };
    },
    /** Asks to join; the words are compared by voice before anything else happens. */
    join: async ({ link, label, language }: { link: string; label: string; language: string }) =>
      join(session.identity(), link, label, language),
    /** Looks whether the admission has come. */
    finish: async ({ circle }: { circle: CircleId }, job: Job): Promise<boolean> => {
      if (!(await accept(session.identity(), circle))) return false;
      await session.book(circle, { signal: job.signal, onProgress: job.progress });
      session.changed();
      return true;
    },
    /** The other organizations of a circle. */
    organizations: async ({ circle }: { circle: CircleId }) => {
      const book = await session.book(circle);
      const own = session.identity().read().organization.id;
      return [...book.circle.state().organizations.keys()]
        .filter((id) => id !== own)
        .map((id) => organizationIn(book, id));
    },
    /** Brings every circle up to date now, with progress. */
    refresh: (): Promise<void> => refreshAll(session),
    /** Size, root and the words that two members compare by voice. */
    head: async ({ circle, language }: { circle: CircleId; language: string }) => {
      const { size, root, words } = summaryOf((await session.book(circle)).circle, language);
      return { size, root, words };
    },
  };
}
