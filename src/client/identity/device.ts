import { type Certificate, certificateMessage, type DeviceKeys, type Role } from "../../core/circle/index.ts";
import { type DeviceId, type PublicKey, toId } from "../../core/codec/index.ts";
import { type Crypto, derive, type KemSeed, type SigningSeed } from "../../core/crypto/index.ts";

const none = new Uint8Array(0);

/** The secret keys of a device in one circle, each for one purpose, all from one seed. */
export type DeviceSecrets = {
  readonly signing: SigningSeed;
  readonly kem: KemSeed;
  readonly control: SigningSeed;
  readonly append: SigningSeed;
  readonly mailbox: SigningSeed;
};

/** The secret keys that follow from a device's seed (32 bytes). */
export function deviceSecrets(crypto: Crypto, seed: Uint8Array): DeviceSecrets {
  return {
    signing: derive<SigningSeed>(crypto, seed, "signing", none, 0),
    kem: derive<KemSeed>(crypto, seed, "kem", none, 0),
    control: derive<SigningSeed>(crypto, seed, "control", none, 0),
    append: derive<SigningSeed>(crypto, seed, "append", none, 0),
    mailbox: derive<SigningSeed>(crypto, seed, "mailbox", none, 0),
  };
}

/** Their public halves, as the roster will hold them. */
export function publicKeys(crypto: Crypto, secrets: DeviceSecrets): DeviceKeys {
  return {
    id: toId<DeviceId>(crypto.signingKey(secrets.signing)),
    kem: crypto.kemKey(secrets.kem),
    control: toId<PublicKey>(crypto.signingKey(secrets.control)),
    append: toId<PublicKey>(crypto.signingKey(secrets.append)),
    mailbox: toId<PublicKey>(crypto.signingKey(secrets.mailbox)),
  };
}

/** A certificate by the organization's key: this device acts for it, in this role, until that hour. */
export function certify(
  crypto: Crypto,
  organizationSeed: Uint8Array,
  device: DeviceId,
  role: Role,
  validUntil: number,
): Certificate {
  const seed = organizationSeed as SigningSeed;
  const claim = { key: toId<PublicKey>(crypto.signingKey(seed)), device, role, validUntil };
  return { ...claim, signature: crypto.sign(seed, certificateMessage(claim)) };
}
