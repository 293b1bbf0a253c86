import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, daysBetween, weekdayOf, type Weekday } from '../../main/study/days.ts';
import { schedule, type ScheduleInput } from '../../main/study/schedule.ts';

const weekday = fc.constantFrom<Weekday>(1, 2, 3, 4, 5, 6, 7);
/** Any plan from a day to a year long. */
const input = fc
  .record({
    begin: fc.integer({ min: 0, max: 1500 }),
    length: fc.integer({ min: 1, max: 366 }),
    days: fc.uniqueArray(weekday, { minLength: 1, maxLength: 7 }),
    hours: fc.integer({ min: 1, max: 40 }),
    mockDay: weekday,
    moves: fc.array(fc.record({ mock: fc.integer({ min: 1, max: 7 }), after: fc.integer({ min: -5, max: 370 }) }), {
      maxLength: 3,
    }),
    mockMinutes: fc.constantFrom(235, 240, 10),
  })
  .map(({ begin, length, moves, ...rest }): ScheduleInput => {
    const beginsOn = addDays('2026-01-01', begin);
    return {
      ...rest,
      beginsOn,
      examOn: addDays(beginsOn, length),
      moves: moves.map(({ mock, after }) => ({ mock, to: addDays(beginsOn, after) })),
    };
  });
const holds = (check: (given: ScheduleInput) => void) => fc.assert(fc.property(input, check), { numRuns: 400 });

const usual = (change: Partial<ScheduleInput> = {}): ScheduleInput => ({
  beginsOn: '2026-11-22',
  examOn: '2027-02-06',
  days: [1, 3, 5],
  hours: 6,
  mockDay: 6,
  moves: [],
  mockMinutes: 240,
  ...change,
});

describe('any schedule', () => {
  it('has a review one to three days after each mock', () =>
    holds((given) => {
      const { mocks, reviews } = schedule(given);
      expect(reviews).toHaveLength(mocks.length);
      mocks.forEach((mock, index) => {
        const after = daysBetween(mock, reviews[index]!);
        expect(after).toBeGreaterThanOrEqual(1);
        expect(after).toBeLessThanOrEqual(3);
      });
    }));

  it('has no mock within a week of the exam, and its mocks in order with room for a review between', () =>
    holds((given) => {
      const { mocks, reviews } = schedule(given);
      for (const mock of mocks) expect(daysBetween(mock, given.examOn)).toBeGreaterThan(7);
      for (let index = 1; index < mocks.length; index++)
        expect(daysBetween(reviews[index - 1]!, mocks[index]!)).toBeGreaterThan(0);
    }));

  it('keeps every task between its beginning and the exam, and nothing but rest on the day before', () =>
    holds((given) => {
      const { startsOn, mocks, reviews, sessions } = schedule(given);
      const days = [...mocks, ...reviews, ...sessions.flat().map(({ on }) => on)];
      expect(daysBetween(given.beginsOn, startsOn)).toBeGreaterThanOrEqual(0);
      const outside = days.filter((day) => daysBetween(startsOn, day) < 0 || daysBetween(day, given.examOn) < 2);
      expect(outside).toEqual([]);
    }));

  it('covers each day from its beginning to the day before the exam by one week, at most thirteen of them', () =>
    holds((given) => {
      const { startsOn, weeks } = schedule(given);
      expect(weeks.length).toBeLessThanOrEqual(13);
      expect(weeks[0]!.startsOn).toBe(startsOn);
      expect(weeks.at(-1)!.endsOn).toBe(addDays(given.examOn, -1));
      weeks.forEach((week, index) => {
        if (index > 0) expect(week.startsOn).toBe(addDays(weeks[index - 1]!.endsOn, 1));
        expect(daysBetween(week.startsOn, week.endsOn)).toBeLessThan(7);
        expect(week.light).toBe(index === weeks.length - 1);
      });
    }));

  it('has sessions of 20 to 50 minutes on study days without a mock or a review', () =>
    holds((given) => {
      const { mocks, reviews, sessions, weeks } = schedule(given);
      sessions.forEach((own, index) => {
        const { startsOn, endsOn } = weeks[index]!;
        // One look at all of them: there may be hundreds.
        const wrong = own.filter(
          ({ on, minutes }) =>
            !(minutes >= 20 && minutes <= 50 && given.days.includes(weekdayOf(on)) && on >= startsOn && on <= endsOn) ||
            mocks.includes(on) ||
            reviews.includes(on),
        );
        expect(wrong).toEqual([]);
        const total = own.reduce((sum, { minutes }) => sum + minutes, 0);
        expect(total).toBeLessThanOrEqual(Math.max(given.hours * 60, 60));
      });
      expect(sessions.at(-1)!.length).toBeLessThanOrEqual(3);
    }));

  it('is the same for the same input', () =>
    holds((given) => {
      expect(schedule(structuredClone(given))).toEqual(schedule(given));
    }));

  it('of eight to thirteen weeks has a baseline in the first seven days, a last mock one to two weeks before the exam, and none a month apart', () =>
    holds((any) => {
      const given = {
        ...any,
        moves: [],
        examOn: addDays(any.beginsOn, 56 + (daysBetween(any.beginsOn, any.examOn) % 36)),
      };
      const { mocks, length } = schedule(given);
      expect(length).toBe('usual');
      expect(daysBetween(given.beginsOn, mocks[0]!)).toBeLessThan(7);
      expect(daysBetween(mocks.at(-1)!, given.examOn)).toBeLessThan(15);
      expect(mocks.length).toBeGreaterThanOrEqual(3);
      for (const mock of mocks) expect(weekdayOf(mock)).toBe(given.mockDay);
      for (let index = 1; index < mocks.length; index++) {
        expect(daysBetween(mocks[index - 1]!, mocks[index]!)).toBeGreaterThanOrEqual(14);
        expect(daysBetween(mocks[index - 1]!, mocks[index]!)).toBeLessThanOrEqual(28);
      }
    }));
});

describe('a schedule', () => {
  it('of eleven weeks looks like this', () => {
    const { length, weeks, mocks, reviews, sessions } = schedule(usual());
    expect(length).toBe('usual');
    expect(weeks).toHaveLength(11);
    expect(weeks[0]).toEqual({ number: 1, startsOn: '2026-11-22', endsOn: '2026-11-27', light: false });
    expect(mocks).toEqual(['2026-11-28', '2026-12-19', '2027-01-02', '2027-01-23']);
    expect(reviews).toEqual(['2026-11-30', '2026-12-21', '2027-01-04', '2027-01-25']);
    expect(sessions[2]).toEqual([
      ...Array(3).fill({ on: '2026-12-07', minutes: 45 }),
      ...Array(2).fill({ on: '2026-12-09', minutes: 45 }),
      ...Array(3).fill({ on: '2026-12-11', minutes: 45 }),
    ]);
    expect(sessions.at(-1)).toEqual([
      { on: '2027-02-01', minutes: 20 },
      { on: '2027-02-03', minutes: 20 },
    ]);
  });

  it('begins thirteen weeks before an exam that is further away', () => {
    expect(schedule(usual({ examOn: '2027-06-05' }))).toMatchObject({ length: 'starts-later', startsOn: '2027-03-06' });
    expect(schedule(usual({ examOn: '2027-02-21' }))).toMatchObject({ length: 'usual', startsOn: '2026-11-22' });
    expect(schedule(usual({ examOn: '2027-02-22' }))).toMatchObject({ length: 'starts-later', startsOn: '2026-11-23' });
  });

  it('under eight weeks is called short, and under eight days has no mock', () => {
    expect(schedule(usual({ examOn: '2027-01-17' })).length).toBe('usual');
    expect(schedule(usual({ examOn: '2027-01-16' })).length).toBe('short');
    expect(schedule(usual({ examOn: '2026-11-30' })).mocks).toHaveLength(1);
    expect(schedule(usual({ examOn: '2026-11-29' })).mocks).toEqual([]);
    expect(schedule(usual({ examOn: '2026-11-23' }))).toMatchObject({ mocks: [], sessions: [[]] });
  });

  it('puts a mock where it was moved to, and leaves it where that leaves no room', () => {
    const to = (day: string) => schedule(usual({ moves: [{ mock: 2, to: day }] })).mocks[1];
    expect(to('2026-12-15')).toBe('2026-12-15');
    expect(to('2026-12-29')).toBe('2026-12-29');
    for (const none of ['2026-11-30', '2026-12-30', '2027-02-01', '2026-11-01']) expect(to(none)).toBe('2026-12-19');
    expect(schedule(usual({ moves: [{ mock: 4, to: '2027-01-30' }] })).mocks[3]).toBe('2027-01-23');
    expect(schedule(usual({ moves: [{ mock: 9, to: '2027-01-10' }] }))).toEqual(schedule(usual()));
  });

  it('cannot be laid out backwards or without a study day', () => {
    expect(() => schedule(usual({ examOn: '2026-11-22' }))).toThrow(RangeError);
    expect(() => schedule(usual({ days: [] }))).toThrow(RangeError);
  });
});
