/** All finished sittings. */
import type { FinishCause } from '../exam/events.ts';
import { Nothing } from './common.ts';

export const HISTORY_METHODS = {
  'history.list': Nothing,
} as const;

export interface HistoryOutputs {
  'history.list': HistoryEntry[];
}

export interface HistoryEntry {
  sittingId: string;
  packId: string;
  formId: string;
  examCode: string;
  formTitle: string;
  startedAt: number;
  finishedAt: number;
  cause: FinishCause;
  elapsedMs: number;
  timeFactor: number | null;
  /** `null` for an unscored sitting. */
  points: number | null;
  scored: number;
  linePercent: number;
}
