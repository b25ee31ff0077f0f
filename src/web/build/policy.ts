/* What a browser may do with the application: one definition for the host, for Cloudflare's assets and for the single file. */

const directives = {
  "default-src": "'none'",
  // libsodium is WebAssembly; where that is off the application runs on noble.
  "script-src": "'self' 'wasm-unsafe-eval'",
  "style-src": "'self'",
  "img-src": "'self' data: blob:",
  // A circle's host need not be where the application came from.
  "connect-src": "'self' https: http://127.0.0.1:* http://localhost:* http://*.onion",
  "worker-src": "'self'",
  "manifest-src": "'self'",
  "object-src": "'none'",
  "base-uri": "'none'",
  "form-action": "'none'",
  "frame-ancestors": "'none'",
  "require-trusted-types-for": "'script'",
  "trusted-types": "symbolon",
} as const;

const text = (given: Readonly<Record<string, string>>) =>
  Object.entries(given)
    .map(([name, value]) => `${name} ${value}`)
    .join("; ");

/** The policy of the served application. No commas: WEBCAT compares it as one header. */
export const servedPolicy = text(directives);

/** The policy inside the single file: its own script and style by their hashes (`sha256-…`), its worker from memory. */
export function singlePolicy(script: string, style: string): string {
  // A meta element cannot say who may frame it; the single file loads nothing, not even a manifest.
  const { "frame-ancestors": _, "manifest-src": __, ...rest } = directives;
  return text({
    ...rest,
    "script-src": `'${script}' 'wasm-unsafe-eval'`,
    "style-src": `'${style}'`,
    "img-src": "data: blob:",
    "connect-src": directives["connect-src"].replace("'self' ", ""),
    "worker-src": "blob:",
  });
}

const everywhere = {
  "Content-Security-Policy": servedPolicy,
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Permissions-Policy": "camera=(self), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "Cache-Control": "no-cache",
} as const;

/** Every script of the page itself carries its hash; workers load theirs without, which this policy does not ask. */
const pages = { "Integrity-Policy": "blocked-destinations=(script)" } as const;

/** Names of files under here change with what is in them. */
const assets = { "! Cache-Control": "", "Cache-Control": "public, max-age=31536000, immutable" } as const;

/** The headers of every path, as the file `_headers` that Cloudflare's assets and our own Node host read. */
export function headersFile(): string {
  const rule = (path: string, headers: Readonly<Record<string, string>>) =>
    [
      path,
      ...Object.entries(headers).map(([name, value]) => (value === "" ? `  ${name}` : `  ${name}: ${value}`)),
    ].join("\n");
  return `${[rule("/*", everywhere), rule("/", pages), rule("/index.html", pages), rule("/assets/*", assets)].join("\n")}\n`;
}
