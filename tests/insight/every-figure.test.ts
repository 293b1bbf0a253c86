/** Every figure of the insight against its slow, obvious recomputation, on random journals that the rules allow. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { apply, decide, fold } from '../../main/exam/sitting.ts';
import type { SittingEvent } from '../../main/exam/events.ts';
import { insight } from '../../main/insight/insight.ts';
import { outcomesOf, SLOW_SHARE } from '../../main/insight/outcomes.ts';
import { AGREED, journalOf } from '../support/journals.ts';
import { edition } from '../support/pack.ts';
import { Dice } from '../torture/dice.ts';
import { randomCommand } from '../torture/random-command.ts';
import { SlowInsight } from './slow-insight.ts';

const FORM = edition();
/** Leaps of fewer items begin no pass in a form of six. */
const LEAP = 3;

/** A sitting of random commands, each after some whole seconds. */
function randomJournal(seed: number, steps: number): SittingEvent[] {
  const dice = new Dice(`figures ${seed}`);
  const events = journalOf([AGREED]);
  let state = fold(FORM, events);
  let seconds = 0;
  const take = (command: Parameters<typeof decide>[2]) => {
    const decision = decide(FORM, state, command);
    if (!decision.ok || !decision.fact) return;
    const event = { ...decision.fact, seq: state.seq + 1, elapsedMs: seconds * 1000, at: 5 } as SittingEvent;
    events.push(event);
    state = apply(state, event);
  };
  for (let step = 0; step < steps; step++) {
    seconds += dice.whole(0, 9);
    take(randomCommand(() => dice.real(0, 1)));
  }
  seconds += dice.whole(0, 3);
  take({ type: 'end' });
  return events;
}

const journal = fc
  .tuple(fc.integer({ min: 0, max: 1_000_000 }), fc.integer({ min: 0, max: 90 }))
  .map(([seed, steps]) => randomJournal(seed, steps));
const tallyOf = (slow: SlowInsight, numbers: number[]) => ({ items: numbers.length, right: slow.right(numbers) });

/** With Wilson's interval as the roots of its equation: (share - p)^2 = z^2 p (1 - p) / n, found by halving. */
function estimateOf(slow: SlowInsight, numbers: number[]) {
  const { items, right } = tallyOf(slow, numbers);
  const share = right / items;
  const isWithin = (p: number) => (share - p) ** 2 <= (1.959963984540054 ** 2 * p * (1 - p)) / items;
  const edge = (outside: number) => {
    let [out, within] = [outside, share];
    for (let step = 0; step < 60; step++) {
      const middle = (out + within) / 2;
      if (isWithin(middle)) within = middle;
      else out = middle;
    }
    return expect.closeTo(within * 100, 6) as number;
  };
  return { items, right, interval: items === 0 ? null : { low: edge(0), high: edge(1) } };
}

it('of items, pacing and curve', () => {
  fc.assert(
    fc.property(journal, (events) => {
      const told = insight(FORM, events);
      const slow = new SlowInsight(FORM, events);
      told.items.forEach((item) => {
        const { number } = item;
        const answer = slow.answer(number);
        expect(item).toEqual({
          number,
          scored: slow.scored.includes(number),
          correct: slow.isRight(number, answer),
          answered: slow.isComplete(number, answer),
          flagged: slow.isFlagged(number),
          unread: slow.isUnread(number),
          timeMs: slow.timeMs(number),
          fairMs: expect.closeTo(slow.fairMs(number), 6) as number,
        });
      });
      for (const side of ['right', 'wrong'] as const) {
        const share = slow.middleShare(side === 'right');
        expect(told.pacing[side]).toEqual(share === null ? null : expect.closeTo(share, 9));
      }
      const close = (value: number) => expect.closeTo(value, 6) as number;
      expect(told.pace.curve).toEqual(slow.curve().map((point) => ({ ...point, share: close(point.share) })));
      const limitMs = FORM.blueprint.minutes * 60_000;
      for (const { elapsedMs, answered, share, aheadMs } of told.pace.steps) {
        const seq = slow.seqAt(elapsedMs, true);
        expect([answered, share]).toEqual([slow.answeredAfter(seq), close(slow.shareAfter(seq))]);
        expect(aheadMs).toBeCloseTo((limitMs * slow.shareAfter(seq)) / 100 - elapsedMs, 6);
      }
      const worst = slow.worst(limitMs);
      expect(told.pace.worst).toEqual({ elapsedMs: worst.elapsedMs, aheadMs: close(worst.aheadMs) });
    }),
  );
});

it('of quarters, changes, eliminations, flags and what was not read', () => {
  fc.assert(
    fc.property(journal, (events) => {
      const told = insight(FORM, events);
      const slow = new SlowInsight(FORM, events);
      expect(told.quarters).toEqual([0, 1, 2, 3].map((index) => estimateOf(slow, slow.quarter(index))));
      expect(told.changes).toEqual(slow.changes());
      expect(told.eliminations.keyStruck).toEqual(slow.keyStruck());
      const left = [0, 1, 2, 3].filter((count) => slow.withLeft(count).length > 0);
      expect(told.eliminations.left).toEqual(
        left.map((count) => ({ left: count, chance: 1 / count, ...estimateOf(slow, slow.withLeft(count)) })),
      );
      const isFlagged = (number: number) => slow.isFlagged(number);
      expect(told.flagged).toEqual(tallyOf(slow, slow.scored.filter(isFlagged)));
      expect(told.unflagged).toEqual(
        tallyOf(
          slow,
          slow.scored.filter((number) => !isFlagged(number)),
        ),
      );
      expect(told.unread).toEqual(slow.numbers.filter((number) => slow.isUnread(number)));
    }),
  );
});

it('of passes: each says of its visits what they were, and a leap back parts them', () => {
  fc.assert(
    fc.property(journal, (events) => {
      const { passes } = insight(FORM, events);
      const slow = new SlowInsight(FORM, events);
      const all = slow.visits(0, Infinity);
      let from = 0;
      passes.forEach((pass, index) => {
        const { startMs, endMs, ...said } = pass;
        expect(startMs).toBe(all[from]!.elapsedMs);
        const next = passes[index + 1];
        expect(endMs).toBe(next?.startMs ?? slow.endMs);
        // Where two passes meet is found by trying every place at that time.
        const ends = next
          ? all.flatMap(({ elapsedMs }, at) => (at > from && elapsedMs === next.startMs ? [at] : []))
          : [all.length];
        const to = ends.find((at) => {
          const last = all[at - 1]!.number;
          const step = at < all.length ? all[at]!.number - last : 0;
          const parts = !next || (said.direction === 'up' ? -step : step) >= LEAP;
          return parts && JSON.stringify(slow.passOf(all.slice(from, at), index === 0)) === JSON.stringify(said);
        });
        expect(to, JSON.stringify({ said, all: all.slice(from) })).toBeDefined();
        from = to!;
      });
      expect(from).toBe(all.length);
    }),
  );
});

it('of outcomes', () => {
  fc.assert(
    fc.property(journal, (events) => {
      const slow = new SlowInsight(FORM, events);
      const { items, areas } = outcomesOf(FORM, events);
      expect(items.map(({ number, slow: isSlow, keyStruck }) => [number, isSlow, keyStruck])).toEqual(
        slow.numbers.map((number) => [
          number,
          slow.timeMs(number) > SLOW_SHARE * slow.fairMs(number),
          slow.keyStruck().includes(number),
        ]),
      );
      for (const { outline, area, scored, points } of areas) {
        const own = slow.scored.filter((number) => {
          const item = FORM.items[number - 1]!;
          return (outline === 'current' ? item.area : item.classicArea) === area;
        });
        expect([scored, points]).toEqual([own.length, slow.right(own)]);
      }
    }),
  );
});
