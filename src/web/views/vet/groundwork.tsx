import type { CaseView, GroundworkItem } from "../../engine/vetting/cases.ts";
import {
  ActionButton,
  Check,
  Notice,
  Page,
  Shown,
  TextField,
  useAction,
  useDraft,
  useEngine,
  useOnward,
  useText,
} from "../../ui/index.ts";
import type { ViewProps } from "../index.ts";
import { useCase } from "./case.tsx";

const suggested = [
  "vet.groundwork.accounts",
  "vet.groundwork.work",
  "vet.groundwork.photos",
  "vet.groundwork.employer",
  "vet.groundwork.takeover",
  "vet.groundwork.introduced",
] as const;

/** What open sources say, ticked off item by item. None of them alone counts. */
export function Groundwork({ place }: ViewProps) {
  const t = useText();
  const view = useCase(place);
  return (
    <Page title={t("vet.step.groundwork")}>
      <p>{t("vet.groundwork.none")}</p>
      <Shown loaded={view}>{(value) => <Checklist view={value} />}</Shown>
    </Page>
  );
}

function Checklist({ view }: { readonly view: CaseView }) {
  const t = useText();
  const engine = useEngine();
  const action = useAction();
  const { go } = useOnward();
  const { draft, set, sent } = useDraft<{ changed: readonly GroundworkItem[]; added: string }>(() => ({
    changed: [],
    added: "",
  }));
  const kept: readonly GroundworkItem[] =
    view.groundwork.length > 0 ? view.groundwork : suggested.map((key) => ({ item: t(key), done: false }));
  const changed = new Map(draft.changed.map((one) => [one.item, one]));
  const known = new Set(kept.map(({ item }) => item));
  const items = [
    ...kept.map((one) => changed.get(one.item) ?? one),
    ...draft.changed.filter(({ item }) => !known.has(item)),
  ];
  const put = (one: GroundworkItem) =>
    set({ changed: [...draft.changed.filter(({ item }) => item !== one.item), one] });
  const add = () => {
    const item = draft.added.trim().normalize("NFC");
    if (item === "" || items.some((one) => one.item === item)) return;
    set({ changed: [...draft.changed, { item, done: false }], added: "" });
  };
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        const groundwork = view.groundwork.length > 0 ? draft.changed : items;
        const { circle, hash } = view;
        action.run(async () => {
          await engine.cases.change({ circle: circle.id, hash, change: { groundwork } });
          sent();
          go({ view: "case", circle: circle.id, hash });
        });
      }}
    >
      {view.statement.pap === "PAP:RED" && (
        <Notice tone="bad">
          <p>{t("vet.groundwork.red")}</p>
        </Notice>
      )}
      <ul class="list">
        {items.map((one) => (
          <li key={one.item}>
            <fieldset>
              <legend>
                <bdi>{one.item}</bdi>
              </legend>
              <Check label={t("vet.groundwork.done")} checked={one.done} onChange={(done) => put({ ...one, done })} />
              <TextField
                label={t("vet.groundwork.note")}
                value={one.note ?? ""}
                onChange={(note) => put({ item: one.item, done: one.done, ...(note === "" ? {} : { note }) })}
              />
            </fieldset>
          </li>
        ))}
      </ul>
      <div class="row ends">
        <TextField label={t("vet.groundwork.add")} value={draft.added} onChange={(added) => set({ added })} />
        <button type="button" onClick={add}>
          {t("vet.groundwork.addDo")}
        </button>
      </div>
      <ActionButton action={action}>{t("vet.groundwork.save")}</ActionButton>
    </form>
  );
}
