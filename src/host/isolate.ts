/*
 * A host that is many isolates and not one process, as on Cloudflare Workers: an isolate may end after any request,
 * hears nothing of the others, and has 128 MiB for everything. Its requests share what was read, never something to
 * wait for: the platform ends a request with its client, and whoever waited for it would wait for ever.
 */
import type { CircleId } from "../core/codec/index.ts";
import { groupOf } from "../core/log/index.ts";
import { type Appender, type AppenderNeeds, createAppender } from "./append.ts";
import type { Circles } from "./circles.ts";
import type { Hub } from "./hub.ts";
import type { Batch } from "./judge.ts";
import type { RunsSize } from "./runs.ts";

/** 64 entries are 4 MiB at most; a database that answers in text needs several times that. */
export const runsOfIsolate: RunsSize = { length: 64, mostBytes: 16 * 2 ** 20 };

/** Milliseconds between two looks at a circle that is waited for. */
const pollEvery = 2000;

/** Milliseconds that a turn lasts at most: who has not come back by then was ended. */
const longestTurn = 2000;

/** Milliseconds between two looks whether it is one's turn; as many again at random, so that two do not look as one. */
const turnEvery = 4;

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * Stores each request by itself. Within an isolate those of one circle take turns, by looking and not by waiting for
 * each other, and those of control keys do not (attack 36); others meet at the primary key, as hosts on one database do.
 */
export function createApartAppender(needs: AppenderNeeds): Appender {
  const { circles, now } = needs;
  const turns = new Map<CircleId, number>();
  const isUrgent = async ({ circle, key }: Batch) => {
    const state = await circles.recall(circle);
    return state !== undefined && groupOf(state.acl, key) !== undefined;
  };
  return {
    append: async (batch) => {
      const { circle } = batch;
      if (!(await isUrgent(batch))) {
        for (let waited = 0; waited < longestTurn && (turns.get(circle) ?? 0) > now(); ) {
          const milliseconds = turnEvery * (1 + Math.random());
          await pause(milliseconds);
          waited += milliseconds;
        }
      }
      const end = now() + longestTurn;
      turns.set(circle, end);
      try {
        return await createAppender(needs).append(batch);
      } finally {
        if (turns.get(circle) === end) turns.delete(circle);
      }
    },
  };
}

/**
 * Long polls by looking again: a new entry is noticed within two seconds. Who waits is not counted, as a request
 * whose client hangs up ends without a trace.
 */
export function createPollingHub(circles: Circles): Hub {
  const sizeOf = async (state: ReturnType<Circles["read"]>) => (await state)?.frontier.size;
  return {
    wait: async (circle, milliseconds, _, signal) => {
      const size = await sizeOf(circles.recall(circle));
      for (let left = milliseconds; left > 0 && signal?.aborted !== true; left -= pollEvery) {
        await pause(Math.min(pollEvery, left));
        if ((await sizeOf(circles.read(circle))) !== size) break;
      }
      return true;
    },
    wake: () => {},
    close: () => {},
    waiting: () => 0,
  };
}
