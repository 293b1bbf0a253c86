import { describe, expect, it } from 'vitest';
import { Dice } from '../torture/dice.ts';
import { insight } from '../../main/insight/insight.ts';
import { report } from '../../main/insight/report.ts';
import { Hall } from '../support/hall.ts';

/** A sitting with random choices, strikes and times. @returns its id. */
function sit(hall: Hall, dice: Dice): string {
  const id = hall.exam();
  for (let step = 0; step < 25; step++) {
    const number = dice.whole(1, 6);
    const option = dice.pick(['a', 'b', 'c', 'd']);
    hall.act(id, { type: 'visit', number });
    hall.pass(dice.whole(1, 12));
    if (dice.chance(0.6)) hall.act(id, { type: 'respond', number, options: [option] });
    else if (!hall.sittings.openSitting({ sittingId: id }).states[number - 1]!.response.includes(option))
      hall.act(id, { type: 'strike', number, option, on: dice.chance(0.8) });
  }
  hall.act(id, { type: 'end' });
  return id;
}

/** Runs the mending to its end. @returns how much was wrong. */
function mended(hall: Hall): number {
  const steps = hall.application.outcomes.mend();
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

const everything = (hall: Hall) => [
  hall.db
    .prepare(
      'SELECT sitting_no, number, item.id, seen, answered, correct, time_ms FROM item_outcome JOIN item ON item.no = item_no ORDER BY 1, 2',
    )
    .all(),
  hall.db.prepare('SELECT * FROM area_outcome').all(),
  totals(hall),
  hall.db.prepare('SELECT pack_id, form_id, sittings, scored FROM form_total WHERE sittings <> 0').all(),
];
const totals = (hall: Hall) =>
  hall.db.prepare('SELECT exam_code, outline, area, scored, points FROM area_total WHERE sittings > 0').all();
const added = (hall: Hall) =>
  hall.db
    .prepare(
      `SELECT exam_code, outline, area, sum(scored) AS scored, sum(points) AS points
       FROM area_outcome JOIN sitting ON sitting.no = sitting_no JOIN form_edition ON hash = edition_hash
       GROUP BY exam_code, outline, area`,
    )
    .all();

describe('outcomes of finished sittings', () => {
  it('are what insight and report tell, item by item and area by area', () => {
    const hall = new Hall();
    const dice = new Dice('outcomes');
    const ids = [1, 2, 3].map(() => sit(hall, dice));
    expect(hall.application.outcomes.catchUp()).toBe(true);
    const rows = hall.db.prepare(
      `SELECT number, item.id, seen, scored, answered, correct, key_struck, flagged, time_ms
       FROM item_outcome JOIN item ON item.no = item_no JOIN sitting ON sitting.no = sitting_no
       WHERE sitting.id = ? ORDER BY number`,
    );
    const areas = hall.db.prepare(
      `SELECT area, scored, points FROM area_outcome JOIN sitting ON no = sitting_no
       WHERE sitting.id = ? AND outline = 'current' AND scored > 0 ORDER BY area`,
    );
    for (const id of ids) {
      const edition = hall.journal.edition(hall.journal.sitting(id)!.editionHash);
      const events = hall.journal.events(id);
      const visited = new Set(events.flatMap((event) => (event.type === 'visited' ? [event.payload.number] : [])));
      const told = insight(edition, events);
      expect(rows.all(id)).toEqual(
        told.items.map((one) => ({
          number: one.number,
          id: edition.items[one.number - 1]!.id,
          seen: Number(visited.has(one.number)),
          scored: Number(one.scored),
          answered: Number(one.answered),
          correct: Number(one.correct),
          key_struck: Number(told.eliminations.keyStruck.includes(one.number)),
          flagged: Number(one.flagged),
          time_ms: one.timeMs,
        })),
      );
      const inReport = report(edition, events).score!.areas.current.filter(({ items }) => items > 0);
      expect(areas.all(id)).toEqual(
        inReport
          .map(({ id: area, items: scored, points }) => ({ area, scored, points }))
          .sort((a, b) => (a.area < b.area ? -1 : 1)),
      );
    }
  });

  it('add up to the totals, also after some were taken away and computed again', () => {
    const hall = new Hall();
    const dice = new Dice('totals');
    const [first] = [1, 2, 3].map(() => sit(hall, dice));
    const { outcomes } = hall.application;
    outcomes.catchUp();
    const before = totals(hall);
    expect(before).toEqual(added(hall));
    outcomes.forget(first!);
    expect(totals(hall)).toEqual(added(hall));
    expect(totals(hall)).not.toEqual(before);
    expect(outcomes.catchUp()).toBe(true);
    expect(totals(hall)).toEqual(before);
  });

  it('of a sitting whose record was changed are given up, and the others counted', () => {
    const hall = new Hall();
    const dice = new Dice('damage');
    for (let n = 0; n < 2; n++) sit(hall, dice);
    hall.db.exec('DROP TRIGGER sitting_event_no_update');
    hall.db.prepare(`UPDATE sitting_event SET at = at + 1 WHERE sitting_no = 1 AND seq = 3`).run();
    expect(hall.application.outcomes.catchUp()).toBe(true);
    expect(hall.application.outcomes.catchUp(1)).toBe(true);
    const counted = hall.db.prepare('SELECT counted FROM result ORDER BY sitting_no').pluck().all();
    expect(counted).toEqual([2, 1]);
  });

  it.each([
    ['an item', 'UPDATE item_outcome SET correct = 1 - correct WHERE sitting_no = 2 AND number = 3'],
    ['an item that is missing', 'DELETE FROM item_outcome WHERE sitting_no = 1 AND number = 3'],
    ['an item under another name', `UPDATE item SET id = 'other' WHERE no = 1`],
    ['an area', 'UPDATE area_outcome SET points = iif(points = 0, 1, 0) WHERE sitting_no = 1 AND scored > 0'],
    ['a total', 'UPDATE area_total SET points = points + 1'],
    ['a total too many', `INSERT INTO area_total VALUES ('X', 'current', 'x', 1, 2, 1)`],
    ['a count of a form', 'UPDATE form_total SET scored = scored - 1'],
    ['a count too many', `INSERT INTO form_total SELECT edition_hash, 'other', form_id, 1, 1 FROM form_total`],
    ['a count that is missing', 'DELETE FROM form_total'],
  ])('that are not what the journal says are put right: %s', (_what, spoil) => {
    const hall = new Hall();
    const dice = new Dice('mend');
    for (let n = 0; n < 2; n++) sit(hall, dice);
    const { outcomes } = hall.application;
    outcomes.catchUp();
    expect(mended(hall)).toBe(0);
    const before = everything(hall);
    hall.db.exec(spoil);
    expect(everything(hall)).not.toEqual(before);
    expect(mended(hall)).toBeGreaterThan(0);
    expect(everything(hall)).toEqual(before);
    expect(mended(hall)).toBe(0);
  });

  it('of a declined sitting are none, and of a few at a time come the latest first', () => {
    const hall = new Hall();
    const { sittingId } = hall.start();
    hall.act(sittingId, { type: 'decline' });
    sit(hall, new Dice('few'));
    expect(hall.application.outcomes.catchUp(1)).toBe(false);
    expect(hall.db.prepare('SELECT DISTINCT sitting_no FROM item_outcome').pluck().all()).toEqual([2]);
    expect(hall.application.outcomes.catchUp()).toBe(true);
    expect(hall.db.prepare('SELECT count(*) FROM item_outcome').pluck().get()).toBe(6);
  });
});
