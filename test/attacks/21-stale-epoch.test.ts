import { beforeEach, describe, expect, it } from "vitest";
import { carried, completed, type Draft } from "../../src/client/circle/say.ts";
import { type Circle, rotate, say } from "../../src/client/index.ts";
import { encode } from "../../src/core/codec/index.ts";
import type { SymmetricKey } from "../../src/core/crypto/index.ts";
import { statementBody } from "../../src/core/statements/index.ts";
import {
  codeOf,
  fingerprint,
  forgeRoster,
  forgeStatement,
  newcomer,
  post,
  type Scene,
  scene,
  voidFor,
} from "../kit/attack.ts";
import { addEntries } from "../kit/evil-host.ts";

const draft: Draft = { kind: "check-in", tlp: "TLP:AMBER", text: "old" };

describe("attack 21: an entry under a stale epoch shown as current", () => {
  let stage: Scene;
  let a: Circle;
  let b: Circle;
  beforeEach(async () => {
    stage = await scene({ others: 1 });
    a = stage.a;
    b = stage.others[0] as Circle;
    await b.sync();
  });
  const old = (by: Circle) => forgeStatement(by, encode(statementBody, carried(by, completed(by, draft), false)));

  it("is refused by the honest host, and the client seals it anew", async () => {
    const entry = old(b);
    await rotate(a);
    expect((await codeOf(() => post(b, entry)))?.code).toBe("host.stale-epoch");
    const [said] = await say(b, [draft]);
    await b.settle();
    expect(b.ledger.record(said?.position as number)?.statement.text).toBe("old");
    expect(b.ledger.raws[said?.position as number]?.header.epoch).toBe(1);
  });

  it("is void at its position where the host takes it all the same, statement and roster act alike", async () => {
    const statement = old(b);
    const act = forgeRoster(b, { kind: "tick" });
    await rotate(a);
    await a.settle();
    const before = fingerprint(a);
    const fresh = await newcomer(a, stage.evil.view(addEntries(statement, act)));
    await fresh.sync();
    await fresh.settle();
    expect(fresh.ledger.voids.map((v) => v.reason)).toEqual(["epoch", "epoch"]);
    expect(fresh.statements().length).toBe(a.statements().length);
    expect(fingerprint(a)).toBe(before);
  });

  it("is void where it names the new epoch and is sealed or signed for the old one", async () => {
    const oldKey = a.ledger.ring.get(0)?.records as SymmetricKey;
    await rotate(a);
    await b.sync();
    const body = encode(statementBody, carried(b, completed(b, draft), false));
    await voidFor(a, ["unopened", "signature"], () =>
      post(
        b,
        forgeStatement(b, body, { place: { epoch: 1, key: oldKey } }),
        forgeStatement(b, body, { signedFor: { epoch: 0 } }),
      ),
    );
  });

  it("is void where it claims to have seen more than there was before it", async () => {
    const body = encode(statementBody, carried(b, completed(b, draft), false));
    const entries = await stage.evil.entries(b.id);
    const entry = forgeStatement(b, body);
    const future = await stage.evil.head(b.id, [...entries, entry]);
    await voidFor(a, ["seen", "seen"], () =>
      post(b, forgeStatement(b, body, { seen: future }), forgeStatement(b, body, { seen: new Uint8Array(0) })),
    );
  });
});
