import { bytes, flag, type Infer, list, oneOf, optional, record, text, uint } from "../codec/index.ts";
import { entry } from "./format.ts";
import { moveOrder } from "./move.ts";

/*
 * The bodies of the host's interface (§9), CBOR both ways. Errors are RFC 9457 problems in JSON.
 */

/** Media type of every body but problems. */
export const mediaType = "application/cbor";

/** `POST /v1/circles` */
export const foundRequest = record({ entry: [1, entry] });

/** `POST /v1/circles/:id/entries`: up to 64 entries and 1 MiB, all or nothing. */
export const appendRequest = record({ entries: [1, list(entry, 64, 1)] });

/** Answer to both: where each entry stands, and a checkpoint that covers them. */
export const appended = record({ positions: [1, list(uint(), 64, 1)], checkpoint: [2, bytes(1, 4096)] });

/** `GET /v1/circles/:id/checkpoint?from=N`: the head, and the consistency proof from size N (empty for N = 0). */
export const checkpointAnswer = record({ checkpoint: [1, bytes(1, 4096)], proof: [2, list(bytes(32), 64)] });

/**
 * How a circle stands at a host (§10): `restored` from a backup and taking back what it lost, `arriving` from
 * another host, or `left` for another. Only an open one takes statements.
 */
export const standings = { open: 0, restored: 1, arriving: 2, left: 3 } as const;
export type StandingKind = keyof typeof standings;

/** `GET /v1/circles/:id/entries?from=&limit=&wait=`: a page, with the head it belongs to. */
export const page = record({
  checkpoint: [1, bytes(1, 4096)],
  entries: [2, list(entry, 4096)],
  /** Absent: open. */
  standing: [3, optional(oneOf(standings))],
});

/** An erase entry further on in the log, with its inclusion proof: why an entry comes without its bytes. */
export const erasureWitness = record({
  position: [1, uint()],
  entry: [2, entry],
  proof: [3, list(bytes(32), 64)],
});
export type ErasureWitness = Infer<typeof erasureWitness>;

/** `POST /v1/circles/:id/restore`: at most 64 entries and 1 MiB at a time, from a position on. */
export const restoreRequest = record({
  from: [1, uint()],
  entries: [2, list(entry, 64)],
  /** A checkpoint that the host signed itself, and the proof that the tree up to the last of `entries` begins it. */
  cover: [3, optional(record({ checkpoint: [1, bytes(1, 4096)], proof: [2, list(bytes(32), 64)] }))],
  erased: [4, optional(list(erasureWitness, 64, 1))],
  order: [5, optional(moveOrder)],
});
export type RestoreRequest = Infer<typeof restoreRequest>;

/** Answer to it: how far the host's log goes now, and how the circle stands. */
export const restored = record({ size: [1, uint()], standing: [2, oneOf(standings)] });

/** `PUT /v1/circles/:id/mailboxes/:key?slot=open`: until when, in seconds since 1970. */
export const mailboxOpening = record({ expires: [1, uint()] });

/** `GET /v1/circles/:id/mailboxes/:key` */
export const mailbox = record({
  expires: [1, uint()],
  request: [2, optional(bytes(1, 65_536))],
  /** A second, different request was tried: somebody else holds the secret. */
  contested: [3, flag],
  welcome: [4, optional(bytes(1, 1_048_576))],
});

/** `GET /v1/host` */
export const hostInfo = record({
  /** The Ed25519 key that signs checkpoints. */
  key: [1, bytes(32)],
  /** Entry versions understood. */
  versions: [2, list(uint(255), 16, 1)],
  /** Seconds since 1970, by the host's clock. */
  time: [3, uint()],
  software: [4, text(64)],
  limits: [
    5,
    record({
      entry: [1, uint()],
      blob: [2, uint()],
      batchEntries: [3, uint()],
      batchBytes: [4, uint()],
      pageEntries: [5, uint()],
      pageBytes: [6, uint()],
      waitSeconds: [7, uint()],
    }),
  ],
});
