/** A picture of a camera: RGBA, row by row. */
export type Picture = { readonly pixels: Uint8ClampedArray; readonly width: number; readonly height: number };

export function codeMethods() {
  return {
    /** The text of a QR code in a picture, if one is there. For browsers that have no detector of their own. */
    read: async ({ pixels, width, height }: Picture): Promise<string | undefined> => {
      const { default: module } = await import("jsqr");
      // Its types tell of a module with a default; what a bundler gives is that default.
      const find = module as unknown as typeof module.default;
      return find(pixels, width, height, { inversionAttempts: "dontInvert" })?.data;
    },
  };
}
