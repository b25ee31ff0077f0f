import { derive } from "../../core/crypto/index.ts";
import { makeSketcher, type Sketcher } from "../../subjects/index.ts";
import type { Circle } from "./circle.ts";

/** Makes sketches of tips that all members of the circle can compare, and nobody else. */
export function sketcherOf(circle: Circle): Sketcher {
  const { nonce } = circle.state();
  return makeSketcher(derive(circle.platform.crypto, nonce, "sketch", nonce, 0));
}
