import fc from 'fast-check';
import { expect, it } from 'vitest';
import { seeded, shuffled } from '../../main/exam/random.ts';

it('gives the same numbers for the same seed, others for another, all from 0 to under 1', () => {
  const take = (seed: string) => {
    const random = seeded(seed);
    return Array.from({ length: 200 }, random);
  };
  expect(take('one')).toEqual(take('one'));
  expect(take('one')).not.toEqual(take('two'));
  expect(take('one').every((value) => value >= 0 && value < 1)).toBe(true);
});

it('shuffles a copy that holds the same values', () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), fc.string(), (values, seed) => {
      const before = [...values];
      const after = shuffled(values, seeded(seed));
      expect(values).toEqual(before);
      expect(after.toSorted((a, b) => a - b)).toEqual(values.toSorted((a, b) => a - b));
    }),
  );
});

it('puts each value first about equally often', () => {
  const random = seeded('even');
  const first = { a: 0, b: 0, c: 0 };
  for (let round = 0; round < 3000; round++) first[shuffled(['a', 'b', 'c'] as const, random)[0]!]++;
  for (const times of Object.values(first)) expect(Math.abs(times - 1000)).toBeLessThan(120);
});
