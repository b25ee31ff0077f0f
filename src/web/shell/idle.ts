/* Locks after 15 idle minutes (§2 Vault), and says so a minute before. */

const lockAfter = 15 * 60_000;
const warnAfter = 14 * 60_000;
const signs = ["pointerdown", "keydown", "wheel", "touchstart"] as const;

/**
 * Watches for signs of a person. `onWarn` and `onLock` are called once for each idle stretch; `onBack` where somebody
 * comes back after the warning. Returns how to stop.
 */
export function watchIdle(hear: { onWarn: () => void; onBack: () => void; onLock: () => void }): () => void {
  let last = Date.now();
  let warned = false;
  const alive = () => {
    last = Date.now();
    if (warned) hear.onBack();
    warned = false;
  };
  // Looked at often, since timers of a sleeping device stand still: what counts is the clock.
  const timer = setInterval(() => {
    const idle = Date.now() - last;
    if (idle >= lockAfter) {
      stop();
      hear.onLock();
    } else if (idle >= warnAfter && !warned) {
      warned = true;
      hear.onWarn();
    }
  }, 1000);
  for (const sign of signs) addEventListener(sign, alive, { passive: true });
  function stop(): void {
    clearInterval(timer);
    for (const sign of signs) removeEventListener(sign, alive);
  }
  return stop;
}
