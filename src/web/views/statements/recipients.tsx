import type { CircleId, OrganizationId } from "../../../client/index.ts";
import { Check, Name, Notice, Shown, useEngine, useLoaded, useText } from "../../ui/index.ts";

/** Which organizations alone may read a statement; none: everybody in the circle. TLP:RED needs some. */
export function Recipients({
  circle,
  needed,
  value,
  onChange,
}: {
  readonly circle: CircleId;
  readonly needed: boolean;
  readonly value: readonly OrganizationId[];
  readonly onChange: (value: readonly OrganizationId[]) => void;
}) {
  const t = useText();
  const engine = useEngine();
  const loaded = useLoaded((options) => engine.circles.organizations({ circle }, options), [circle]);
  return (
    <Shown loaded={loaded}>
      {(organizations) =>
        organizations.length === 0 ? null : (
          <fieldset>
            <legend>{t("term.to")}</legend>
            <p class="soft small">{t("recipients.none")}</p>
            {organizations.map((one) => (
              <Check
                key={one.id}
                label={<Name of={one} />}
                checked={value.includes(one.id)}
                onChange={(checked) =>
                  onChange(checked ? [...value, one.id] : value.filter((other) => other !== one.id))
                }
              />
            ))}
            {needed && value.length === 0 && (
              <Notice tone="warn">
                <p>{t("error.statement.red-needs-recipients")}</p>
              </Notice>
            )}
          </fieldset>
        )
      }
    </Shown>
  );
}
