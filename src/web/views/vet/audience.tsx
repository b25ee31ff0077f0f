/* Where something is said, and to whom: a circle, or organizations of it by name. */
import type { CircleId, Identifier, OrganizationId } from "../../../client/index.ts";
import type { VettorView } from "../../engine/vetting/inquiries.ts";
import { Check, listed, Name, Notice, Select, Shown, useEngine, useFrame, useLoaded, useText } from "../../ui/index.ts";

/** The circles of organizations in which this member may speak, and the one that is meant: the first unless chosen. */
export function useCircle(chosen: CircleId | undefined) {
  const engine = useEngine();
  const circles = useLoaded(
    async (options) =>
      (await engine.circles.list(undefined, options)).filter(
        ({ kind, role }) => kind === "network" && role !== undefined && role !== "reader",
      ),
    [],
  );
  return { circles, circle: chosen ?? circles.value?.[0]?.id };
}

/** Which circle; asked only where there are several. Says what to do where there is none. */
export function CircleField({
  of: { circles, circle },
  onChange,
}: {
  readonly of: ReturnType<typeof useCircle>;
  readonly onChange: (circle: CircleId) => void;
}) {
  const t = useText();
  return (
    <Shown loaded={circles}>
      {(list) =>
        circle === undefined ? (
          <Notice tone="warn">
            <p>{t("vet.circle.none")}</p>
          </Notice>
        ) : (
          list.length > 1 && (
            <Select
              label={t("term.circle")}
              value={circle}
              onChange={onChange}
              options={list.map(({ id, label }) => ({ value: id, label }))}
            />
          )
        )
      }
    </Shown>
  );
}

/** The organizations of a circle, as people who are asked or told. Those whom the viewer hears stand first. */
export function Recipients({
  legend,
  circle,
  identifiers,
  chosen,
  missing = false,
  onChange,
}: {
  readonly legend: string;
  /** Somebody tried to send it to nobody. */
  readonly missing?: boolean;
  readonly circle: CircleId | undefined;
  readonly identifiers: readonly Identifier[];
  readonly chosen: readonly OrganizationId[];
  readonly onChange: (chosen: readonly OrganizationId[]) => void;
}) {
  const t = useText();
  const engine = useEngine();
  const vettors = useLoaded(
    async (options) => (circle === undefined ? [] : engine.inquiries.vettors({ circle, identifiers }, options)),
    [circle, JSON.stringify(identifiers)],
  );
  return (
    <Shown loaded={vettors}>
      {(list) =>
        list.length === 0 ? (
          <p class="soft">{t("vet.recipients.none")}</p>
        ) : (
          <fieldset>
            <legend>{legend}</legend>
            {missing && (
              <p class="wrong" role="alert">
                {t("vet.recipients.missing")}
              </p>
            )}
            {list.map((one) => (
              <Check
                key={one.organization.id}
                checked={chosen.includes(one.organization.id)}
                onChange={(taken) =>
                  onChange(taken ? [...chosen, one.organization.id] : chosen.filter((id) => id !== one.organization.id))
                }
                label={
                  <>
                    <Name of={one.organization} />
                    {one.spoke && <span class="soft"> {t("vet.vettor.spoke")}</span>}
                    <span class="small soft note">
                      <HearingShown of={one} />
                    </span>
                  </>
                }
              />
            ))}
          </fieldset>
        )
      }
    </Shown>
  );
}

/** How an organization is heard, in words: never a number, never a rank. */
export function HearingShown({ of: { hearing, through } }: { readonly of: Pick<VettorView, "hearing" | "through"> }) {
  const { t, language } = useFrame();
  return (
    <>
      {through.length === 0
        ? t(`vet.hearing.${hearing}`)
        : t("vet.hearing.only", { names: listed(through, language.tag) })}
    </>
  );
}
