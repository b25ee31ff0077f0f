/* A host that lies, over real HTTP: what a browser has to do with. */
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import type { EvilHost } from "../kit/evil-host.ts";

export type EvilServer = { readonly url: string; readonly close: () => Promise<void> };

/** Serves what `asked` answers on a free port of 127.0.0.1; any page may call it, as the true host. */
export async function serveLies(asked: EvilHost["fetch"]): Promise<EvilServer> {
  const answer = async (request: Request) => {
    const response = await asked(request);
    const headers = new Headers(response.headers);
    headers.set("access-control-allow-origin", "*");
    return new Response(response.body, { status: response.status, headers });
  };
  const server = createAdaptorServer({ fetch: answer }) as Server;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
