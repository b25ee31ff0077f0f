const modes = ["verify-full", "require", "disable"];

/** Hosts to which nothing leaves this machine: a loopback address, or none for a Unix socket. */
const isHere = (host: string) => host === "" || host === "localhost" || host === "[::1]" || /^127\./.test(host);

/**
 * A database's URL as `pg` is to have it, or `undefined` where it is none. TLS with a verified certificate
 * (`sslmode=verify-full`) is the default except on this machine; `require` means the same here, because what is
 * not verified protects from nobody who can change traffic; the modes that fall back to no TLS are refused.
 */
export function readPostgresUrl(text: string): string | undefined {
  if (!/^postgres(?:ql)?:\/\//.test(text) || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  const mode = url.searchParams.get("sslmode") ?? (isHere(url.hostname) ? "disable" : "verify-full");
  if (!modes.includes(mode) || url.pathname.length < 2) return undefined;
  url.searchParams.set("sslmode", mode === "require" ? "verify-full" : mode);
  return url.href;
}
