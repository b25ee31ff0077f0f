/*
 * Keeps the application's own static files, so that it opens without the host. Answers of a host are never kept: what
 * is synchronized lies in the identity's own storage.
 */

/** Written by the build: the files, and a name that changes with any of them. */
declare const files: readonly string[];
declare const version: string;

type Worker = {
  readonly addEventListener: (type: string, listen: (event: never) => void) => void;
  readonly skipWaiting: () => Promise<void>;
  readonly clients: { readonly claim: () => Promise<void> };
};
type Waiting = { readonly waitUntil: (work: Promise<unknown>) => void };
type Fetching = { readonly request: globalThis.Request; readonly respondWith: (answer: Promise<Response>) => void };

const worker = globalThis as unknown as Worker;
const place = `notes-${version}`;

worker.addEventListener("install", (event: Waiting) => {
  event.waitUntil(
    caches.open(place).then((cache) => cache.addAll(files.map((file) => new Request(file, { cache: "no-cache" })))),
  );
});

worker.addEventListener("activate", (event: Waiting) => {
  const forget = async () => {
    const names = await caches.keys();
    await Promise.all(names.filter((name) => name !== place).map((name) => caches.delete(name)));
    await worker.clients.claim();
  };
  event.waitUntil(forget());
});

worker.addEventListener("message", (event: MessageEvent) => {
  if (event.data === "take") void worker.skipWaiting();
});

worker.addEventListener("fetch", (event: Fetching) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  const file = `.${pathname.slice(new URL("./", location.href).pathname.length - 1)}`;
  if (!files.includes(file)) return;
  event.respondWith(caches.match(file, { cacheName: place }).then((kept) => kept ?? fetch(request)));
});
