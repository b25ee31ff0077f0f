import { describe, expect, it } from "vitest";
import type { Assessment, OrganizationId } from "../../../src/client/index.ts";
import { pictureOf } from "../../../src/web/engine/vetting/picture.ts";

const me = "me" as OrganizationId;
const named = (id: string) => ({ id: id as OrganizationId, name: id });

type Told = {
  readonly from: string;
  readonly side?: "for" | "against";
  readonly ways: readonly (readonly [number, ...string[]])[];
};

const assessed = (told: readonly Told[]): Assessment => ({
  evidence: { for: 1, against: 0 },
  opinion: { belief: 0.5, disbelief: 0, uncertainty: 0.5 },
  conflict: 0,
  abstain: false,
  beside: [],
  reasons: told.map(({ from, side = "for", ways }) => {
    const paths = ways.map(([amount, ...through]) => ({ amount, organizations: [me, ...through, from] }));
    const amount = paths.reduce((sum, path) => sum + path.amount, 0);
    return { organization: from, statement: `said by ${from}`, side, voice: 0.1, amount, paths, rest: 0 };
  }),
});

describe("the ways of trust as a picture", () => {
  it("puts who only speaks at the end, and who passes on at its step", () => {
    const { nodes } = pictureOf(
      [
        assessed([
          { from: "b", ways: [[3]] },
          { from: "d", ways: [[2, "b", "c"]] },
        ]),
      ],
      me,
      named,
    );
    expect(nodes.map(({ organization, layer, part }) => [organization.id, layer, part])).toEqual([
      ["me", 0, "viewer"],
      ["b", 1, "for"],
      ["c", 2, "between"],
      ["d", 3, "for"],
    ]);
  });

  it("draws what comes by a link as its width, in three steps", () => {
    const { links } = pictureOf(
      [
        assessed([
          { from: "b", ways: [[9]] },
          { from: "c", ways: [[5]] },
          { from: "d", side: "against", ways: [[1]] },
        ]),
      ],
      me,
      named,
    );
    expect(links.map(({ to, width }) => [to, width])).toEqual([
      ["b", 3],
      ["c", 2],
      ["d", 1],
    ]);
  });

  it("keeps who was taken out, so that they can be put back", () => {
    const before = assessed([{ from: "c", ways: [[2, "b"]] }]);
    const { nodes } = pictureOf([before, assessed([])], me, named);
    expect(nodes.map(({ organization }) => organization.id)).toEqual(["me", "b", "c"]);
  });

  it("says how many it leaves out where there are too many to take in", () => {
    const told = Array.from({ length: 15 }, (_, n) => ({ from: `o${n}`, ways: [[1] as const] }));
    const { nodes, more } = pictureOf([assessed(told)], me, named);
    expect(nodes).toHaveLength(13);
    expect(more).toBe(3);
  });

  it("leaves out whom nobody hears, and the viewer's own word", () => {
    const { nodes } = pictureOf(
      [
        assessed([
          { from: "b", ways: [] },
          { from: "me", ways: [[4]] },
        ]),
      ],
      me,
      named,
    );
    expect(nodes.map(({ organization }) => organization.id)).toEqual(["me"]);
  });
});
