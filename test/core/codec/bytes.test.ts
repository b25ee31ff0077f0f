import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromBase64, fromHex, toBase64, toHex } from "../../../src/core/codec/index.ts";

const bytes = fc.uint8Array({ maxLength: 3000 }).map((b) => new Uint8Array(b));
const text = fc.oneof(fc.string({ maxLength: 12 }), fc.string({ unit: "binary", maxLength: 12 }), fc.base64String());

describe("hexadecimal", () => {
  it("is what Node writes, and comes back", () => {
    fc.assert(
      fc.property(bytes, (b) => {
        expect(toHex(b)).toBe(Buffer.from(b).toString("hex"));
        expect(fromHex(toHex(b))).toEqual(b);
      }),
    );
  });

  it("is taken in its one spelling alone", () => {
    for (const bad of ["0", "0G", "AB", "0x", " 0", "é0", "\u0130\u0130"]) expect(fromHex(bad)).toBeUndefined();
    fc.assert(
      fc.property(text, (t) => {
        const found = fromHex(t);
        const canonical = /^([0-9a-f]{2})*$/.test(t);
        expect(found === undefined ? undefined : toHex(found)).toBe(canonical ? t : undefined);
      }),
    );
  });
});

describe("base64", () => {
  it("is what Node writes, and comes back", () => {
    fc.assert(
      fc.property(bytes, (b) => {
        expect(toBase64(b)).toBe(Buffer.from(b).toString("base64"));
        expect(fromBase64(toBase64(b))).toEqual(b);
      }),
    );
  });

  it("is taken in its one canonical spelling alone", () => {
    for (const bad of ["A", "AB", "AB=", "AB==CD==", "====", "=", "A===", "AAB=", "AB==\n", "-_==", "AAé="]) {
      expect(fromBase64(bad)).toBeUndefined();
    }
    fc.assert(
      fc.property(text, (t) => {
        const found = fromBase64(t);
        const canonical = Buffer.from(t, "base64").toString("base64") === t;
        expect(found === undefined ? undefined : toBase64(found)).toBe(canonical ? t : undefined);
      }),
    );
  });
});
