import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { machineDay } from '../../main/local-day.ts';
import { addDays, daysBetween, daysFromTo, isDay, weekdayOf } from '../../main/study/days.ts';

const day = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2199-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

describe('a day', () => {
  it('is one of the calendar', () => {
    for (const good of ['2026-11-22', '2028-02-29', '2000-01-01', '2199-12-31']) expect(isDay(good), good).toBe(true);
    for (const bad of [
      '2026-02-29',
      '2026-13-01',
      '2026-00-10',
      '2026-04-31',
      '26-01-01',
      '1999-12-31',
      '2026-1-1',
      '',
    ])
      expect(isDay(bad), bad).toBe(false);
  });

  it('some days on is what a walk a day at a time comes to, over leap days too', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 800 }), (start, days) => {
        const date = new Date(`${start}T00:00:00Z`);
        for (let step = 0; step < days; step++) date.setUTCDate(date.getUTCDate() + 1);
        const end = date.toISOString().slice(0, 10);
        expect(addDays(start, days)).toBe(end);
        expect(addDays(end, -days)).toBe(start);
        expect(daysBetween(start, end)).toBe(days);
        expect(weekdayOf(end) % 7).toBe(date.getUTCDay());
      }),
    );
  });

  it('has the days to another one after it, both included', () => {
    expect(daysFromTo('2026-12-30', '2027-01-02')).toEqual(['2026-12-30', '2026-12-31', '2027-01-01', '2027-01-02']);
    expect(daysFromTo('2026-12-30', '2026-12-29')).toEqual([]);
  });
});

describe("the machine's day", () => {
  const zone = process.env['TZ'];
  afterEach(() => {
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
  });

  it.each([
    // Midnight in New York is 5:00 UTC in winter, 4:00 in summer.
    ['America/New_York', '2026-11-22T04:59:59Z', '2026-11-21'],
    ['America/New_York', '2026-11-22T05:00:00Z', '2026-11-22'],
    ['America/New_York', '2026-07-01T03:59:59Z', '2026-06-30'],
    ['America/New_York', '2026-07-01T04:00:00Z', '2026-07-01'],
    // Both ends of the day of 23 hours and of the one of 25.
    ['America/New_York', '2026-03-08T05:00:00Z', '2026-03-08'],
    ['America/New_York', '2026-03-09T03:59:59Z', '2026-03-08'],
    ['America/New_York', '2026-03-09T04:00:00Z', '2026-03-09'],
    ['America/New_York', '2026-11-01T04:00:00Z', '2026-11-01'],
    ['America/New_York', '2026-11-02T04:59:59Z', '2026-11-01'],
    // Where the clocks change at midnight, the day begins at 1:00.
    ['America/Asuncion', '2023-10-01T04:00:00Z', '2023-10-01'],
    ['Pacific/Kiritimati', '2026-11-22T10:00:00Z', '2026-11-23'],
    ['Pacific/Kiritimati', '2026-11-22T09:59:59Z', '2026-11-22'],
    ['UTC', '2026-12-31T23:59:59Z', '2026-12-31'],
  ])('in %s at %s is %s', (name, at, expected) => {
    process.env['TZ'] = name;
    expect(machineDay(Date.parse(at))).toBe(expected);
  });
});
