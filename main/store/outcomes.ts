/** What came of the items and areas of finished sittings, in rows that lists and sums can be made of. */
import { isDeepStrictEqual } from 'node:util';
import type { AreaOutcome, ItemOutcome, Outcomes } from '../insight/outcomes.ts';
import { toStoreError } from './errors.ts';
import type { Db } from './open.ts';

/** The totals that triggers keep, each as it must be. */
const TOTALS = {
  area_total: `
    SELECT exam_code, outline, area, count(*), sum(scored), sum(points)
    FROM area_outcome JOIN sitting ON sitting.no = sitting_no JOIN form_edition ON form_edition.hash = edition_hash
    GROUP BY exam_code, outline, area`,
  form_total: `
    SELECT edition_hash, pack_id, form_id, count(*), count(points) FROM result JOIN sitting ON sitting.no = sitting_no
    WHERE sitting_no NOT IN (SELECT sitting_no FROM deleted_sitting) GROUP BY edition_hash, pack_id, form_id`,
};

/** An outcome as it is stored; the flags are 0 or 1, in the order of the columns. */
interface ItemRow {
  number: number;
  pack_id: string;
  itemId: string;
  seen: number;
  scored: number;
  answered: number;
  correct: number;
  slow: number;
  key_struck: number;
  flagged: number;
  timeMs: number;
}

export type OutcomeStore = ReturnType<typeof createOutcomeStore>;

export function createOutcomeStore(db: Db) {
  const pending = db
    .prepare<[number], string>(
      `SELECT sitting.id FROM result JOIN sitting ON sitting.no = result.sitting_no
       WHERE counted = 0 AND sitting_no NOT IN (SELECT sitting_no FROM deleted_sitting)
       ORDER BY result.sitting_no DESC LIMIT ?`,
    )
    .pluck();
  const selectSitting = db.prepare<[string], { no: number; pack_id: string }>(
    'SELECT no, pack_id FROM sitting WHERE id = ?',
  );
  const selectItem = db.prepare<[string, string], number>('SELECT no FROM item WHERE pack_id = ? AND id = ?').pluck();
  const insertItem = db.prepare('INSERT INTO item (pack_id, id) VALUES (?, ?)');
  const insertItemOutcome = db.prepare(
    `INSERT INTO item_outcome
       (sitting_no, number, item_no, seen, scored, answered, correct, slow, key_struck, flagged, time_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const insertAreaOutcome = db.prepare(
    'INSERT INTO area_outcome (sitting_no, outline, area, scored, points) VALUES (?, ?, ?, ?, ?)',
  );
  const deleteItems = db.prepare('DELETE FROM item_outcome WHERE sitting_no = ?');
  const deleteAreas = db.prepare('DELETE FROM area_outcome WHERE sitting_no = ?');
  const counted = db
    .prepare<[], string>(
      'SELECT sitting.id FROM result JOIN sitting ON sitting.no = result.sitting_no WHERE counted = 1 ORDER BY sitting.no',
    )
    .pluck();
  const selectItems = db.prepare<[number], ItemRow>(
    `SELECT number, pack_id, item.id AS itemId, seen, scored, answered, correct, slow, key_struck, flagged, time_ms AS timeMs
     FROM item_outcome JOIN item ON item.no = item_no WHERE sitting_no = ? ORDER BY number`,
  );
  const selectAreas = db.prepare<[number], AreaOutcome>(
    'SELECT outline, area, scored, points FROM area_outcome WHERE sitting_no = ?',
  );
  const isCounted = db
    .prepare<[string], 0 | 1>(
      `SELECT EXISTS (
         SELECT 1 FROM result JOIN sitting ON sitting.no = result.sitting_no WHERE sitting.id = ? AND counted = 1)`,
    )
    .pluck();
  const setCounted = db.prepare('UPDATE result SET counted = ? WHERE sitting_no = ?');

  /** An item's number, given at first sight. To be called inside a transaction. */
  const itemNo = (packId: string, id: string): number =>
    selectItem.get(packId, id) ?? Number(insertItem.run(packId, id).lastInsertRowid);

  const clear = (no: number) => {
    deleteItems.run(no);
    deleteAreas.run(no);
    setCounted.run(0, no);
  };
  const put = (no: number, packId: string, { items, areas }: Outcomes) => {
    clear(no);
    for (const one of items) insertItemOutcome.run(no, one.number, itemNo(packId, one.itemId), ...columnsOf(one));
    for (const { outline, area, scored, points } of areas) insertAreaOutcome.run(no, outline, area, scored, points);
    setCounted.run(1, no);
  };
  const totals = Object.entries(TOTALS).map(([table, sums]) => ({
    firstWrong: db.prepare(`
      SELECT 1 FROM (${sums} EXCEPT SELECT * FROM ${table})
      UNION ALL SELECT 1 FROM (SELECT * FROM ${table} WHERE sittings <> 0 EXCEPT ${sums}) LIMIT 1`),
    rebuild: db.transaction(() => db.exec(`DELETE FROM ${table}; INSERT INTO ${table} ${sums}`)),
  }));
  const inOne = db.transaction((work: () => void) => work());
  const guarded = (sittingId: string, work: (no: number, packId: string) => void): void => {
    const sitting = selectSitting.get(sittingId);
    if (!sitting) throw new RangeError(`no sitting ${sittingId}`);
    try {
      inOne.immediate(() => work(sitting.no, sitting.pack_id));
    } catch (error) {
      throw toStoreError(error, 'The history');
    }
  };

  return {
    itemNo,

    /** Finished sittings without outcomes, the latest stored first; not those that are deleted. */
    pending: (limit: number): string[] => pending.all(limit),

    /** Puts a sitting's outcomes in place of what was there. @throws StoreError */
    put: (sittingId: string, outcomes: Outcomes): void => guarded(sittingId, (no, packId) => put(no, packId, outcomes)),

    /** Marks a sitting as one whose record cannot be read, so that it is not tried again. @throws StoreError */
    giveUp: (sittingId: string): void => guarded(sittingId, (no) => setCounted.run(2, no)),

    /** Sittings that have outcomes. */
    counted: (): string[] => counted.all(),

    /** Whether a sitting is there and has outcomes. */
    isCounted: (sittingId: string): boolean => isCounted.get(sittingId) === 1,

    /** Whether a sitting's stored outcomes are these. */
    holds(sittingId: string, { items, areas }: Outcomes): boolean {
      const { no, pack_id: packId } = selectSitting.get(sittingId)!;
      const storedItems = selectItems.all(no).map(({ number, pack_id, itemId, timeMs, ...flags }) => {
        return [number, pack_id, itemId, ...Object.values(flags), timeMs].join();
      });
      const storedAreas = selectAreas.all(no).map((area) => Object.values(area).join());
      return (
        isDeepStrictEqual(
          storedItems,
          items.map((one) => [one.number, packId, one.itemId, ...columnsOf(one)].join()),
        ) &&
        isDeepStrictEqual(
          storedAreas.sort(),
          areas.map(({ outline, area, scored, points }) => [outline, area, scored, points].join()).sort(),
        )
      );
    },

    /** Adds the totals up anew where they are not the sums. @returns whether they were. */
    checkTotals(): boolean {
      const wrong = totals.filter(({ firstWrong }) => firstWrong.get() !== undefined);
      for (const { rebuild } of wrong) rebuild();
      return wrong.length === 0;
    },

    /** Takes a sitting's outcomes away; they count as not yet computed. @throws StoreError */
    clear: (sittingId: string): void => guarded(sittingId, clear),
  };
}

function columnsOf(one: ItemOutcome): number[] {
  const { seen, scored, answered, correct, slow, keyStruck, flagged } = one;
  return [...[seen, scored, answered, correct, slow, keyStruck, flagged].map(Number), one.timeMs];
}
