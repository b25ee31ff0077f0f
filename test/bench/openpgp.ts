/* What people use today: OpenPGP messages of the same size, signed and encrypted to each recipient. */
import * as openpgp from "openpgp";
import { type Figure, figure, timed } from "./figure.ts";

const opened = 10_000;
/** Making them costs more than opening them: a tenth is made, and each is opened ten times, from its bytes. */
const made = 1000;
const recipients = 3;

/** `openpgp-10k`: openpgp.js (Curve25519) opens and verifies 10,000 messages of 1 KiB to three recipients, one thread. */
export async function benchOpenpgp(): Promise<Figure[]> {
  const keys = await Promise.all(
    Array.from({ length: recipients }, (_, i) =>
      openpgp.generateKey({ type: "curve25519", userIDs: [{ name: `Newsroom ${i}` }], format: "object" }),
    ),
  );
  const [author, reader] = keys;
  if (author === undefined || reader === undefined) throw new Error("no keys");
  const messages: Uint8Array[] = [];
  for (let i = 0; i < made; i++) {
    const message = await openpgp.createMessage({ text: `Number ${i}: `.padEnd(1024, "delivered what was agreed. ") });
    const encrypted = await openpgp.encrypt({
      message,
      encryptionKeys: keys.map(({ publicKey }) => publicKey),
      signingKeys: author.privateKey,
      format: "binary",
    });
    messages.push(encrypted as Uint8Array);
  }
  const { ms } = await timed(async () => {
    for (let i = 0; i < opened; i++) {
      const message = await openpgp.readMessage({ binaryMessage: messages[i % made] as Uint8Array });
      const { signatures } = await openpgp.decrypt({
        message,
        decryptionKeys: reader.privateKey,
        verificationKeys: author.publicKey,
      });
      await signatures[0]?.verified;
    }
  });
  return [figure("openpgp-10k", ms, "ms")];
}
