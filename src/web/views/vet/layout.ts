/* Where everything in a picture of the ways of trust stands. Pure, so that it can be tested. */
import type { Picture, PictureLink, PictureNode } from "../../engine/vetting/picture.ts";

export type PlacedNode = PictureNode & { readonly x: number; readonly y: number };
export type PlacedLink = PictureLink & { readonly path: string };

export type Laid = {
  readonly width: number;
  readonly height: number;
  readonly node: { readonly width: number; readonly height: number };
  readonly nodes: readonly PlacedNode[];
  readonly links: readonly PlacedLink[];
};

/**
 * Layers from the top down, each in as many rows as the width (in pixels) needs, so that nothing ever has to be
 * scrolled sideways. `unit` is the size of the page's letters: the boxes grow with them.
 */
export function layOut(picture: Picture, width: number, unit: number): Laid {
  const node = { width: Math.min(9.5 * unit, width), height: 3.25 * unit };
  const gap = { across: unit, rows: 0.75 * unit, layers: 3 * unit };
  const perRow = Math.max(1, Math.floor((width + gap.across) / (node.width + gap.across)));
  const nodes: PlacedNode[] = [];
  let y = 0;
  const last = Math.max(0, ...picture.nodes.map(({ layer }) => layer));
  for (let layer = 0; layer <= last; layer++) {
    const here = picture.nodes.filter((one) => one.layer === layer);
    if (here.length === 0) continue;
    const rows = Math.ceil(here.length / perRow);
    const each = Math.ceil(here.length / rows);
    for (let row = 0; row < rows; row++) {
      const part = here.slice(row * each, (row + 1) * each);
      const taken = part.length * node.width + (part.length - 1) * gap.across;
      for (const [at, one] of part.entries()) {
        nodes.push({ ...one, x: (width - taken) / 2 + at * (node.width + gap.across), y });
      }
      y += node.height + (row === rows - 1 ? gap.layers : gap.rows);
    }
  }
  const places = new Map(nodes.map((one) => [one.organization.id, one]));
  const links = picture.links.flatMap((link): PlacedLink[] => {
    const [from, to] = [places.get(link.from), places.get(link.to)];
    if (from === undefined || to === undefined) return [];
    const [x1, y1, x2, y2] = [from.x + node.width / 2, from.y + node.height, to.x + node.width / 2, to.y];
    const bend = (y2 - y1) / 2;
    return [{ ...link, path: `M ${x1} ${y1} C ${x1} ${y1 + bend}, ${x2} ${y2 - bend}, ${x2} ${y2}` }];
  });
  return { width, height: Math.max(0, y - gap.layers), node, nodes, links };
}
