import { useEffect, useRef, useState } from "preact/hooks";
import type { Picture } from "../../engine/codes.ts";
import { Notice, useEngine, useText } from "../../ui/index.ts";

/** The browser's own detector, where there is one (not in TypeScript's library yet). */
type Detector = { detect(source: CanvasImageSource): Promise<readonly { readonly rawValue: string }[]> };
declare const BarcodeDetector:
  | { new (options: { formats: readonly string[] }): Detector; getSupportedFormats(): Promise<readonly string[]> }
  | undefined;

async function ownDetector(): Promise<Detector | undefined> {
  if (typeof BarcodeDetector === "undefined") return undefined;
  const formats = await BarcodeDetector.getSupportedFormats().catch((): readonly string[] => []);
  return formats.includes("qr_code") ? new BarcodeDetector({ formats: ["qr_code"] }) : undefined;
}

/** Milliseconds between two looks: a hand moves no faster. */
const pause = 150;
/** Pictures wider than this are made smaller before they are looked at. */
const mostWidth = 640;

function pictureOf(video: HTMLVideoElement): Picture | undefined {
  if (video.videoWidth === 0) return undefined;
  const scale = Math.min(1, mostWidth / video.videoWidth);
  const [width, height] = [Math.floor(video.videoWidth * scale), Math.floor(video.videoHeight * scale)];
  const context = new OffscreenCanvas(width, height).getContext("2d");
  if (context === null) return undefined;
  context.drawImage(video, 0, 0, width, height);
  return { pixels: context.getImageData(0, 0, width, height).data, width, height };
}

/** Looks through the camera until a code is found. Its pictures stay in this page and its worker. */
export function Scanner({ onFound, onEnd }: { readonly onFound: (text: string) => void; readonly onEnd: () => void }) {
  const t = useText();
  const engine = useEngine();
  const video = useRef<HTMLVideoElement>(null);
  const [refused, setRefused] = useState(false);
  useEffect(() => {
    let ended = false;
    let stream: MediaStream | undefined;
    const look = async () => {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
      const element = video.current;
      if (ended || element === null) return end();
      element.srcObject = stream;
      await element.play();
      const detector = await ownDetector();
      while (!ended) {
        const text = await (detector === undefined ? byWorker(element) : byBrowser(detector, element));
        if (ended) return;
        if (text !== undefined && text !== "") return onFound(text);
        await new Promise((resolve) => setTimeout(resolve, pause));
      }
    };
    const byBrowser = async (detector: Detector, element: HTMLVideoElement) =>
      (await detector.detect(element).catch(() => []))[0]?.rawValue;
    const byWorker = async (element: HTMLVideoElement) => {
      const picture = pictureOf(element);
      return picture === undefined ? undefined : engine.codes.read(picture);
    };
    function end(): void {
      ended = true;
      for (const track of stream?.getTracks() ?? []) track.stop();
    }
    look().catch(() => {
      if (!ended) setRefused(true);
    });
    return end;
  }, []);
  return (
    <div class="stack">
      {refused ? (
        <Notice tone="warn" title={t("scan.refused")}>
          <p>{t("scan.refusedText")}</p>
        </Notice>
      ) : (
        <>
          <p>{t("scan.text")}</p>
          <video ref={video} class="camera" muted playsInline aria-label={t("scan.camera")} />
        </>
      )}
      <div>
        <button type="button" onClick={onEnd}>
          {t("scan.end")}
        </button>
      </div>
    </div>
  );
}
