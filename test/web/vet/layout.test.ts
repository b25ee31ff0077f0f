import { describe, expect, it } from "vitest";
import type { OrganizationId } from "../../../src/client/index.ts";
import type { Picture, PictureNode } from "../../../src/web/engine/vetting/picture.ts";
import { layOut } from "../../../src/web/views/vet/layout.ts";

const id = (name: string) => name as OrganizationId;
const node = (name: string, layer: number, part: PictureNode["part"]): PictureNode => ({
  organization: { id: id(name), name },
  layer,
  part,
});

const many: Picture = {
  nodes: [
    node("me", 0, "viewer"),
    ...Array.from({ length: 7 }, (_, n) => node(`between ${n}`, 1, "between")),
    node("last", 2, "for"),
  ],
  links: [
    { from: id("me"), to: id("between 3"), width: 3 },
    { from: id("between 3"), to: id("last"), width: 1 },
  ],
  more: 0,
};

describe("the picture of the ways of trust", () => {
  it.each([240, 320, 700, 1100])("stays within a width of %i pixels, and no two boxes touch", (width) => {
    const laid = layOut(many, width, 16);
    for (const one of laid.nodes) {
      expect(one.x).toBeGreaterThanOrEqual(0);
      expect(one.x + laid.node.width).toBeLessThanOrEqual(width);
      expect(one.y + laid.node.height).toBeLessThanOrEqual(laid.height);
      for (const other of laid.nodes) {
        if (other === one) continue;
        const apart = Math.abs(one.x - other.x) >= laid.node.width || Math.abs(one.y - other.y) >= laid.node.height;
        expect(apart).toBe(true);
      }
    }
  });

  it("leads from the viewer down, layer by layer", () => {
    const laid = layOut(many, 320, 16);
    const highest = (layer: number) => Math.min(...laid.nodes.filter((one) => one.layer === layer).map(({ y }) => y));
    const lowest = (layer: number) => Math.max(...laid.nodes.filter((one) => one.layer === layer).map(({ y }) => y));
    expect(lowest(0)).toBeLessThan(highest(1));
    expect(lowest(1)).toBeLessThan(highest(2));
    expect(laid.links).toHaveLength(2);
  });

  it("grows with the letters of the page", () => {
    expect(layOut(many, 700, 32).node.width).toBe(2 * layOut(many, 700, 16).node.width);
  });
});
