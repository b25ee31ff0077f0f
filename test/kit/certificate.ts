/* Certificates for tests, made at the spot: a valid one, one that has expired, one for another name (X.509, RFC 5280). */
import { generateKeyPairSync, randomBytes, sign } from "node:crypto";

/** A DER value: its tag, and its content, in parts. */
function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  const size = content.length;
  const length = size < 128 ? [size] : size < 256 ? [0x81, size] : [0x82, size >> 8, size & 255];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
}
const sequence = (...parts: readonly Uint8Array[]) => der(0x30, ...parts);
const ed25519 = sequence(der(0x06, Buffer.from("2b6570", "hex")));
const subjectAltName = Buffer.from("551d11", "hex");
const time = (at: number) => {
  const digits = new Date(at).toISOString().replace(/[-:T]|\.\d+/g, "");
  return der(0x17, Buffer.from(digits.slice(2), "latin1"));
};
const pem = (bytes: Uint8Array) =>
  `-----BEGIN CERTIFICATE-----\n${Buffer.from(bytes).toString("base64").replace(/.{64}/g, "$&\n")}\n-----END CERTIFICATE-----\n`;

/** A certificate that vouches for itself, for an IPv4 address, valid between two times (milliseconds since 1970). */
export function makeCertificate(address: string, from: number, to: number): { cert: string; key: string } {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const name = sequence(
    der(0x31, sequence(der(0x06, Buffer.from("550403", "hex")), der(0x0c, Buffer.from("host for tests")))),
  );
  const names = sequence(der(0x87, Buffer.from(address.split(".").map(Number))));
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    ed25519,
    name,
    sequence(time(from), time(to)),
    name,
    publicKey.export({ type: "spki", format: "der" }),
    der(0xa3, sequence(sequence(der(0x06, subjectAltName), der(0x04, names)))),
  );
  const signature = der(0x03, Buffer.from([0]), sign(null, body, privateKey));
  return {
    cert: pem(sequence(body, ed25519, signature)),
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  };
}
