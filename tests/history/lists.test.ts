/** Pages of the history, what the hall sums up of it, and when items were last seen: each against a slow reading of all rows. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HistoryEntry } from '../../main/contract.ts';
import { wilson } from '../../main/exam/scoring.ts';
import type { HistorySort } from '../../main/store/history.ts';
import { createHistory } from '../../main/store/history.ts';
import type { Db } from '../../main/store/open.ts';
import { FORM_ID, PACK_ID } from '../support/pack.ts';
import { pastHall } from './past-hall.ts';

type Row = HistoryEntry & { no: number };

/** All that is not deleted, by the plainest of queries, oldest number first. */
const plain = (db: Db): Row[] =>
  db
    .prepare<[], Row>(
      `SELECT no, sitting.id AS sittingId, pack_id AS packId, form_id AS formId, exam_code AS examCode, title AS formTitle,
         started_at AS startedAt, finished_at AS finishedAt, cause, elapsed_ms AS elapsedMs, time_factor AS timeFactor, points,
         scored, line_percent AS linePercent
       FROM result JOIN sitting ON no = sitting_no JOIN form_edition ON hash = edition_hash
       WHERE no NOT IN (SELECT sitting_no FROM deleted_sitting) ORDER BY no`,
    )
    .all();

const share = ({ points, scored }: HistoryEntry) => (points === null ? null : points / scored);
const newest = (a: Row, b: Row) => b.finishedAt - a.finishedAt || b.no - a.no;
const unscoredLast = (a: Row, b: Row, by: number) => Number(share(a) === null) - Number(share(b) === null) || by;
const ORDERS: Record<HistorySort, (a: Row, b: Row) => number> = {
  newest,
  oldest: (a, b) => newest(b, a),
  best: (a, b) => unscoredLast(a, b, (share(b) ?? 0) - (share(a) ?? 0)) || newest(a, b),
  worst: (a, b) => unscoredLast(a, b, (share(a) ?? 0) - (share(b) ?? 0)) || newest(a, b),
  longest: (a, b) => b.elapsedMs - a.elapsedMs || newest(a, b),
};

const withDeletions = () => {
  const { hall, ids } = pastHall(80, { declined: 0.15, seed: 'lists' });
  for (const index of [3, 4, 77, 79]) hall.application.history.delete({ sittingId: ids[index]! });
  return hall;
};

describe('a page of the history', () => {
  it('is a piece of the whole, filtered and sorted', () => {
    const hall = withDeletions();
    const rows = plain(hall.db);
    const form = fc.record({ packId: fc.constantFrom(PACK_ID, 'other'), formId: fc.constantFrom('a', 'b', 'z') });
    const asked = fc.record({
      examCode: fc.constantFrom(null, 'SML', 'OTH', 'ABC'),
      form: fc.option(form),
      sort: fc.constantFrom(...(Object.keys(ORDERS) as HistorySort[])),
      from: fc.nat(90),
      count: fc.integer({ min: 1, max: 200 }),
    });
    fc.assert(
      fc.property(asked, ({ examCode, form, sort, from, count }) => {
        const wanted = rows
          .filter((row) => examCode === null || row.examCode === examCode)
          .filter((row) => form === null || (row.packId === form.packId && row.formId === form.formId))
          .sort(ORDERS[sort]);
        const page = hall.application.history.page({ examCode, form, sort, from, count });
        expect(page.total).toBe(wanted.length);
        expect(page.entries).toEqual(wanted.slice(from, from + count).map(({ no: _, ...row }) => row));
      }),
    );
  });

  it('tells which exams and printed forms there are, whatever was asked for', () => {
    const hall = withDeletions();
    const of = (code: string) => plain(hall.db).filter(({ examCode }) => examCode === code).length;
    const { exams } = hall.application.history.page({
      ...{ examCode: 'ABC', form: null, sort: 'newest', from: 0, count: 1 },
    });
    expect(exams).toEqual([
      { code: 'OTH', sittings: of('OTH'), forms: [{ packId: 'other', formId: 'a', title: 'Form A' }] },
      {
        ...{ code: 'SML', sittings: of('SML') },
        forms: [
          { packId: PACK_ID, formId: 'a', title: 'Form A' },
          { packId: PACK_ID, formId: 'b', title: 'Form B' },
        ],
      },
    ]);
  });
});

describe('a form that is missing', () => {
  it('does not take the lists with it', () => {
    const { hall } = pastHall(6);
    hall.db.exec(`PRAGMA foreign_keys = OFF; DELETE FROM form_edition WHERE exam_code = 'OTH'`);
    hall.sittings.shutDown();
    const history = createHistory(hall.db);
    expect(history.page({ examCode: 'SML', form: null }, 'newest', 0, 50)).toHaveLength(4);
    expect(history.newest(50).map(({ formTitle }) => formTitle)).toContain('?');
    expect(history.counts()).toHaveLength(3);
  });
});

describe('the trend of an exam', () => {
  it('holds the newest 200 scored sittings, oldest first, with their intervals', () => {
    const { hall } = pastHall(690, { declined: 0.05 });
    const wanted = plain(hall.db).filter(({ examCode, points }) => examCode === 'OTH' && points !== null);
    expect(wanted.length).toBeGreaterThan(200);
    const told = hall.application.history.trend({ examCode: 'OTH' });
    expect(told.total).toBe(wanted.length);
    expect(told.sittings.map(({ sittingId }) => sittingId)).toEqual(
      wanted.slice(-200).map(({ sittingId }) => sittingId),
    );
    for (const { points, scored, percent, interval } of told.sittings) {
      expect(percent).toBe((points / scored) * 100);
      expect(interval).toEqual(wilson(points, scored));
    }
  });
});

describe('the hall', () => {
  it('sums up the forms and shows the newest 50 as a slow reading does', () => {
    const { hall, ids } = pastHall(200, { declined: 0.1 });
    hall.application.history.delete({ sittingId: ids[198]! });
    const scored = plain(hall.db)
      .filter(({ points }) => points !== null)
      .sort(newest);
    const own = scored.filter(({ packId, formId }) => packId === PACK_ID && formId === FORM_ID);
    const shown = hall.sittings.hall();
    expect(shown.standing.map(({ sittingId }) => sittingId)).toEqual(
      scored
        .slice(0, 50)
        .reverse()
        .map(({ sittingId }) => sittingId),
    );
    const best = Math.max(...own.map(({ points }) => points!));
    const { points, scored: of, finishedAt } = own[0]!;
    expect(shown.forms).toMatchObject([
      { sittings: own.length, last: { points, scored: of, finishedAt }, best: { points: best, scored: of } },
    ]);
    expect(hall.sittings.form({ packId: PACK_ID, formId: FORM_ID })).toMatchObject(shown.forms[0]!);
  });
});

describe('when items were last seen', () => {
  it('is the end of the last sitting that showed them, also where that is long ago', () => {
    // More sittings of the pack than are gone through one by one.
    const { hall, ids } = pastHall(660);
    const { db } = hall;
    const slow = db
      .prepare<[], { id: string; at: number }>(
        `SELECT item.id, max(finished_at) AS at FROM item_outcome JOIN item ON item.no = item_no
         JOIN result USING (sitting_no) WHERE pack_id = 'small' AND seen = 1 GROUP BY item.id`,
      )
      .all();
    const inOrder = (seen: Iterable<[string, number]>) => [...seen].sort();
    expect(inOrder(createHistory(db).lastSeen('small'))).toEqual(inOrder(slow.map(({ id, at }) => [id, at])));
    // As if one question, number 2 in form A and 5 in form B, had been on screen in the very first sitting only.
    db.exec('UPDATE item_outcome SET seen = 0 WHERE number = 2 AND sitting_no > 1');
    db.exec(`UPDATE item_outcome SET seen = 0 WHERE number = 5 AND sitting_no IN
      (SELECT no FROM sitting WHERE form_id = 'b')`);
    const first = db.prepare<[string], number>(
      'SELECT finished_at FROM result JOIN sitting ON no = sitting_no WHERE sitting.id = ?',
    );
    expect(createHistory(db).lastSeen('small').get('two')).toBe(first.pluck().get(ids[0]!));
  });
});
