import { describe, expect, it } from "vitest";
import { certify, deviceSecrets, publicKeys } from "../../../src/client/identity/device.ts";
import {
  type Bytes,
  type CircleId,
  type OrganizationId,
  PeerFault,
  toId,
  UsageError,
  utf8,
} from "../../../src/core/codec/index.ts";
import { loadCrypto, verifyClaim } from "../../../src/core/crypto/index.ts";
import {
  encodeStatement,
  forCircle,
  forNamed,
  forwardingClaims,
  readAudience,
  type StatementBody,
  statementMessage,
} from "../../../src/core/statements/index.ts";
import { bytesFor, idFor } from "../../kit/roster.ts";
import { samples } from "./kit.ts";

const place = { circle: idFor<CircleId>("circle"), epoch: 3 };
const inner = utf8("what is said");

describe.each(["sodium", "noble"] as const)("audience (%s)", (name) => {
  const setup = async () => {
    const crypto = await loadCrypto(name);
    let drawn = 0;
    const random = (size: number) => crypto.blake2b(utf8(`random ${drawn++}`), 64).slice(0, size) as Bytes;
    const device = (who: string) => {
      const secrets = deviceSecrets(crypto, bytesFor(who));
      return { secrets, keys: publicKeys(crypto, secrets), id: publicKeys(crypto, secrets).id };
    };
    return { crypto, random, device };
  };

  it("named devices read it, and everybody else sees that it is for others, and nothing more", async () => {
    const { crypto, random, device } = await setup();
    const [anna, ben, eve] = [device("anna"), device("ben"), device("eve")];
    const sealed = forNamed(crypto, random, place, [anna, ben], inner);
    for (const { secrets } of [anna, ben])
      expect(readAudience(crypto, place, secrets.kem, sealed)).toEqual({ audience: "named", inner });
    expect(readAudience(crypto, place, eve.secrets.kem, sealed)).toBe("for-others");
  });

  it("has the same length for one reader as for four, and stays in its circle and epoch", async () => {
    const { crypto, random, device } = await setup();
    const anna = device("anna");
    const one = forNamed(crypto, random, place, [anna], inner);
    const four = forNamed(crypto, random, place, ["anna", "b", "c", "d"].map(device), inner);
    expect(one.length).toBe(four.length);
    expect(() => readAudience(crypto, { ...place, epoch: 4 }, anna.secrets.kem, one)).toThrow(PeerFault);
    expect(() => readAudience(crypto, { ...place, circle: idFor<CircleId>("x") }, anna.secrets.kem, one)).toThrow(
      PeerFault,
    );
  });

  it("names at least one and at most 32 devices", async () => {
    const { crypto, random, device } = await setup();
    expect(() => forNamed(crypto, random, place, [], inner)).toThrow(UsageError);
    const anna = device("anna");
    expect(() =>
      forNamed(
        crypto,
        random,
        place,
        Array.from({ length: 33 }, () => anna),
        inner,
      ),
    ).toThrow(UsageError);
  });

  it("everybody in the circle reads what names nobody", async () => {
    const { crypto, device } = await setup();
    expect(readAudience(crypto, place, device("eve").secrets.kem, forCircle(inner))).toEqual({
      audience: "circle",
      inner,
    });
    expect(() => readAudience(crypto, place, device("eve").secrets.kem, inner)).toThrow(PeerFault);
  });
});

describe("the second signature", () => {
  it("holds for the statement, its device and its organization alone", async () => {
    const crypto = await loadCrypto();
    const secrets = deviceSecrets(crypto, bytesFor("anna"));
    const { id: device } = publicKeys(crypto, secrets);
    const organizationSeed = bytesFor("press");
    const organization = toId<OrganizationId>(crypto.signingKey(organizationSeed));
    const statement = { ...samples.attestation, device, organization };
    const bytes = encodeStatement(statement);
    const body: StatementBody = {
      statement: bytes,
      signature: crypto.sign(secrets.signing, statementMessage(bytes)),
      certificate: certify(crypto, organizationSeed, device, "contributor", 600_000),
    };
    const holds = (given: StatementBody) =>
      forwardingClaims(given, statement)?.every((claim) => verifyClaim(crypto, claim));
    expect(holds(body)).toBe(true);
    expect(holds({ ...body, statement: encodeStatement({ ...statement, text: "changed" }) })).toBe(false);
    expect(holds({ statement: bytes })).toBeUndefined();
    expect(
      holds({ ...body, certificate: certify(crypto, bytesFor("other press"), device, "contributor", 600_000) }),
    ).toBeUndefined();
    const other = publicKeys(crypto, deviceSecrets(crypto, bytesFor("eve"))).id;
    expect(
      holds({ ...body, certificate: certify(crypto, organizationSeed, other, "contributor", 600_000) }),
    ).toBeUndefined();
  });
});
