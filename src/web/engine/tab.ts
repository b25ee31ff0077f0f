/* One identity is open in one tab: two that write would overwrite each other's keys. */
import { UsageError } from "../../client/index.ts";

const lockName = "notes";

/**
 * Holds the identity for this tab until its worker ends. With `takeOver` another tab loses it: `onLost` is then called
 * there.
 *
 * Throws `UsageError` `identity.elsewhere` where another tab holds it.
 */
export function holdTab(takeOver: boolean, onLost: () => void): Promise<void> {
  const { locks } = navigator;
  // Where a browser has no locks, the vault itself still refuses to overwrite what another tab wrote.
  if (locks === undefined) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const hold = (lock: Lock | null) => {
      if (lock === null) {
        reject(
          new UsageError("identity.elsewhere", "this identity is open in another tab: use that one, or take over"),
        );
        return undefined;
      }
      resolve();
      return new Promise<never>(() => undefined);
    };
    locks.request(lockName, takeOver ? { steal: true } : { ifAvailable: true }, hold).catch(onLost);
  });
}
