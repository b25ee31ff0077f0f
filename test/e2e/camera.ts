/* A camera that sees one QR code and nothing else: a film for Chromium's fake device. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encode } from "uqr";

const [width, height] = [640, 480];

/** One frame in YUV 4:2:0: the code in its middle, dark on light. */
function frameOf(text: string): Uint8Array {
  const { data, size } = encode(text, { ecc: "M", border: 4 });
  const scale = Math.floor(Math.min(width, height) / size);
  const [left, top] = [Math.floor((width - size * scale) / 2), Math.floor((height - size * scale) / 2)];
  const frame = new Uint8Array((width * height * 3) / 2).fill(128, width * height).fill(235, 0, width * height);
  for (let y = 0; y < size * scale; y++) {
    for (let x = 0; x < size * scale; x++) {
      const dark = data[Math.floor(y / scale)]?.[Math.floor(x / scale)] === true;
      if (dark) frame[(top + y) * width + left + x] = 16;
    }
  }
  return frame;
}

/** The flags with which a browser's camera sees this text as a code, and how to clean up. */
export function cameraThatSees(text: string): { readonly flags: readonly string[]; readonly remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), "symbolon-camera-"));
  const film = join(folder, "film.y4m");
  const head = new TextEncoder().encode(`YUV4MPEG2 W${width} H${height} F30:1 Ip A1:1 C420jpeg\n`);
  const mark = new TextEncoder().encode("FRAME\n");
  const frame = frameOf(text);
  writeFileSync(film, Buffer.concat([head, mark, frame, mark, frame]));
  return {
    flags: [
      "--use-fake-device-for-media-stream",
      "--use-fake-ui-for-media-stream",
      `--use-file-for-fake-video-capture=${film}`,
    ],
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
