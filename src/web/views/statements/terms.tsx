/* The common fields of a statement (protocol §7), as a part of any form. */
import type { Draft, EvidenceClass, Grade, Pap, Tlp } from "../../../client/index.ts";
import { Check, Select, TextArea, TextField, useText } from "../../ui/index.ts";

/** The common fields as they are typed. */
export type Terms = {
  readonly text: string;
  readonly tlp: Tlp;
  readonly pap: Pap | "";
  readonly evidence: EvidenceClass | "";
  readonly source: Grade["source"] | "";
  readonly information: Grade["information"] | "";
  /** `YYYY-MM-DD`, as a date field gives it; empty for none. */
  readonly event: string;
  readonly expires: string;
  readonly chathamHouse: boolean;
  readonly forwardable: boolean;
};

export const noTerms: Terms = {
  text: "",
  tlp: "TLP:AMBER",
  pap: "",
  evidence: "",
  source: "",
  information: "",
  event: "",
  expires: "",
  chathamHouse: false,
  forwardable: false,
};

const msPerDay = 86_400_000;

/** Days since 1970 of a date field; `undefined` where it is empty. */
export const dayOf = (date: string): number | undefined =>
  date === "" ? undefined : Math.floor(Date.parse(`${date}T00:00:00Z`) / msPerDay);

/** A day since 1970, as a date field takes it. */
export const dateOf = (day: number): string => new Date(day * msPerDay).toISOString().slice(0, 10);

/** The day that is `days` from now, as a date field takes it. */
export const dateIn = (days: number): string => dateOf(Math.floor(Date.now() / msPerDay) + days);

/** The common fields of a draft, as typed: empty ones are left out. */
export function termsOf(
  terms: Terms,
): Pick<Draft, "tlp" | "text" | "pap" | "evidence" | "grade" | "eventDay" | "expires" | "chathamHouse"> {
  const { text, tlp, pap, evidence, source, information, event, expires, chathamHouse } = terms;
  const [eventDay, lastDay] = [dayOf(event), dayOf(expires)];
  return {
    tlp,
    ...(text.trim() === "" ? {} : { text: text.trim().normalize("NFC") }),
    ...(pap === "" ? {} : { pap }),
    ...(evidence === "" ? {} : { evidence }),
    ...(source === "" || information === "" ? {} : { grade: { source, information } }),
    ...(eventDay === undefined ? {} : { eventDay }),
    ...(lastDay === undefined ? {} : { expires: lastDay }),
    ...(chathamHouse ? { chathamHouse: true as const } : {}),
  };
}

const tlps: readonly Tlp[] = ["TLP:RED", "TLP:AMBER+STRICT", "TLP:AMBER", "TLP:GREEN", "TLP:CLEAR"];
const paps: readonly Pap[] = ["PAP:RED", "PAP:AMBER", "PAP:GREEN", "PAP:CLEAR"];
const evidences: readonly EvidenceClass[] = ["witnessed", "document", "told", "inferred"];
const sources: readonly Grade["source"][] = ["A", "B", "C", "D", "E", "F"];
const informations: readonly Grade["information"][] = ["1", "2", "3", "4", "5", "6"];

export type TermName = keyof Terms;

/** Those of the common fields that `show` names, in one order everywhere. */
export function TermsFields({
  terms,
  onChange,
  show,
  needed = [],
}: {
  readonly terms: Terms;
  readonly onChange: (terms: Terms) => void;
  readonly show: readonly TermName[];
  readonly needed?: readonly TermName[];
}) {
  const t = useText();
  const has = (name: TermName) => show.includes(name);
  const set = (change: Partial<Terms>) => onChange({ ...terms, ...change });
  const none = { value: "" as const, label: t("term.none") };
  const mayForward = (terms.tlp === "TLP:GREEN" || terms.tlp === "TLP:CLEAR") && !terms.chathamHouse;
  return (
    <>
      {has("text") && (
        <TextArea
          label={t("term.text")}
          value={terms.text}
          onChange={(text) => set({ text })}
          required={needed.includes("text")}
        />
      )}
      {has("evidence") && (
        <Select
          label={t("term.evidence")}
          value={terms.evidence}
          onChange={(evidence) => set({ evidence })}
          required={needed.includes("evidence")}
          options={[none, ...evidences.map((value) => ({ value, label: t(`evidence.${value}`) }))]}
        />
      )}
      {has("source") && (
        <div class="columns">
          <Select
            label={t("grade.source")}
            value={terms.source}
            onChange={(source) => set({ source })}
            options={[none, ...sources.map((value) => ({ value, label: t(`grade.source.${value}`) }))]}
          />
          <Select
            label={t("grade.information")}
            value={terms.information}
            onChange={(information) => set({ information })}
            options={[none, ...informations.map((value) => ({ value, label: t(`grade.information.${value}`) }))]}
          />
        </div>
      )}
      {(has("event") || has("expires")) && (
        <div class="columns">
          {has("event") && (
            <TextField label={t("term.event")} type="date" value={terms.event} onChange={(event) => set({ event })} />
          )}
          {has("expires") && (
            <TextField
              label={t("term.expires")}
              type="date"
              value={terms.expires}
              onChange={(expires) => set({ expires })}
              required={needed.includes("expires")}
            />
          )}
        </div>
      )}
      {has("tlp") && (
        <Select
          label={t("term.tlp")}
          value={terms.tlp}
          onChange={(tlp) => set({ tlp })}
          options={tlps.map((value) => ({ value, label: `${value} · ${t(`tlp.${tlpName(value)}`)}` }))}
        />
      )}
      {has("pap") && (
        <Select
          label={t("term.pap")}
          value={terms.pap}
          onChange={(pap) => set({ pap })}
          options={[none, ...paps.map((value) => ({ value, label: `${value} · ${t(`pap.${papName(value)}`)}` }))]}
        />
      )}
      {has("chathamHouse") && (
        <Check
          label={t("term.chatham")}
          checked={terms.chathamHouse}
          onChange={(chathamHouse) => set({ chathamHouse })}
        />
      )}
      {has("forwardable") && mayForward && (
        <Check
          label={t("term.forwardable")}
          checked={terms.forwardable}
          onChange={(forwardable) => set({ forwardable })}
        />
      )}
    </>
  );
}

type Colors<T extends string> = T extends `${string}:${infer Color}` ? Color : never;
const tlpName = (label: Tlp) => label.slice(4) as Colors<Tlp>;
const papName = (label: Pap) => label.slice(4) as Colors<Pap>;
