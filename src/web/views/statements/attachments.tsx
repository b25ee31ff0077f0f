import { useEffect, useState } from "preact/hooks";
import type { FoundView } from "../../engine/statements.ts";
import { ActionButton, Notice, Section, saveFile, useAction, useEngine, useText } from "../../ui/index.ts";

type Attached = NonNullable<FoundView["statement"]["attachments"]>[number];

/** Pictures that a browser draws from bytes alone; everything else is only saved. */
const drawn = /^image\/(?:png|jpeg|webp|gif)$/;

/** The files of a statement: fetched, opened on this device, shown where that is harmless, otherwise saved. */
export function Attachments({ found }: { readonly found: FoundView }) {
  const t = useText();
  const list = found.statement.attachments ?? [];
  if (list.length === 0) return null;
  return (
    <Section title={t("statement.attachments")}>
      <Notice tone="warn">
        <p>{t("statement.saveText")}</p>
      </Notice>
      {list.map((attachment, number) => (
        <OneAttachment key={attachment.name} found={found} attachment={attachment} number={number} />
      ))}
    </Section>
  );
}

function OneAttachment({
  found,
  attachment,
  number,
}: {
  readonly found: FoundView;
  readonly attachment: Attached;
  readonly number: number;
}) {
  const t = useText();
  const engine = useEngine();
  const action = useAction();
  const [content, setContent] = useState<Uint8Array<ArrayBuffer> | undefined>(undefined);
  const [url, setUrl] = useState<string | undefined>(undefined);
  const isDrawn = drawn.test(attachment.mediaType);
  useEffect(() => {
    if (content === undefined || !isDrawn) return;
    const made = URL.createObjectURL(new Blob([content], { type: attachment.mediaType }));
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [content, isDrawn, attachment.mediaType]);
  return (
    <div class="card stack">
      <p>
        <bdi>{attachment.name}</bdi>
      </p>
      {content === undefined ? (
        <ActionButton
          action={action}
          tone="usual"
          onClick={() =>
            action.run(async (options) =>
              setContent(
                await engine.statements.attachment({ circle: found.circle.id, hash: found.hash, number }, options),
              ),
            )
          }
        >
          {t("statement.fetch")}
        </ActionButton>
      ) : (
        <>
          {url !== undefined && <img class="attached" src={url} alt={attachment.name} />}
          <div>
            <button type="button" onClick={() => saveFile(attachment.name, content)}>
              {t("statement.save", { name: attachment.name })}
            </button>
          </div>
        </>
      )}
    </div>
  );
}
