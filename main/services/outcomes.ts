/** Keeps the outcomes of finished sittings complete: what lists and sums over many sittings are made of. */
import { outcomesOf } from '../insight/outcomes.ts';
import { readSitting } from './stored-sitting.ts';
import { damagedRecord, StoreError } from '../store/errors.ts';
import type { Journal } from '../store/journal.ts';
import type { OutcomeStore } from '../store/outcomes.ts';

/** So many are computed on the way of a call that needs them; more only where a history was brought up to date. */
const ON_DEMAND = 20;

export type OutcomeKeeper = ReturnType<typeof createOutcomeKeeper>;

export function createOutcomeKeeper(journal: Journal, store: OutcomeStore) {
  return {
    /**
     * Computes what is missing, the latest sittings first.
     * @returns whether all is there now. @throws StoreError where it could not be written.
     */
    catchUp(limit = ON_DEMAND): boolean {
      const sittings = store.pending(limit);
      for (const sittingId of sittings) {
        try {
          if (!journal.isSealed(sittingId)) throw damagedRecord();
          const { edition, events } = readSitting(journal, sittingId);
          store.put(sittingId, outcomesOf(edition, events));
        } catch (error) {
          // What else may go wrong on a damaged record is told by the full check.
          if (error instanceof StoreError && error.code !== 'damaged') throw error;
          store.giveUp(sittingId);
        }
      }
      return sittings.length < limit;
    },

    /**
     * Compares what is stored with the journal, a sitting at a time, and puts right what differs: the rows are covered
     * by no seal. @returns how many sittings, or the totals, were wrong. @throws StoreError
     */
    *mend(): Generator<void, number> {
      let wrong = 0;
      for (const sittingId of store.counted()) {
        yield;
        // Deleted meanwhile, or removed for good: it has none to be put right, and is to get none.
        if (!store.isCounted(sittingId)) continue;
        // What is itself damaged is told by the full check.
        if (!journal.isSealed(sittingId)) continue;
        const { edition, events } = readSitting(journal, sittingId);
        const outcomes = outcomesOf(edition, events);
        if (store.holds(sittingId, outcomes)) continue;
        store.put(sittingId, outcomes);
        wrong += 1;
      }
      return store.checkTotals() ? wrong : wrong + 1;
    },

    /** Takes a sitting out of every list and sum until {@link catchUp} comes to it again. @throws StoreError */
    forget: (sittingId: string): void => store.clear(sittingId),
  };
}
