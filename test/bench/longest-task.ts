/* How long a page's own thread was busy at one stretch, as Chromium's tracing tells it. */
import type { Browser, Page } from "playwright-core";

type TraceEvent = {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds that the thread itself ran. */
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
};

/**
 * The longest task, in milliseconds, of the threads that show pages while `act` runs. It counts the time that the thread
 * ran, not the time that it waited for a processor: a busy machine would be measured otherwise.
 */
export async function longestTask(browser: Browser, page: Page, act: () => Promise<void>): Promise<number> {
  await browser.startTracing(page, { categories: ["toplevel"] });
  await act();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as {
    traceEvents: readonly TraceEvent[];
  };
  const idOf = ({ pid, tid }: TraceEvent) => `${pid} ${tid}`;
  const pages = new Set(
    traceEvents.filter((one) => one.name === "thread_name" && one.args?.name === "CrRendererMain").map(idOf),
  );
  const tasks = traceEvents.filter((one) => one.ph === "X" && one.tdur !== undefined && pages.has(idOf(one)));
  if (tasks.length === 0) throw new Error("the browser traced no task");
  return Math.max(...tasks.map((one) => one.tdur ?? 0)) / 1000;
}
