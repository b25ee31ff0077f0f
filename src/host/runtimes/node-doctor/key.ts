import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { type Bytes, equal, UsageError } from "../../../core/codec/index.ts";
import { noteSigner } from "../../../core/crypto/webcrypto.ts";
import { fileNames, parseSeed } from "../node-files.ts";
import { type Finding, failure, ok } from "./finding.ts";

const check = "key";

/**
 * The key that signs checkpoints: readable by its owner alone, and the one that the host at the address answers with.
 * `shown`: that one (32 bytes), where the host answered.
 */
export async function keyFinding(data: string, shown: Bytes | undefined): Promise<Finding> {
  const path = join(data, fileNames.key);
  const restore = "Put the key of the last backup in place: without it no client knows this host again.";
  try {
    if ((statSync(path).mode & 0o077) !== 0) {
      return failure(
        check,
        "Others on this machine may read the host's key.",
        "chmod 600 host.key, and think about who read it.",
      );
    }
    const { publicKey } = await noteSigner(parseSeed(readFileSync(path, "utf8")));
    if (shown === undefined) return ok(check, "The host's key is whole, and for its owner alone.");
    return equal(publicKey, shown)
      ? ok(check, "The host's key is for its owner alone, and it is the one that the host answers with.")
      : failure(
          check,
          "The host at this address answers with another key than that in the data directory.",
          "Name the --data of the host that serves this address; if it is, something else answers in its place.",
        );
  } catch (error) {
    if (error instanceof UsageError) return failure(check, "The host's key file is damaged.", restore);
    const isMissing = (error as NodeJS.ErrnoException).code === "ENOENT";
    return isMissing
      ? failure(check, "There is no host's key in the data directory.", restore)
      : failure(check, "The host's key cannot be read.", "Run the doctor as the user whom the host runs as.");
  }
}
