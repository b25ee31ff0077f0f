/* The application's own files, kept by a service worker where the browser allows: it then opens without the host. */
import { scriptUrl } from "./engine.ts";

/**
 * Starts the service worker. `onUpdate` is called when another version waits; the person chooses when to take it, by the
 * function that it is given. Does nothing where there are no service workers, as in Tor Browser or from a disk.
 */
export async function keepOffline(onUpdate: (take: () => void) => void): Promise<void> {
  const { serviceWorker } = navigator;
  if (serviceWorker === undefined || !location.protocol.startsWith("http")) return;
  const registration = await serviceWorker.register(scriptUrl("./sw.js"));
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
