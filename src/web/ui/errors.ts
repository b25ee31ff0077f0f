/* People's messages for errors, made from the stable code in their language. */
import type { EngineError } from "../engine/remote.ts";
import type { MessageKey, Messages, Translate } from "../i18n/translate.ts";

/** What happened and what to do, in the reader's language: by the code, or by whose fault it is. */
export function sayError(error: Pick<EngineError, "code" | "fault">, messages: Messages, t: Translate): string {
  const exact = `error.${error.code}`;
  if (Object.hasOwn(messages, exact)) return t(exact as MessageKey);
  return t(`fault.${error.fault}`);
}
