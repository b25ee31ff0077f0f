import { currentEpoch, type Device, rosterDigest, type Verified } from "../../core/circle/index.ts";
import {
  type Bytes,
  bytes,
  concat,
  decode,
  encode,
  type Infer,
  idBytes,
  list,
  optional,
  PeerFault,
  type PublicKey,
  record,
  toId,
  UsageError,
  uint,
} from "../../core/codec/index.ts";
import { type Context, open, type SymmetricKey, seal, unwrapKey, wrapKey, wrapSize } from "../../core/crypto/index.ts";
import type { Checkpoint } from "../../core/log/index.ts";
import { deviceSecrets } from "../identity/device.ts";
import type { CircleRecord } from "../identity/format.ts";
import { type Identity, withCircle } from "../identity/identity.ts";
import { readHead } from "../sync/heads.ts";
import { hostClient } from "../transport/host.ts";
import type { Circle } from "./circle.ts";
import { invitationKeys } from "./link.ts";
import { decodeBodies, encodeBodies } from "./profiles.ts";

/** What a joiner needs to read the circle (§8): the current seed, and what its own replay must come to. */
const welcome = record({
  epoch: [1, uint()],
  seed: [2, bytes(32)],
  nonce: [3, bytes(32)],
  checkpoint: [4, bytes(1, 1024)],
  size: [5, uint()],
  digest: [6, bytes(32)],
  /** With `from-joining`: the names, which a joiner could not read in the log. */
  profiles: [7, list(bytes(1, 16_384), 2048)],
  /** For a further device of a member: the records keys of earlier epochs. */
  records: [8, optional(list(record({ epoch: [1, uint()], key: [2, bytes(32)] }), 65_536))],
});

const limits = { size: 1024 * 1024, depth: 8 };
const context = (circle: Bytes): Context => ({ purpose: "mailbox", circle, epoch: 0, kind: 2 });

/** The welcome for a device, sealed to its X-Wing key. */
function sealedWelcome(circle: Circle, device: Verified<Device>): Bytes {
  const { crypto, random } = circle.platform;
  const state = circle.state();
  const epoch = currentEpoch(state);
  const seed = circle.ledger.ring.get(epoch)?.seed;
  const head = circle.head();
  if (seed === undefined || head === undefined)
    throw new UsageError("circle.no-key", "this device holds no key of the circle");
  // With a full history the links lead to them; otherwise the older device gives them (§6).
  const own = state.policy.history === "from-joining" && state.devices.get(circle.device)?.member === device.member;
  const records = own
    ? [...circle.ledger.ring].flatMap(([number, held]) =>
        held.records === undefined ? [] : [{ epoch: number, key: held.records as Bytes }],
      )
    : undefined;
  const profiles = encodeBodies(
    circle
      .statements()
      .filter(({ statement, body }) => statement.kind === "profile" && body.signature !== undefined)
      .map(({ body }) => body),
  );
  const contents = encode(welcome, {
    epoch,
    seed,
    nonce: state.nonce,
    checkpoint: head.checkpoint,
    size: state.position,
    digest: rosterDigest(state),
    profiles: state.policy.history === "from-joining" ? profiles : [],
    ...(records === undefined ? {} : { records }),
  });
  const key = random(32) as SymmetricKey;
  const wrap = wrapKey(crypto, key, device.keys.kem, { circle: circle.id, number: epoch, device: device.id });
  return concat(wrap, seal(crypto, random, key, context(idBytes(circle.id)), contents));
}

/** Puts the welcome of a device into a mailbox that is open. */
export async function putWelcome(circle: Circle, mailbox: PublicKey, device: Verified<Device>): Promise<void> {
  // The profiles in it are those whose signatures were checked: all of them are waited for.
  await circle.ledger.settle();
  await circle.host.putWelcome(mailbox, sealedWelcome(circle, device), circle.access());
}

/** Leaves the welcome for a device in the mailbox of its invitation, and forgets the invitation. */
export async function welcomeBy(circle: Circle, inviteKey: PublicKey, device: Verified<Device>): Promise<void> {
  await putWelcome(circle, inviteKey, device);
  await circle.keep((before) => ({ ...before, invites: before.invites.filter((held) => held.key !== inviteKey) }));
}

/**
 * Serves a device that the last rotation did not wrap to (reinstated, or added meanwhile), through its own
 * mailbox key (§6).
 */
export async function serve(circle: Circle, device: Verified<Device>): Promise<void> {
  const box = device.keys.mailbox;
  const expires = Math.floor(circle.platform.now() / 1000) + 30 * 24 * 3600;
  await circle.host.closeMailbox(box, circle.access()).catch(() => undefined);
  await circle.host.openMailbox(box, expires, circle.access());
  await putWelcome(circle, box, device);
}

/**
 * Looks for the welcome and takes it. Returns whether it was there.
 *
 * Throws `PeerFault` where what is there is not for this device, `Refused` `host.mailbox-closed` where it has expired.
 */
export async function accept(identity: Identity, id: CircleRecord["circle"]): Promise<boolean> {
  const { platform } = identity;
  const { crypto } = platform;
  const found = identity.read().circles.find((c) => c.circle === id);
  if (found === undefined) throw new UsageError("circle.unknown", "this identity has no such circle");
  const secrets = deviceSecrets(crypto, found.deviceSeed);
  const host = hostClient(platform, { address: found.address, key: found.hostKey }, id);
  const seed = found.joining === undefined ? secrets.mailbox : invitationKeys(crypto, id, found.joining).seed;
  const box = await host.mailbox(toId<PublicKey>(crypto.signingKey(seed)), { seed });
  if (box.welcome === undefined) return false;
  const wrong = () =>
    new PeerFault("invitation.welcome", "the welcome is not for this device, or was changed: ask who invited you");
  const key = unwrapKey(crypto, box.welcome.subarray(0, wrapSize), secrets.kem);
  if (key === undefined) throw wrong();
  let given: Infer<typeof welcome>;
  let checkpoint: Checkpoint;
  try {
    given = decode(welcome, open(crypto, key, context(idBytes(id)), box.welcome.subarray(wrapSize)), limits);
    decodeBodies(given.profiles);
    checkpoint = readHead(crypto, id, found.hostKey, given.checkpoint);
  } catch {
    throw wrong(); // One error, wherever it was changed (attack 3).
  }
  const head = { size: checkpoint.size, root: checkpoint.root, checkpoint: given.checkpoint };
  await identity.update((record) =>
    withCircle(record, id, ({ joining: _, ...before }) => ({
      ...before,
      // Who was here before knows the nonce: a later welcome must not take the keys away.
      nonce: before.nonce ?? given.nonce,
      seeds: [...before.seeds.filter((s) => s.epoch !== given.epoch), { epoch: given.epoch, seed: given.seed }],
      promised: { size: given.size, digest: given.digest },
      // What is shown to a joiner must contain what its inviter was shown (attacks 23, 24).
      head: before.head !== undefined && before.head.size >= head.size ? before.head : head,
      ...(given.records === undefined ? {} : { pastRecords: given.records }),
      ...(given.profiles.length === 0 ? {} : { profiles: given.profiles }),
    })),
  );
  return true;
}
