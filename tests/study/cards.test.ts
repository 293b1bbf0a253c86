import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cardAfter, dayMs, dayOfMs, dueCounts, type CardAnswer, type Sureness } from '../../main/study/cards.ts';
import { addDays, daysBetween } from '../../main/study/days.ts';

const START = '2026-11-22';
const sureness = fc.constantFrom<Sureness>('guessed', 'fair', 'sure');
/** Answers some days after each other. */
const answers = fc
  .array(fc.record({ correct: fc.boolean(), sureness, after: fc.integer({ min: 0, max: 90 }) }), {
    minLength: 1,
    maxLength: 12,
  })
  .map((some) => {
    let on = START;
    return some.map(({ after, ...answer }): CardAnswer => ({ ...answer, on: (on = addDays(on, after)) }));
  });
const right = (on: string): CardAnswer => ({ correct: true, sureness: 'fair', on });
const wrong = (on: string): CardAnswer => ({ correct: false, sureness: 'fair', on });

describe('a card', () => {
  it('is not there before the first answer', () => {
    expect(cardAfter([])).toBeNull();
  });

  it('comes again ever later when it is right each time it is due', () => {
    const given: CardAnswer[] = [right(START)];
    let before = 0;
    for (let times = 0; times < 6; times++) {
      const { due, interval } = cardAfter(given)!;
      expect(interval).toBeGreaterThan(before);
      before = interval;
      given.push(right(due));
    }
    expect(before).toBeGreaterThan(60);
  });

  it('comes again sooner after a wrong answer, in under half the time, however often it was right', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 6 }), (times) => {
        const given: CardAnswer[] = [right(START)];
        for (let time = 1; time < times; time++) given.push(right(cardAfter(given)!.due));
        const { due, interval } = cardAfter(given)!;
        const lapsed = cardAfter([...given, wrong(due)])!;
        expect(lapsed.interval).toBeLessThan(interval / 2);
        // And from there it grows anew.
        expect(cardAfter([...given, wrong(due), right(lapsed.due)])!.interval).toBeGreaterThan(lapsed.interval);
      }),
    );
  });

  it('comes later the surer a right answer was; a wrong one is wrong however sure', () => {
    fc.assert(
      fc.property(answers, fc.integer({ min: 0, max: 30 }), (before, after) => {
        const on = addDays(before.at(-1)!.on, after);
        const [guessed, fair, sure] = (['guessed', 'fair', 'sure'] as const).map(
          (how) => cardAfter([...before, { correct: true, sureness: how, on }])!.interval,
        );
        expect(guessed).toBeLessThan(fair!);
        expect(fair).toBeLessThan(sure!);
        const [a, b] = (['guessed', 'sure'] as const).map((how) =>
          cardAfter([...before, { correct: false, sureness: how, on }])!,
        );
        expect(a).toEqual(b);
        expect(a!.interval).toBeLessThan(fair!);
      }),
    );
  });

  it('is never due on the day of its answer, and the same answers give the same day', () => {
    fc.assert(
      fc.property(answers, (given) => {
        const card = cardAfter(given)!;
        expect(card.interval).toBeGreaterThanOrEqual(1);
        expect(daysBetween(given.at(-1)!.on, card.due)).toBe(card.interval);
        expect(cardAfter(given)).toEqual(card);
      }),
    );
  });

  it('takes an answer of a clock that was set back for one of the day before it, but counts on from its own day', () => {
    const interval = cardAfter([right('2026-11-22'), right('2026-11-22')])!.interval;
    const card = cardAfter([right('2026-11-22'), right('2026-11-20')])!;
    expect(card).toMatchObject({ interval, due: addDays('2026-11-20', interval) });
    // The next one is again compared with the latest day there was.
    const third = cardAfter([right('2026-11-22'), right('2026-11-20'), right('2026-11-25')])!;
    expect(third).toEqual(cardAfter([right('2026-11-22'), right('2026-11-22'), right('2026-11-25')]));
  });

  it('comes again in time though it was once answered while the clock ran years ahead', () => {
    const card = cardAfter([right('2099-01-01'), right('2026-11-22')])!;
    expect(daysBetween('2026-11-22', card.due)).toBe(card.interval);
  });
});

it('a day as a number is that day again, whatever the hour of the number', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 40_000 }), fc.integer({ min: 0, max: 86_399_999 }), (days, ms) => {
      const day = addDays('1970-01-01', days);
      expect(dayOfMs(dayMs(day) + ms)).toBe(day);
    }),
  );
});

it('each due card is counted once, on the day that counting them one by one gives', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -20, max: 12 })), (away) => {
      const counts = dueCounts(
        away.map((days) => addDays(START, days)),
        START,
        7,
      );
      expect(counts.now).toBe(away.filter((days) => days <= 0).length);
      expect(counts.days.map(({ on }) => on)).toEqual([1, 2, 3, 4, 5, 6, 7].map((days) => addDays(START, days)));
      counts.days.forEach(({ count }, index) => expect(count).toBe(away.filter((days) => days === index + 1).length));
    }),
  );
});
