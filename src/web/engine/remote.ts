/* The page's end of the calls to its worker. Imports nothing of the client: the page's own script stays small. */
import type { Progress } from "../../client/index.ts";
import type { Failure, Fault, Job, Reply, Request, Service } from "./rpc.ts";

export type CallOptions = {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
};

/** A service as the page calls it: the same groups and methods, with options in place of the job. */
export type Remote<S extends Service> = {
  readonly [G in keyof S]: {
    readonly [M in keyof S[G]]: S[G][M] extends (input: infer I, job: Job) => Promise<infer O>
      ? undefined extends I
        ? (input?: I, options?: CallOptions) => Promise<O>
        : (input: I, options?: CallOptions) => Promise<O>
      : never;
  };
};

/** A failure of the worker, or of the way to it. `code` is what people's messages are made from. */
export class EngineError extends Error {
  readonly fault: Fault;
  readonly code: string;

  constructor({ fault, code, message }: Failure) {
    super(message);
    this.name = "EngineError";
    this.fault = fault;
    this.code = code;
  }
}

type Waiting = {
  readonly resolve: (output: never) => void;
  readonly reject: (error: EngineError) => void;
  readonly onProgress: CallOptions["onProgress"];
};

export type Connection<S extends Service> = {
  readonly engine: Remote<S>;
  /** Hears of every event until the returned function is called. */
  readonly listen: (hear: (event: string) => void) => () => void;
  /** Ends the worker and with it everything it knew; calls under way fail. */
  readonly end: () => void;
};

/** Connects to a worker that serves `S`. */
export function connect<S extends Service>(worker: Worker): Connection<S> {
  const waiting = new Map<number, Waiting>();
  const listeners = new Set<(event: string) => void>();
  let last = 0;
  let ended = false;
  const send = (request: Request) => worker.postMessage(request);
  const failAll = (code: string, message: string) => {
    for (const { reject } of waiting.values()) reject(new EngineError({ fault: "unknown", code, message }));
    waiting.clear();
  };
  worker.addEventListener("message", ({ data }: MessageEvent<Reply>) => {
    if (data.kind === "event") {
      for (const hear of listeners) hear(data.event);
      return;
    }
    const call = waiting.get(data.id);
    if (call === undefined) return;
    if (data.kind === "progress") {
      call.onProgress?.(data.progress);
      return;
    }
    waiting.delete(data.id);
    if (data.kind === "done") call.resolve(data.output as never);
    else call.reject(new EngineError(data.failure));
  });
  worker.addEventListener("error", () => failAll("engine.broken", "the application could not start its worker"));

  const call = (group: string, method: string, input: unknown, { signal, onProgress }: CallOptions = {}) =>
    new Promise((resolve, reject) => {
      if (ended) {
        reject(new EngineError({ fault: "Stopped", code: "stopped", message: "this was stopped" }));
        return;
      }
      last++;
      const id = last;
      waiting.set(id, { resolve, reject, onProgress });
      signal?.addEventListener("abort", () => send({ kind: "stop", id }), { once: true });
      send({ kind: "call", id, group, method, input });
    });
  const engine = new Proxy(
    {},
    {
      get: (_, group: string) =>
        new Proxy(
          {},
          {
            get: (__, method: string) => (input: unknown, options?: CallOptions) => call(group, method, input, options),
          },
        ),
    },
  ) as Remote<S>;

  return {
    engine,
    listen: (hear) => {
      listeners.add(hear);
      return () => listeners.delete(hear);
    },
    end: () => {
      ended = true;
      worker.terminate();
      failAll("stopped", "this was stopped");
    },
  };
}
