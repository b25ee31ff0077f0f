import type { Progress, SyncOptions } from "../client/index.ts";

const names = { fetch: "fetching", open: "reading", verify: "verifying" } as const;
const barWidth = 30;
/** What is done sooner than this needs no bar. */
const quiet = 400;

/** Shows long work as a bar on stderr, on a terminal only. `end` wipes it. */
export function progressBar(): { readonly options: SyncOptions; readonly end: () => void } {
  const { stderr } = process;
  if (stderr.isTTY !== true) return { options: {}, end: () => undefined };
  const started = Date.now();
  let shown = 0;
  const onProgress = ({ phase, done, total }: Progress) => {
    const now = Date.now();
    if (now - started < quiet || now - shown < 80) return;
    shown = now;
    const part = total === 0 ? 0 : Math.min(1, done / total);
    const filled = Math.round(part * barWidth);
    stderr.write(`\r${names[phase]} [${"#".repeat(filled)}${".".repeat(barWidth - filled)}] ${done}/${total} \u001b[K`);
  };
  return {
    options: { onProgress },
    end: () => {
      if (shown > 0) stderr.write("\r\u001b[K");
    },
  };
}
