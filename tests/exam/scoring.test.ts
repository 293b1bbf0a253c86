import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isCorrect, isScored, pointsNeeded, score, verdictOf, wilson } from '../../main/exam/scoring.ts';
import { edition, item, KEYS } from '../support/pack.ts';

describe('isCorrect', () => {
  it.each([
    [['a'], ['a'], true],
    [['a'], ['b'], false],
    [['a'], [], false],
    [['a', 'c'], ['c', 'a'], true],
    [['a', 'c'], ['a'], false],
    [['a', 'c'], ['a', 'b'], false],
    [['a', 'c'], ['a', 'b', 'c'], false],
  ])('key %j, response %j: %s', (key, response, right) => {
    expect(isCorrect({ key }, response)).toBe(right);
  });
});

describe('wilson', () => {
  // The first four are the examples of R. G. Newcombe, Statistics in Medicine 17 (1998) 857-872, table I, method 3. All
  // were computed again outside this program, as roots of the score equation found by halving.
  it.each([
    [81, 263, 25.53, 36.62],
    [15, 148, 6.24, 16.05],
    [0, 20, 0, 16.11],
    [1, 29, 0.61, 17.18],
    [70, 100, 60.42, 78.11],
    [50, 100, 40.38, 59.62],
    [20, 20, 83.89, 100],
  ])('of %d in %d is %d to %d percent', (points, total, low, high) => {
    const interval = wilson(points, total);
    expect(interval.low).toBeCloseTo(low, 2);
    expect(interval.high).toBeCloseTo(high, 2);
  });

  it('stays within 0 and 100, holds the share, and narrows with more items', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.double({ min: 0, max: 1, noNaN: true }), (total, share) => {
        const points = Math.round(share * total);
        const { low, high } = wilson(points, total);
        const percent = (points / total) * 100;
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(100);
        expect(low).toBeLessThanOrEqual(percent + 1e-9);
        expect(high).toBeGreaterThanOrEqual(percent - 1e-9);
        const wider = wilson(points * 4, total * 4);
        expect(wider.high - wider.low).toBeLessThan(high - low);
      }),
    );
  });

  it('solves the score equation it is defined by: its bounds lie 1.96 standard errors from the share', () => {
    // Strictly between 0 and 1 the bounds are the roots p of (share - p)^2 = z^2 p (1 - p) / n.
    for (const [points, total] of [
      [70, 100],
      [3, 7],
      [99, 100],
    ] as const)
      for (const bound of Object.values(wilson(points, total))) {
        const p = bound / 100;
        const errors = Math.abs(points / total - p) / Math.sqrt((p * (1 - p)) / total);
        expect(errors).toBeCloseTo(1.959964, 5);
      }
  });
});

describe('verdictOf', () => {
  it('is over the line from the line on', () => {
    expect([69, 70].map((points) => verdictOf(points, 100, 70))).toEqual(['under-near', 'over-near']);
  });

  it('is near the line while the interval reaches across it', () => {
    // 78 of 100: 68.9 to 85.0; 79: 70.02 to 85.8. 61: 51.2 to 69.98; 62: 52.2 to 70.9.
    expect([61, 62, 78, 79].map((points) => verdictOf(points, 100, 70))).toEqual([
      'under',
      'under-near',
      'over-near',
      'over',
    ]);
  });
});

describe('pointsNeeded', () => {
  it.each([
    [100, 70, 70],
    [97, 70, 68],
    [10, 65, 7],
    [5, 100, 5],
  ])('%d items at %d percent need %d', (scored, percent, points) => {
    expect(pointsNeeded(scored, percent)).toBe(points);
  });
});

describe('score', () => {
  it('counts the keyed responses of the scored items only', () => {
    expect(score(edition(), KEYS)).toMatchObject({ points: 5, scored: 5, pretest: 1, percent: 100, answered: 6 });
    expect(score(edition(), KEYS.with(5, ['a']))).toMatchObject({ points: 5, scored: 5, percent: 100 });
    expect(score(edition(), KEYS.with(4, ['a']))).toMatchObject({ points: 4, scored: 5, percent: 80, answered: 5 });
    expect(score(edition(), [])).toMatchObject({ points: 0, scored: 5, percent: 0, answered: 0 });
  });

  it('gives an area a percent from five items on', () => {
    const { areas } = score(edition(), KEYS.with(0, ['b']));
    expect(areas.current).toEqual([
      { id: 'surgery', title: 'AREA-Surgery', points: 1, items: 2, percent: null },
      { id: 'cases', title: 'AREA-Cases', points: 3, items: 3, percent: null },
    ]);
    expect(areas.classic).toEqual([{ id: 'all', title: 'AREA-Everything', points: 4, items: 5, percent: 80 }]);
  });

  it('leaves out areas of which the form has no scored item', () => {
    const { areas } = score(
      edition((parts) => {
        parts.blueprint.outlines.current.areas.push({ id: 'empty', title: 'Empty', items: 0 });
        parts.items[5]!.area = 'empty';
      }),
      [],
    );
    expect(areas.current.map((area) => area.id)).toEqual(['surgery', 'cases']);
  });

  it('equals an independent recount', () => {
    const base = edition();
    const someItem = fc.record({
      key: fc.subarray(['a', 'b', 'c', 'd'], { minLength: 1, maxLength: 2 }),
      scored: fc.boolean(),
      area: fc.constantFrom('surgery', 'cases'),
      response: fc.subarray(['a', 'b', 'c', 'd']),
    });
    fc.assert(
      fc.property(fc.array(someItem, { minLength: 1, maxLength: 60 }), (all) => {
        fc.pre(all.some((one) => one.scored));
        const items = all.map(({ key, scored, area }, index) =>
          item(`i${index}`, { key, select: key.length, type: 'multiple', scored, area }),
        );
        const result = score(
          { ...base, items },
          all.map((one) => one.response),
        );
        const tally = { points: 0, scored: 0, answered: 0, surgery: [0, 0], cases: [0, 0] };
        for (const { key, scored, area, response } of all) {
          if (response.length === key.length) tally.answered++;
          if (!scored) continue;
          const own = tally[area as 'surgery' | 'cases'];
          tally.scored++;
          own[1]!++;
          if ([...response].sort().join() === [...key].sort().join()) {
            tally.points++;
            own[0]!++;
          }
        }
        expect(result).toMatchObject({ points: tally.points, scored: tally.scored, answered: tally.answered });
        for (const id of ['surgery', 'cases'] as const) {
          const area = result.areas.current.find((one) => one.id === id);
          expect([area?.points ?? 0, area?.items ?? 0]).toEqual(tally[id]);
        }
      }),
    );
  });
});

describe('isScored', () => {
  it('scores a sitting that was sat, and not one whose agreement never was accepted', () => {
    expect((['candidate', 'time', 'declined', 'agreement-time'] as const).map(isScored)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});
