import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { TextRange } from '../../main/exam/events.ts';
import { toggleRange } from '../../renderer/state/highlights.ts';

const range = (start: number, end: number): TextRange => ({ start, end });
const someRange = fc
  .tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1, max: 15 }))
  .map(([start, length]) => range(start, start + length));
const characters = (ranges: readonly TextRange[]) =>
  new Set(ranges.flatMap(({ start, end }) => Array.from({ length: end - start }, (_, index) => start + index)));

it.each([
  ['marks words', [], range(3, 7), [range(3, 7)]],
  ['takes a whole mark away', [range(3, 7)], range(3, 7), []],
  ['takes the middle out of a mark', [range(0, 10)], range(3, 7), [range(0, 3), range(7, 10)]],
  ['takes the start of a mark away', [range(0, 10)], range(0, 4), [range(4, 10)]],
  ['joins marks that it touches', [range(0, 3), range(7, 9)], range(3, 7), [range(0, 9)]],
  ['widens a mark it overlaps', [range(0, 5)], range(3, 8), [range(0, 8)]],
  ['leaves other marks alone', [range(0, 2), range(20, 30)], range(8, 9), [range(0, 2), range(8, 9), range(20, 30)]],
])('%s', (_, held, chosen, result) => {
  expect(toggleRange(held, chosen)).toEqual(result);
});

it('keeps marks in order, without overlap or touch, however often it is used', () => {
  fc.assert(
    fc.property(fc.array(someRange, { maxLength: 25 }), (all) => {
      let held: TextRange[] = [];
      for (const one of all) {
        held = toggleRange(held, one);
        held.forEach((mark, index) => {
          expect(mark.end).toBeGreaterThan(mark.start);
          if (index > 0) expect(mark.start).toBeGreaterThan(held[index - 1]!.end);
        });
      }
    }),
  );
});

it('marks all of a range that is not wholly marked, and unmarks all of one that is', () => {
  fc.assert(
    fc.property(fc.array(someRange, { maxLength: 25 }), someRange, (all, chosen) => {
      const held = all.reduce<TextRange[]>(toggleRange, []);
      const before = characters(held);
      const own = characters([chosen]);
      const after = characters(toggleRange(held, chosen));
      const covered = [...own].every((at) => before.has(at));
      const wanted = covered ? [...before].filter((at) => !own.has(at)) : [...before, ...own];
      expect(after).toEqual(new Set(wanted));
    }),
  );
});
