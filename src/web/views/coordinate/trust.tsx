import type { CircleId } from "../../../client/index.ts";
import type { TreeNode } from "../../engine/roster/trust.ts";
import {
  listed,
  Name,
  Notice,
  Section,
  Shown,
  said,
  Tag,
  useEngine,
  useFrame,
  useLoaded,
  useNavigation,
  useText,
  When,
} from "../../ui/index.ts";
import type { ViewProps } from "../index.ts";
import { CirclePage, circleAt } from "./frame.tsx";
import { MarkTags } from "./marks.tsx";
import { TreePicture } from "./tree.tsx";

/** Who brought whom in, and on whom most trust hangs. */
export function TrustPage({ place }: ViewProps) {
  const { t, language } = useFrame();
  const engine = useEngine();
  const circle = circleAt(place);
  const found = useLoaded(() => engine.trust.show({ circle }), [circle]);
  const names = (all: Parameters<typeof listed>[0]) => listed(all, language.tag);
  return (
    <CirclePage place={place} part="circle-trust" title={t("trust.title")}>
      <Shown loaded={found}>
        {({ tree, hanging, ways, bursts, unreachable }) => (
          <>
            {bursts.map((burst) => (
              <Notice
                key={`${burst.identifier} ${burst.root.id}`}
                tone="bad"
                title={t("trust.burst", { count: burst.organizations.length, root: said(burst.root) })}
              >
                <p>
                  <bdi>{burst.identifier}</bdi> · {names(burst.organizations)} · <When hour={burst.fromHour} /> –{" "}
                  <When hour={burst.toHour} />
                </p>
                <p>{t("trust.burstText")}</p>
              </Notice>
            ))}
            <Section title={t("trust.hanging")}>
              <p>{t("trust.ways", { count: ways })}</p>
              {hanging.length === 0 ? (
                ways > 0 && <p>{t("trust.nobody")}</p>
              ) : (
                <ol>
                  {hanging.map(({ organization, alone }) => (
                    <li key={organization.id}>
                      <strong>
                        <Name of={organization} />
                      </strong>
                      {": "}
                      {alone.length === 0 ? t("trust.others") : t("trust.alone", { names: names(alone) })}
                    </li>
                  ))}
                </ol>
              )}
              {unreachable.length > 0 && (
                <>
                  <h3>{t("trust.unreachable")}</h3>
                  <p>{t("trust.unreachableText", { names: names(unreachable) })}</p>
                </>
              )}
            </Section>
            <Section title={t("trust.tree")}>
              <p>{t("trust.treeText")}</p>
              <TreePicture tree={tree} label={t("trust.picture")} />
              <Branch circle={circle} nodes={tree} />
            </Section>
          </>
        )}
      </Shown>
    </CirclePage>
  );
}

/** The tree as nested lists: the same as the picture, for everybody. */
function Branch({ circle, nodes }: { readonly circle: CircleId; readonly nodes: readonly TreeNode[] }) {
  const t = useText();
  const { go } = useNavigation();
  return (
    <ul class="branch">
      {nodes.map((node) => (
        <li key={node.id}>
          <span class="row">
            <button
              type="button"
              class="plain"
              onClick={() => go({ view: "circle-organization", circle, organization: node.id })}
            >
              <Name of={node} />
            </button>
            {node.mine && <Tag>{t("coordinate.yours")}</Tag>}
            {node.status !== "active" && <Tag tone="bad">{t(`status.${node.status}`)}</Tag>}
            <MarkTags marks={node.marks} />
          </span>
          {node.broughtIn.length > 0 && <Branch circle={circle} nodes={node.broughtIn} />}
        </li>
      ))}
    </ul>
  );
}
