/* Why: who says what, through whom it is heard, and what it would be without some of them. */
import type { OrganizationId } from "../../../client/index.ts";
import type { AssessmentView, CheckView, ReasonView } from "../../engine/vetting/assessment.ts";
import { Check, Choices, Name, said, Tag, useText } from "../../ui/index.ts";
import { PathPicture } from "./paths.tsx";

/** How the reasons are shown; what a person chose stays for the session. */
export type Shape = "list" | "picture";

/** The informer simulation takes out so many at most. */
export const mostOut = 3;

export function Reasons({
  check,
  out,
  shape,
  onShape,
  onOut,
}: {
  readonly check: CheckView;
  readonly out: readonly OrganizationId[];
  readonly shape: Shape;
  readonly onShape: (shape: Shape) => void;
  readonly onOut: (out: readonly OrganizationId[]) => void;
}) {
  const t = useText();
  const full = out.length >= mostOut;
  const flip = (id: OrganizationId) => onOut(out.includes(id) ? out.filter((one) => one !== id) : [...out, id]);
  const others = check.picture.nodes.filter(({ part }) => part !== "viewer");
  return (
    <>
      <Choices
        label={t("vet.shape")}
        value={shape}
        onChange={onShape}
        options={[
          { value: "list", label: t("vet.shape.list") },
          { value: "picture", label: t("vet.shape.picture") },
        ]}
      />
      {shape === "list" ? (
        <>
          <ReasonList reasons={check.now.reasons} />
          {others.length > 0 && (
            <fieldset>
              <legend>{t("vet.without.legend")}</legend>
              <p class="soft small">{t("vet.without.hint")}</p>
              {others.map(({ organization }) => (
                <Check
                  key={organization.id}
                  checked={out.includes(organization.id)}
                  disabled={full && !out.includes(organization.id)}
                  onChange={() => flip(organization.id)}
                  label={<Name of={organization} />}
                />
              ))}
            </fieldset>
          )}
        </>
      ) : (
        <>
          <p class="soft small">{t("vet.paths.hint")}</p>
          <PathPicture picture={check.picture} out={out} full={full} onSwitch={flip} />
        </>
      )}
      {full && <p class="soft">{t("vet.without.full")}</p>}
    </>
  );
}

export function ReasonList({ reasons }: { readonly reasons: AssessmentView["reasons"] }) {
  const t = useText();
  return (
    <ul class="list" aria-label={t("vet.reasons")}>
      {reasons.map((reason) => (
        <li key={reason.hash} class="reason">
          <Tag tone={reason.side === "for" ? "good" : "bad"}>
            {t(reason.side === "for" ? "vet.reason.for" : "vet.reason.against")}
          </Tag>{" "}
          <strong>
            <Name of={reason.organization} />
          </strong>
          <Heard reason={reason} />
        </li>
      ))}
    </ul>
  );
}

function Heard({ reason: { own, sameSourceAs, ways } }: { readonly reason: ReasonView }) {
  const t = useText();
  if (own) return <p class="soft">{t("vet.reason.own")}</p>;
  if (sameSourceAs !== undefined) {
    return <p class="soft">{t("vet.reason.sameSource", { name: said(sameSourceAs) })}</p>;
  }
  if (ways.length === 0) return <p class="soft">{t("vet.reason.unjudged")}</p>;
  return (
    <ul class="soft ways">
      {ways.map((through) => (
        <li key={through.map(({ id }) => id).join()}>
          {through.length === 0
            ? t("vet.reason.directly")
            : t("vet.reason.through", { names: through.map(said).join(" → ") })}
        </li>
      ))}
    </ul>
  );
}
