import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { foundCircle, type Identity } from "../../src/client/index.ts";
import { type AnyHost, startAnyHost } from "../kit/any-host.ts";
import { newMember, testPlatform } from "../kit/members.ts";

let host: AnyHost;
let identity: Identity;
beforeAll(async () => {
  host = await startAnyHost({ foundingTokens: ["a-token-for-friends"] });
  identity = await newMember("Newsroom A", await testPlatform());
});
afterAll(() => host.stop());

describe("founding where the host asks for a token", () => {
  it("is refused without one, and leaves nothing behind", async () => {
    const founding = { address: host.url, label: "press" };
    await expect(foundCircle(identity, founding)).rejects.toMatchObject({ code: "host.founding-token" });
    await expect(foundCircle(identity, { ...founding, foundingToken: "another" })).rejects.toMatchObject({
      code: "host.founding-token",
    });
    expect(identity.read().circles).toEqual([]);
  });

  it("goes through with it", async () => {
    const circle = await foundCircle(identity, {
      address: host.url,
      label: "press",
      foundingToken: "a-token-for-friends",
    });
    expect(circle.me().role).toBe("coordinator");
  });
});
