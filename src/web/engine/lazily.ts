import type { Job } from "./rpc.ts";

type Group = Readonly<Record<string, (input: never, job: Job) => Promise<unknown>>>;

/**
 * A group of methods whose code is loaded when one of them is first called: what reads phone numbers, mails or pictures
 * is large, and not needed to open an identity.
 */
export function lazily<G extends Group>(load: () => Promise<G>): G {
  let group: Promise<G> | undefined;
  return new Proxy({} as G, {
    get: (_, method: string) => async (input: never, job: Job) => {
      group ??= load();
      const call = (await group)[method];
      if (call === undefined) throw new Error("there is no such method");
      return call(input, job);
    },
  });
}
