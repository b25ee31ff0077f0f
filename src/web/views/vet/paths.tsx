/* The ways of trust as a picture in which each organization can be taken out. */
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { OrganizationId } from "../../../client/index.ts";
import type { Picture, PictureNode } from "../../engine/vetting/picture.ts";
import { Name, said, useText } from "../../ui/index.ts";
import { layOut } from "./layout.ts";

/** The signs of the parts; each stands beside its word, color only follows. */
const signs: Readonly<Record<PictureNode["part"], string>> = { viewer: "●", between: "→", for: "+", against: "!" };

const letterSize = () => Number.parseFloat(getComputedStyle(document.documentElement).fontSize);

/** The width that there is, in pixels, also after the window or the letters changed their size. */
function useWidth() {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const measure = () => setWidth(element.clientWidth);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return { box, width };
}

export function PathPicture({
  picture,
  out,
  full,
  onSwitch,
}: {
  readonly picture: Picture;
  /** Organizations taken out. */
  readonly out: readonly OrganizationId[];
  /** No more can be taken out. */
  readonly full: boolean;
  readonly onSwitch: (id: OrganizationId) => void;
}) {
  const t = useText();
  const { box, width } = useWidth();
  const [near, setNear] = useState<string | undefined>(undefined);
  const laid = useMemo(() => (width === 0 ? undefined : layOut(picture, width, letterSize())), [picture, width]);
  const isOut = (id: OrganizationId) => out.includes(id);
  const classOf = (from: OrganizationId, to: OrganizationId, thick: number) => {
    const dim = isOut(from) || isOut(to);
    const touched = near === undefined ? "" : near === from || near === to ? "near" : "far";
    return `link w${thick} ${dim ? "gone" : ""} ${touched}`;
  };
  return (
    <figure class="paths">
      <div ref={box}>
        {laid !== undefined && (
          <svg
            viewBox={`0 0 ${laid.width} ${laid.height}`}
            width={laid.width}
            height={laid.height}
            aria-label={t("vet.paths.title")}
          >
            {laid.links.map(({ from, to, width: thick, path }) => (
              <path key={`${from} ${to}`} d={path} class={classOf(from, to, thick)} />
            ))}
            {laid.nodes.map(({ organization, part, x, y }) => (
              <foreignObject key={organization.id} x={x} y={y} width={laid.node.width} height={laid.node.height}>
                {part === "viewer" ? (
                  <div class="node viewer">
                    <span aria-hidden="true">{signs.viewer}</span> {t("vet.paths.you")}
                  </div>
                ) : (
                  <button
                    type="button"
                    class={`node ${part}`}
                    aria-label={`${said(organization)}: ${t(`vet.paths.${part}`)}`}
                    aria-pressed={isOut(organization.id)}
                    disabled={full && !isOut(organization.id)}
                    onClick={() => onSwitch(organization.id)}
                    onFocus={() => setNear(organization.id)}
                    onBlur={() => setNear(undefined)}
                    onPointerEnter={() => setNear(organization.id)}
                    onPointerLeave={() => setNear(undefined)}
                  >
                    <span aria-hidden="true">{signs[part]}</span> <Name of={organization} />
                    <span class="visually-hidden">, {t(`vet.paths.${part}`)}</span>
                  </button>
                )}
              </foreignObject>
            ))}
          </svg>
        )}
      </div>
      <figcaption class="small soft">
        <ul class="legend">
          {(["between", "for", "against"] as const).map((part) => (
            <li key={part}>
              <span aria-hidden="true">{signs[part]}</span> {t(`vet.paths.${part}`)}
            </li>
          ))}
          <li>{t("vet.paths.width")}</li>
        </ul>
        {picture.more > 0 && <p>{t("vet.paths.more", { count: picture.more })}</p>}
      </figcaption>
    </figure>
  );
}
