/** Signs mails with a fresh key, written apart from the code it tests (RFC 6376, 8463). */
export type Signer = {
  readonly dns: Readonly<Record<string, string>>;
  sign(
    eml: string,
    canonical: "simple/simple" | "relaxed/relaxed" | "relaxed/simple" | "simple/relaxed",
    extra?: string,
  ): Promise<string>;
};

const base64 = (bytes: ArrayBuffer) => btoa(String.fromCharCode(...new Uint8Array(bytes)));
const encode = (text: string) => new TextEncoder().encode(text);

export async function makeSigner(
  algorithm: "rsa-sha256" | "ed25519-sha256",
  domain = "newspaper.org",
): Promise<Signer> {
  const { subtle } = globalThis.crypto;
  const rsa = algorithm === "rsa-sha256";
  const kind = rsa
    ? { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256", modulusLength: 2048, publicExponent: Uint8Array.of(1, 0, 1) }
    : { name: "Ed25519" };
  const pair = (await subtle.generateKey(kind, true, ["sign", "verify"])) as CryptoKeyPair;
  const exported = await subtle.exportKey(rsa ? "spki" : "raw", pair.publicKey);
  const dns = { [`s1._domainkey.${domain}`]: `v=DKIM1; k=${rsa ? "rsa" : "ed25519"}; p=${base64(exported)}` };
  return {
    dns,
    async sign(eml, canonical, extra = "") {
      const [headerForm, bodyForm] = canonical.split("/");
      const split = eml.indexOf("\r\n\r\n");
      const fields = eml.slice(0, split).split(/\r\n(?![ \t])/);
      let body = eml.slice(split + 4);
      if (bodyForm === "relaxed")
        body = body
          .split("\r\n")
          .map((line) => line.replace(/[ \t]+/g, " ").replace(/ $/, ""))
          .join("\r\n");
      while (body.endsWith("\r\n\r\n")) body = body.slice(0, -2);
      if (!body.endsWith("\r\n")) body += "\r\n";
      const field = (raw: string) => {
        if (headerForm === "simple") return raw;
        const [name = "", ...rest] = raw.split(":");
        return `${name.toLowerCase().trim()}:${rest
          .join(":")
          .replace(/\r\n/g, "")
          .replace(/[ \t]+/g, " ")
          .trim()}`;
      };
      const bh = base64(await subtle.digest("SHA-256", encode(body)));
      const names = fields.map((raw) => raw.split(":")[0] as string);
      const head = `DKIM-Signature: v=1; a=${algorithm}; c=${canonical}; d=${domain}; s=s1;${extra}\r\n\th=${names.join(":")};\r\n\tbh=${bh}; b=`;
      const data = encode([...fields.map(field), field(head)].join("\r\n"));
      const signed = rsa ? data : new Uint8Array(await subtle.digest("SHA-256", data));
      const signature = base64(await subtle.sign(kind.name, pair.privateKey, signed));
      return `${head}${signature.replace(/(.{60})/g, "$1\r\n\t")}\r\n${eml}`;
    },
  };
}
