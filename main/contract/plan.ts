/** The plan to an exam date. Days are local calendar days, `YYYY-MM-DD`. */
import * as v from 'valibot';
import type { StudyPlan } from '../study/plan.ts';
import { shortId } from './common.ts';

const day = v.pipe(v.string(), v.regex(/^2[01]\d\d-\d\d-\d\d$/, 'must be a day, YYYY-MM-DD'));
/** 1 is Monday, 7 is Sunday. */
const weekday = v.picklist([1, 2, 3, 4, 5, 6, 7]);
const OneExam = v.strictObject({ examCode: shortId });

export const PLAN_METHODS = {
  'plan.show': OneExam,
  /** Puts a plan in place of the exam's present one. */
  'plan.set': v.strictObject({
    examCode: shortId,
    beginsOn: day,
    examOn: day,
    settings: v.strictObject({
      /** For practice and reviews. */
      days: v.pipe(v.array(weekday), v.minLength(1, 'must name a day'), v.maxLength(7)),
      /** A week, all counted. */
      hours: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(40)),
      /** On which a whole sitting fits. */
      mockDay: weekday,
      /** Mocks put on another day, by their number; one that does not fit is left where it was. */
      moves: v.pipe(
        v.array(v.strictObject({ mock: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(50)), to: day })),
        v.maxLength(50),
      ),
    }),
  }),
  'plan.clear': OneExam,
} as const;

export type PlanSettings = v.InferOutput<(typeof PLAN_METHODS)['plan.set']>['settings'];

export interface PlanOutputs {
  'plan.show': PlanView;
  'plan.set': PlanView;
  'plan.clear': PlanView;
}

export interface PlanView {
  examCode: string;
  /** Where the candidate is. */
  today: string;
  /** `null` when there is none. */
  plan: (StudyPlan & { beginsOn: string; examOn: string; settings: PlanSettings }) | null;
  /** Where the plan's practice areas come from: the sittings so far; none before the first, or without a plan. */
  weakAreas: string[];
}
