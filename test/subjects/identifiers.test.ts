import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hmacSha256, keccak, sha3 } from "../../src/core/crypto/hashes.ts";
import { sha256 } from "../../src/core/crypto/sha256.ts";
import {
  displayIdentifier,
  identifierKey,
  identifierKeys,
  numberBefore2018,
  parseField,
  parseIdentifiers,
  parsePhone,
  sameIdentifier,
  seen,
} from "../../src/subjects/index.ts";
import { identifierCases } from "../eval/subjects/identifiers.ts";

const hex = (bytes: Uint8Array) => Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("");

describe("one text field takes any identifier", () => {
  for (const [category, cases] of Object.entries(identifierCases)) {
    it.each(cases)(`${category}: %s`, (text, keys) => {
      const found = parseIdentifiers(text)
        .filter((u) => u.sure)
        .map((u) => identifierKey(u.identifier));
      expect(found.sort()).toEqual([...keys].sort());
    });
  }

  it("offers every platform for a handle that names none, and is sure of none", () => {
    const found = parseIdentifiers("@nam_nguyen");
    expect(found.length).toBeGreaterThan(2);
    expect(found.every((u) => !u.sure)).toBe(true);
  });

  it("says what was wrong with a mistyped address instead of taking it", () => {
    expect(parseField("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb").doubts[0]?.code).toBe("mistyped-wallet");
    expect(parseField("0x93298290").doubts[0]?.code).toBe("short-key-id");
    expect(parseField("Phone: 12345").doubts[0]?.code).toBe("not-a-phone-number");
  });

  it("takes no name with an empty part", () => {
    for (const text of ["www..t.me", ".facebook.com", "https://a..example.org/"])
      expect(parseIdentifiers(text)).toEqual([]);
  });

  it("tells that characters without print stood in it", () => {
    expect(parseIdentifiers("na\u200bm@example.org")[0]?.notes).toContain("invisible-characters");
  });

  it("keeps the name of a contact card with its identifiers", () => {
    const card = "BEGIN:VCARD\nFN:Nam Nguyen\nTEL:0912345678\nEND:VCARD";
    expect(parseIdentifiers(card)[0]?.identifier.nameSeen).toBe("Nam Nguyen");
  });
});

describe("an identifier is one, however it is written", () => {
  it("both spellings of a renumbered phone have one key, in both directions", () => {
    const old = { kind: "phone", value: "+841681234567" } as const;
    const now = { kind: "phone", value: "+84381234567" } as const;
    expect(identifierKey(old)).toBe(identifierKey(now));
    expect(numberBefore2018(now.value)).toBe(old.value);
    expect(parsePhone("0168 123 4567")?.identifier.value).toBe(now.value);
  });

  it("an account is found by its stable number after its name changed", () => {
    const before = { kind: "facebook", value: "namnguyen9", stableId: "100001234567890" } as const;
    const after = { kind: "facebook", value: "someoneelse", stableId: "100001234567890" } as const;
    expect(identifierKeys(before).some((key) => identifierKeys(after).includes(key))).toBe(true);
    expect(sameIdentifier(before, after)).toBe(true);
    expect(sameIdentifier(before, { ...before, stableId: "100009999999999" })).toBe(false);
  });

  it("a handle seen years apart may have changed hands", () => {
    const handle = { kind: "telegram", value: "nam_nguyen" } as const;
    expect(sameIdentifier(seen(handle, 10_000, 10_100), seen(handle, 20_000))).toBe(false);
    expect(sameIdentifier(seen(handle, 10_000, 10_100), seen(handle, 10_200))).toBe(true);
  });
});

describe("properties", () => {
  const pieces = fc.constantFrom(
    "0168",
    "+84",
    " ",
    "@",
    ".",
    "gmail.com",
    "http://",
    "facebook.com/",
    "t.me/",
    "[.]",
    "BEGIN:VCARD\n",
    "TEL:",
    "\u202e",
    "%",
    "xn--",
    "Zalo: ",
    "0x",
    "a",
    "é",
    "١",
    "://",
    "?u=https://",
    "\n",
  );
  const anything = fc.oneof(
    fc.string({ unit: "binary", maxLength: 200 }),
    fc.string({ maxLength: 200 }),
    fc.array(pieces, { maxLength: 30 }).map((p) => p.join("")),
  );

  it("parsing never throws", () => {
    fc.assert(
      fc.property(anything, (text) => void parseField(text)),
      { numRuns: 2000 },
    );
  });

  it("canonical values parse to themselves", () => {
    const texts = Object.values(identifierCases).flatMap((cases) => cases.map(([text]) => text));
    const canonical = texts.flatMap((text) => parseIdentifiers(text)).map((u) => u.identifier);
    const sample = fc
      .sample(anything, 500)
      .flatMap((text) => parseIdentifiers(text))
      .map((u) => u.identifier);
    for (const identifier of [...canonical, ...sample]) {
      const { kind, value } = identifier;
      const written =
        kind === "wallet" || kind === "registration"
          ? value.replace(/^[\w-]+:/, "")
          : kind === "youtube"
            ? `youtube.com/${value.startsWith("UC") ? `channel/${value}` : value}`
            : kind === "facebook"
              ? `facebook.com/${value}`
              : value;
      const label = ["facebook", "youtube", "url", "domain", "mail", "phone", "onion", "document"].includes(kind)
        ? ""
        : kind === "registration"
          ? "reg: "
          : kind === "wallet"
            ? ""
            : `${kind}: `;
      expect(parseIdentifiers(label + written).map((u) => identifierKey(u.identifier))).toContain(`${kind}:${value}`);
      expect(displayIdentifier(identifier)).not.toBe("");
    }
  });
});

describe("hashes written for the purpose agree with the published values", () => {
  it("SHA-256 and HMAC-SHA-256 agree with WebCrypto", async () => {
    const { subtle } = globalThis.crypto;
    const secret = Uint8Array.from({ length: 32 }, (_, i) => i);
    const key = await subtle.importKey("raw", secret, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
    for (const n of [0, 1, 55, 56, 63, 64, 65, 119, 120, 1000]) {
      const data = Uint8Array.from({ length: n }, (_, i) => (i * 7) & 255);
      expect(hex(sha256(data))).toBe(hex(new Uint8Array(await subtle.digest("SHA-256", data))));
      expect(hex(hmacSha256(secret)(data))).toBe(hex(new Uint8Array(await subtle.sign("HMAC", key, data))));
    }
  });

  it("SHA3-256 (FIPS 202) and Keccak-256 of nothing", () => {
    expect(hex(sha3(new Uint8Array()))).toBe("a7ffc6f8bf1ed76651c14756a061d662f580ff4de43b49fa82d80a4b80f8434a");
    expect(hex(keccak(new Uint8Array()))).toBe("c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470");
  });
});
