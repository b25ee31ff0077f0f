/*
 * Calls between the page and its worker. Everything that is decrypted, searched or scored happens in the worker; the
 * page is given plain values to show. A call may be stopped, tells its progress, and fails with a stable code.
 */
import { type Progress, SymbolonError } from "../../client/index.ts";

/** What a method is given beside its input. */
export type Job = { readonly signal: AbortSignal; readonly progress: (progress: Progress) => void };

/** Groups of methods, each `(input, job) => Promise`. */
export type Service = Readonly<Record<string, Readonly<Record<string, (input: any, job: Job) => Promise<unknown>>>>>;

export type Request =
  | {
      readonly kind: "call";
      readonly id: number;
      readonly group: string;
      readonly method: string;
      readonly input: unknown;
    }
  | { readonly kind: "stop"; readonly id: number };

/** Whose fault an error is, by its class; `unknown` for what should not have happened. */
export type Fault = "UsageError" | "PeerFault" | "HostFault" | "Corrupt" | "Refused" | "Stopped" | "unknown";

/** An error as it crosses: its stable code and the constant message, nothing else. */
export type Failure = { readonly fault: Fault; readonly code: string; readonly message: string };

export type Reply =
  | { readonly kind: "done"; readonly id: number; readonly output: unknown }
  | { readonly kind: "failed"; readonly id: number; readonly failure: Failure }
  | { readonly kind: "progress"; readonly id: number; readonly progress: Progress }
  | { readonly kind: "event"; readonly event: string };

/** An error in the form in which it crosses. */
export function failureOf(error: unknown): Failure {
  if (error instanceof SymbolonError) {
    return { fault: error.name as Fault, code: error.code, message: error.message };
  }
  if (error instanceof DOMException && error.name === "AbortError") {
    return { fault: "Stopped", code: "stopped", message: "this was stopped" };
  }
  return { fault: "unknown", code: "unexpected", message: "something went wrong that should not have" };
}

type Port = {
  readonly addEventListener: (type: "message", listen: (event: MessageEvent) => void) => void;
  readonly postMessage: (message: unknown) => void;
};

/** Serves calls that arrive at `port`. Returns how to tell the page that something changed. */
export function serve(port: Port, make: (emit: (event: string) => void) => Service): void {
  const running = new Map<number, AbortController>();
  const reply = (message: Reply) => port.postMessage(message);
  const service = make((event) => reply({ kind: "event", event }));
  port.addEventListener("message", async ({ data }: MessageEvent<Request>) => {
    const { id } = data;
    if (data.kind === "stop") {
      running.get(id)?.abort();
      return;
    }
    const controller = new AbortController();
    running.set(id, controller);
    try {
      const method = service[data.group]?.[data.method];
      if (method === undefined) throw new Error("there is no such method");
      const output = await method(data.input, {
        signal: controller.signal,
        progress: (progress) => reply({ kind: "progress", id, progress }),
      });
      reply({ kind: "done", id, output });
    } catch (error) {
      const failure = failureOf(error);
      // For who develops: the console of the person's own browser, without any data of theirs.
      if (failure.fault === "unknown") console.error(error);
      reply({ kind: "failed", id, failure });
    } finally {
      running.delete(id);
    }
  });
}
