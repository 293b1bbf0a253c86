/** The forms a candidate can sit: those printed in a pack, and those drawn from all its items. */
import type { FormSummary, FormView, Parsed, PoolSummary } from './contract.ts';
import { drawForm, drawnFormId, seedOf, type SeenItems } from './exam/draw-form.ts';
import type { FormSpec } from './exam/pack.ts';
import type { Pack } from './exam/parse-pack.ts';
import { Failure } from './failure.ts';
import { formSummary, formView } from './hall-view.ts';
import type { Library } from './library.ts';
import type { FinishedRow, History } from './store/history.ts';

/** @param newSeed makes a seed for a form to be drawn: 4 to 12 small letters and digits. */
export function createForms(library: Library, history: History, newSeed: () => string) {
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

    /** @param rows finished sittings, newest first. */
    summaries(rows: readonly FinishedRow[]): FormSummary[] {
      return [...library.packs.values()].flatMap(({ pack }) => pack.forms.map((form) => formSummary(pack, form, rows)));
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

    view({ packId, formId }: Parsed<'form.show'>, rows: readonly FinishedRow[]): FormView {
      const { pack, form, seen } = find(packId, formId);
      return formView(pack, form, rows, seen);
    },
  };
}
