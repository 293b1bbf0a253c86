import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { betaOf, betaQuantiles, chanceOfAtLeast, logBeta, logGamma, type Beta } from '../../main/insight/beta.ts';

/** Between so many answers as the estimate can have. */
const counts = fc.record({
  right: fc.double({ min: 0.6, max: 900, noNaN: true }),
  wrong: fc.double({ min: 0.6, max: 900, noNaN: true }),
});

/** Middles of many equal steps, closer where a share near 0 or 1 has most of its weight. */
const SLOW = Array.from({ length: 10_000 }, (_, step) => {
  const at = (step + 0.5) / 10_000;
  return { share: at * at * (3 - 2 * at), step: (6 * at * (1 - at)) / 10_000 };
});

const density = ({ right, wrong }: Beta, share: number) =>
  Math.exp((right - 1) * Math.log(share) + (wrong - 1) * Math.log(1 - share) - logBeta(right, wrong));

describe('the gamma function', () => {
  it('is the factorial at whole numbers, and the root of pi at a half', () => {
    let factorial = 1;
    for (let n = 1; n < 18; n++) {
      expect(logGamma(n)).toBeCloseTo(Math.log(factorial), 11);
      factorial *= n;
    }
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 12);
  });

  it('grows by its argument', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 5_000, noNaN: true }), (x) => {
        expect(logGamma(x + 1) - logGamma(x)).toBeCloseTo(Math.log(x), 8);
      }),
    );
  });
});

describe('a beta distribution', () => {
  it('has the mean and the variance it was made of', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        fc.double({ min: 0.001, max: 0.9, noNaN: true }),
        (mean, part) => {
          const { right, wrong } = betaOf(mean, part * mean * (1 - mean));
          const total = right + wrong;
          expect(right / total).toBeCloseTo(mean, 10);
          expect((right * wrong) / (total * total * (total + 1))).toBeCloseTo(part * mean * (1 - mean), 10);
        },
      ),
    );
  });

  it('has its quantiles where its summed density says', () => {
    fc.assert(
      fc.property(counts, fc.double({ min: 0.05, max: 0.95, noNaN: true }), (beta, part) => {
        const [quantile] = betaQuantiles(beta, [part]);
        let below = 0;
        const slow = SLOW.find(({ share, step }) => (below += density(beta, share) * step) >= part)!;
        // Half a step of each, in the share: near 0 and 1 much of the distribution may lie within one.
        expect(Math.abs(quantile! - slow.share)).toBeLessThan(0.0015);
      }),
      { numRuns: 40 },
    );
  });

  // By the inverse of the incomplete beta function of SciPy 1.17.
  it.each([
    [{ right: 140.5, wrong: 60.5 }, 0.65717168, 0.73998425],
    [{ right: 3.2, wrong: 1.1 }, 0.46646478, 0.95867074],
  ])('has the quantiles that another program finds (%o)', (beta, low, high) => {
    const [tenth, ninetieth] = betaQuantiles(beta, [0.1, 0.9]);
    expect(Math.abs(tenth! - low)).toBeLessThan(3e-5);
    expect(Math.abs(ninetieth! - high)).toBeLessThan(3e-5);
  });

  it('has even quantiles when it is even, in the order asked', () => {
    expect(betaQuantiles({ right: 1, wrong: 1 }, [0.1, 0.5, 0.9])).toEqual([
      expect.closeTo(0.1, 6),
      expect.closeTo(0.5, 6),
      expect.closeTo(0.9, 6),
    ]);
  });
});

describe('the chance of so many right', () => {
  it('is the one that a sum of 40 digits finds', () => {
    expect(chanceOfAtLeast(70, 100, { right: 140.5, wrong: 60.5 })).toBeCloseTo(0.537749028655634, 11);
  });

  it('is the binomial one, averaged over what the share may be', () => {
    fc.assert(
      fc.property(counts, fc.integer({ min: 1, max: 30 }), fc.integer({ min: 0, max: 31 }), (beta, count, least) => {
        const slow = SLOW.reduce((sum, { share, step }) => {
          let chance = 0;
          let ways = 1;
          for (let points = 0; points <= count; points++) {
            if (points >= least) chance += ways * share ** points * (1 - share) ** (count - points);
            ways *= (count - points) / (points + 1);
          }
          return sum + chance * density(beta, share) * step;
        }, 0);
        expect(Math.abs(chanceOfAtLeast(least, count, beta) - slow)).toBeLessThan(0.01);
      }),
      { numRuns: 30 },
    );
  });

  it('is sure for none, and impossible for more than there are', () => {
    expect(chanceOfAtLeast(0, 97, { right: 60, wrong: 40 })).toBeCloseTo(1, 9);
    expect(chanceOfAtLeast(98, 97, { right: 60, wrong: 40 })).toBe(0);
  });
});
