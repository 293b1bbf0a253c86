/** Sittings that are deleted: left out of every list and sum, put back, and at last removed for good. */
import { toStoreError } from './errors.ts';
import { createListings, ROW, type FinishedRow } from './history.ts';
import type { Db } from './open.ts';
import type { OutcomeStore } from './outcomes.ts';

export interface DeletedRow extends FinishedRow {
  /** ms since 1970. */
  deletedAt: number;
}

/** A deleted sitting that had not ended. */
export interface DiscardedRow {
  sittingId: string;
  /** ms since 1970. */
  deletedAt: number;
}

export type Deletions = ReturnType<typeof createDeletions>;

/** What belongs to a sitting, in the order in which nothing is left without what it refers to. The events are apart. */
const OWN_TABLES = ['item_outcome', 'area_outcome', 'miss_mark', 'heartbeat', 'deleted_sitting', 'result'] as const;

export function createDeletions(db: Db, outcomes: Pick<OutcomeStore, 'clear'>) {
  const listings = createListings(db);
  const insert = db.prepare(
    'INSERT OR IGNORE INTO deleted_sitting (sitting_no, at) SELECT no, ? FROM sitting WHERE id = ?',
  );
  const takeBack = db.prepare('DELETE FROM deleted_sitting WHERE sitting_no = (SELECT no FROM sitting WHERE id = ?)');
  const all = db.prepare<[], Omit<DeletedRow, 'examCode' | 'formTitle' | 'linePercent'> & { hash: string }>(
    `SELECT ${ROW}, deleted_sitting.at AS deletedAt
     FROM deleted_sitting JOIN sitting ON sitting.no = deleted_sitting.sitting_no JOIN result USING (sitting_no)
     ORDER BY deleted_sitting.at DESC, sitting.no DESC`,
  );
  const discarded = db.prepare<[], DiscardedRow>(
    `SELECT sitting.id AS sittingId, deleted_sitting.at AS deletedAt
     FROM deleted_sitting JOIN sitting ON sitting.no = sitting_no
     WHERE sitting_no NOT IN (SELECT sitting_no FROM result) ORDER BY deleted_sitting.at DESC, sitting.no DESC`,
  );
  const overdue = db
    .prepare<[number, number], string>(
      'SELECT id FROM sitting JOIN deleted_sitting ON sitting_no = no WHERE at <= ? ORDER BY at LIMIT ?',
    )
    .pluck();
  const selectSitting = db.prepare<[string], { no: number; hash: string }>(
    'SELECT no, edition_hash AS hash FROM sitting JOIN deleted_sitting ON sitting_no = no WHERE id = ?',
  );
  const removals = OWN_TABLES.map((table) => db.prepare(`DELETE FROM ${table} WHERE sitting_no = ?`));
  const removeEvents = db.prepare('DELETE FROM sitting_event WHERE sitting_no = ?');
  const removeSitting = db.prepare('DELETE FROM sitting WHERE no = ?');
  const removeForm = db.prepare(
    'DELETE FROM form_edition WHERE hash = @hash AND NOT EXISTS (SELECT 1 FROM sitting WHERE edition_hash = @hash)',
  );
  const guardText = db
    .prepare<[], string>(`SELECT sql FROM sqlite_schema WHERE type = 'trigger' AND name = 'sitting_event_no_delete'`)
    .pluck();

  const inOne = db.transaction((work: () => void) => work());
  const guarded = (work: () => void): void => {
    try {
      inOne.immediate(work);
    } catch (error) {
      throw toStoreError(error, 'The history');
    }
  };

  return {
    /** Deletes a sitting; nothing where it is deleted already. @param at ms since 1970. @throws StoreError */
    delete: (sittingId: string, at: number): void =>
      guarded(() => {
        if (insert.run(at, sittingId).changes > 0) outcomes.clear(sittingId);
      }),

    /** Puts a sitting back; its outcomes are still to be computed. @returns whether it was deleted. @throws StoreError */
    restore(sittingId: string): boolean {
      let found = false;
      guarded(() => (found = takeBack.run(sittingId).changes > 0));
      return found;
    },

    /** The finished sittings that can be put back, the latest deleted first. */
    list: (): DeletedRow[] => all.all().map((row) => ({ ...listings.complete(row), deletedAt: row.deletedAt })),

    /** The unfinished ones, likewise. */
    discarded: (): DiscardedRow[] => discarded.all(),

    /** Ids of sittings deleted at `at` or before, ms since 1970; at most `limit`, the longest deleted first. */
    deletedBy: (at: number, limit: number): string[] => overdue.all(at, limit),

    /**
     * Removes a deleted sitting with all that belongs to it, and its form where no other sitting has it. The journal is
     * append-only by trigger: within the one transaction the trigger is away, and it comes back with the very text it had,
     * which the check of the layout at the next start compares.
     * @throws RangeError when the sitting is not deleted. @throws StoreError; then all of it is still there.
     */
    remove: (sittingId: string): void =>
      guarded(() => {
        const sitting = selectSitting.get(sittingId);
        if (!sitting) throw new RangeError(`no deleted sitting ${sittingId}`);
        const guard = guardText.get()!;
        db.exec('DROP TRIGGER sitting_event_no_delete');
        removeEvents.run(sitting.no);
        db.exec(guard);
        for (const removal of removals) removal.run(sitting.no);
        removeSitting.run(sitting.no);
        removeForm.run({ hash: sitting.hash });
      }),
  };
}
