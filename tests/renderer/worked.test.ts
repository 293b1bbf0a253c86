import { describe, expect, it } from 'vitest';
import { timeTicks, timeTickText } from '../../renderer/charts/ticks.ts';
import {
  aheadText,
  changesText,
  eliminationText,
  paceText,
  staminaText,
  timeText,
} from '../../renderer/state/worked.ts';

const MINUTE = 60_000;
const items = Array.from({ length: 100 }, () => ({}) as never);
const pace = (answered: number, aheadMs: number | null) => ({
  curve: answered === 0 ? [] : [{ elapsedMs: 1, answered, share: answered }],
  steps: [],
  worst: aheadMs === null ? null : { elapsedMs: 1, aheadMs },
});

describe('the sentence about', () => {
  it.each([
    [100, -4 * MINUTE, 240, '100 of 100 questions answered in 3 hours of 4 hours, at most 4 min behind an even pace.'],
    [99, -59_999, 240, '99 of 100 questions answered in 3 hours of 4 hours, never behind an even pace.'],
    [0, 0, 240, '0 of 100 questions answered in 3 hours of 4 hours, never behind an even pace.'],
    [50, null, null, '50 of 100 questions answered in 3 hours, without a limit.'],
  ])('the pace: %d answered, worst at %s ms, %s minutes', (answered, worst, limit, text) => {
    const limitMs = limit === null ? null : limit * MINUTE;
    expect(paceText({ items, elapsedMs: 180 * MINUTE, limitMs, pace: pace(answered, worst) })).toBe(text);
  });

  it.each([
    [5 * MINUTE, '5 min ahead'],
    [-5 * MINUTE, '5 min behind'],
    [59_999, 'on pace'],
    [-59_999, 'on pace'],
  ])('%d ms ahead', (ms, text) => expect(aheadText(ms)).toBe(text));

  it.each([
    [0.84, 1.26, 'A typical right answer took 0.8 times its fair share, a wrong one 1.3 times.'],
    [0.84, null, 'A typical right answer took 0.8 times its fair share.'],
    [null, 1.26, 'A typical wrong answer took 1.3 times its fair share.'],
    [null, null, 'No question took any time.'],
  ])('the time: right %s, wrong %s', (right, wrong, text) => expect(timeText({ right, wrong })).toBe(text));

  const quarter = (items: number, right: number, low: number, high: number) => ({
    items,
    right,
    interval: { low, high },
  });
  it('stamina calls a difference one only where the intervals lie apart', () => {
    const [middle, early] = [quarter(20, 15, 50, 90), quarter(20, 18, 70, 97)];
    expect(staminaText([early, middle, middle, quarter(20, 13, 43, 82)])).toBe(
      '90% right in the first quarter of your time, 65% in the last: the intervals overlap, so it may be chance.',
    );
    expect(staminaText([early, middle, middle, quarter(20, 6, 15, 52)])).toBe(
      '90% right in the first quarter of your time, 30% in the last: more of a difference than chance is likely to make.',
    );
    expect(staminaText([early, middle, middle, quarter(4, 0, 0, 49)])).toMatch(/^Too few answers/);
    expect(staminaText([{ items: 0, right: 0, interval: null }, middle, middle, early])).toMatch(/^Too few answers/);
  });

  it('eliminations takes the number of options left that was left most often', () => {
    const row = (left: number, items: number, right: number) => ({
      left,
      items,
      right,
      chance: 1 / left,
      interval: null,
    });
    expect(eliminationText([row(2, 16, 12), row(3, 5, 2)])).toBe(
      'With 2 options left you were right in 12 of 16; guessing among them gives about 8 where the right one is left.',
    );
    expect(eliminationText([row(2, 1, 0), row(3, 40, 30)])).toMatch(/gives about 13 where/);
    expect(eliminationText([row(1, 2, 1)])).toMatch(/^With 1 option left .* about 2 where/);
    expect(eliminationText([])).toMatch(/^You struck nothing out/);
  });

  it('changes tells what they came to', () => {
    const change = (kind: 'wrong-to-right' | 'right-to-wrong' | 'wrong-to-wrong') => ({
      number: 1,
      kind,
      from: [],
      to: [],
      elapsedMs: 0,
    });
    const [won, lost, same] = [change('wrong-to-right'), change('right-to-wrong'), change('wrong-to-wrong')];
    expect(changesText([won, won, won, lost, same])).toBe('5 changes in all, which won you 2 points.');
    expect(changesText([lost])).toBe('1 change in all, which lost you 1 point.');
    expect(changesText([won, lost])).toBe('2 changes in all, which neither won nor lost you a point.');
  });
});

describe('ticks of time', () => {
  it.each([
    [240 * MINUTE, 10, ['0:00', '0:30', '1:00', '1:30', '2:00', '2:30', '3:00', '3:30', '4:00']],
    [240 * MINUTE, 4, ['0:00', '1:00', '2:00', '3:00', '4:00']],
    [10 * MINUTE, 5, ['0:00', '2:00', '4:00', '6:00', '8:00', '10:00']],
    [120_000, 4, ['0:00', '0:30', '1:00', '1:30', '2:00']],
    [1, 5, ['0:00']],
  ])('over %d ms, about %d', (high, count, texts) => {
    expect(timeTicks(high, count).map(timeTickText(high))).toEqual(texts);
  });

  it('are never many more than asked for, however long the axis', () => {
    for (const high of [1, 999, 90_000, 5 * MINUTE, 3_600_000, 12 * 3_600_000, 100 * 3_600_000])
      for (const count of [1, 2, 5, 9]) expect(timeTicks(high, count).length).toBeLessThanOrEqual(count + 1);
  });
});
