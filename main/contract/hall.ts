/** The hall: what can be sat, what is under way, where the candidate stands. */
import * as v from 'valibot';
import type { PackProblem } from '../exam/parse-pack.ts';
import type { SittingPhase } from '../exam/sitting.ts';
import { Nothing, shortId } from './common.ts';
import type { HistoryEntry } from './history.ts';

export const HALL_METHODS = {
  'hall.show': Nothing,
  'form.show': v.strictObject({ packId: shortId, formId: shortId }),
} as const;

export interface HallOutputs {
  'hall.show': HallView;
  'form.show': FormView;
}

export interface FormSummary {
  packId: string;
  formId: string;
  examCode: string;
  examName: string;
  title: string;
  codeYear: number;
  blueprintVersion: string;
  items: number;
  minutes: number;
  /** Points and percent of the latest and the best scored sitting. */
  last: PastResult | null;
  best: PastResult | null;
  sittings: number;
}

export interface PastResult {
  points: number;
  scored: number;
  percent: number;
  finishedAt: number;
}

export interface UnfinishedSitting {
  sittingId: string;
  examCode: string;
  formTitle: string;
  startedAt: number;
  phase: SittingPhase;
  answered: number;
  items: number;
  remainingMs: number | null;
}

/** A pack a new form can be drawn from. */
export interface PoolSummary {
  packId: string;
  /** Of the form that would be drawn: it carries a seed, another one each time the hall is shown. */
  formId: string;
  examCode: string;
  /** Questions of a form. */
  items: number;
  /** Questions to draw from. */
  pool: number;
}

export interface HallView {
  unfinished: UnfinishedSitting[];
  forms: FormSummary[];
  pools: PoolSummary[];
  /** Sittings whose record cannot be read, and whether the full check has found any damage. */
  damaged: boolean;
  problems: { pack: string; problems: PackProblem[] }[];
  /** Scored sittings, oldest first, for the trend; at most the newest 50. */
  standing: HistoryEntry[];
}

/** What "Before you begin" tells. */
export interface FormView extends FormSummary {
  scored: number;
  pretest: number;
  agreementMinutes: number;
  line: { percent: number; published: boolean };
  noticesAtMinutes: number[];
  /** `repeated`: how many of the area's questions the candidate has seen, counted for a drawn form only. */
  areas: { title: string; items: number; repeated: number }[];
  cases: number;
  multiple: number;
  license: string;
  /** What a drawn form had to repeat; `null` for a printed one. */
  drawn: { pool: number; repeated: number; lastSeenAt: number | null } | null;
}
