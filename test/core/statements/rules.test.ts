import { describe, expect, it } from "vitest";
import { UsageError } from "../../../src/core/codec/index.ts";
import {
  breachOf,
  mayBeForwarded,
  redFlagDays,
  requireRules,
  type Setting,
  type Statement,
  scopeOf,
} from "../../../src/core/statements/index.ts";
import { samples } from "./kit.ts";

const here: Setting = { day: 20_000, audience: "circle", circleKind: "network" };
const home: Setting = { ...here, circleKind: "organization" };
const with_ = <S extends Statement>(statement: S, change: Partial<S>): S => ({ ...statement, ...change });

describe("what may be said", () => {
  it("a red flag has an evidence class and expires within twelve months", () => {
    const flag = samples["red-flag"];
    expect(breachOf(flag, here)).toBeUndefined();
    const { evidence: _, ...noEvidence } = flag;
    const { expires: __, ...noExpiry } = flag;
    expect(breachOf(noEvidence as Statement, here)).toBe("evidence-required");
    expect(breachOf(noExpiry as Statement, here)).toBe("expiry-required");
    expect(breachOf(with_(flag, { expires: here.day + redFlagDays }), here)).toBeUndefined();
    expect(breachOf(with_(flag, { expires: here.day + redFlagDays + 1 }), here)).toBe("expiry-too-far");
  });

  it("TLP:RED goes to named recipients only", () => {
    const red = with_(samples.tip, { tlp: "TLP:RED" });
    expect(breachOf(red, here)).toBe("red-needs-recipients");
    expect(breachOf(red, { ...here, audience: "named" })).toBeUndefined();
  });

  it("cases and TLP:AMBER+STRICT live in the organization's own circle", () => {
    expect(breachOf(samples.case, here)).toBe("case-stays-home");
    expect(breachOf(samples.case, home)).toBeUndefined();
    const strict = with_(samples.attestation, { tlp: "TLP:AMBER+STRICT" });
    expect(breachOf(strict, here)).toBe("strict-stays-home");
    expect(breachOf(strict, home)).toBeUndefined();
  });

  it("nobody vouches for themselves", () => {
    const { vouch } = samples;
    expect(breachOf(with_(vouch, { vouched: vouch.organization }), here)).toBe("self-vouch");
    expect(breachOf(vouch, here)).toBeUndefined();
  });

  it("a breach is told as a usage error with its own code", () => {
    expect(() => requireRules(samples.case, here)).toThrow(UsageError);
    expect(() => requireRules(samples.case, here)).toThrow(
      expect.objectContaining({ code: "statement.case-stays-home" }),
    );
  });

  it("only GREEN and CLEAR may leave the circle, and nothing under the Chatham House Rule", () => {
    const { attestation } = samples;
    for (const [tlp, may] of [
      ["TLP:CLEAR", true],
      ["TLP:GREEN", true],
      ["TLP:AMBER", false],
      ["TLP:AMBER+STRICT", false],
      ["TLP:RED", false],
    ] as const)
      expect(mayBeForwarded(with_(attestation, { tlp }))).toBe(may);
    expect(mayBeForwarded(with_(attestation, { tlp: "TLP:GREEN", chathamHouse: true }))).toBe(false);
  });

  it("leans on the part of a vouch that fits it", () => {
    expect(scopeOf(samples.tip)).toBe("tips");
    expect(scopeOf(samples["red-flag"])).toBe("security");
    expect(scopeOf(with_(samples.attestation, { attests: "editorial-reliability" }))).toBe("tips");
    expect(scopeOf(samples.attestation)).toBe("people");
  });
});
