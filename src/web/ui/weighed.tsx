import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { CallOptions } from "../engine/remote.ts";
import { useText } from "./context.ts";
import { Dialog } from "./dialog.tsx";
import { useAction } from "./hooks.ts";
import { ActionButton } from "./parts.tsx";

/**
 * A button whose act is weighed before it is done: it opens a question that says everything the act does (`children`),
 * and only the button in there does it.
 */
export function Weighed<T>({
  label,
  title,
  confirm,
  tone = "usual",
  ready = true,
  act,
  onDone,
  children,
}: {
  readonly label: string;
  readonly title: string;
  readonly confirm: string;
  readonly tone?: "primary" | "danger" | "usual";
  /** Whether what the question asks for was given. */
  readonly ready?: boolean;
  readonly act: (options: CallOptions) => Promise<T>;
  /** Called with what the act came to. */
  readonly onDone?: (value: T) => void;
  readonly children: ComponentChildren;
}) {
  const t = useText();
  const action = useAction();
  const [open, setOpen] = useState(false);
  const close = () => {
    action.clear();
    setOpen(false);
  };
  return (
    <>
      <button type="button" class={tone === "usual" ? undefined : tone} onClick={() => setOpen(true)}>
        {label}
      </button>
      {open && (
        <Dialog title={title} onClose={close}>
          {children}
          <ActionButton
            action={action}
            tone={tone === "danger" ? "danger" : "primary"}
            disabled={!ready}
            onClick={() =>
              action.run(async (options) => {
                const value = await act(options);
                setOpen(false);
                onDone?.(value);
              })
            }
          >
            {confirm}
          </ActionButton>
          <div>
            <button type="button" onClick={close} disabled={action.busy}>
              {t("dialog.leave")}
            </button>
          </div>
        </Dialog>
      )}
    </>
  );
}
