/*
 * Keccak-f[1600] with a rate of 136 bytes: SHA3-256 (FIPS 202) for the checksum of onion addresses, Keccak-256
 * for that of Ethereum addresses. A few hundred bytes at most, so clarity before speed.
 */

const mask = (1n << 64n) - 1n;
const rotations = [0, 1, 62, 28, 27, 36, 44, 6, 55, 20, 3, 10, 43, 25, 39, 41, 45, 15, 21, 8, 18, 2, 61, 56, 14].map(
  BigInt,
);

const roundConstants: readonly bigint[] = (() => {
  // FIPS 202 §3.2.5: a linear feedback shift register of 8 bits.
  const out: bigint[] = [];
  let register = 1;
  for (let round = 0; round < 24; round++) {
    let constant = 0n;
    for (let j = 0; j <= 6; j++) {
      if (register & 1) constant |= 1n << BigInt(2 ** j - 1);
      register <<= 1;
      if (register & 0x100) register ^= 0x171;
    }
    out.push(constant);
  }
  return out;
})();

const rotate = (x: bigint, by: bigint): bigint => ((x << by) | (x >> (64n - by))) & mask;

function permute(state: bigint[]): void {
  const at = (i: number): bigint => state[i] as bigint;
  for (const constant of roundConstants) {
    const column = [0, 1, 2, 3, 4].map((x) => at(x) ^ at(x + 5) ^ at(x + 10) ^ at(x + 15) ^ at(x + 20));
    for (let i = 0; i < 25; i++) {
      const x = i % 5;
      state[i] = at(i) ^ (column[(x + 4) % 5] as bigint) ^ rotate(column[(x + 1) % 5] as bigint, 1n);
    }
    const moved: bigint[] = new Array(25);
    for (let i = 0; i < 25; i++) {
      const x = i % 5;
      const y = (i - x) / 5;
      moved[y + 5 * ((2 * x + 3 * y) % 5)] = rotate(at(i), rotations[i] as bigint);
    }
    for (let i = 0; i < 25; i++) {
      const x = i % 5;
      const row = i - x;
      const next = moved[row + ((x + 1) % 5)] as bigint;
      state[i] = (moved[i] as bigint) ^ (~next & mask & (moved[row + ((x + 2) % 5)] as bigint));
    }
    state[0] = at(0) ^ constant;
  }
}

function sponge(data: Uint8Array, suffix: number): Uint8Array {
  const rate = 136;
  const padded = new Uint8Array((Math.floor(data.length / rate) + 1) * rate);
  padded.set(data);
  padded[data.length] = suffix;
  padded[padded.length - 1] = (padded[padded.length - 1] as number) | 0x80;
  const state: bigint[] = new Array(25).fill(0n);
  const view = new DataView(padded.buffer);
  for (let block = 0; block < padded.length; block += rate) {
    for (let i = 0; i < rate / 8; i++) state[i] = (state[i] as bigint) ^ view.getBigUint64(block + 8 * i, true);
    permute(state);
  }
  const out = new Uint8Array(32);
  for (let i = 0; i < 4; i++) new DataView(out.buffer).setBigUint64(8 * i, state[i] as bigint, true);
  return out;
}

/** SHA3-256, 32 bytes. */
export function sha3(data: Uint8Array): Uint8Array {
  return sponge(data, 0x06);
}

/** Keccak-256 as Ethereum uses it, 32 bytes. */
export function keccak(data: Uint8Array): Uint8Array {
  return sponge(data, 0x01);
}
