import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SittingEvent } from '../../main/exam/events.ts';
import { paceOf } from '../../main/insight/pace.ts';

/** Three of one minute and one of two: a fifth of the exam each, and two fifths. */
const ITEMS = [
  { select: 1, seconds: 60 },
  { select: 1, seconds: 60 },
  { select: 2, seconds: 120 },
  { select: 1, seconds: 60 },
];
const MINUTE = 60_000;

const answers = (...given: [minute: number, number: number, options: string][]) =>
  given.map(([minute, number, options], index): SittingEvent => ({
    seq: index + 1,
    at: 0,
    elapsedMs: minute * MINUTE,
    type: 'responded',
    payload: { number, options: [...options] },
  }));

describe('the pace', () => {
  it('counts an item by the time its authors expect, and only when it is complete', () => {
    const { curve } = paceOf(
      ITEMS,
      answers([1, 1, 'a'], [2, 3, 'a'], [3, 3, 'ab'], [4, 1, '']),
      5 * MINUTE,
      10 * MINUTE,
    );
    expect(curve).toEqual([
      { elapsedMs: MINUTE, answered: 1, share: 20 },
      { elapsedMs: 2 * MINUTE, answered: 1, share: 20 },
      { elapsedMs: 3 * MINUTE, answered: 2, share: 60 },
      { elapsedMs: 4 * MINUTE, answered: 1, share: 40 },
    ]);
  });

  it('is worst just before the answer that comes late', () => {
    const { worst, steps } = paceOf(ITEMS, answers([1, 1, 'a'], [6, 3, 'ab']), 7 * MINUTE, 10 * MINUTE);
    expect(worst).toEqual({ elapsedMs: 6 * MINUTE, aheadMs: -4 * MINUTE });
    expect(steps).toHaveLength(10);
    expect(steps.at(-1)).toEqual({ elapsedMs: 7 * MINUTE, answered: 2, share: 60, aheadMs: -MINUTE });
  });

  it('has no ahead and behind without a limit, and no steps without time', () => {
    const untimed = paceOf(ITEMS, answers([1, 1, 'a']), 2 * MINUTE, null);
    expect(untimed.worst).toBeNull();
    expect(untimed.steps.every(({ aheadMs }) => aheadMs === null)).toBe(true);
    expect(paceOf(ITEMS, [], 0, 10 * MINUTE)).toEqual({
      curve: [],
      steps: [],
      worst: { elapsedMs: 0, aheadMs: 0 },
    });
  });

  it('is, second by second, what a slow count of the answers gives', () => {
    const given = fc.tuple(
      fc.integer({ min: 0, max: 9 }),
      fc.integer({ min: 1, max: 4 }),
      fc.constantFrom('', 'a', 'b', 'ab'),
    );
    fc.assert(
      fc.property(fc.array(given, { maxLength: 20 }), fc.integer({ min: 1, max: 20 }), (pauses, rest) => {
        let at = 0;
        const events = pauses.map(([pause, number, options], index): SittingEvent => {
          at += pause;
          const payload = { number, options: [...options] };
          return { seq: index + 1, at: 0, elapsedMs: at * 1000, type: 'responded', payload };
        });
        const end = at + rest;
        const found = paceOf(ITEMS, events, end * 1000, 60_000);
        const complete = (until: (ms: number) => boolean) =>
          ITEMS.filter((item, index) => {
            const last = events.findLast(
              (event) => event.type === 'responded' && event.payload.number === index + 1 && until(event.elapsedMs),
            );
            return last?.type === 'responded' && last.payload.options.length === item.select;
          });
        const share = (items: typeof ITEMS) => items.reduce((sum, { seconds }) => sum + seconds, 0) / 3;
        for (const step of found.steps) {
          const answered = complete((ms) => ms <= step.elapsedMs);
          expect(step.answered).toBe(answered.length);
          expect(step.share).toBeCloseTo(share(answered), 9);
          expect(step.aheadMs).toBeCloseTo((60_000 * share(answered)) / 100 - step.elapsedMs, 6);
        }
        const ahead = Array.from({ length: end + 1 }, (_, second) => {
          return 600 * share(complete((ms) => ms < second * 1000)) - second * 1000;
        });
        expect(found.worst!.aheadMs).toBeCloseTo(Math.min(0, ...ahead), 6);
      }),
    );
  });
});
