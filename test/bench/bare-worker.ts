/* The least that a Worker over D1 can do: rows in as they come, one batch a request, and rows out, joined. */
import type { D1Binding } from "../../src/host/store/d1.ts";

/** Bytes of a row's header and of what it seals. */
export type RowSize = { readonly header: number; readonly sealed: number };

const table = "entry (circle BLOB, position INTEGER, hash BLOB, header BLOB, sealed BLOB)";
const setUp = [
  `CREATE TABLE IF NOT EXISTS ${table}`,
  "CREATE UNIQUE INDEX IF NOT EXISTS place ON entry (circle, position)",
];
const row = "(unhex(?), ?, unhex(?), unhex(?), unhex(?))";
/** D1 takes a hundred values a statement. */
const rowsOfStatement = 20;

// Workers have it; the types do not know it yet.
const hexOf = (bytes: Uint8Array) => (bytes as unknown as { readonly toHex: () => string }).toHex();
const bytesOf = (text: unknown) => (Uint8Array as unknown as { fromHex: (text: unknown) => Uint8Array }).fromHex(text);

async function insert(db: D1Binding, circle: string, first: number, body: Uint8Array, size: RowSize): Promise<void> {
  const rows: (string | number)[][] = [];
  for (let at = 0; at < body.length; at += size.header + size.sealed) {
    const header = body.subarray(at, at + size.header);
    const sealed = body.subarray(at + size.header, at + size.header + size.sealed);
    rows.push([circle, first + rows.length, hexOf(header.subarray(0, 32)), hexOf(header), hexOf(sealed)]);
  }
  const statements = [];
  for (let at = 0; at < rows.length; at += rowsOfStatement) {
    const some = rows.slice(at, at + rowsOfStatement);
    const sql = `INSERT INTO entry VALUES ${some.map(() => row).join(", ")}`;
    statements.push(db.prepare(sql).bind(...some.flat()));
  }
  await db.batch(statements);
}

async function select(db: D1Binding, circle: string, from: number, to: number): Promise<Uint8Array[]> {
  const sql =
    "SELECT hex(header) AS header, hex(sealed) AS sealed FROM entry WHERE circle = unhex(?) AND position >= ? AND position < ? ORDER BY position";
  const { results } = await db.prepare(sql).bind(circle, from, to).all();
  return results.flatMap(({ header, sealed }) => [bytesOf(header), bytesOf(sealed)]);
}

export default {
  async fetch(request: Request, { DB }: { readonly DB: D1Binding }): Promise<Response> {
    const { searchParams } = new URL(request.url);
    const number = (name: string) => Number(searchParams.get(name));
    const circle = searchParams.get("circle") ?? "";
    if (request.method === "PUT") await DB.batch(setUp.map((sql) => DB.prepare(sql)));
    if (request.method === "GET") {
      return new Response(new Blob((await select(DB, circle, number("from"), number("to"))) as BlobPart[]));
    }
    if (request.method === "POST") {
      const body = new Uint8Array(await request.arrayBuffer());
      await insert(DB, circle, number("from"), body, { header: number("header"), sealed: number("sealed") });
    }
    return new Response(new Uint8Array(200));
  },
};
