import { describe, expect, it } from 'vitest';
import { createSittings } from '../../main/services/sittings.ts';
import { createHistory } from '../../main/store/history.ts';
import { EVERYTHING } from '../support/everything.ts';
import { failureOf, Hall, NOON } from '../support/hall.ts';
import { FORM_ID, KEYS, libraryOf, PACK_ID } from '../support/pack.ts';

/** Sits the form with the first `right` items right. */
function sit(hall: Hall, right: number): string {
  const id = hall.exam();
  for (let number = 1; number <= right; number++)
    hall.act(id, { type: 'respond', number, options: [...KEYS[number - 1]!] });
  hall.pass(10);
  hall.act(id, { type: 'end' });
  return id;
}

describe('the hall', () => {
  it('shows a form that was never sat', () => {
    expect(new Hall().sittings.hall()).toMatchObject({
      unfinished: [],
      standing: [],
      forms: [{ packId: PACK_ID, formId: FORM_ID, items: 6, minutes: 10, last: null, best: null, sittings: 0 }],
    });
  });

  it('shows the latest and the best result of a form', () => {
    const hall = new Hall();
    for (const right of [2, 4, 3]) sit(hall, right);
    expect(hall.sittings.hall().forms[0]).toMatchObject({
      last: { points: 3, scored: 5, percent: 60, finishedAt: NOON + 30_000 },
      best: { points: 4, scored: 5, percent: 80 },
      sittings: 3,
    });
  });

  it('shows the standing oldest first, without unscored sittings', () => {
    const hall = new Hall();
    sit(hall, 1);
    hall.act(hall.start().sittingId, { type: 'decline' });
    sit(hall, 2);
    expect(hall.sittings.hall().standing.map((row) => row.points)).toEqual([1, 2]);
    expect(hall.application.history.page(EVERYTHING).entries.map((row) => row.points)).toEqual([2, null, 1]);
  });

  it('lists unfinished sittings, newest first', () => {
    const hall = new Hall();
    const first = hall.exam();
    hall.pass(5);
    const second = hall.exam();
    expect(hall.sittings.hall().unfinished.map((one) => one.sittingId)).toEqual([second, first]);
  });

  it('ends a sitting whose time is up before it shows it', () => {
    const hall = new Hall((parts) => (parts.blueprint.minutes = 1));
    hall.exam();
    hall.pass(55);
    hall.monotonic += 9000;
    const shown = hall.sittings.hall();
    expect(shown.unfinished).toEqual([]);
    expect(shown.standing).toHaveLength(1);
  });
});

describe('a form', () => {
  it('is described before it is begun', () => {
    expect(new Hall().sittings.form({ packId: PACK_ID, formId: FORM_ID })).toMatchObject({
      scored: 5,
      pretest: 1,
      agreementMinutes: 2,
      line: { percent: 70, published: true },
      noticesAtMinutes: [5],
      areas: [
        { title: 'AREA-Surgery', items: 2 },
        { title: 'AREA-Cases', items: 3 },
      ],
      cases: 3,
      multiple: 1,
      license: 'MIT',
    });
  });

  it('that is not there is an error', () => {
    expect(failureOf(() => new Hall().sittings.form({ packId: PACK_ID, formId: 'z' })).code).toBe('not-found');
  });
});

describe('an old sitting', () => {
  it('can be reopened when its pack is gone', () => {
    const hall = new Hall();
    const id = sit(hall, 4);
    const { db, journal } = hall;
    const later = createSittings({
      library: libraryOf(),
      journal,
      history: createHistory(db),
      clocks: { monotonicMs: () => 0, wallMs: () => NOON },
      newId: () => 'x',
      newSeed: () => 'seed',
    });
    expect(later.result({ sittingId: id }).score).toMatchObject({ points: 4 });
    expect(later.review({ sittingId: id })[0]!.options[0]!.rationale).toBe('RATIONALE-one-a');
    expect(later.hall().forms).toEqual([]);
  });

  it('whose journal was changed says that its seal is broken', () => {
    const hall = new Hall();
    const id = sit(hall, 4);
    expect(hall.sittings.result({ sittingId: id }).sealed).toBe(true);
    hall.db.exec(`DROP TRIGGER sitting_event_no_update;
      UPDATE sitting_event SET payload = '{"number":5,"options":["a","c"]}' WHERE type = 'responded' AND seq = 3`);
    expect(hall.sittings.result({ sittingId: id }).sealed).toBe(false);
  });
});
