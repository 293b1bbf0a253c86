/** The forms a candidate can sit: those printed in a pack, and those drawn from all its items. */
import type { FormSummary, FormView, Parsed, PoolSummary } from '../contract.ts';
import { drawForm, drawnFormId, seedOf, type SeenItems } from '../exam/draw-form.ts';
import type { FormSpec } from '../exam/pack.ts';
import type { Pack } from '../exam/parse-pack.ts';
import { Failure } from '../failure.ts';
import { formSummary, formView } from './hall-view.ts';
import type { Library } from './library.ts';
import type { FormPast, History } from '../store/history.ts';

/** How a form that was sat has gone; `undefined` for one that was not. */
type PastOf = (packId: string, formId: string) => FormPast | undefined;

/** @param newSeed makes a seed for a form to be drawn: 4 to 12 small letters and digits. */
export function createForms(library: Library, history: Pick<History, 'lastSeen'>, newSeed: () => string) {
  /** @throws Failure 'not-found' | 'refused' */
  const find = (packId: string, formId: string): { pack: Pack; form: FormSpec; seen: SeenItems | null } => {
    const pack = library.packs.get(packId)?.pack;
    const printed = pack?.forms.find((candidate) => candidate.id === formId);
    if (pack && printed) return { pack, form: printed, seen: null };
    const seed = seedOf(formId);
    if (!pack || seed === null) throw new Failure('not-found', `There is no form ${formId} in the pack ${packId}.`);
    const seen = history.lastSeen(packId);
    const form = drawForm(pack, seed, seen);
    if (!form)
      throw new Failure(
        'refused',
        `The questions of ${pack.info.title} cannot be put together to a form of its blueprint.`,
      );
    return { pack, form, seen };
  };

  return {
    find,

    summaries(pastOf: PastOf): FormSummary[] {
      return [...library.packs.values()].flatMap(({ pack }) =>
        pack.forms.map((form) => formSummary(pack, form, pastOf(pack.info.id, form.id))),
      );
    },

    /** Packs with more items than a form takes, each with the id of a form to be drawn from it. */
    pools(): PoolSummary[] {
      return [...library.packs.values()].flatMap(({ pack: { info, blueprint, items } }) => {
        const size = blueprint.scored + blueprint.pretest;
        if (items.size <= size) return [];
        const formId = drawnFormId(newSeed());
        return [{ packId: info.id, formId, examCode: info.exam.code, items: size, pool: items.size }];
      });
    },

    view({ packId, formId }: Parsed<'form.show'>, pastOf: PastOf): FormView {
      const { pack, form, seen } = find(packId, formId);
      return formView(pack, form, pastOf(packId, formId), seen);
    },
  };
}
