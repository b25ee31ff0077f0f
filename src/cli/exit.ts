import { CommanderError } from "commander";
import { Corrupt, HostFault, PeerFault, Refused, UsageError } from "../client/index.ts";

/** Exit codes, for scripts. `--help` prints the table. */
export const exits = {
  ok: 0,
  unexpected: 1,
  usage: 2,
  refused: 3,
  unreachable: 4,
  hostFault: 5,
  corrupt: 6,
  locked: 7,
  unwell: 8,
} as const;

export const exitTable = `Exit codes:
  0  done
  1  something unexpected failed
  2  used wrongly: a command, an option, a name
  3  the circle's rules or the host do not allow it, or what a member sent
     does not hold
  4  the host cannot be reached, or is busy
  5  alarm: the host did what an honest host cannot
  6  data on this device are damaged
  7  locked: no phrase, or a wrong one
  8  the doctor found something to repair at a host`;

/** What a failure is to a caller: exit code, stable code, and a sentence that says what to do. */
export type Failure = { readonly exit: number; readonly code: string; readonly message: string };

const notAllowed = (code: string) =>
  code.startsWith("circle.void.") ||
  code.startsWith("move.") ||
  ["circle.ended", "circle.not-fresh", "circle.no-key", "circle.waiting", "rotate.signatures"].includes(code) ||
  code === "identity.no-organization-key";

function usageExit(code: string): number {
  if (code === "vault.locked" || code === "vault.no-phrase") return exits.locked;
  return notAllowed(code) ? exits.refused : exits.usage;
}

function refusedExit({ code, status }: Refused): number {
  if (code === "circle.no-key") return exits.refused;
  if (status === 0 || status >= 500 || code === "host.answer") return exits.unreachable;
  return exits.refused;
}

/** Errors of the operating system that a person can do something about. */
const device: Readonly<Record<string, readonly [code: string, message: string]>> = {
  ENOSPC: ["device.full", "the disk is full: make room and try again; nothing was changed by half"],
  EDQUOT: ["device.full", "the disk is full: make room and try again; nothing was changed by half"],
  EACCES: ["device.permission", "this may not be read or written here: check the permissions of --home and files"],
  EPERM: ["device.permission", "this may not be read or written here: check the permissions of --home and files"],
  EROFS: ["device.permission", "this disk cannot be written to: choose another --home"],
  EADDRINUSE: ["host.address", "something else listens on this address and port: choose another --port"],
  ENOTDIR: ["device.path", "a part of the path is a file: choose another --home"],
};

/** The failure that an error is. */
export function failureOf(error: unknown): Failure {
  if (error instanceof CommanderError) {
    const message = error.message.replace(/^error: /, "");
    return { exit: error.exitCode === 0 ? exits.ok : exits.usage, code: "cli.usage", message };
  }
  if (error instanceof UsageError) return { exit: usageExit(error.code), code: error.code, message: error.message };
  if (error instanceof Refused) return { exit: refusedExit(error), code: error.code, message: error.message };
  if (error instanceof HostFault) return { exit: exits.hostFault, code: error.code, message: error.message };
  if (error instanceof Corrupt) return { exit: exits.corrupt, code: error.code, message: error.message };
  if (error instanceof PeerFault) return { exit: exits.refused, code: error.code, message: error.message };
  const known = device[(error as NodeJS.ErrnoException | undefined)?.code ?? ""];
  if (known !== undefined) return { exit: exits.unexpected, code: known[0], message: known[1] };
  const message = "something unexpected failed: run it again with --debug, and report what that prints";
  return { exit: exits.unexpected, code: "unexpected", message };
}
