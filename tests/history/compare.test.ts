import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differenceOf, pairedDifference } from '../../main/insight/difference.ts';
import { wilson } from '../../main/exam/scoring.ts';
import { failureOf, Hall } from '../support/hall.ts';
import { item, KEYS, type PackParts } from '../support/pack.ts';
import { pastHall } from './past-hall.ts';

const share = fc.integer({ min: 1, max: 150 }).chain((of) => fc.nat(of).map((right) => ({ right, of })));

describe('the difference of two shares', () => {
  // R. G. Newcombe, Statistics in Medicine 17 (1998) 873-890 and 2635-2650, method 10; computed again outside this program
  // with Wilson's bounds found by halving.
  it.each([
    [{ right: 48, of: 80 }, { right: 56, of: 70 }, 5.2431, 33.3873],
    [{ right: 3, of: 10 }, { right: 9, of: 10 }, 17.0523, 80.9018],
  ])('has the published interval (%o, %o)', (first, second, low, high) => {
    const { interval, withinChance } = differenceOf(first, second);
    expect(interval.low).toBeCloseTo(low, 3);
    expect(interval.high).toBeCloseTo(high, 3);
    expect(withinChance).toBe(false);
  });

  // The second is Table 6.2 of D. G. Altman and others, "Statistics with confidence" (2000); the others are pairs that go
  // against each other and pairs that are all alike, for which the method has rules of their own.
  it.each([
    [{ bothRight: 20, lost: 2, gained: 12, bothWrong: 16 }, 20, 5.6156, 32.9207],
    [{ bothRight: 14, lost: 0, gained: 5, bothWrong: 22 }, 12.1951, 1.1483, 22.6493],
    [{ bothRight: 2, lost: 3, gained: 7, bothWrong: 3 }, 26.6667, -12.8337, 57.46],
    [{ bothRight: 53, lost: 0, gained: 0, bothWrong: 1 }, 0, -7.2938, 7.2938],
    [{ bothRight: 54, lost: 0, gained: 0, bothWrong: 0 }, 0, -6.6414, 6.6414],
  ])('has the interval of the method for pairs (%o)', (pairs, difference, low, high) => {
    const { points, interval } = pairedDifference(pairs);
    expect(points).toBeCloseTo(difference, 3);
    expect(interval.low).toBeCloseTo(low, 3);
    expect(interval.high).toBeCloseTo(high, 3);
  });

  it('lies in its interval, which turns round when the two change places', () => {
    fc.assert(
      fc.property(share, share, (first, second) => {
        const { points, interval, withinChance } = differenceOf(first, second);
        const back = differenceOf(second, first);
        expect(points).toBeCloseTo((100 * second.right) / second.of - (100 * first.right) / first.of, 9);
        expect(interval.low).toBeLessThanOrEqual(points + 1e-9);
        expect(interval.high).toBeGreaterThanOrEqual(points - 1e-9);
        expect(back.interval.low).toBeCloseTo(-interval.high, 9);
        expect(withinChance).toBe(interval.low <= 0 && interval.high >= 0);
        // Intervals that do not meet are more than chance.
        const [a, b] = [wilson(first.right, first.of), wilson(second.right, second.of)];
        if (a.high < b.low || b.high < a.low) expect(withinChance).toBe(false);
      }),
    );
  });

  it('of pairs is never wider than that of strangers, where those right once are mostly right again', () => {
    fc.assert(
      fc.property(fc.nat(60), fc.nat(8), fc.nat(8), fc.nat(60), (bothRight, lost, gained, bothWrong) => {
        const of = bothRight + lost + gained + bothWrong;
        fc.pre(of > 0);
        const paired = pairedDifference({ bothRight, lost, gained, bothWrong });
        expect(paired.interval.low).toBeLessThanOrEqual(paired.points + 1e-9);
        expect(paired.interval.high).toBeGreaterThanOrEqual(paired.points - 1e-9);
        if (bothRight * bothWrong < lost * gained) return;
        const strangers = differenceOf({ right: bothRight + lost, of }, { right: bothRight + gained, of });
        expect(paired.interval.low).toBeGreaterThanOrEqual(strangers.interval.low - 1e-9);
        expect(paired.interval.high).toBeLessThanOrEqual(strangers.interval.high + 1e-9);
      }),
    );
  });
});

/** Answers the given numbers right and the others not at all. */
function sit(hall: Hall, right: readonly number[]): string {
  hall.pass(60);
  const id = hall.exam();
  for (const number of right) hall.act(id, { type: 'respond', number, options: [...KEYS[number - 1]!] });
  hall.pass(right.length);
  hall.act(id, { type: 'end' });
  return id;
}

describe('two sittings', () => {
  it('of the same form: what was gained, lost, right and wrong, and time; pretest items left out', () => {
    const hall = new Hall();
    const first = sit(hall, [1, 2, 6]);
    const second = sit(hall, [2, 3, 4]);
    const told = hall.application.history.compare({ first: second, second: first });
    expect(told.entries.map(({ sittingId, points, elapsedMs }) => [sittingId, points, elapsedMs])).toEqual([
      [first, 2, 3000],
      [second, 3, 3000],
    ]);
    expect(told).toMatchObject({ paired: true, sides: [{ points: 2, answered: 3, items: 6 }, { points: 3 }] });
    const numbers = Object.entries(told.shared!).map(([fate, all]) => [fate, all.map((one) => one.numbers[1])]);
    expect(Object.fromEntries(numbers)).toEqual({ bothRight: [2], lost: [1], gained: [3, 4], bothWrong: [5] });
    expect(told.difference).toEqual(pairedDifference({ bothRight: 1, lost: 1, gained: 2, bothWrong: 1 }));
    expect(told.difference.withinChance).toBe(true);
    const [surgery, cases] = told.areas.current;
    expect(surgery).toMatchObject({ id: 'surgery', difference: null });
    expect(cases!.sides.map((side) => side!.points)).toEqual([1, 3]);
    expect(told.areas.classic[0]!.difference).toEqual(told.difference);
  });

  it('of two forms with the same questions are pairs too, each with its own numbers', () => {
    const { hall, ids } = pastHall(2);
    const { paired, shared } = hall.application.history.compare({ first: ids[0]!, second: ids[1]! });
    expect(paired).toBe(true);
    for (const { numbers } of Object.values(shared!).flat()) expect(numbers[0] + numbers[1]).toBe(7);
  });

  it('with a question that was reworded in between share the others only', () => {
    const hall = new Hall();
    const first = sit(hall, [1, 2, 3]);
    hall.changePack((parts) => (parts.items[1] = { ...parts.items[1]!, stem: 'Which code is right now?' }));
    hall.crash();
    const second = sit(hall, [1, 2, 3]);
    const told = hall.application.history.compare({ first, second });
    expect(told.paired).toBe(false);
    expect(Object.values(told.shared!).flat()).toHaveLength(4);
    expect(told.difference).toEqual(differenceOf({ right: 3, of: 5 }, { right: 3, of: 5 }));
  });

  it('with a record that was changed in between share the questions without it only', () => {
    const hall = new Hall();
    const first = sit(hall, [1, 2, 3]);
    hall.changePack((parts) => (parts.scenarios[0]!.record.sections[0]!.text = 'The patient was sent home.'));
    hall.crash();
    const second = sit(hall, [1, 2, 3]);
    hall.changePack((parts) => (parts.items[1]!.record!.sections[0]!.text = 'Seen again.'));
    hall.crash();
    const third = sit(hall, [1, 2, 3]);
    const sharedBy = (one: string, other: string) =>
      Object.values(hall.application.history.compare({ first: one, second: other }).shared!).flat();
    expect(sharedBy(first, second).map(({ id }) => id)).toEqual(expect.not.arrayContaining(['three', 'four']));
    expect(sharedBy(first, second)).toHaveLength(3);
    expect(sharedBy(first, third)).toHaveLength(4);
  });

  it('with a question that was put into another area in between: each area by the questions it had then', () => {
    const allIn = (parts: PackParts, area: string) => {
      parts.items.push(item('seven'));
      parts.forms[0]!.items.push('seven');
      for (const one of parts.items) one.area = area;
    };
    const hall = new Hall((parts) => allIn(parts, 'cases'));
    const first = sit(hall, [1]);
    hall.changePack((parts) => {
      allIn(parts, 'cases');
      parts.items[0]!.area = 'surgery';
    });
    hall.crash();
    const second = sit(hall, [1]);
    const told = hall.application.history.compare({ first, second });
    expect(told.paired).toBe(true);
    const cases = told.areas.current.find(({ id }) => id === 'cases')!;
    expect(cases.sides).toMatchObject([
      { points: 1, items: 6 },
      { points: 0, items: 5 },
    ]);
    expect(cases.difference).toEqual(differenceOf({ right: 1, of: 6 }, { right: 0, of: 5 }));
  });

  it('that cannot be compared are refused: of two exams, unscored, one and the same, unfinished, not there', () => {
    const { hall, ids } = pastHall(3);
    const { compare } = hall.application.history;
    const codeOf = (first: string, second: string) => failureOf(() => compare({ first, second })).code;
    const declined = hall.start().sittingId;
    hall.act(declined, { type: 'decline' });
    const open = hall.exam();
    expect(codeOf(ids[0]!, ids[2]!)).toBe('refused');
    expect(codeOf(ids[0]!, declined)).toBe('refused');
    expect(codeOf(ids[0]!, ids[0]!)).toBe('refused');
    expect(codeOf(ids[0]!, open)).toBe('not-finished');
    expect(codeOf(ids[0]!, 'nobody')).toBe('not-found');
  });
});
