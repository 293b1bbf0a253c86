/** Finished sittings as they were at any moment, told from the journal. */
import type { Parsed, ReplayView, StillView } from '../contract.ts';
import { candidateItems } from '../exam/candidate-view.ts';
import { workingSequence } from '../exam/working-order.ts';
import { Failure } from '../failure.ts';
import { moments, stillAt } from '../insight/replay.ts';
import { tellFinished } from './stored-sitting.ts';
import type { Journal } from '../store/journal.ts';

export type Replays = ReturnType<typeof createReplays>;

export function createReplays(journal: Journal) {
  return {
    /** @throws Failure 'not-found' | 'not-finished'. @throws StoreError when it cannot be read. */
    show({ sittingId }: Parsed<'insight.replay'>): ReplayView {
      return tellFinished(journal, sittingId, ({ edition, events, state }) => ({
        sittingId,
        exam: { code: edition.pack.exam.code },
        form: { title: edition.form.title },
        finishedAt: state.finished!.at,
        sequence: workingSequence(edition.items, state.settings.order),
        items: candidateItems(edition),
        moments: moments(edition, events),
      }));
    },

    /** @throws Failure 'not-found' | 'not-finished', also for a moment there was not. @throws StoreError when it cannot be read. */
    at({ sittingId, seq }: Parsed<'insight.at'>): StillView {
      return tellFinished(journal, sittingId, ({ edition, events }) => {
        if (seq > events.length)
          throw new Failure('not-found', `This sitting has no moment ${seq}; its last is ${events.length}.`);
        return stillAt(edition, events, seq);
      });
    },
  };
}
