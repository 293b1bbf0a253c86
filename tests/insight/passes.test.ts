import { describe, expect, it } from 'vitest';
import { findPasses } from '../../main/insight/passes.ts';
import { AGREED, journalOf, type Timed } from '../support/journals.ts';

const COUNT = 40;
const SELECTS = Array.from({ length: COUNT }, () => 1);
const range = (from: number, to: number) =>
  Array.from({ length: Math.abs(to - from) + 1 }, (_, step) => from + Math.sign(to - from || 1) * step);

/** Visits in the given order, 10 s each; `also` adds what happens while a number is on screen. */
function walk(numbers: readonly number[], also: (number: number, visit: number) => Timed[1][] = () => []) {
  const timed = numbers.flatMap((number, visit): Timed[] => [
    [visit * 10, { type: 'visited', payload: { number } }],
    ...also(number, visit).map((fact): Timed => [visit * 10 + 5, fact]),
  ]);
  return findPasses(SELECTS, journalOf([AGREED, ...timed]), numbers.length * 10_000);
}
const answer = (number: number): Timed[1][] => [{ type: 'responded', payload: { number, options: ['a'] } }];

describe('passes', () => {
  it('are one for one way through, front to back or back to front', () => {
    expect(walk(range(1, COUNT))).toEqual([
      { from: 1, to: 40, direction: 'up', items: 40, only: null, startMs: 0, endMs: 400_000 },
    ]);
    expect(walk(range(COUNT, 1))).toMatchObject([{ from: 40, to: 1, direction: 'down', items: 40 }]);
  });

  it('are found from the order of visits where the candidate starts over', () => {
    const passes = walk([...range(40, 1), ...range(40, 20)], answer);
    expect(passes).toMatchObject([
      { from: 40, to: 1, direction: 'down', items: 40, endMs: 400_000 },
      { from: 40, to: 20, direction: 'down', items: 21, only: null, startMs: 400_000 },
    ]);
  });

  it('are not broken by a few steps to and fro', () => {
    expect(walk([...range(1, 12), 11, 10, ...range(11, 25), 19, ...range(26, 40)])).toHaveLength(1);
  });

  it('keep the direction when the first step only leads to the far end', () => {
    expect(walk([1, ...range(40, 2)])).toMatchObject([{ from: 40, to: 1, direction: 'down', items: 40 }]);
  });

  it('say when one was for the flagged only', () => {
    const flags = [3, 9, 14, 22, 31];
    const passes = walk([...range(1, 40), ...flags], (number, visit) => [
      ...answer(number),
      ...(visit < 40 && flags.includes(number) ? [{ type: 'flagged', payload: { number, on: true } } as Timed[1]] : []),
    ]);
    expect(passes.map(({ only, items }) => [only, items])).toEqual([
      [null, 40],
      ['flagged', 5],
    ]);
  });

  it('say when one was for what was still open', () => {
    const open = [5, 6, 27, 30];
    const passes = walk([...range(40, 1), 30, 27, 6, 5], (number, visit) =>
      visit < 40 && open.includes(number) ? [] : answer(number),
    );
    expect(passes.map(({ only, from, to }) => [only, from, to])).toEqual([
      [null, 40, 1],
      ['open', 30, 5],
    ]);
  });

  it('do not begin with a single look at a far item', () => {
    expect(walk([...range(1, 30), 2, ...range(30, 40)])).toHaveLength(2);
    expect(walk([30, 2, ...range(3, 40)])).toHaveLength(1);
  });

  it('are none without a visit, and count nothing of the agreement', () => {
    expect(findPasses(SELECTS, journalOf([AGREED]), 0)).toEqual([]);
  });
});
