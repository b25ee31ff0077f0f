import { beforeEach, describe, expect, it } from "vitest";
import { isFinal } from "../../../src/core/circle/index.ts";
import { cancelMessage, eraseHashOf, eraseMessage, type Header } from "../../../src/core/log/index.ts";
import { bytesFor, type Roster, roster } from "../../kit/roster.ts";

const token = bytesFor("token");
let circle: Roster;
let position: number;
beforeEach(async () => {
  circle = await roster({ founders: ["anna@a", "ben@b", "cleo@c"] });
  position = circle.state.position;
  // A statement: the roster steps over it.
  const statement = circle.entryOf("ben@b", { kind: "tick" });
  const header: Header = { ...statement.header, kind: "statement", eraseHash: eraseHashOf(token) };
  circle.entries.push({ ...statement, header });
  circle.state = { ...circle.state, position: position + 1 };
});

const byKeys = (by: string, signers: readonly string[], at = position) =>
  circle.act(
    by,
    { kind: "erase", positions: [at] },
    {
      header: {
        erases: [{ position: at }],
        signatures: signers.map((name) => {
          const { secrets, keys } = circle.person(name);
          return {
            key: keys.control,
            signature: circle.crypto.sign(secrets.control, eraseMessage(circle.state.circle, [at])),
          };
        }),
      },
    },
  );
const cancel = (by: string, at: number) => {
  const { secrets, keys } = circle.person(by);
  const signature = circle.crypto.sign(secrets.control, cancelMessage(circle.state.circle, [at]));
  return circle.act(
    by,
    { kind: "erase", positions: [], cancels: [at] },
    { header: { cancels: [at], signatures: [{ key: keys.control, signature }] } },
  );
};

describe("erasure", () => {
  it("by the author's token is at once, whoever sends it", () => {
    const header = { erases: [{ position, token }] };
    expect(circle.act("anna@a", { kind: "erase", positions: [position] }, { header })).toBeUndefined();
    expect(circle.state.erased.get(position)?.pendingSince).toBeUndefined();
  });

  it("by another token, of a roster entry, or of what is not there yet is void", () => {
    const attempt = (at: number, secret = token) =>
      circle.act(
        "anna@a",
        { kind: "erase", positions: [at] },
        { header: { erases: [{ position: at, token: secret }] } },
      );
    expect(attempt(position, bytesFor("guessed"))).toBe("erased");
    expect(attempt(0)).toBe("erased");
    // Also where a reader has later entries already, and others have not.
    const later = circle.state.position + 1;
    const statement = circle.entryOf("ben@b", { kind: "tick" });
    const ahead: Header = { ...statement.header, kind: "statement", eraseHash: eraseHashOf(token) };
    const honest = circle.judge.header;
    Object.assign(circle.judge, { header: (at: number) => (at === later ? ahead : honest(at)) });
    expect(attempt(later)).toBe("erased");
    expect(circle.state.erased.size).toBe(0);
  });

  it("by one control key is held, and final after seven days of log time", () => {
    expect(byKeys("anna@a", ["anna@a"])).toBeUndefined();
    const held = circle.state.erased.get(position) as NonNullable<ReturnType<typeof circle.state.erased.get>>;
    expect(isFinal(circle.state, held)).toBe(false);
    circle.pass(7 * 24);
    expect(isFinal(circle.state, held)).toBe(true);
  });

  it("by as many groups as the circle needs is at once", () => {
    expect(byKeys("anna@a", ["anna@a", "ben@b"])).toBeUndefined();
    expect(circle.state.erased.get(position)?.pendingSince).toBeUndefined();
  });

  it("on hold is stopped by another key, not by the one that asked, and not once it is final", () => {
    byKeys("anna@a", ["anna@a"]);
    const at = circle.state.erased.get(position)?.by as number;
    expect(cancel("anna@a", at)).toBe("erased");
    expect(cancel("ben@b", at)).toBeUndefined();
    expect(circle.state.erased.size).toBe(0);
    expect(cancel("ben@b", at)).toBe("erased");
    byKeys("anna@a", ["anna@a"]);
    const again = circle.state.erased.get(position)?.by as number;
    circle.pass(7 * 24);
    expect(cancel("ben@b", again)).toBe("erased");
    expect(circle.state.erased.size).toBe(1);
  });

  it("orders in the header and in what is sealed must be the same", () => {
    expect(circle.act("anna@a", { kind: "erase", positions: [position] })).toBe("malformed");
    expect(circle.act("anna@a", { kind: "tick" }, { header: { erases: [{ position, token }] } })).toBe("malformed");
    expect(circle.act("anna@a", { kind: "erase", positions: [] }, { header: { erases: [{ position, token }] } })).toBe(
      "malformed",
    );
  });

  it("is void with a signature that does not hold, or by nobody's key", () => {
    const { keys, secrets } = circle.person("anna@a");
    const wrong = circle.crypto.sign(secrets.control, eraseMessage(circle.state.circle, [position + 1]));
    const header = { erases: [{ position }], signatures: [{ key: keys.control, signature: wrong }] };
    expect(circle.act("anna@a", { kind: "erase", positions: [position] }, { header })).toBe("signature");
    expect(byKeys("anna@a", ["eve@e"])).toBe("erased");
    expect(byKeys("anna@a", [])).toBe("erased");
  });
});
