/* Who vouches for whom in a circle: the last word of each organization about each other one. */
import type { OrganizationId, StatementOf } from "../../../client/index.ts";
import type { Book } from "../session.ts";
import { type FoundView, foundView, type Named, organizationIn } from "../statements.ts";

export type VouchView = {
  readonly by: Named<OrganizationId>;
  readonly for: Named<OrganizationId>;
  readonly role: StatementOf<"vouch">["role"];
  readonly basis?: StatementOf<"vouch">["basis"];
  readonly expires?: number;
  readonly found: FoundView;
};

const msPerDay = 86_400_000;

/** Vouches that stand: not retracted, void or past their day, nor taken back by one of nothing. */
function standing(book: Book): readonly VouchView[] {
  const today = Math.floor(book.circle.platform.now() / msPerDay);
  const last = new Map<string, VouchView>();
  for (const { statement, hash, organization } of book.circle.statements()) {
    if (statement.kind !== "vouch") continue;
    const key = `${organization} ${statement.vouched}`;
    last.delete(key);
    const found = book.index().byHash(hash);
    const lapsed = statement.expires !== undefined && statement.expires < today;
    if (found?.counts !== true || statement.amount === 0 || lapsed) continue;
    last.set(key, {
      by: organizationIn(book, organization),
      for: organizationIn(book, statement.vouched),
      role: statement.role,
      found: foundView(book, found),
      ...(statement.basis === undefined ? {} : { basis: statement.basis }),
      ...(statement.expires === undefined ? {} : { expires: statement.expires }),
    });
  }
  return [...last.values()];
}

export const vouchesBy = (book: Book, id: OrganizationId) => standing(book).filter((vouch) => vouch.by.id === id);
export const vouchesFor = (book: Book, id: OrganizationId) => standing(book).filter((vouch) => vouch.for.id === id);
