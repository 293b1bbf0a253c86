/** Deleting, putting back, and removing for good. */
import { describe, expect, it } from 'vitest';
import type { Hall } from '../support/hall.ts';
import { Failure } from '../../main/failure.ts';
import { KEPT_DELETED_MS } from '../../main/services/history-view.ts';
import { checkDatabase } from '../../main/store/check.ts';
import { createHistory } from '../../main/store/history.ts';
import { openDatabase } from '../../main/store/open.ts';
import { changePastTheProgram } from '../support/database.ts';
import { EVERYTHING } from '../support/everything.ts';
import { failureOf } from '../support/hall.ts';
import { FORM_ID, PACK_ID } from '../support/pack.ts';
import { Dice } from '../torture/dice.ts';
import { TestProgram } from '../support/program.ts';
import { pastHall } from './past-hall.ts';

const EXAM = { examCode: 'SML' };

/** All that the screens are told of the finished sittings. */
function shown({ application: { history, sittings } }: Hall) {
  return {
    page: history.page(EVERYTHING),
    trend: history.trend(EXAM),
    areas: history.areas(EXAM),
    hall: sittings.hall(),
    form: sittings.form({ packId: PACK_ID, formId: FORM_ID }),
  };
}

const layout = (hall: Hall) => hall.db.prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY type, name').all();

/** Rows of every table that has rows of sittings, by table. */
function rowsBySitting(hall: Hall, sittingNo: number): Record<string, number> {
  const tables = hall.db.prepare<[], string>(`SELECT name FROM sqlite_schema WHERE type = 'table'`).pluck().all();
  const own = tables.filter((table) =>
    (hall.db.pragma(`table_info(${table})`) as { name: string }[]).some(({ name }) => name === 'sitting_no'),
  );
  const count = (table: string) =>
    hall.db.prepare<[number], number>(`SELECT count(*) FROM ${table} WHERE sitting_no = ?`).pluck().get(sittingNo)!;
  return Object.fromEntries(own.map((table) => [table, count(table)]));
}

/** Forms with how many of their sittings have ended and how many scored, as the lists have them. */
const counted = (hall: Hall) =>
  createHistory(hall.db)
    .counts()
    .map(({ packId, formId, sittings, scored }) => ({ packId, formId, sittings, scored }));
const countedSlowly = (hall: Hall) =>
  hall.db
    .prepare(
      `SELECT pack_id AS packId, form_id AS formId, count(*) AS sittings, count(points) AS scored
       FROM sitting JOIN result ON sitting_no = no WHERE no NOT IN (SELECT sitting_no FROM deleted_sitting)
       GROUP BY edition_hash, pack_id, form_id ORDER BY edition_hash, pack_id, form_id`,
    )
    .all();

/** Lets a refusal of one kind pass: the sitting may be gone. */
function ignoring(code: string, work: () => unknown): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof Failure && error.code === code)) throw error;
  }
}

function damageOf(hall: Hall): unknown {
  const steps = checkDatabase(hall.db, hall.journal);
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

describe('a deleted sitting', () => {
  it('is in no list, sum or standing; put back, all is as it was', () => {
    const { hall, ids } = pastHall(12);
    const { history } = hall.application;
    const before = shown(hall);
    const gone = ids.at(-3)!;
    const own = before.page.entries.find(({ sittingId }) => sittingId === gone)!;
    expect(own.examCode).toBe('SML');
    expect(own.points).not.toBeNull();
    history.delete({ sittingId: gone });
    const without = shown(hall);
    expect(JSON.stringify(without)).not.toContain(`"${gone}"`);
    expect(without.page.total).toBe(before.page.total - 1);
    expect(without.trend.total).toBe(before.trend.total - 1);
    expect(without.areas.sittings).toBe(before.areas.sittings - 1);
    const sum = (areas: typeof before.areas) =>
      areas.outlines.current.areas.reduce((all, area) => all + area.points, 0);
    expect(sum(without.areas)).toBe(sum(before.areas) - own.points!);
    const sittings = (view: typeof before) => view.hall.forms.reduce((all, form) => all + form.sittings, 0);
    expect(sittings(without)).toBe(sittings(before) - 1);
    const counted = rowsBySitting(hall, 10);
    history.restore({ sittingId: gone });
    expect(counted).toMatchObject({ item_outcome: 0, area_outcome: 0 });
    expect(rowsBySitting(hall, 10)).toMatchObject({ item_outcome: 6, area_outcome: 3 });
    expect(shown(hall)).toEqual(before);
  });

  it.each(['a', 'b', 'c'])('is out of the counts of the forms, in whatever order sittings come and go (%s)', (seed) => {
    const { hall, ids } = pastHall(8, { declined: 0.4 });
    const { history } = hall.application;
    const dice = new Dice(seed);
    for (let step = 0; step < 40; step++) {
      const sittingId = dice.pick(ids);
      const kind = dice.whole(1, 10);
      if (kind <= 4) ignoring('not-found', () => history.delete({ sittingId }));
      else if (kind <= 7) ignoring('not-found', () => history.restore({ sittingId }));
      else if (kind <= 8) {
        hall.wall += KEPT_DELETED_MS / 3;
        history.removeOverdue();
      } else {
        const own = hall.exam();
        if (dice.chance(0.7)) ids.push(own);
        hall.act(own, { type: 'end' });
      }
      expect(counted(hall)).toEqual(countedSlowly(hall));
    }
  });

  it('stays out after outcomes were caught up, and can still be opened by its id', () => {
    const { hall, ids } = pastHall(4);
    const { history, outcomes, sittings } = hall.application;
    const result = sittings.result({ sittingId: ids[0]! });
    history.delete({ sittingId: ids[0]! });
    expect(outcomes.catchUp()).toBe(true);
    expect(rowsBySitting(hall, 1)).toMatchObject({ item_outcome: 0, area_outcome: 0, result: 1 });
    expect(sittings.result({ sittingId: ids[0]! })).toEqual(result);
    expect(sittings.review({ sittingId: ids[0]! })).toHaveLength(6);
  });

  it('stays out where it is deleted, or removed for good, while the outcomes are being compared', () => {
    const { hall, ids } = pastHall(4);
    const { history, outcomes } = hall.application;
    const steps = outcomes.mend();
    steps.next();
    history.delete({ sittingId: ids[0]! });
    hall.wall += KEPT_DELETED_MS;
    history.removeOverdue();
    history.delete({ sittingId: ids[3]! });
    const without = shown(hall);
    let step = steps.next();
    while (!step.done) step = steps.next();
    expect(step.value).toBe(0);
    expect(shown(hall)).toEqual({ ...without, hall: { ...without.hall, pools: expect.anything() as never } });
    expect(rowsBySitting(hall, 4)).toMatchObject({ item_outcome: 0, area_outcome: 0 });
  });

  it('is listed as deleted, with the day it goes, the latest deleted first', () => {
    const { hall, ids } = pastHall(4);
    const { history } = hall.application;
    history.delete({ sittingId: ids[2]! });
    hall.wall += 1000;
    const told = history.delete({ sittingId: ids[0]! });
    expect(told).toMatchObject({ sittingId: ids[0], deletedAt: hall.wall, removedAt: hall.wall + KEPT_DELETED_MS });
    hall.wall += 1000;
    expect(history.delete({ sittingId: ids[0]! })).toEqual(told);
    expect(history.deleted().map(({ sittingId }) => sittingId)).toEqual([ids[0], ids[2]]);
    history.restore({ sittingId: ids[0]! });
    history.restore({ sittingId: ids[0]! });
    expect(history.deleted().map(({ sittingId }) => sittingId)).toEqual([ids[2]]);
  });

  it('was finished: one that goes on, or is not there, is refused', () => {
    const { hall } = pastHall(1);
    const { history } = hall.application;
    const open = hall.exam();
    expect(failureOf(() => history.delete({ sittingId: open })).code).toBe('not-finished');
    expect(failureOf(() => history.restore({ sittingId: 'nobody' })).code).toBe('not-found');
    expect(failureOf(() => history.delete({ sittingId: 'nobody' })).code).toBe('not-found');
    expect(hall.sittings.hall().unfinished).toHaveLength(1);
  });
});

describe('after 30 days', () => {
  it('it is removed with all that belongs to it, and nothing else is', () => {
    const { hall, ids } = pastHall(9);
    const { history } = hall.application;
    const [first, second] = ids as [string, string];
    hall.db.prepare(`INSERT INTO miss_mark VALUES (1, 2, '[]', 'mine', 0)`).run();
    const rows = ids.map((_, index) => rowsBySitting(hall, index + 1));
    const before = layout(hall);
    history.delete({ sittingId: first });
    hall.wall += 1;
    history.delete({ sittingId: second });
    hall.wall += KEPT_DELETED_MS - 2;
    expect(history.removeOverdue()).toBe(true);
    expect(history.deleted()).toHaveLength(2);
    hall.wall += 1;
    expect(history.removeOverdue()).toBe(true);
    expect(history.deleted().map(({ sittingId }) => sittingId)).toEqual([second]);

    expect(failureOf(() => history.restore({ sittingId: first })).code).toBe('not-found');
    expect(failureOf(() => hall.sittings.result({ sittingId: first })).code).toBe('not-found');
    expect(Object.values(rowsBySitting(hall, 1)).every((count) => count === 0)).toBe(true);
    expect(ids.slice(2).map((_, index) => rowsBySitting(hall, index + 3))).toEqual(rows.slice(2));
    expect(damageOf(hall)).toEqual([]);
    expect(layout(hall)).toEqual(before);
    expect(() => hall.db.exec('DELETE FROM sitting_event WHERE sitting_no = 3 AND seq = 9')).toThrow('append-only');
  });

  it('a form goes with the last sitting that has it', () => {
    const { hall, ids } = pastHall(4);
    const { history } = hall.application;
    const forms = () => hall.db.prepare('SELECT count(*) FROM form_edition').pluck().get();
    expect(forms()).toBe(3);
    const removeNow = (sittingId: string) => {
      history.delete({ sittingId });
      hall.wall += KEPT_DELETED_MS;
      history.removeOverdue();
    };
    // The first and the fourth share theirs.
    removeNow(ids[0]!);
    expect(forms()).toBe(3);
    removeNow(ids[3]!);
    expect(forms()).toBe(2);
    removeNow(ids[2]!);
    expect(forms()).toBe(1);
    expect(hall.application.history.page(EVERYTHING).entries.map(({ sittingId }) => sittingId)).toEqual([ids[1]]);
  });

  it('a number that is given again tells nothing of the one before', () => {
    const { hall, ids } = pastHall(3);
    const { history } = hall.application;
    const last = ids[2]!;
    hall.sittings.result({ sittingId: last });
    history.delete({ sittingId: last });
    hall.wall += KEPT_DELETED_MS;
    history.removeOverdue();
    expect(() => hall.journal.events(last)).toThrow(RangeError);
    const next = hall.exam();
    expect(hall.db.prepare('SELECT no FROM sitting WHERE id = ?').pluck().get(next)).toBe(3);
    hall.act(next, { type: 'end' });
    expect(hall.sittings.result({ sittingId: next }).sealed).toBe(true);
    expect(failureOf(() => hall.sittings.result({ sittingId: last })).code).toBe('not-found');
    expect(damageOf(hall)).toEqual([]);
  });

  it('a removal that fails in the middle leaves all of it, and the journal guarded', () => {
    const { hall, ids } = pastHall(3);
    const { history } = hall.application;
    history.delete({ sittingId: ids[0]! });
    const before = [layout(hall), rowsBySitting(hall, 1)];
    hall.db.exec(`CREATE TEMP TRIGGER refuse BEFORE DELETE ON main.sitting BEGIN SELECT RAISE (ABORT, 'no'); END`);
    hall.wall += KEPT_DELETED_MS;
    expect(() => history.removeOverdue()).toThrow('no');
    expect([layout(hall), rowsBySitting(hall, 1)]).toEqual(before);
    expect(() => hall.db.exec('DELETE FROM sitting_event WHERE sitting_no = 1')).toThrow('append-only');
  });

  it('the program does so by itself, and the file passes the check of the next start', async () => {
    const test = new TestProgram();
    const [kept, gone] = [test.sit(3), test.sit(4)];
    test.value('history.delete', { sittingId: gone });
    await test.lookAfterData();
    expect(test.value('history.deleted', {})).toHaveLength(1);
    test.wall += KEPT_DELETED_MS;
    await test.lookAfterData();
    expect(test.value('history.deleted', {})).toEqual([]);
    test.stop();
    openDatabase(test.file).close();
    expect(test.value('history.page', EVERYTHING).entries.map(({ sittingId }) => sittingId)).toEqual([kept]);
    await test.lookAfterData();
    expect(test.value('data.show', {})).toMatchObject({ checked: true, damage: [] });
    expect(test.faults).toEqual([]);
  });

  it('the program waits where the history is damaged', async () => {
    const test = new TestProgram();
    const [harmed, gone] = [test.sit(3), test.sit(4)];
    test.value('history.delete', { sittingId: gone });
    await test.lookAfterData();
    test.stop();
    changePastTheProgram(test.file, `UPDATE sitting_event SET at = at + 1 WHERE sitting_no = 1 AND seq = 2`);
    test.wall += KEPT_DELETED_MS;
    await test.lookAfterData();
    expect(test.value('data.show', {}).damage).toMatchObject([{ sittingId: harmed }]);
    expect(test.value('history.deleted', {}).map(({ sittingId }) => sittingId)).toEqual([gone]);
  });
});
