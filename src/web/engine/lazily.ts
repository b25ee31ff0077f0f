/* Parts of the worker that are fetched when they are needed: little is, to open an identity. */
import { Refused } from "../../client/index.ts";
import type { Job } from "./rpc.ts";

/**
 * What `load`, an `import()` and what is made of it, comes to: fetched once, and again where that failed.
 *
 * The function that it returns throws `Refused` `page.part` where the part does not come.
 */
export function once<T>(load: () => Promise<T>): () => Promise<T> {
  let loaded: Promise<T> | undefined;
  return () => {
    loaded ??= load().catch((error: unknown) => {
      loaded = undefined;
      // What browsers throw where a script cannot be fetched.
      if (!(error instanceof TypeError)) throw error;
      throw new Refused("page.part", "a part of the application could not be fetched: try again", 0);
    });
    return loaded;
  };
}

type Group = Readonly<Record<string, (input: never, job: Job) => Promise<unknown>>>;

/** A group of methods whose code is fetched when one of them is first called. */
export function lazily<G extends Group>(load: () => Promise<G>): G {
  const group = once(load);
  return new Proxy({} as G, {
    get: (_, method: string) => async (input: never, job: Job) => {
      const call = (await group())[method];
      if (call === undefined) throw new Error("there is no such method");
      return call(input, job);
    },
  });
}
