/* Keeps open circles up to date while the person works. */
import { Contradiction, HostFault, keepUp, Refused } from "../../client/index.ts";
import { failureOf } from "./rpc.ts";
import type { Book, Session } from "./session.ts";

/** Between two looks at the host, in milliseconds: the same shape of request every time (attack 39). */
const pause = 8_000;
/** A part of the pause that is random, so that looks of many members do not fall together. */
const jitter = 4_000;

/**
 * Brings one circle up to date and notes on the book why that did not end, if it did not. `write`: what the member
 * owes the circle is done, too. Returns whether anything is new.
 */
export async function refresh(book: Book, write = false): Promise<boolean> {
  const { circle } = book;
  const shown = () => [circle.ledger.next, book.trouble?.code, circle.host.clocksApart].join();
  const before = shown();
  try {
    await circle.sync();
    await circle.settle();
    book.trouble = undefined;
    book.verifiedAt = circle.platform.now();
    if (write) await keepUp(circle, true);
  } catch (error) {
    if (!(error instanceof Refused) && !(error instanceof HostFault) && !(error instanceof Contradiction)) throw error;
    book.trouble = failureOf(error);
  }
  return before !== shown();
}

/** Brings every circle up to date, and tells the page where anything is new. */
export async function refreshAll(session: Session): Promise<void> {
  const books = await session.books();
  const news = await Promise.all(books.map((book) => refresh(book, true)));
  if (news.includes(true)) session.changed();
}

/** Looks at every circle again and again until the worker ends. */
export async function watch(session: Session): Promise<never> {
  for (;;) {
    // One look that fails does not end the watch: what the person does next tells them why.
    await refreshAll(session).catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, pause + Math.random() * jitter));
  }
}
