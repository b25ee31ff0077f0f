/* The application's own files, kept by a service worker where the browser allows: it then opens without the host. */
import { scriptUrl } from "./engine.ts";
import { readManifest } from "./manifest.ts";

/**
 * Fetches every part of the application into the browser's own cache. A part that is fetched when it is needed tells a
 * host what somebody is about to do (attack 39), and does not come where the host is gone by then.
 */
async function fetchAll(): Promise<void> {
  const { manifest } = await readManifest();
  for (const file of Object.keys(manifest.files).filter((path) => path.startsWith("/assets/"))) {
    await (await fetch(`.${file}`)).arrayBuffer();
  }
}

/**
 * Starts the service worker, which keeps the whole application; where there are none, as in Tor Browser, all of it is
 * fetched now. `onUpdate` is called when another version waits; the person chooses when to take it, by the function that
 * it is given. Does nothing from a disk.
 */
export async function keepOffline(onUpdate: (take: () => void) => void): Promise<void> {
  const { serviceWorker } = navigator;
  if (!location.protocol.startsWith("http")) return;
  // Private windows of some browsers have service workers and refuse them.
  const registration = await serviceWorker?.register(scriptUrl("./sw.js")).catch(() => undefined);
  if (registration === undefined) return fetchAll();
  const told = (worker: ServiceWorker | null) => {
    // Without one in control this is the first visit, and there is nothing to replace.
    if (worker?.state !== "installed" || serviceWorker.controller === null) return;
    onUpdate(() => {
      serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
      worker.postMessage("take");
    });
  };
  told(registration.waiting);
  registration.addEventListener("updatefound", () => {
    const { installing } = registration;
    installing?.addEventListener("statechange", () => told(installing));
  });
}

/** Takes away everything that the browser keeps of the application beside the database. */
export async function forgetOffline(): Promise<void> {
  const registrations = (await navigator.serviceWorker?.getRegistrations?.()) ?? [];
  await Promise.all(registrations.map((registration) => registration.unregister()));
  const names = (await globalThis.caches?.keys?.()) ?? [];
  await Promise.all(names.map((name) => caches.delete(name)));
}
