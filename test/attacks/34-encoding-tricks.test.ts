import { beforeAll, describe, expect, it } from "vitest";
import { completed } from "../../src/client/circle/say.ts";
import { arrivals, type Circle, invite, join, namesIn, say } from "../../src/client/index.ts";
import { concat, decodeCbor, encodeCbor, fromUtf8, utf8 } from "../../src/core/codec/index.ts";
import { encodeStatement } from "../../src/core/statements/index.ts";
import {
  forgeRoster,
  forgeStatement,
  implementations,
  post,
  refused,
  type Scene,
  scene,
  voidFor,
} from "../kit/attack.ts";
import { bytesOf } from "../kit/evil-host.ts";
import { newMember } from "../kit/members.ts";

/** One value, told in other ways than the one that is allowed; and what is no value here at all. */
const tricks: Readonly<Record<string, string>> = {
  "a key twice": "a200160016",
  "keys out of order": "a201000016",
  "an integer longer than needed": "a1001816".replace("1816", "190016"),
  "a key longer than needed": "a1180016",
  "a length longer than needed": "b8010016",
  "a map without end": "bf0016ff",
  "an array without end": "9f00ff",
  "a byte string in pieces": "5f4100ff",
  "a float": "a100f94d80",
  "a float that is whole": "a100fb4036000000000000",
  NaN: "f97e00",
  null: "f6",
  undefined: "f7",
  "a simple value": "f8ff",
  "a tag": "c000",
  "a big integer": "c24101",
  "an integer past 2^53": "1b0020000000000000",
  "minus zero": "f98000",
  "a key that is text": "a1695f5f70726f746f5f5f16",
  "a negative key": "a12016",
  "bad UTF-8": "62c328",
  "a surrogate in UTF-8": "63eda080",
  "overlong UTF-8": "62c0af",
  "text that is not NFC": "6361cc81",
  "bytes behind the value": "a1001600",
  "half a value": "a100",
  nothing: "",
};
const nested = (depth: number) => concat(new Uint8Array(depth).fill(0x81), Uint8Array.of(0));

describe.each(implementations)("attack 34: encoding tricks (%s)", (name) => {
  let stage: Scene;
  let a: Circle;
  let b: Circle;
  beforeAll(async () => {
    stage = await scene({ crypto: name, others: 1 });
    a = stage.a;
    b = stage.others[0] as Circle;
    await b.sync();
  });

  it.each(Object.entries(tricks))("%s is malformed at the gate", (_, hex) => {
    expect(() => decodeCbor(bytesOf(hex))).toThrow(expect.objectContaining({ code: "codec.malformed" }));
  });

  it("depth and size are bounded before anything is built; a length is not believed", () => {
    expect(decodeCbor(nested(12))).toBeDefined();
    for (const bytes of [
      nested(13),
      nested(100_000),
      bytesOf("9affffffff"),
      bytesOf("5affffffff"),
      bytesOf("bb001fffffffffffff"),
    ]) {
      expect(() => decodeCbor(bytes)).toThrow(expect.objectContaining({ code: "codec.malformed" }));
    }
    expect(() => decodeCbor(new Uint8Array(128 * 1024 + 1))).toThrow();
  });

  it("a member who writes them writes void entries, and no client stops", async () => {
    const bodies = Object.values(tricks)
      .map(bytesOf)
      .filter((bytes) => bytes.length > 0);
    const ticks = bodies.map((bytes) => forgeRoster(b, bytes));
    const sayings = bodies.map((bytes) => forgeStatement(b, bytes));
    await voidFor(a, Array<string>(2 * bodies.length).fill("malformed"), async () => {
      await post(b, ...ticks);
      await post(b, ...sayings);
    });
    await say(a, [{ kind: "check-in", tlp: "TLP:AMBER", text: "still here" }]);
    await a.settle();
    expect(a.statements().at(-1)?.statement.text).toBe("still here");
  });

  it("a statement with a second spelling of itself inside has no second hash", async () => {
    const honest = encodeStatement(completed(b, { kind: "check-in", tlp: "TLP:AMBER" }));
    // The same map with the first key once more, or one field of an unknown kind in the shape that is closed.
    const doubled = concat(Uint8Array.of((honest[0] as number) + 1), honest.subarray(1, 3), honest.subarray(1));
    const body = (statement: Uint8Array) => encodeCbor(new Map([[1, statement as Uint8Array<ArrayBuffer>]]));
    const unknown = encodeCbor(
      new Map([
        [1, honest],
        [9, Uint8Array.of(1)],
      ]),
    );
    await b.sync();
    await voidFor(a, ["malformed", "malformed"], () =>
      post(b, forgeStatement(b, body(doubled)), forgeStatement(b, unknown)),
    );
  });

  it("a host that answers with them is at fault, and nothing of its page is taken", async () => {
    const { evil } = stage;
    for (const bytes of [...Object.values(tricks).map(bytesOf), nested(1000), utf8("<html>")]) {
      evil.tell({
        answer: (answer, request) => (request.url.includes("/entries") ? new Response(bytes, { status: 200 }) : answer),
      });
      await refused(a, "host.garbage", () => a.sync());
    }
    evil.tell();
    await a.sync();
  });

  it("names: __proto__ is a name like any other, NFC is made, and what looks like another's name is told", async () => {
    const cyrillicA = "Newsroom \u0410";
    const shown: (boolean | string)[][] = [];
    for (const name of ["__proto__", "Ti\u0303n", cyrillicA]) {
      const { link } = await invite(a);
      await join(await newMember(name, stage.platform, { member: "constructor" }), link, "circle");
      const found = (await arrivals(a)).at(-1);
      shown.push([found?.organizationName ?? "", found?.resembles === a.me().organization]);
      await a.keep((record) => ({ ...record, invites: [] }));
    }
    expect(shown).toEqual([
      ["__proto__", false],
      ["T\u0129n", false],
      [cyrillicA, true],
    ]);
    expect(namesIn(a).organizations.get("__proto__" as never)).toBeUndefined();
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect(fromUtf8(utf8("\ufeffA"))).toBe("\ufeffA");
  });
});
