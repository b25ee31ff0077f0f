import { beforeEach, describe, expect, it } from "vitest";
import {
  accept,
  admit,
  arrivals,
  type Circle,
  candidateBytes,
  consider,
  invite,
  join,
  memoryStorage,
  openCircle,
  remove,
  say,
} from "../../src/client/index.ts";
import { refused, type Scene, scene } from "../kit/attack.ts";
import { replyCheckpoint, rollBack } from "../kit/evil-host.ts";
import { newMember } from "../kit/members.ts";

describe("attack 23: rollback", () => {
  let stage: Scene;
  let a: Circle;
  let b: Circle;
  beforeEach(async () => {
    stage = await scene({ others: 1 });
    a = stage.a;
    b = stage.others[0] as Circle;
    await say(a, [{ kind: "check-in", tlp: "TLP:AMBER" }]);
    await b.sync();
    await b.settle();
  });

  it("to an older head, consistent and signed, is retried and then an alarm", async () => {
    const { evil } = stage;
    const { size } = b.head() as { size: number };
    let asked = 0;
    evil.tell(rollBack(size - 1), {
      answer: (response) => {
        asked++;
        return response;
      },
    });
    await refused(b, "host.stale", () => b.sync());
    expect(asked).toBeGreaterThan(2);
    evil.tell();
    await b.sync();
  });

  it("that lasts for one answer only, as when another process lags, is no alarm and loses nothing", async () => {
    const { evil } = stage;
    const { size } = b.head() as { size: number };
    await say(a, [{ kind: "check-in", tlp: "TLP:AMBER", text: "new" }]);
    let lies = 1;
    evil.tell({ log: (entries) => (lies-- > 0 ? entries.slice(0, size - 1) : entries) });
    await b.sync();
    await b.settle();
    expect(b.statements().at(-1)?.statement.text).toBe("new");
    expect(b.ledger.raws.map((raw) => raw.position)).toEqual(b.ledger.raws.map((_, i) => i));
  });

  it("between two pages of one fetch leaves no gap behind", async () => {
    const { evil } = stage;
    const { size } = b.head() as { size: number };
    for (const text of ["one", "two", "three"]) await say(a, [{ kind: "check-in", tlp: "TLP:AMBER", text }]);
    let page = 0;
    evil.tell({
      page: async (given, { from, entries, head }) => {
        page++;
        if (page === 1) return { checkpoint: given.checkpoint, entries: entries.slice(from, from + 1) };
        return page === 2 ? { checkpoint: await head(entries.slice(0, size)), entries: [] } : given;
      },
    });
    await b.sync();
    await b.settle();
    expect(
      b
        .statements()
        .slice(-3)
        .map((s) => s.statement.text),
    ).toEqual(["one", "two", "three"]);
    expect(b.ledger.raws.length).toBe(b.head()?.size);
  });

  it("after the device was closed: what its vault remembers is demanded", async () => {
    const { size } = b.head() as { size: number };
    const again = await openCircle({ ...b.identity, storage: memoryStorage() }, b.id);
    stage.evil.tell(rollBack(size - 1));
    await refused(again, "host.stale", () => again.sync());
    expect(again.ledger.raws.length).toBeLessThanOrEqual(size - 1);
  });

  it("of a removal, shown to whom it removed nobody from: a later head is missed, not taken back", async () => {
    await remove(a, { kind: "member", member: b.me().id });
    const { size } = a.head() as { size: number };
    stage.evil.tell(rollBack(size - 2));
    await refused(a, "host.stale", () => a.sync());
    expect(a.state().members.get(b.device as never)?.status).toBe("removed");
  });

  it("before a joiner's first look: less than the welcome was made from is refused", async () => {
    const identity = await newMember("Newsroom C", stage.platform);
    const { link } = await invite(a);
    const { circle } = await join(identity, link, "circle");
    const [arrived] = await arrivals(a);
    const id = await consider(a, arrived as NonNullable<typeof arrived>);
    await admit(a, candidateBytes(a, id));
    expect(await accept(identity, circle)).toBe(true);
    const size = a.head()?.size as number;
    stage.evil.tell(rollBack(size - 1));
    const c = await openCircle(identity, circle);
    await expect(c.sync()).rejects.toMatchObject({ code: "host.stale" });
    expect(c.ledger.state).toBeUndefined();
    stage.evil.tell();
    await c.sync();
    expect(c.me().role).toBe("contributor");
  });

  it("by a head that the host did not sign is no head", async () => {
    stage.evil.tell(
      replyCheckpoint(async (view) =>
        (await view.head(view.entries)).map((byte, i, all) => (i === all.length - 20 ? byte ^ 1 : byte)),
      ),
    );
    await refused(b, "host.checkpoint", () => b.sync());
  });
});
