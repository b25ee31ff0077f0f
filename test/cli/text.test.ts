import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readDay, readEventDay, showDay } from "../../src/cli/dates.ts";
import { failureOf } from "../../src/cli/exit.ts";
import { bold, harmlessJson, painted, wrap } from "../../src/cli/text.ts";
import { Corrupt, HostFault, PeerFault, Refused, UsageError } from "../../src/client/index.ts";

const now = Date.UTC(2026, 10, 24);

describe("text for a terminal", () => {
  it("never holds a control character or one that reorders, whatever members write", () => {
    const unit = fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("\u001b[2J", "\u202e", "\u0007", "\u{e0041}"));
    fc.assert(
      fc.property(fc.array(unit), (parts) => {
        const shown = painted(parts.join(""), false);
        expect(shown).not.toMatch(/(?!\n)[\p{Cc}\u202a-\u202e\u2066-\u2069\u{e0000}-\u{e007f}]/u);
      }),
    );
  });

  it("is bold only where a terminal shows it", () => {
    expect(painted(bold("x"), true)).toBe("\u001b[1mx\u001b[22m");
    expect(painted(bold("x"), false)).toBe("x");
  });

  it("is wrapped to 80 columns and loses no word", () => {
    const words = fc.array(fc.stringMatching(/^[a-zàảãáạăâđêôơưỳỷỹýỵ]{1,20}$/), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(words, (given) => {
        const lines = wrap(given.join(" "), "  ", "    ").split("\n");
        for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
        expect(lines.join(" ").split(/\s+/).filter(Boolean)).toEqual(given);
      }),
    );
  });

  it("stays the same document as JSON", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const json = harmlessJson(JSON.stringify({ text }));
        expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify({ text })));
        expect(json).not.toMatch(/[\p{Cc}\u202a-\u202e]/u);
      }),
    );
  });
});

describe("dates", () => {
  it("are days from now, or of the calendar", () => {
    const day = (text: string) => showDay(readDay(text, now));
    expect(["90d", "2w", "3m", "1y", "2027-03-01"].map(day)).toEqual([
      "2027-02-22",
      "2026-12-08",
      "2027-02-24",
      "2027-11-24",
      "2027-03-01",
    ]);
  });

  it("that are none are refused", () => {
    for (const text of ["", "soon", "2027-02-31", "2027-13-01", "90", "-1d", "1.5y"]) {
      expect(() => readDay(text, now), text).toThrow(UsageError);
    }
  });

  it("of events are as exact as they are meant", () => {
    for (const text of ["2026", "2026-05", "2026-05-17"]) {
      const { eventDay, eventPrecision } = readEventDay(text);
      expect(showDay(eventDay, eventPrecision)).toBe(text);
    }
    expect(() => readEventDay("2026-05-17T10:00")).toThrow(UsageError);
  });
});

describe("exit codes", () => {
  it("tell scripts whose turn it is", () => {
    const exitOf = (error: unknown) => failureOf(error).exit;
    expect(exitOf(new Error("secret"))).toBe(1);
    expect(exitOf(new UsageError("cli.date", ""))).toBe(2);
    expect(exitOf(new UsageError("circle.void.role", ""))).toBe(3);
    expect(exitOf(new PeerFault("invitation.intercepted", ""))).toBe(3);
    expect(exitOf(new Refused("host.forbidden", "", 403))).toBe(3);
    expect(exitOf(new Refused("host.unreachable", "", 0))).toBe(4);
    expect(exitOf(new Refused("host.busy", "", 503))).toBe(4);
    expect(exitOf(new HostFault("host.contradiction", ""))).toBe(5);
    expect(exitOf(new Corrupt("vault.damaged", ""))).toBe(6);
    expect(exitOf(new UsageError("vault.locked", ""))).toBe(7);
  });

  it("come with a sentence of ours: what went wrong inside is not printed", () => {
    expect(failureOf(new Error("secret")).message).not.toContain("secret");
    expect(failureOf(Object.assign(new Error("x"), { code: "ENOSPC" }))).toMatchObject({
      exit: 1,
      code: "device.full",
    });
  });
});
