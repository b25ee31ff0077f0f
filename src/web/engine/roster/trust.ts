/* Who brought whom in, and on whom most trust hangs. */
import { type CircleId, type OrganizationId, overview } from "../../../client/index.ts";
import type { Book, Session } from "../session.ts";
import type { Named } from "../statements.ts";
import { type OrganizationRow, organizationRow } from "./overview.ts";

/** An organization in the tree of invitations, with those whom it brought in. */
export type TreeNode = OrganizationRow & { readonly broughtIn: readonly TreeNode[] };

export type HangingView = {
  readonly organization: Named<OrganizationId>;
  /** Organizations to which nobody else leads. */
  readonly alone: readonly Named<OrganizationId>[];
};

export type BurstView = {
  /** Kind and value of the identifier that was flagged. */
  readonly identifier: string;
  readonly root: Named<OrganizationId>;
  readonly organizations: readonly Named<OrganizationId>[];
  readonly fromHour: number;
  readonly toHour: number;
};

export type TrustView = {
  /** Founders first; each with those whom it brought in. */
  readonly tree: readonly TreeNode[];
  /** On whom most trust hangs, the most first. */
  readonly hanging: readonly HangingView[];
  /** Ways to everybody else that share no organization. */
  readonly ways: number;
  readonly bursts: readonly BurstView[];
  /** Organizations of the circle that no chain of vouches reaches. */
  readonly unreachable: readonly Named<OrganizationId>[];
};

function treeOf(book: Book): readonly TreeNode[] {
  const all = [...book.circle.state().organizations.values()];
  const under = (inviter: OrganizationId | undefined): readonly TreeNode[] =>
    all
      .filter((organization) => organization.inviter === inviter)
      .map(({ id }) => ({ ...organizationRow(book, id), broughtIn: under(id) }));
  return under(undefined);
}

export function trustMethods(session: Session) {
  return {
    show: async ({ circle: id }: { circle: CircleId }): Promise<TrustView> => {
      const [book, books, engine] = await Promise.all([session.book(id), session.books(), session.engine()]);
      const { circle } = book;
      const named = (organization: OrganizationId): Named<OrganizationId> => ({
        id: organization,
        name: books.map(({ names }) => names().organizations.get(organization)).find((name) => name !== undefined),
      });
      const viewer = circle.identity.read().organization.id;
      const now = Math.floor(circle.platform.now() / 3_600_000);
      const { hanging, branches, bursts, unreachable } = overview(engine, { viewer, now });
      const { organizations, policy } = circle.state();
      return {
        tree: treeOf(book),
        ways: branches.count,
        hanging: hanging.map((one) => ({
          organization: named(one.organization),
          alone: one.alone.map((other) => named(other as OrganizationId)),
        })),
        bursts: bursts.map((burst) => ({
          identifier: burst.identifier,
          root: named(burst.root),
          organizations: burst.organizations.map(named),
          fromHour: burst.fromHour,
          toHour: burst.toHour,
        })),
        // In an organization's own circle nobody vouches.
        unreachable:
          policy.kind === "organization" ? [] : unreachable.filter((one) => organizations.has(one)).map(named),
      };
    },
  };
}
