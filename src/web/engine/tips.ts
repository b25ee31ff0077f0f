/* Looking at a tip on this device: nothing is opened by another program, and nothing is fetched. */
import * as checks from "../../client/checks.ts";
import {
  type CircleId,
  type Draft,
  displayIdentifier,
  type Identifier,
  type Recorded,
  type SayOptions,
  sketcherOf,
  toHex,
  UsageError,
} from "../../client/index.ts";
import { pixelsOf } from "./pixels.ts";
import type { Job } from "./rpc.ts";
import type { Book, Session } from "./session.ts";
import { type FoundView, foundView, sayOne } from "./statements.ts";

/** Larger files are not read (docs/subjects.md). */
export const mostTipBytes = 64 * 2 ** 20;
const mostShown = 20_000;
/** Marks a sketch as the perceptual hash of a picture; `checks.sketchMethod` is that of texts. */
const pictureMethod = 2;

export type FindingView = Pick<checks.Finding, "code" | "weight" | "about" | "sentence">;

export type SourceView = {
  readonly identifier: Identifier;
  readonly display: string;
  /** False: the text may mean this, among others. */
  readonly sure: boolean;
};

/** A tip as it was examined. Its content stays in the worker. */
export type TipView = {
  readonly kind: checks.Examined["kind"];
  readonly bytes: number;
  readonly findings: readonly FindingView[];
  readonly sources: readonly SourceView[];
  /** The beginning of its text, where it has one to read. */
  readonly text?: string;
  /** SHA-256, hexadecimal. */
  readonly hash: string;
  /** Whether it can be compared with what others saw: a text, or a picture that this browser can decode. */
  readonly comparable: "text" | "picture" | "file";
};

/** A tip in the circles that is like this one. */
export type SimilarView = {
  readonly found: FoundView;
  readonly likeness: "same" | "match" | "suggest";
  /** What differs, where the other text was shared whole. */
  readonly diff?: Pick<checks.Diff, "changes" | "negationDiffers" | "numbersDiffer" | "namesDiffer">;
};

/** How much of a tip others are to see. */
export type Degree = "verdict" | "sketch" | "whole";

export type SharedTip = {
  readonly circle: CircleId;
  readonly degree: Degree;
  /** Everything of the statement that does not follow from the tip itself. */
  readonly draft: Omit<
    Extract<Draft, { kind: "tip" }>,
    "kind" | "sources" | "sketch" | "fileHashes" | "content" | "attachments"
  >;
  readonly sources: readonly Identifier[];
  readonly options?: Pick<SayOptions, "to" | "forwardable">;
};

type Held = {
  readonly content: Uint8Array<ArrayBuffer>;
  readonly name: string | undefined;
  readonly hash: Uint8Array<ArrayBuffer>;
  readonly text: string | undefined;
  readonly picture: Uint8Array | undefined;
};

/** The tips that a circle holds and counts. */
const tipsIn = ({ circle, index }: Book): readonly Recorded[] =>
  circle
    .statements()
    .filter(({ statement, hash }) => statement.kind === "tip" && index().byHash(hash)?.counts === true);

export function tipMethods(session: Session) {
  let held: Held | undefined;

  const requireHeld = (): Held => {
    if (held === undefined) throw new UsageError("tip.none", "there is no tip here: drop or paste it again");
    return held;
  };

  function similarIn(book: Book, tip: Held): readonly SimilarView[] {
    const sketch = tip.text === undefined ? undefined : sketcherOf(book.circle)(tip.text);
    const found: SimilarView[] = [];
    for (const recorded of tipsIn(book)) {
      const { statement } = recorded;
      const whole = book.index().byHash(recorded.hash);
      if (statement.kind !== "tip" || whole === undefined) continue;
      const view = foundView(book, whole);
      if (statement.fileHashes?.some((hash) => toHex(hash) === toHex(tip.hash)) === true) {
        found.push({ found: view, likeness: "same" });
        continue;
      }
      if (statement.content !== undefined && tip.text !== undefined) {
        const { level, diff } = checks.tipSimilarity(tip.text, statement.content);
        if (level !== "none") found.push({ found: view, likeness: level, diff });
      } else if (statement.sketch?.method === pictureMethod && tip.picture !== undefined) {
        const { level } = checks.compareImages(tip.picture, statement.sketch.values);
        if (level !== "none") found.push({ found: view, likeness: level });
      } else if (sketch !== undefined && statement.sketch?.method === sketch.method) {
        const { level } = checks.compareSketches(sketch, statement.sketch);
        if (level !== "none") found.push({ found: view, likeness: level });
      }
    }
    return found;
  }

  return {
    examine: async (
      { content, name }: { content: Uint8Array<ArrayBuffer>; name?: string },
      job: Job,
    ): Promise<TipView> => {
      if (content.length > mostTipBytes) throw new UsageError("tip.too-large", "only files up to 64 MiB are looked at");
      held = undefined;
      const { kind, findings, field, text } = await checks.examine(content, name, { now: Date.now() });
      job.signal.throwIfAborted();
      const pixels = kind === "file" ? await pixelsOf(content) : undefined;
      job.signal.throwIfAborted();
      const picture = pixels === undefined ? undefined : checks.imageHash(pixels);
      const hash = await checks.fileHash(content);
      held = { content, name, hash, text, picture };
      return {
        kind,
        bytes: content.length,
        findings: findings.map(({ code, weight, about, sentence }) => ({ code, weight, about, sentence })),
        sources: field.understood.map(({ identifier, sure }) => ({
          identifier,
          display: displayIdentifier(identifier),
          sure,
        })),
        hash: toHex(hash),
        comparable: text !== undefined ? "text" : picture !== undefined ? "picture" : "file",
        ...(text === undefined ? {} : { text: text.slice(0, mostShown) }),
      };
    },
    /** Tips in all circles that are like the one at hand, and everything that is held about its sources. */
    compare: async ({ sources }: { sources: readonly Identifier[] }) => {
      const tip = requireHeld();
      const books = await session.books();
      const similar = books.flatMap((book) => similarIn(book, tip));
      const order = ["same", "match", "suggest"];
      const about = books.flatMap((book) =>
        book
          .index()
          .about(sources)
          .map((one) => foundView(book, one)),
      );
      return {
        similar: similar.sort((a, b) => order.indexOf(a.likeness) - order.indexOf(b.likeness)).slice(0, 50),
        about,
      };
    },
    share: async ({ circle, degree, draft, sources, options }: SharedTip): Promise<FoundView> => {
      const tip = requireHeld();
      const book = await session.book(circle);
      const sketch =
        tip.text !== undefined
          ? sketcherOf(book.circle)(tip.text)
          : tip.picture === undefined
            ? undefined
            : { method: pictureMethod, values: tip.picture.slice() };
      const isText = degree === "whole" && tip.text !== undefined && tip.content.length <= 32_768;
      const made: Draft = {
        ...draft,
        kind: "tip",
        sources: [...sources],
        ...(degree === "verdict" ? {} : { fileHashes: [tip.hash] }),
        ...(degree === "verdict" || sketch === undefined ? {} : { sketch }),
        ...(isText && tip.text !== undefined ? { content: tip.text.normalize("NFC") } : {}),
      };
      const attached =
        degree === "whole" && !isText
          ? { attachments: [{ name: tip.name ?? "tip", mediaType: "application/octet-stream", bytes: tip.content }] }
          : {};
      return sayOne(session, book, made, { ...options, ...attached });
    },
    /** Lets the tip at hand go. */
    forget: async (): Promise<void> => {
      held = undefined;
    },
  };
}
