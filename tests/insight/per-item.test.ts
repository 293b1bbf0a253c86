import { describe, expect, it } from 'vitest';
import type { SittingFact } from '../../main/exam/events.ts';
import { median, workPerItem } from '../../main/insight/per-item.ts';
import { AGREED, journalOf, type Timed } from '../support/journals.ts';

const visit = (seconds: number, number: number): Timed => [seconds, { type: 'visited', payload: { number } }];
const respond = (seconds: number, number: number, ...options: string[]): Timed => [
  seconds,
  { type: 'responded', payload: { number, options } },
];
const times = (timed: readonly Timed[], endMs: number) =>
  workPerItem(3, journalOf(timed), endMs).map((work) => work.timeMs);

describe('time on an item', () => {
  it('runs from each visit to the next, and to the end', () => {
    expect(times([AGREED, visit(0, 1), visit(10, 2), visit(25, 1), visit(30, 3)], 31_500)).toEqual([
      15_000, 15_000, 1500,
    ]);
  });

  it('counts nothing of the agreement, even where it took longer than the questions', () => {
    expect(times([[100, { type: 'agreed', payload: {} }], visit(2, 1)], 5000)).toEqual([3000, 0, 0]);
  });

  it('counts no time before the first visit', () => {
    expect(times([AGREED, visit(7, 2)], 9000)).toEqual([0, 2000, 0]);
  });

  it('is not broken off by what happens to other items or by an interruption', () => {
    const between: SittingFact[] = [
      { type: 'responded', payload: { number: 2, options: ['a'] } },
      { type: 'flagged', payload: { number: 3, on: true } },
      { type: 'interrupted', payload: { cause: 'crashed', awayMs: 1_000_000 } },
    ];
    const timed = [AGREED, visit(0, 1), ...between.map((fact, index): Timed => [index + 1, fact])];
    expect(times(timed, 10_000)).toEqual([10_000, 0, 0]);
  });

  it('adds up to the charged time from the first visit on', () => {
    const timed = [AGREED, visit(3, 1), visit(4, 2), visit(9, 3), visit(9, 1), visit(20, 2)];
    expect(times(timed, 42_000).reduce((sum, time) => sum + time)).toBe(39_000);
  });

  it('is 0 for all in a sitting that never came to its questions', () => {
    expect(times([[50, { type: 'finished', payload: { cause: 'declined' } }]], 0)).toEqual([0, 0, 0]);
  });
});

it('counts the visits and keeps each choice in the order it was made', () => {
  const work = workPerItem(
    3,
    journalOf([AGREED, visit(0, 1), respond(1, 1, 'a'), visit(2, 2), visit(3, 1), respond(4, 1), respond(5, 1, 'b')]),
    6000,
  );
  expect(work.map(({ visits, choices }) => ({ visits, choices }))).toEqual([
    { visits: 2, choices: [['a'], [], ['b']] },
    { visits: 1, choices: [] },
    { visits: 0, choices: [] },
  ]);
});

describe('median', () => {
  it.each([
    [[], null],
    [[7], 7],
    [[9, 1, 5], 5],
    [[10, 2, 4, 100], 7],
  ])('of %j is %s', (values, middle) => {
    expect(median(values)).toBe(middle);
  });

  it('leaves the values in their order', () => {
    const values = [3, 1, 2];
    median(values);
    expect(values).toEqual([3, 1, 2]);
  });
});
