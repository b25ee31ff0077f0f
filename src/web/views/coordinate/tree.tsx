import type { TreeNode } from "../../engine/roster/trust.ts";

type Placed = { readonly node: TreeNode; readonly x: number; readonly y: number; readonly from?: Placed };

/** Sizes in the picture's own units. */
const column = 170;
const row = 40;
const box = { width: 140, height: 28 };
const lettersShown = 16;

/** Every organization at a place: those brought in to the side of who brought them, one row for each last one. */
function layOut(tree: readonly TreeNode[]): { readonly placed: readonly Placed[]; readonly rows: number } {
  const placed: Placed[] = [];
  let rows = 0;
  const put = (node: TreeNode, depth: number, from: Placed | undefined): void => {
    const here: Placed = { node, x: depth * column, y: rows * row, ...(from === undefined ? {} : { from }) };
    placed.push(here);
    if (node.broughtIn.length === 0) rows++;
    for (const next of node.broughtIn) put(next, depth + 1, here);
  };
  for (const node of tree) put(node, 0, undefined);
  return { placed, rows };
}

function labelOf({ id, name }: TreeNode): string {
  const letters = [...(name ?? id.slice(0, 8))];
  return letters.length > lettersShown ? `${letters.slice(0, lettersShown - 1).join("")}…` : letters.join("");
}

/** Who brought whom in, as a picture. What it says stands in the list beside it, too. */
export function TreePicture({ tree, label }: { readonly tree: readonly TreeNode[]; readonly label: string }) {
  const { placed, rows } = layOut(tree);
  const width = Math.max(...placed.map(({ x }) => x)) + box.width + 4;
  const height = rows * row;
  return (
    <svg class="tree" viewBox={`-2 -4 ${width} ${height}`} width={width} height={height} role="img" aria-label={label}>
      {placed.map(({ node, x, y, from }) => (
        <g key={node.id} class={`node ${node.status}${node.mine ? " mine" : ""}`}>
          {from !== undefined && (
            <path
              d={`M${from.x + box.width} ${from.y + box.height / 2}H${x - 15}V${y + box.height / 2}H${x}`}
              class="edge"
            />
          )}
          <rect x={x} y={y} width={box.width} height={box.height} rx="6" />
          <text x={x + box.width / 2} y={y + 19} text-anchor="middle">
            {labelOf(node)}
          </text>
        </g>
      ))}
    </svg>
  );
}
