/*
 * The product's constants: one set for every circle. Chosen on the first 80 % of one public network
 * (docs/trust.md tells how), never on what they are tested on.
 */
export type Constants = {
  /** Days after which a vouch passes on half of its amount; 0: never fades. */
  readonly vouchHalfLife: number;
  /** Days after which praise counts half; 0: never fades. */
  readonly praiseHalfLife: number;
  /** Days after which a warning counts half; 0: never fades. */
  readonly warningHalfLife: number;
  /** Live statements of a kind up to which a reporter is not prolific. */
  readonly prolificFrom: number;
  /** Beyond that each counts (prolificFrom / number) to this power. */
  readonly prolificPower: number;
  /**
   * Evidence per unit of voice, for a viewer with a single vouch. A unit is all the voice there is; one full
   * vouch of the viewer's gives 1/32 of it.
   */
  readonly units: number;
  /** The scale grows with the viewer's own number of vouches to this power; 0: not at all. */
  readonly viewerPower: number;
  /** How much more a warning weighs than praise. */
  readonly warningWeight: number;
};

export const product: Constants = {
  vouchHalfLife: 365,
  praiseHalfLife: 90,
  warningHalfLife: 730,
  prolificFrom: 10,
  prolificPower: 0.5,
  units: 14,
  viewerPower: 0.5,
  warningWeight: 3,
};

/** The longest chain of vouches that carries voice; each number of steps up to it is equally likely. */
export const STEPS = 4;

/** An issuer's live amounts below one full vouch are not stretched to fill its voice. */
export const FLOOR = 120;

/** The most of an issuer's voice that one vouch hands on: so no issuer can lend all of it to one fake. */
export const LARGEST_SHARE = 1 / 8;

/** W of subjective logic: the weight of not knowing. */
export const PRIOR_WEIGHT = 2;

/** The most voice of an organization on probation: a quarter of what one full vouch of the viewer gives. */
export const PROBATION_CAP = 1 / 128;

/** A statement stated this many hours ahead of `now` is a fast clock; further ahead it is not yet valid. */
export const CLOCK_SKEW_HOURS = 24;

export const HOURS_PER_DAY = 24;

/** 2^(-age / halfLife); 1 for an age below 0 or a half-life of 0. */
export function fade(ageDays: number, halfLife: number): number {
  return halfLife > 0 && ageDays > 0 ? 2 ** (-ageDays / halfLife) : 1;
}
