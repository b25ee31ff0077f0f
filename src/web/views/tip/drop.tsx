import { useId, useState } from "preact/hooks";
import { Notice, TextArea, useText } from "../../ui/index.ts";

/** Larger files are refused before they are read; what the worker takes is the same. */
const mostBytes = 64 * 2 ** 20;

/** Where a tip is pasted or dropped. Nothing of it is opened by another program. */
export function DropTip({
  busy,
  onTip,
}: {
  readonly busy: boolean;
  readonly onTip: (content: Uint8Array<ArrayBuffer>, name?: string) => void;
}) {
  const t = useText();
  const id = useId();
  const [text, setText] = useState("");
  const [tooLarge, setTooLarge] = useState(false);
  const take = async (file: File | undefined) => {
    if (file === undefined) return;
    setTooLarge(file.size > mostBytes);
    if (file.size <= mostBytes) onTip(new Uint8Array(await file.arrayBuffer()), file.name);
  };
  return (
    <form
      class="stack drop"
      onSubmit={(event) => {
        event.preventDefault();
        onTip(new TextEncoder().encode(text));
      }}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        void take(event.dataTransfer?.files[0]);
      }}
    >
      <TextArea label={t("tip.paste")} hint={t("tip.pasteHint")} value={text} onChange={setText} />
      <div>
        <button type="submit" class="primary" disabled={busy || text.trim() === ""}>
          {t("tip.look")}
        </button>
      </div>
      <div class="field">
        <label for={id}>{t("tip.file")}</label>
        <span class="hint" id={`${id}-hint`}>
          {t("tip.fileHint")}
        </span>
        <input
          id={id}
          type="file"
          aria-describedby={`${id}-hint`}
          disabled={busy}
          onChange={(event) => void take(event.currentTarget.files?.[0])}
        />
      </div>
      {tooLarge && (
        <Notice tone="bad">
          <p>{t("error.tip.too-large")}</p>
        </Notice>
      )}
    </form>
  );
}
