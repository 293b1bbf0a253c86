/** How ready the candidate is for each exam, as far as the sittings tell. */
import type { Estimate, ReadinessEstimate } from '../insight/readiness.ts';
import { Nothing } from './common.ts';

export const READINESS_METHODS = {
  'readiness.show': Nothing,
} as const;

export interface ReadinessOutputs {
  'readiness.show': ReadinessView;
}

export type { Estimate, ReadinessEstimate };

export interface ReadinessView {
  /** Whether all sittings are counted; if not, nothing is told yet, and asking again counts further ones. */
  complete: boolean;
  /** Exams with a scored sitting, the one sat last first. */
  exams: ExamReadiness[];
}

export interface ExamReadiness {
  examCode: string;
  line: { percent: number; published: boolean };
  /** Scored questions of a real form. */
  formLength: number;
  /** Full sittings that count. */
  sittings: number;
  /** Sittings left out since less than half of their questions was on screen. */
  leftOut: number;
  /** When the newest sitting that counts was started; `null` for none. */
  asOf: number | null;
  /** Questions on screen for the first time in these sittings, and how many an estimate takes. */
  firstSeen: number;
  needed: number;
  /** Scored questions of the installed packs that the candidate has never had on screen. */
  unseen: number;
  /** `null` below `needed` first-seen questions. */
  estimate: ReadinessEstimate | null;
}
