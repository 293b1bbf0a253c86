/** What came of the items and areas of finished sittings, in rows that lists and sums can be made of. */
import type { ItemOutcome, Outcomes } from '../insight/outcomes.ts';
import { toStoreError } from './errors.ts';
import type { Db } from './open.ts';

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

    /** Takes a sitting's outcomes away; they count as not yet computed. @throws StoreError */
    clear: (sittingId: string): void => guarded(sittingId, clear),
  };
}

function columnsOf(one: ItemOutcome): number[] {
  const { seen, scored, answered, correct, slow, keyStruck, flagged } = one;
  return [...[seen, scored, answered, correct, slow, keyStruck, flagged].map(Number), one.timeMs];
}
