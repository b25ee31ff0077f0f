/** One step of the demo, as it went. */
export type Step = { readonly name: string; readonly ok: boolean; readonly ms: number };

/** What the demo prints with `--json`. */
export type DemoReport = {
  readonly engine: string;
  readonly ok: boolean;
  readonly steps: readonly Step[];
  /** Whether the removed member could read what came after. */
  readonly removedMemberCanRead: boolean;
  /** Whether the whole log verified from genesis, alike with both implementations of the cryptography. */
  readonly verifiedFromGenesis: boolean;
  /** How often a name, identifier or text of the demo was found in what the host keeps. */
  readonly hostPlaintextFound: number;
  /** Why a step failed. */
  readonly failure?: string;
};

/** Runs steps one after the other, and says what each party sees. */
export function teller(quiet: boolean) {
  const steps: Step[] = [];
  let failure: string | undefined;
  return {
    steps,
    get failure() {
      return failure;
    },
    say(who: string, what: string): void {
      if (!quiet) process.stdout.write(`   ${who.padEnd(14)} ${what}\n`);
    },
    async step<T>(name: string, run: () => Promise<T>): Promise<T> {
      if (!quiet) process.stdout.write(`\n${steps.length + 1}. ${name}\n`);
      const before = performance.now();
      try {
        const result = await run();
        steps.push({ name, ok: true, ms: Math.round(performance.now() - before) });
        return result;
      } catch (error) {
        steps.push({ name, ok: false, ms: Math.round(performance.now() - before) });
        failure = `${name}: ${error instanceof Error ? error.message : String(error)}`;
        throw error;
      }
    },
  };
}

export type Teller = ReturnType<typeof teller>;

/** Throws where a promise of the demo does not hold. */
export function hold(condition: boolean, what: string): asserts condition {
  if (!condition) throw new Error(what);
}
