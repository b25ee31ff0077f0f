import type { Bytes, PublicKey } from "../codec/index.ts";

/**
 * A signature yet to be verified. The rules of this folder say *what* must be signed by *whom* and leave
 * the verifying to the caller: the host's is asynchronous (WebCrypto), a client's is not.
 */
export type SignatureClaim = {
  readonly key: PublicKey;
  readonly message: Bytes;
  /** 64 bytes. */
  readonly signature: Bytes;
};
