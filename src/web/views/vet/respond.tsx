import { useState } from "preact/hooks";
import type { CircleId, Draft, OrganizationId, StatementHash, StixOpinion } from "../../../client/index.ts";
import type { FoundView } from "../../engine/statements.ts";
import {
  ActionButton,
  Choices,
  Page,
  Select,
  Shown,
  TextArea,
  useAction,
  useDraft,
  useEngine,
  useLoaded,
  useOnward,
  useText,
} from "../../ui/index.ts";
import type { ViewProps } from "../index.ts";
import { StatementCard } from "../statements/card.tsx";
import { Recipients } from "./audience.tsx";

type Way = "position" | "correction" | "reply" | "retraction";

type Response = {
  readonly way: Way | "";
  readonly opinion: StixOpinion;
  readonly text: string;
  readonly to: readonly OrganizationId[];
};

/** What can be said of a statement: agree or not, correct it, relay the subject's own words, take an own one back. */
export function Respond({ place }: ViewProps) {
  const t = useText();
  const engine = useEngine();
  const id = { circle: place.circle as CircleId, hash: place.hash as StatementHash };
  const found = useLoaded((options) => engine.statements.show(id, options), []);
  return (
    <Page title={t("vet.respond.title")}>
      <Shown loaded={found}>
        {(view) =>
          view === undefined ? (
            <p>{t("vet.respond.gone")}</p>
          ) : (
            <>
              <StatementCard found={view} />
              <ResponseForm view={view} />
            </>
          )
        }
      </Shown>
    </Page>
  );
}

function ResponseForm({ view }: { readonly view: FoundView }) {
  const t = useText();
  const engine = useEngine();
  const action = useAction();
  const { back } = useOnward();
  const named = view.audience === "named";
  const { draft, set, sent } = useDraft<Response>(() => ({
    way: "",
    opinion: "disagree",
    text: "",
    to: named && !view.mine ? [view.organization.id] : [],
  }));
  const { way, opinion } = draft;
  const text = draft.text.trim().normalize("NFC");
  const opinions = ["strongly-disagree", "disagree", "neutral", "agree", "strongly-agree"] as const;
  const ways: readonly Way[] = view.mine
    ? ["retraction", "correction", "reply", "position"]
    : ["position", "correction", "reply"];
  const [tried, setTried] = useState(false);
  const missing = named && draft.to.length === 0;
  const made = (): Draft => {
    const said = { tlp: view.statement.tlp, target: view.hash, ...(text === "" ? {} : { text }) };
    return way === "position" ? { kind: way, ...said, opinion } : { kind: way as Exclude<Way, "position">, ...said };
  };
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (way === "" || missing) return;
        action.run(async () => {
          const options = named ? { options: { to: draft.to } } : {};
          await engine.statements.say({ circle: view.circle.id, draft: made(), ...options });
          sent();
          back();
        });
      }}
    >
      <Choices
        label={t("vet.respond.way")}
        required
        value={way === "" ? undefined : way}
        onChange={(chosen) => set({ way: chosen })}
        options={ways.map((value) => ({ value, label: t(`vet.respond.${value}`) }))}
      />
      {way === "position" && (
        <Select
          label={t("vet.respond.opinion")}
          value={opinion}
          onChange={(chosen) => set({ opinion: chosen })}
          options={opinions.map((value) => ({ value, label: t(`opinion.${value}`) }))}
        />
      )}
      <TextArea
        label={t(way === "reply" ? "vet.respond.replyText" : "term.text")}
        value={draft.text}
        onChange={(changed) => set({ text: changed })}
        required={way === "correction" || way === "reply"}
      />
      {named && (
        <Recipients
          legend={t("term.to")}
          circle={view.circle.id}
          identifiers={[]}
          chosen={draft.to}
          missing={tried && missing}
          onChange={(to) => set({ to })}
        />
      )}
      <ActionButton action={action}>{t("vet.respond.do")}</ActionButton>
    </form>
  );
}
