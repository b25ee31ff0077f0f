import fc from "fast-check";
import type {
  CircleId,
  DeviceId,
  MemberId,
  OrganizationId,
  StatementHash,
  StatementId,
} from "../../src/core/codec/index.ts";
import type { Placed, Statement } from "../../src/core/statements/index.ts";
import type { Side, Word } from "../../src/trust/assess/index.ts";
import { emptyGraph, type Graph, put, type Vouch } from "../../src/trust/voice/index.ts";

export const NOW = 480_000;
export const org = (name: string | number) => `o${name}` as OrganizationId;
export const circle = "c0" as CircleId;

let serial = 0;

/** A statement's place, with everything a test does not care about filled in. */
export function placed(
  organization: OrganizationId,
  statement: { kind: Statement["kind"] } & Record<string, unknown>,
  at: Partial<Pick<Placed, "hash" | "position" | "hour" | "circle">> = {},
): Placed {
  serial++;
  const device = `d${organization}` as DeviceId;
  return {
    statement: {
      id: `${serial}` as StatementId,
      organization,
      device,
      tlp: "TLP:GREEN",
      ...statement,
    } as unknown as Statement,
    hash: at.hash ?? (`h${String(serial).padStart(9, "0")}` as StatementHash),
    circle: at.circle ?? circle,
    position: at.position ?? serial,
    organization,
    member: `m${organization}` as MemberId,
    device,
    hour: at.hour ?? NOW,
  };
}

export const about = (value: string) => ({ identifiers: [{ kind: "mail", value }] });
export const aboutOrganization = (value: string) => ({ identifiers: [{ kind: "organization", value }] });

export const vouch = (from: OrganizationId, to: OrganizationId, more: Record<string, unknown> = {}, at = {}) =>
  placed(from, { kind: "vouch", vouched: to, amount: 120, role: "may-introduce", ...more }, at);
export const attest = (from: OrganizationId, value = "x", more: Record<string, unknown> = {}, at = {}) =>
  placed(from, { kind: "attestation", subject: about(value), attests: "identity", evidence: "witnessed", ...more }, at);
export const warn = (from: OrganizationId, value = "x", more: Record<string, unknown> = {}, at = {}) =>
  placed(
    from,
    {
      kind: "red-flag",
      subject: about(value),
      category: "phishing",
      severity: "high",
      evidence: "witnessed",
      expires: NOW / 24 + 300,
      ...more,
    },
    at,
  );

export type Drawn = {
  readonly from: number;
  readonly to: number;
  readonly amount: number;
  readonly heard: boolean;
  readonly age: number;
};

export const drawnVouch = (size: number): fc.Arbitrary<Drawn> =>
  fc.record({
    from: fc.nat(size - 1),
    to: fc.nat(size - 1),
    amount: fc.constantFrom(0, 1, 40, 80, 120),
    heard: fc.boolean(),
    age: fc.constantFrom(0, 24, 2_400, 24_000),
  });

export const asVouch = ({ from, to, amount, heard, age }: Drawn, prefix = "o"): Vouch => ({
  issuer: `${prefix}${from}`,
  vouched: `${prefix}${to}`,
  amount,
  role: heard ? "heard" : "may-introduce",
  hour: NOW - age,
});

export function graphOf(vouches: readonly Vouch[]): Graph {
  const graph = emptyGraph();
  for (const one of vouches) put(graph, one);
  return graph;
}

export const word = (key: string, reporter: string, side: Side, more: Partial<Word> = {}): Word => ({
  key,
  reporter,
  side,
  strength: 1,
  hour: NOW,
  made: 1,
  ...more,
});

export const drawnWords = (size: number): fc.Arbitrary<Word[]> =>
  fc
    .array(
      fc.record({
        reporter: fc.nat(size - 1).map((n) => `o${n}`),
        side: fc.constantFrom<Side>("for", "against"),
        strength: fc.constantFrom(0, 0.3, 0.5, 1),
        age: fc.constantFrom(0, 240, 2_400),
        made: fc.constantFrom(1, 5, 40),
        source: fc.option(fc.constantFrom("a", "b"), { nil: undefined }),
      }),
      { maxLength: 12 },
    )
    .map((list) =>
      list.map(({ age, source, ...one }, at) => ({
        ...one,
        key: `w${String(at).padStart(3, "0")}`,
        hour: NOW - age,
        ...(source === undefined ? {} : { source }),
      })),
    );
