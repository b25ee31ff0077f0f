/* The ways of trust as a picture: organizations in layers from the viewer on, and what passes between them. */
import type { Assessment, OrganizationId } from "../../../client/index.ts";
import type { Named } from "../statements.ts";

export type PictureNode = {
  readonly organization: Named<OrganizationId>;
  /** 0: the viewer; those who say something about the subject, and pass on nothing, stand in the last layer. */
  readonly layer: number;
  readonly part: "viewer" | "between" | "for" | "against";
};

/** A vouch by which something said is heard. Three widths are enough: more could not be told apart. */
export type PictureLink = { readonly from: OrganizationId; readonly to: OrganizationId; readonly width: 1 | 2 | 3 };

export type Picture = {
  readonly nodes: readonly PictureNode[];
  readonly links: readonly PictureLink[];
  /** Organizations that say something and are left out of the picture; the list has them all. */
  readonly more: number;
};

/** More than these cannot be taken in at one look. */
const mostReporters = 12;
const mostWays = 4;

type Heard = { readonly id: string; readonly side: "for" | "against"; readonly paths: readonly (readonly string[])[] };

/** The picture of one or several assessments (before and after somebody is taken out), joined. */
export function pictureOf(
  assessments: readonly Assessment[],
  viewer: OrganizationId,
  named: (id: string) => Named<OrganizationId>,
): Picture {
  const amounts = new Map<string, number>();
  const layers = new Map<string, number>([[viewer, 0]]);
  const reporters = new Map<string, Heard>();
  const seen = new Set<string>();
  for (const { reasons } of assessments) {
    const counted = reasons.filter(({ amount, organization }) => amount > 0 && organization !== viewer);
    for (const { organization } of counted) seen.add(organization);
    for (const { organization, side, paths } of counted) {
      if (!reporters.has(organization) && reporters.size >= mostReporters) continue;
      const ways = paths.slice(0, mostWays);
      reporters.set(organization, { id: organization, side, paths: ways.map((way) => way.organizations) });
      for (const { organizations, amount } of ways) {
        for (const [at, to] of organizations.entries()) {
          const from = organizations[at - 1];
          if (from === undefined) continue;
          const link = `${from} ${to}`;
          amounts.set(link, (amounts.get(link) ?? 0) + amount);
          if (at < organizations.length - 1) layers.set(to, Math.min(at, layers.get(to) ?? at));
        }
      }
    }
  }
  const last = 1 + Math.max(0, ...layers.values());
  for (const { id } of reporters.values()) if (!layers.has(id)) layers.set(id, last);
  const largest = Math.max(...amounts.values());
  const nodes = [...layers].map(
    ([id, layer]): PictureNode => ({
      organization: named(id),
      layer,
      part: id === viewer ? "viewer" : (reporters.get(id)?.side ?? "between"),
    }),
  );
  const links = [...amounts].map(([link, amount]): PictureLink => {
    const [from, to] = link.split(" ") as [OrganizationId, OrganizationId];
    const width = amount > (2 * largest) / 3 ? 3 : amount > largest / 3 ? 2 : 1;
    return { from, to, width };
  });
  const label = ({ organization }: PictureNode) => organization.name ?? organization.id;
  nodes.sort((a, b) => a.layer - b.layer || (label(a) < label(b) ? -1 : 1));
  return { nodes, links, more: seen.size - reporters.size };
}
