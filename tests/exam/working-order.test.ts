import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WORKING_ORDERS, workingSequence } from '../../main/exam/working-order.ts';
import { edition } from '../support/pack.ts';

describe('workingSequence', () => {
  it.each([
    ['front-to-back', [1, 2, 3, 4, 5, 6]],
    ['back-to-front', [6, 5, 4, 3, 2, 1]],
    ['cases-first', [2, 3, 4, 1, 5, 6]],
    ['cases-last', [1, 5, 6, 2, 3, 4]],
  ] as const)('leads %s through the form', (order, numbers) => {
    expect(workingSequence(edition().items, order)).toEqual(numbers);
  });

  const record = { title: 'R', sections: [] };
  const someItem = fc.constantFrom({}, { record }, { scenario: 's' });

  it('names every item exactly once in every order', () => {
    fc.assert(
      fc.property(fc.array(someItem, { maxLength: 40 }), fc.constantFrom(...WORKING_ORDERS), (items, order) => {
        const sequence = workingSequence(items, order);
        expect(sequence.toSorted((a, b) => a - b)).toEqual(items.map((_, index) => index + 1));
      }),
    );
  });

  it('keeps cases apart from the rest, and each of the two in their own order', () => {
    fc.assert(
      fc.property(fc.array(someItem, { maxLength: 40 }), (items) => {
        const isCase = (number: number) => Object.keys(items[number - 1]!).length > 0;
        const first = workingSequence(items, 'cases-first');
        const cases = items.map((_, index) => index + 1).filter(isCase);
        expect(first.slice(0, cases.length)).toEqual(cases);
        expect(first.slice(cases.length).some(isCase)).toBe(false);
        expect(workingSequence(items, 'cases-last')).toEqual([...first.slice(cases.length), ...cases]);
      }),
    );
  });
});
