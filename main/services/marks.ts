/** Why questions of finished sittings were missed: the candidate's tags and notes. */
import type { MarksView, Parsed } from '../contract.ts';
import { isCorrect } from '../exam/scoring.ts';
import { Failure } from '../failure.ts';
import { inOrder, missTotals, type MissMark, type MissTotals } from '../insight/misses.ts';
import type { Clocks } from './open-sitting.ts';
import { tellFinished } from './stored-sitting.ts';
import type { Journal } from '../store/journal.ts';
import type { MarkStore } from '../store/marks.ts';

export type Marks = ReturnType<typeof createMarks>;

export function createMarks(journal: Journal, store: MarkStore, clocks: Pick<Clocks, 'wallMs'>) {
  return {
    /** @throws Failure 'not-found' | 'not-finished' */
    show: ({ sittingId }: Parsed<'marks.show'>): MarksView =>
      tellFinished(journal, sittingId, () => ({ sittingId, marks: store.of(sittingId) })),

    /**
     * Keeps a question's mark. A question that was answered right can carry a note and no tag: there is no miss to explain.
     * @throws Failure 'not-found' | 'not-finished' | 'refused' @throws StoreError
     */
    set({ sittingId, number, tags, note }: Parsed<'marks.set'>): MissMark {
      return tellFinished(journal, sittingId, ({ edition, state }) => {
        const item = edition.items[number - 1];
        if (!item)
          throw new Failure(
            'refused',
            `number: there is no question ${number}; this form has ${edition.items.length}.`,
          );
        if (tags.length > 0 && isCorrect(item, state.items[number - 1]!.response))
          throw new Failure('refused', `tags: question ${number} was answered right; it can carry a note only.`);
        const mark = { number, tags: inOrder(tags), note };
        store.put(sittingId, mark, clocks.wallMs());
        return mark;
      });
    },

    totals({ examCode }: Parsed<'marks.totals'>): MissTotals {
      const { groups, sittings } = store.tagged(examCode);
      return missTotals(groups, sittings);
    },
  };
}
