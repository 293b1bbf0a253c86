/** What is told of one finished sitting. */
import type { SittingInsight } from '../insight/insight.ts';
import type { ReviewItem, SittingReport } from '../insight/report.ts';
import { OneSitting } from './common.ts';

export const RESULT_METHODS = {
  'result.show': OneSitting,
  'result.review': OneSitting,
  'insight.show': OneSitting,
} as const;

export interface ResultOutputs {
  'result.show': ResultView;
  'result.review': ReviewItem[];
  'insight.show': InsightView;
}

export interface ResultView extends SittingReport {
  sittingId: string;
  /** Whether the journal still matches the seal set when the sitting ended. */
  sealed: boolean;
}

export interface InsightView extends SittingInsight {
  sittingId: string;
  exam: { code: string };
  form: { title: string };
  finishedAt: number;
  /** Charged time of the questions, ms. */
  elapsedMs: number;
}
