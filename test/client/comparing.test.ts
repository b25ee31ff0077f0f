import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type Circle,
  compareHead,
  foundCircle,
  headCode,
  headWords,
  say,
  summaryOf,
  verifyAnew,
} from "../../src/client/index.ts";
import { startTestHost, type TestHost } from "../kit/host.ts";
import { bringIn, newMember, testPlatform } from "../kit/members.ts";

let host: TestHost;
let a: Circle;
let b: Circle;
beforeAll(async () => {
  host = await startTestHost();
  const platform = await testPlatform();
  a = await foundCircle(await newMember("Newsroom A", platform), { address: host.url, label: "press" });
  b = await bringIn(a, await newMember("Newsroom B", platform));
  await a.sync();
});
afterAll(() => host.stop());

describe("two heads", () => {
  it("are the same where both were shown the same", () => {
    expect(compareHead(a, headCode(b))).toBe("same");
    expect(summaryOf(a).words).toEqual(summaryOf(b).words);
  });

  it("tell who was shown more, and that what the other has is the same", async () => {
    const before = b.state().position;
    await say(a, [{ kind: "check-in", tlp: "TLP:AMBER" }]);
    expect(compareHead(a, headCode(b))).toBe("fewer");
    expect(compareHead(b, headCode(a))).toBe("more");
    expect(headWords(a, before)).toEqual(summaryOf(b).words);
    await b.sync();
    expect(compareHead(b, headCode(a))).toBe("same");
  });

  it("differ where one entry is another", () => {
    const [mark, circle, size, root = ""] = headCode(b).split(" ");
    const other = root.startsWith("0") ? `1${root.slice(1)}` : `0${root.slice(1)}`;
    expect(compareHead(a, [mark, circle, size, other].join(" "))).toBe("differs");
  });

  it("are of one circle, and in one form", () => {
    const [mark, circle = "", size, root] = headCode(b).split(" ");
    const elsewhere = circle.startsWith("0") ? `1${circle.slice(1)}` : `0${circle.slice(1)}`;
    expect(compareHead(a, [mark, elsewhere, size, root].join(" "))).toBe("other-circle");
    for (const code of [
      "",
      "https://host.example",
      `${mark} ${circle} 0 ${root}`,
      `${mark} ${circle} -1 ${root}`,
      `${mark} ${circle} ${size}`,
    ])
      expect(compareHead(a, code)).toBe("no-head");
  });

  it("have no words for more than was read, nor for nothing", () => {
    for (const size of [0, -1, 1.5, Number.NaN, a.state().position + 1])
      expect(() => headWords(a, size)).toThrow(expect.objectContaining({ code: "log.size" }));
  });
});

describe("the whole log, fetched anew", () => {
  it.each(["sodium", "noble"] as const)("comes to what this device holds, with %s", async (crypto) => {
    const anew = await verifyAnew(a, crypto);
    expect(anew).toMatchObject({ crypto, size: a.state().position, voids: 0 });
  });

  it("counts what others added meanwhile", async () => {
    await say(b, [{ kind: "check-in", tlp: "TLP:AMBER" }]);
    const anew = await verifyAnew(a, "sodium");
    expect(anew.size).toBe(b.state().position);
    expect(a.state().position).toBe(b.state().position);
  });
});
