/** Tips: how alike two texts or pictures are, what differs, and keyed sketches to find relatives by. */
export type { Change, Diff } from "./diff.ts";
export { compareImages, type ImageLikeness, imageHash, type Pixels } from "./image.ts";
export { longestTip, type NormalText, normalizeTip } from "./normalize.ts";
export { matchFrom, suggestFrom, type TipSimilarity, tipSimilarity } from "./similarity.ts";
export {
  compareSketches,
  fileHash,
  makeSketcher,
  makeSketchIndex,
  type Sketcher,
  type SketchIndex,
  type SketchLikeness,
  sketchMethod,
} from "./sketch.ts";
