/** A seeded source of chance, so that every plan meets the same traces and every run repeats. */
export interface Random {
  /** Evenly from [from, to). */
  between(from: number, to: number): number;
  /** Normally distributed, mean 0 and deviation 1. */
  normal(): number;
}

/** A 32-bit xorshift generator; good enough for traces, useless for secrets. */
export function seededRandom(seed: number): Random {
  let state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) | 1;
  const unit = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  for (let i = 0; i < 16; i += 1) unit();
  return {
    between: (from, to) => from + (to - from) * unit(),
    normal: () => Math.sqrt(-2 * Math.log(1 - unit())) * Math.cos(2 * Math.PI * unit()),
  };
}
