/**
 * Errors by whose fault it is. The message is constant and holds no data; the code is stable, and
 * people's messages are made from it in their language. No error carries a secret or a name.
 */
export abstract class SymbolonError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = new.target.name;
    this.code = code;
  }
}

/** The caller's fault: a wrong argument, or an act that the caller has no right to. */
export class UsageError extends SymbolonError {}

/** A member's fault: what they signed or sent is not what the protocol allows. */
export class PeerFault extends SymbolonError {}

/** The host's fault: it answered something that an honest host cannot. */
export class HostFault extends SymbolonError {}

/** Stored data is damaged or was changed by somebody else. */
export class Corrupt extends SymbolonError {}

/** The host refused or could not be reached; the caller may try again. `status` is HTTP's, 0 where none came. */
export class Refused extends SymbolonError {
  readonly status: number;

  constructor(code: string, message: string, status: number) {
    super(code, message);
    this.status = status;
  }
}
