/** What the hall shows: forms with their past results, unfinished sittings, and how the latest sittings have gone. */
import type { FormSummary, FormView, PastResult, UnfinishedSitting } from '../contract.ts';
import { limitMs, remainingMs } from '../exam/clock.ts';
import type { SeenItems } from '../exam/draw-form.ts';
import { freeze, isCase, type FormEdition } from '../exam/edition.ts';
import type { FormSpec } from '../exam/pack.ts';
import type { Pack } from '../exam/parse-pack.ts';
import { statusOf, type SittingState } from '../exam/sitting.ts';
import type { FormPast } from '../store/history.ts';
import type { Heartbeat } from '../store/journal.ts';

/** @param past how the form has gone, where it was sat. */
export function formSummary(pack: Pack, form: FormSpec, past: FormPast | undefined): FormSummary {
  return {
    packId: pack.info.id,
    formId: form.id,
    examCode: pack.info.exam.code,
    examName: pack.info.exam.name,
    title: form.title,
    codeYear: pack.info.codeYear,
    blueprintVersion: pack.blueprint.version,
    items: form.items.length,
    minutes: pack.blueprint.minutes,
    last: past ? pastResult(past.last) : null,
    best: past ? pastResult(past.best) : null,
    sittings: past?.sittings ?? 0,
  };
}

function pastResult({ points, scored, finishedAt }: FormPast['last']): PastResult {
  return { points, scored, percent: (points / scored) * 100, finishedAt };
}

/**
 * What "Before you begin" tells of a form.
 * @param past how it has gone, where it was sat. @param seen for a drawn form, when its items were last seen.
 */
export function formView(
  pack: Pack,
  form: FormSpec,
  past: FormPast | undefined,
  seen: SeenItems | null = null,
): FormView {
  const { items } = freeze(pack, form);
  const { blueprint } = pack;
  const scored = items.filter((item) => item.scored);
  const repeated = items.filter((item) => seen?.has(item.id));
  return {
    ...formSummary(pack, form, past),
    scored: scored.length,
    pretest: items.length - scored.length,
    agreementMinutes: blueprint.agreementMinutes,
    line: blueprint.line,
    noticesAtMinutes: blueprint.noticesAtMinutes,
    areas: blueprint.outlines.current.areas
      .map(({ id, title }) => ({
        title,
        items: scored.filter((item) => item.area === id).length,
        repeated: repeated.filter((item) => item.scored && item.area === id).length,
      }))
      .filter((area) => area.items > 0),
    cases: items.filter(isCase).length,
    multiple: items.filter((item) => item.type === 'multiple').length,
    license: pack.info.license,
    drawn: seen && {
      pool: pack.items.size,
      repeated: repeated.length,
      lastSeenAt: repeated.length > 0 ? Math.max(...repeated.map(({ id }) => seen.get(id)!)) : null,
    },
  };
}

/** @param heartbeat how far the clock had run when last heard, if it was. */
export function unfinishedSitting(
  sittingId: string,
  { edition, state }: { edition: FormEdition; state: SittingState },
  heartbeat: Heartbeat | null,
): UnfinishedSitting {
  const elapsedMs = Math.max(state.elapsedMs, heartbeat?.seq === state.seq ? heartbeat.elapsedMs : 0);
  const limit = limitMs(edition.blueprint.minutes, state.settings.timeFactor);
  return {
    sittingId,
    examCode: edition.pack.exam.code,
    formTitle: edition.form.title,
    startedAt: state.startedAt,
    phase: state.phase,
    answered: edition.items.filter((item, index) => statusOf(state.items[index]!, item.select) === 'complete').length,
    items: edition.items.length,
    remainingMs: state.phase === 'agreement' ? limit : remainingMs(elapsedMs, limit),
  };
}
