/* The least that a server on this stack can do: a process that answers with no work behind it. Run as a program it is that process. */
import { spawn } from "node:child_process";
import { createReadStream, statSync } from "node:fs";
import { Readable } from "node:stream";
import { fileURLToPath } from "node:url";

export type BareServer = { readonly url: string; readonly close: () => void };

/** Starts it: `POST /` takes a body and answers with 200 bytes, `GET /file` streams the given file. */
export async function startBare(file = ""): Promise<BareServer> {
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url), file], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.once("data", (part: Buffer) => resolve(part.toString().trim()));
    child.once("exit", (code) => reject(new Error(`the bare server ended with ${code}`)));
  });
  return { url, close: () => child.kill() };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { serve } = await import("@hono/node-server");
  const { Hono } = await import("hono");
  const file = process.argv[2] ?? "";
  const answer = new Uint8Array(200);
  const app = new Hono();
  app.post("/", async (c) => {
    await c.req.arrayBuffer();
    return c.body(answer);
  });
  app.get("/file", (c) => {
    c.header("content-length", String(statSync(file).size));
    return c.body(Readable.toWeb(createReadStream(file)) as ReadableStream);
  });
  serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }, ({ port }) => {
    process.stdout.write(`http://127.0.0.1:${port}\n`);
  });
}
