import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SittingFact } from '../../main/exam/events.ts';
import { wilson } from '../../main/exam/scoring.ts';
import { insight } from '../../main/insight/insight.ts';
import { AGREED, journalOf, type Timed } from '../support/journals.ts';
import { edition, KEYS } from '../support/pack.ts';

const FORM = edition();
const visit = (at: number, number: number): Timed => [at, { type: 'visited', payload: { number } }];
const respond = (at: number, number: number, options: string): Timed => [
  at,
  { type: 'responded', payload: { number, options: [...options] } },
];
const strike = (at: number, number: number, option: string): Timed => [
  at,
  { type: 'struck', payload: { number, option, on: true } },
];
const end = (at: number): Timed => [at, { type: 'finished', payload: { cause: 'candidate' } }];
const insightOf = (...timed: Timed[]) => insight(FORM, journalOf([AGREED, ...timed]));

describe('answer changes', () => {
  it('are told by kind, with the pretest item left out', () => {
    const { changes } = insightOf(
      visit(0, 1),
      respond(1, 1, 'b'),
      respond(2, 1, 'a'),
      respond(3, 2, 'b'),
      respond(4, 2, 'c'),
      respond(5, 3, 'a'),
      respond(6, 3, 'b'),
      respond(7, 6, 'a'),
      respond(8, 6, 'b'),
      end(9),
    );
    expect(changes.map(({ number, kind, elapsedMs }) => [number, kind, elapsedMs])).toEqual([
      [1, 'wrong-to-right', 2000],
      [2, 'right-to-wrong', 4000],
      [3, 'wrong-to-wrong', 6000],
    ]);
  });

  it('of a multiple select are between complete choices only', () => {
    const { changes } = insightOf(
      visit(0, 5),
      respond(1, 5, 'a'),
      respond(2, 5, 'ab'),
      respond(3, 5, 'a'),
      respond(4, 5, 'ac'),
      respond(5, 5, 'acd'),
      respond(6, 5, 'ac'),
      end(9),
    );
    expect(changes).toEqual([{ number: 5, kind: 'wrong-to-right', from: ['a', 'b'], to: ['a', 'c'], elapsedMs: 4000 }]);
  });
});

describe('eliminations', () => {
  it('tell the key struck out, and what came of two, three and four left', () => {
    const { eliminations } = insightOf(
      visit(0, 1),
      strike(1, 1, 'b'),
      strike(1, 1, 'c'),
      respond(2, 1, 'a'),
      strike(3, 2, 'b'),
      respond(4, 2, 'a'),
      strike(5, 3, 'a'),
      respond(6, 3, 'c'),
      strike(7, 4, 'a'),
      end(9),
    );
    expect(eliminations).toMatchObject({
      keyStruck: [2],
      left: [
        { left: 2, chance: 0.5, items: 1, right: 1 },
        { left: 3, chance: 1 / 3, items: 2, right: 1, interval: wilson(1, 2) },
      ],
    });
  });
});

describe('time', () => {
  it('is held against the authors’ share of the time that was used', () => {
    // Five items of 60 s and one of 120 s share 70 s of work: 10 s and 20 s.
    const { items, pacing } = insightOf(visit(0, 1), respond(5, 1, 'a'), visit(20, 2), respond(60, 2, 'a'), end(70));
    expect(items.map(({ fairMs }) => Math.round(fairMs))).toEqual([10_000, 10_000, 10_000, 10_000, 20_000, 10_000]);
    expect(items.map(({ timeMs }) => timeMs)).toEqual([20_000, 50_000, 0, 0, 0, 0]);
    expect(pacing).toEqual({ right: 2, wrong: 5 });
  });

  it('falls into quarters by the last choice', () => {
    const { quarters, pace } = insightOf(
      visit(0, 1),
      respond(1, 1, 'a'),
      respond(30, 2, 'a'),
      respond(50, 3, 'c'),
      respond(99, 1, 'b'),
      end(100),
    );
    expect(quarters).toMatchObject([
      { items: 0, right: 0, interval: null },
      { items: 1, right: 0 },
      { items: 1, right: 1, interval: wilson(1, 1) },
      { items: 1, right: 0 },
    ]);
    expect(pace.curve.map(({ answered }) => answered)).toEqual([1, 2, 3, 3]);
  });
});

describe('a sitting', () => {
  it('tells flagged from the rest, and what was never seen to its end', () => {
    const read = (number: number): Timed => [3, { type: 'read', payload: { number } }];
    const { flagged, unflagged, unread } = insightOf(
      visit(0, 1),
      respond(1, 1, 'a'),
      [2, { type: 'flagged', payload: { number: 1, on: true } }],
      visit(2, 2),
      read(2),
      end(5),
    );
    expect([flagged, unflagged]).toEqual([
      { items: 1, right: 1 },
      { items: 4, right: 0 },
    ]);
    expect(unread).toEqual([1]);
  });

  it('that was declined tells nothing, and one that goes on has no insight', () => {
    const declined = journalOf([[3, { type: 'finished', payload: { cause: 'declined' } }]]);
    expect(insight(FORM, declined)).toMatchObject({
      passes: [],
      pace: { curve: [], steps: [] },
      changes: [],
      pacing: { right: null },
    });
    expect(() => insight(FORM, journalOf([AGREED]))).toThrow(TypeError);
  });

  const fact: fc.Arbitrary<SittingFact> = fc.oneof(
    fc.record({ number: fc.integer({ min: 1, max: 6 }) }).map((payload) => ({ type: 'visited' as const, payload })),
    fc
      .record({ number: fc.integer({ min: 1, max: 6 }), options: fc.subarray(['a', 'b', 'c', 'd']) })
      .map((payload) => ({ type: 'responded' as const, payload })),
    fc
      .record({ number: fc.integer({ min: 1, max: 6 }), on: fc.boolean() })
      .map((payload) => ({ type: 'flagged' as const, payload })),
  );

  it('gives figures that an obvious count over the events gives too', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 30 }), fact), { maxLength: 60 }), (steps) => {
        let at = 0;
        const timed = steps.map(([pause, one]): Timed => [(at += pause), one]);
        const found = insightOf(...timed, end(at + 1));
        const lastOf = (number: number) =>
          timed.findLast(([, one]) => one.type === 'responded' && one.payload.number === number)?.[1];
        const right = KEYS.map((key, index) => {
          const last = lastOf(index + 1);
          return last?.type === 'responded' && last.payload.options.join() === key.join();
        });
        expect(found.items.map(({ correct }) => correct)).toEqual(right);
        expect(found.flagged.items + found.unflagged.items).toBe(5);
        expect(found.flagged.right + found.unflagged.right).toBe(right.slice(0, 5).filter(Boolean).length);
        expect(found.quarters.reduce((sum, { items }) => sum + items, 0)).toBe(
          found.items.filter(({ scored, answered }) => scored && answered).length,
        );
        // Of an item's changes, those to right less those from right are 1 at most, and tell where it ended.
        for (let number = 1; number <= 5; number++) {
          const own = found.changes.filter((change) => change.number === number);
          const gained = own.filter(({ kind }) => kind === 'wrong-to-right').length;
          const lost = own.filter(({ kind }) => kind === 'right-to-wrong').length;
          expect(Math.abs(gained - lost)).toBeLessThanOrEqual(1);
        }
        expect(found.pace.curve.at(-1)?.answered ?? 0).toBe(found.items.filter(({ answered }) => answered).length);
        const visits = timed.filter(([, one]) => one.type === 'visited').length;
        expect(found.passes.length).toBeLessThanOrEqual(visits);
        if (visits > 0) expect(found.passes.at(-1)!.endMs).toBe((at + 1) * 1000);
      }),
    );
  });
});
