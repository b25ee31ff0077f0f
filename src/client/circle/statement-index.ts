import { counts } from "../../core/circle/index.ts";
import type { StatementHash, StatementId } from "../../core/codec/index.ts";
import type { Identifier, Statement } from "../../core/statements/index.ts";
import { identifierKeys } from "../../subjects/index.ts";
import type { Recorded } from "../sync/recorded.ts";
import type { Circle } from "./circle.ts";

/** Identifiers that a statement is about: its subject's, and a tip's sources. */
export function identifiersOf(statement: Statement): readonly Identifier[] {
  switch (statement.kind) {
    case "attestation":
    case "red-flag":
    case "inquiry":
    case "answer":
    case "decision":
    case "case":
      return statement.subject.identifiers;
    case "judgment":
      return [...statement.subject.identifiers, ...statement.other.identifiers];
    case "tip":
      return statement.sources;
    default:
      return [];
  }
}

/** A statement with what was said of it. */
export type Found = {
  readonly recorded: Recorded;
  /** False where its author's trust ended, it was retracted, or a later word of theirs replaced it. */
  readonly counts: boolean;
  readonly retracted: boolean;
  readonly positions: readonly Recorded[];
  readonly corrections: readonly Recorded[];
  readonly replies: readonly Recorded[];
};

/** Whether a second member of the deciding organization stands behind a decision (§7); `undefined` for anything else. */
export function signedBySecond({ recorded, positions }: Found): boolean | undefined {
  if (recorded.statement.kind !== "decision") return undefined;
  return positions.some(
    ({ statement, organization, member }) =>
      statement.kind === "position" &&
      statement.opinion === "strongly-agree" &&
      organization === recorded.organization &&
      member !== recorded.member,
  );
}

/** All statements of a circle, by identifier and by what they refer to. Built once, then looked into. */
export type StatementIndex = {
  /** Statements about any of these identifiers, in the order of the log. */
  about(identifiers: readonly Identifier[]): readonly Found[];
  /** One statement by its hash. */
  byHash(hash: StatementHash): Found | undefined;
  readonly size: number;
};

/** The index of the statements that are there now. It shows what is verified when it is asked. */
export function indexStatements(circle: Circle): StatementIndex {
  const state = circle.state();
  const byKey = new Map<string, Recorded[]>();
  const byId = new Map<StatementId, Recorded[]>();
  let byHash: ReadonlyMap<StatementHash, StatementId> | undefined;
  const referring = new Map<StatementHash, Recorded[]>();
  const put = <K>(map: Map<K, Recorded[]>, key: K, recorded: Recorded) => {
    const there = map.get(key);
    if (there === undefined) map.set(key, [recorded]);
    else there.push(recorded);
  };
  // What was opened is indexed at once; whether it is shown is asked at every look, as its signature may still be on its way.
  for (const recorded of circle.ledger.opened()) {
    const { statement } = recorded;
    put(byId, statement.id, recorded);
    for (const identifier of identifiersOf(statement)) {
      for (const key of identifierKeys(identifier)) put(byKey, key, recorded);
    }
    if ("target" in statement) put(referring, statement.target, recorded);
  }

  /** Verified, and the first of its words: said again by others it would undo what came between. */
  function isShown(recorded: Recorded): boolean {
    const { ledger } = circle;
    if (ledger.record(recorded.position) !== recorded) return false;
    const same = byId.get(recorded.statement.id) ?? [];
    return (
      same.length === 1 || same.find((r) => ledger.record(r.position) === r && r.hash === recorded.hash) === recorded
    );
  }

  function found(recorded: Recorded): Found {
    const related = (referring.get(recorded.hash) ?? []).filter((r) => isShown(r) && counts(state, r));
    const of = (kind: Statement["kind"]) => related.filter((r) => r.statement.kind === kind);
    // Only the author's organization retracts (§7).
    const retracted = of("retraction").some((r) => r.organization === recorded.organization);
    const stands = counts(state, recorded) && !retracted;
    return {
      recorded,
      counts: stands,
      retracted,
      positions: of("position"),
      corrections: of("correction"),
      replies: of("reply"),
    };
  }

  return {
    get size() {
      return circle.statements().length;
    },
    about(identifiers) {
      const hits = new Map<number, Recorded>();
      for (const identifier of identifiers) {
        for (const key of identifierKeys(identifier))
          for (const r of byKey.get(key) ?? []) if (isShown(r)) hits.set(r.position, r);
      }
      return [...hits.values()].sort((a, b) => a.position - b.position).map(found);
    },
    byHash(hash) {
      byHash ??= new Map([...byId.values()].flat().map((recorded) => [recorded.hash, recorded.statement.id]));
      const id = byHash.get(hash);
      const recorded = id === undefined ? undefined : byId.get(id)?.find((r) => r.hash === hash && isShown(r));
      return recorded === undefined ? undefined : found(recorded);
    },
  };
}
