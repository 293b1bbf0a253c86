/** Plans to an exam date: kept as dates and settings, laid out anew by what has been done at each look. */
import type { Parsed, PlanView } from '../contract.ts';
import { MIN_ITEMS_FOR_PERCENT } from '../exam/scoring.ts';
import type { Pack } from '../exam/parse-pack.ts';
import { Failure } from '../failure.ts';
import { isFullSitting } from '../insight/readiness.ts';
import type { Library } from './library.ts';
import type { LocalDay } from '../local-day.ts';
import type { Clocks } from './open-sitting.ts';
import type { OutcomeKeeper } from './outcomes.ts';
import type { PlanStore, SatRow } from '../store/plans.ts';
import { addDays, daysBetween, isDay } from '../study/days.ts';
import { studyPlan, type PlanForm } from '../study/plan.ts';

/** A plan for an exam further away than this is taken for a slip of the pen, days. */
const FURTHEST = 730;
/** Where no pack of the exam is installed any more, minutes. */
const USUAL_MINUTES = 240;

export interface PlansParts {
  library: Library;
  store: PlanStore;
  outcomes: Pick<OutcomeKeeper, 'catchUp'>;
  clocks: Pick<Clocks, 'wallMs'>;
  localDay: LocalDay;
}

export type Plans = ReturnType<typeof createPlans>;

export function createPlans({ library, store, outcomes, clocks, localDay }: PlansParts) {
  const today = () => localDay(clocks.wallMs());
  const packsOf = (examCode: string): Pack[] =>
    [...library.packs.values()].map(({ pack }) => pack).filter(({ info }) => info.exam.code === examCode);

  const show = ({ examCode }: Parsed<'plan.show'>): PlanView => {
    const kept = store.of(examCode);
    const packs = packsOf(examCode);
    if (!kept && packs.length === 0) throw new Failure('not-found', `examCode: there is no exam ${examCode}.`);
    if (!kept) return { examCode, today: today(), plan: null, weakAreas: [] };
    outcomes.catchUp();
    // One that was ended at once is no mock, and its form is as good as new.
    const sat = store.sat(examCode).filter(isFullSitting);
    const weakAreas = store.weakAreas(examCode, MIN_ITEMS_FOR_PERCENT).map((area) => titleOf(packs, area));
    const plan = {
      ...kept,
      settings: { ...kept.settings, days: [...kept.settings.days], moves: [...kept.settings.moves] },
      ...studyPlan({
        ...kept.settings,
        beginsOn: kept.beginsOn,
        examOn: kept.examOn,
        today: today(),
        mockMinutes: Math.max(0, ...packs.map(({ blueprint }) => blueprint.minutes)) || USUAL_MINUTES,
        forms: unsatFirst(packs, sat),
        weakAreas,
        sat: sat.map(({ sittingId, formTitle, finishedAt, reviewed }) => ({
          ...{ sittingId, formTitle, reviewed },
          on: localDay(finishedAt),
        })),
        practised: store.practised(examCode).map(localDay),
      }),
    };
    return { examCode, today: today(), plan, weakAreas };
  };

  return {
    /** @throws Failure 'not-found' */
    show,

    /** @throws Failure 'not-found' | 'refused' @throws StoreError */
    set({ examCode, beginsOn, examOn, settings }: Parsed<'plan.set'>): PlanView {
      const refuse = (message: string): never => {
        throw new Failure('refused', message);
      };
      if (packsOf(examCode).length === 0 && !store.of(examCode))
        throw new Failure('not-found', `examCode: there is no exam ${examCode}.`);
      for (const [name, day] of [
        ['beginsOn', beginsOn],
        ['examOn', examOn],
        ...settings.moves.map(({ to }, index) => [`settings.moves.${index}.to`, to] as const),
      ] as const)
        if (!isDay(day)) refuse(`${name}: ${day} is not in the calendar.`);
      if (daysBetween(today(), examOn) < 1) refuse('examOn: the exam must be tomorrow or later.');
      if (daysBetween(beginsOn, examOn) < 1) refuse('beginsOn: the plan must begin before the exam.');
      if (daysBetween(addDays(today(), FURTHEST), examOn) > 0) refuse('examOn: the exam is more than two years away.');
      if (daysBetween(beginsOn, today()) > FURTHEST) refuse('beginsOn: this is more than two years ago.');
      const days = [...new Set(settings.days)].sort();
      store.put(examCode, { beginsOn, examOn, settings: { ...settings, days } });
      return show({ examCode });
    },

    /** @throws Failure 'not-found' @throws StoreError */
    clear({ examCode }: Parsed<'plan.clear'>): PlanView {
      const before = show({ examCode });
      store.clear(examCode);
      return { ...before, plan: null };
    },
  };
}

function titleOf(packs: readonly Pack[], area: string): string {
  const areas = packs.flatMap(({ blueprint }) => blueprint.outlines.current.areas);
  return areas.find(({ id }) => id === area)?.title ?? area;
}

/** The printed forms, those never sat first, then those sat longest ago. @param sat oldest first. */
function unsatFirst(packs: readonly Pack[], sat: readonly SatRow[]): PlanForm[] {
  const forms = packs.flatMap(({ info, forms }) =>
    forms.map(({ id, title }) => ({ packId: info.id, formId: id, title })),
  );
  const lastSat = ({ packId, formId }: PlanForm) =>
    sat.findLastIndex((one) => one.packId === packId && one.formId === formId);
  return forms.sort((a, b) => lastSat(a) - lastSat(b));
}
