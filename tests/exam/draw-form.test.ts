import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawForm, drawnFormId, seedOf } from '../../main/exam/draw-form.ts';
import type { Item } from '../../main/exam/pack.ts';
import type { Pack } from '../../main/exam/parse-pack.ts';
import { EXAMS_FOLDER } from '../../scripts/exams/folders.ts';
import { loadLibrary } from '../../main/services/library.ts';
import { item, soundPack } from '../support/pack.ts';

/** The small pack with four more plain items, one more case, one more scenario and one more pretest item. */
const pool = soundPack((parts) => {
  const [first] = parts.scenarios;
  parts.items.push(
    ...['seven', 'eight', 'nine', 'ten'].map((id) => item(id)),
    item('eleven', { area: 'cases', record: first!.record }),
    item('twelve', { area: 'cases', scenario: 'night' }),
    item('thirteen', { area: 'cases', scenario: 'night' }),
    item('fourteen', { scored: false }),
  );
  parts.scenarios.push({ ...first!, id: 'night' });
});

const drawn = (seed: string, seen = new Map<string, number>(), pack = pool) =>
  drawForm(pack, seed, seen)!.items.map((id) => pack.items.get(id)!);
const inArea = (items: readonly Item[], area: string) => items.filter((one) => one.scored && one.area === area).length;
const ids = (items: readonly Item[]) => items.map(({ id }) => id);

describe('a drawn form', () => {
  const seeds = fc.string({ unit: fc.constantFrom(...'abcdefghij0123456789'), minLength: 4, maxLength: 12 });

  it('is true to the blueprint, holds scenarios whole and together, and nothing twice, whatever the seed', () => {
    fc.assert(
      fc.property(seeds, fc.subarray([...pool.items.keys()]), (seed, known) => {
        const items = drawn(seed, new Map(known.map((id, index) => [id, index])));
        expect(new Set(ids(items)).size).toBe(6);
        expect([inArea(items, 'surgery'), inArea(items, 'cases')]).toEqual([2, 3]);
        expect(items.filter((one) => !one.scored)).toHaveLength(1);
        const scenario = items.flatMap((one, index) => (one.scenario ? [{ name: one.scenario, index }] : []));
        expect(new Set(scenario.map(({ name }) => name)).size).toBe(1);
        expect(scenario[1]!.index).toBe(scenario[0]!.index + 1);
      }),
    );
  });

  it('is the same for the same seed, and another for another', () => {
    expect(drawn('seed')).toEqual(drawn('seed'));
    const forms = new Set(Array.from({ length: 20 }, (_, index) => ids(drawn(`seed${index}`)).join()));
    expect(forms.size).toBeGreaterThan(10);
  });

  it('takes what was never seen before what was', () => {
    const seen = new Map(['one', 'two', 'three', 'four', 'five', 'six'].map((id) => [id, 5]));
    for (let seed = 0; seed < 20; seed++)
      expect(ids(drawn(`seed${seed}`, seen)).filter((id) => seen.has(id))).toEqual([]);
  });

  it('repeats what was seen longest ago', () => {
    const seen = new Map([...pool.items.keys()].map((id) => [id, 1_000]));
    for (const id of ['eight', 'ten', 'eleven', 'twelve', 'thirteen', 'six']) seen.set(id, 10);
    for (let seed = 0; seed < 20; seed++)
      expect(ids(drawn(`seed${seed}`, seen)).sort()).toEqual(['eight', 'eleven', 'six', 'ten', 'thirteen', 'twelve']);
  });

  it('has its records last', () => {
    const firstCase = drawn('seed').findIndex((one) => one.record ?? one.scenario);
    expect(
      drawn('seed')
        .slice(firstCase)
        .every((one) => one.record ?? one.scenario),
    ).toBe(true);
  });

  it('cannot be had from items that do not fill the blueprint', () => {
    const short = soundPack((parts) => {
      parts.forms[0]!.items = ['one', 'five'];
      parts.items = parts.items.filter(({ id }) => id !== 'two');
    });
    expect(drawForm(short, 'seed', new Map())).toBeNull();
  });

  it('carries its seed in its id', () => {
    expect(seedOf(drawnFormId('a1b2'))).toBe('a1b2');
    for (const id of ['cpc-a', 'drawn-', 'drawn-A1B2', 'drawn-abc', 'drawn-a1b2-c']) expect(seedOf(id)).toBeNull();
  });
});

describe('the packs that come with Codehall', () => {
  const packs = [...loadLibrary([EXAMS_FOLDER]).packs.values()].map(({ pack }) => pack);

  it.each(packs.map((pack) => [pack.info.id, pack] as const))(
    '%s: gives forms true to both outlines',
    (_id, pack: Pack) => {
      const seen = new Map(pack.forms[0]!.items.map((id) => [id, 1]));
      for (const seed of ['first', 'other']) {
        const items = drawn(seed, seen, pack);
        for (const [outline, field] of [
          ['current', 'area'],
          ['classic', 'classicArea'],
        ] as const)
          for (const area of pack.blueprint.outlines[outline].areas)
            expect([area.id, items.filter((one) => one.scored && one[field] === area.id).length]).toEqual([
              area.id,
              area.items,
            ]);
        expect(items).toHaveLength(pack.blueprint.scored + pack.blueprint.pretest);
      }
    },
  );
});
