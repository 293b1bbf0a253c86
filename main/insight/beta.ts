/** What is needed of the beta distribution: a share that is not known for sure. Shares are from 0 to 1. */

/** A beta distribution by its two counts, both above 0. */
export interface Beta {
  right: number;
  wrong: number;
}

/** Lanczos' approximation with g = 7 and nine terms: the logarithm is off by less than 1e-14, or by that part of it above 1. */
const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
] as const;

/** Natural logarithm of the gamma function. @param x above 0. */
export function logGamma(x: number): number {
  // The approximation holds from 0.5 on; below it one step of the recurrence leads there.
  if (x < 0.5) return logGamma(x + 1) - Math.log(x);
  const z = x - 1;
  let sum: number = LANCZOS[0];
  for (let term = 1; term < LANCZOS.length; term++) sum += LANCZOS[term]! / (z + term);
  const t = z + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (z + 0.5) * Math.log(t) - t + Math.log(sum);
}

/** Natural logarithm of the beta function. */
export function logBeta(a: number, b: number): number {
  return logGamma(a) + logGamma(b) - logGamma(a + b);
}

/**
 * The beta distribution with a given mean and variance.
 * @param mean above 0 and below 1. @param variance above 0 and below `mean * (1 - mean)`.
 */
export function betaOf(mean: number, variance: number): Beta {
  const total = (mean * (1 - mean)) / variance - 1;
  return { right: mean * total, wrong: (1 - mean) * total };
}

/** So many equal steps from 0 to 1 are added up for a quantile: a twentieth of a percent each. */
const STEPS = 2_000;

/**
 * The shares below which the given parts of the distribution lie. At the parts 0.1 and 0.9 they are off by under 0.003
 * percentage points where both counts are at least 1, and by under 0.3 from a half on, the density being steep at that end.
 * @param parts from 0 to 1, rising.
 */
export function betaQuantiles({ right, wrong }: Beta, parts: readonly number[]): number[] {
  const mode = right > 1 && wrong > 1 ? (right - 1) / (right + wrong - 2) : right / (right + wrong);
  const logDensity = (share: number) => (right - 1) * Math.log(share) + (wrong - 1) * Math.log1p(-share);
  // Relative to its highest, so that the sum of a narrow one does not vanish.
  const top = logDensity(mode);
  const sums = new Float64Array(STEPS + 1);
  for (let step = 0; step < STEPS; step++)
    sums[step + 1] = sums[step]! + Math.exp(logDensity((step + 0.5) / STEPS) - top);
  let step = 0;
  return parts.map((part) => {
    const wanted = part * sums[STEPS]!;
    while (step < STEPS - 1 && sums[step + 1]! < wanted) step += 1;
    const within = sums[step + 1]! - sums[step]!;
    return (step + (within > 0 ? Math.min(1, Math.max(0, (wanted - sums[step]!) / within)) : 0.5)) / STEPS;
  });
}

/**
 * The chance of at least `least` right of `count` questions, each right with one and the same share, that share being
 * known only as the distribution tells (a beta-binomial).
 */
export function chanceOfAtLeast(least: number, count: number, { right, wrong }: Beta): number {
  const base = logGamma(count + 1) - logBeta(right, wrong);
  let chance = 0;
  for (let points = Math.max(0, least); points <= count; points++)
    chance += Math.exp(
      base - logGamma(points + 1) - logGamma(count - points + 1) + logBeta(points + right, count - points + wrong),
    );
  return Math.min(1, chance);
}
