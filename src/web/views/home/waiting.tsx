import type { Waiting } from "../../engine/today.ts";
import { useNavigation, useText } from "../../ui/index.ts";

/** Where each thing that waits is dealt with. */
const views: Readonly<Record<Waiting["kind"], string>> = {
  arrived: "circle-admission",
  "device-asks": "devices",
  sponsor: "circle-admission",
  admit: "circle-admission",
  vote: "circle-decisions",
  "carry-out": "circle-decisions",
  answer: "vet",
  sign: "vet",
  review: "vet",
  "check-in-missed": "circle",
  "rotation-owed": "circle",
};

/** Something that waits, and the way to it. */
export function WaitingCard({ waiting }: { readonly waiting: Waiting }) {
  const t = useText();
  const { go } = useNavigation();
  const { kind, circle, label, count } = waiting;
  return (
    <button type="button" class="card waiting" onClick={() => go({ view: views[kind], circle })}>
      <strong>{t(`waiting.${kind}`, { count })}</strong> <span class="soft small">{label}</span>
    </button>
  );
}
