/* Which WebAssembly the application compiles: its modules are inside of scripts, so they are caught as they load. */
import { loadCrypto } from "../../client/index.ts";
import { base64UrlOf } from "./digest.ts";

/** SHA-256, base64url, of every WebAssembly module that the fast cryptography compiles. */
export async function wasmHashes(): Promise<readonly string[]> {
  const found = new Set<string>();
  const { compile, instantiate } = WebAssembly;
  const note = (source: unknown) => {
    if (source instanceof ArrayBuffer) found.add(base64UrlOf(new Uint8Array(source)));
    else if (ArrayBuffer.isView(source)) {
      found.add(base64UrlOf(new Uint8Array(source.buffer, source.byteOffset, source.byteLength)));
    }
  };
  WebAssembly.compile = (source) => {
    note(source);
    return compile(source);
  };
  WebAssembly.instantiate = ((source: BufferSource, imports?: WebAssembly.Imports) => {
    note(source);
    return instantiate(source, imports);
  }) as typeof instantiate;
  try {
    const crypto = await loadCrypto("sodium");
    await crypto.argon2id(new Uint8Array(8), new Uint8Array(16), 8, 1);
  } finally {
    WebAssembly.compile = compile;
    WebAssembly.instantiate = instantiate;
  }
  return [...found].sort();
}
