/** Sitting a form drawn from the pool. */
import { describe, expect, it } from 'vitest';
import { EVERYTHING } from '../support/everything.ts';
import { failureOf, Hall, SETTINGS } from '../support/hall.ts';
import { item, PACK_ID } from '../support/pack.ts';

const hallWithPool = () =>
  new Hall((parts) => parts.items.push(item('seven'), item('eight'), item('nine', { scored: false })));

describe('the hall', () => {
  it('offers a form of its own seed for a pack with more items than a form takes', () => {
    const hall = hallWithPool();
    const offer = { packId: PACK_ID, examCode: 'SML', items: 6, pool: 9 };
    expect(hall.sittings.hall().pools).toEqual([{ ...offer, formId: 'drawn-seed1' }]);
    expect(hall.sittings.hall().pools).toEqual([{ ...offer, formId: 'drawn-seed2' }]);
  });

  it('offers none where the form takes every item', () => {
    expect(new Hall().sittings.hall().pools).toEqual([]);
  });
});

describe('a drawn form', () => {
  const asked = { packId: PACK_ID, formId: 'drawn-seed1' };

  it('says that nothing is repeated while nothing was seen', () => {
    const { drawn, areas, title } = hallWithPool().sittings.form(asked);
    expect(title).toBe('Drawn form SEED1');
    expect(drawn).toEqual({ pool: 9, repeated: 0, lastSeenAt: null });
    expect(areas.map(({ repeated }) => repeated)).toEqual([0, 0]);
  });

  it('says how much it repeats, by area, and when that was last seen', () => {
    const hall = hallWithPool();
    const first = hall.exam();
    for (const number of [1, 2, 3, 4, 5, 6]) {
      hall.pass(1);
      hall.act(first, { type: 'visit', number });
    }
    const seenAt = hall.wall;
    hall.act(first, { type: 'end' });
    const { drawn, areas } = hall.sittings.form(asked);
    // The case and the scenario stand in the pool once; of the plain items two are new, and so is the pretest item.
    expect(areas).toMatchObject([
      { title: 'AREA-Surgery', repeated: 0 },
      { title: 'AREA-Cases', repeated: 3 },
    ]);
    expect(drawn).toEqual({ pool: 9, repeated: 3, lastSeenAt: seenAt - 2_000 });
  });

  it('counts a question as seen only when it was on screen', () => {
    const hall = hallWithPool();
    hall.act(hall.exam(), { type: 'visit', number: 2 });
    expect(hall.sittings.form(asked).drawn).toMatchObject({ repeated: 1 });
  });

  it('is sat, resumed after a crash and reported like any other', () => {
    const hall = hallWithPool();
    const { sittingId, items } = hall.sittings.start({ ...asked, settings: SETTINGS });
    hall.act(sittingId, { type: 'agree' });
    hall.act(sittingId, { type: 'respond', number: 1, options: ['a'] });
    hall.crash();
    const again = hall.sittings.openSitting({ sittingId });
    expect(again.items).toEqual(items);
    expect(again.form).toEqual({ id: 'drawn-seed1', title: 'Drawn form SEED1' });
    hall.act(sittingId, { type: 'end' });
    expect(hall.sittings.result({ sittingId })).toMatchObject({ sealed: true, score: { scored: 5 } });
    expect(hall.application.history.page(EVERYTHING).entries[0]).toMatchObject({
      formId: 'drawn-seed1',
      formTitle: 'Drawn form SEED1',
    });
  });

  it('is refused where the items cannot fill the blueprint, and not found for what is no seed', () => {
    const hall = new Hall((parts) => {
      parts.items = parts.items.filter(({ id }) => id !== 'six');
      parts.forms[0]!.items = ['one', 'two'];
    });
    expect(failureOf(() => hall.sittings.form(asked)).code).toBe('refused');
    expect(failureOf(() => hall.sittings.form({ ...asked, formId: 'drawn-X' })).code).toBe('not-found');
  });
});
