import { beforeAll, describe, expect, it } from "vitest";
import { say } from "../../src/client/index.ts";
import { refused, reopened, type Scene, scene } from "../kit/attack.ts";
import { dropEntry, swapEntries, unsigned } from "../kit/evil-host.ts";

let it_: Scene;
beforeAll(async () => {
  it_ = await scene({ others: 1 });
});
describe("smoke", () => {
  it("works", async () => {
    const { evil, a, others } = it_;
    const [b] = others;
    await say(a, [{ kind: "check-in", tlp: "TLP:AMBER", text: "one" }]);
    evil.tell(dropEntry(2));
    await refused(b!, "host.contradiction", () => b!.sync());
    evil.tell();
    console.log(a.ledger.raws.length, a.head()?.size);
  });
});
