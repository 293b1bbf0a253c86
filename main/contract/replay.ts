/** A finished sitting, moment by moment. */
import * as v from 'valibot';
import type { CandidateItem } from '../exam/candidate-view.ts';
import type { ReplayMoment, StillView } from '../insight/replay.ts';
import { OneSitting, sittingId } from './common.ts';

export type { ReplayMoment, StillView };

export const REPLAY_METHODS = {
  'insight.replay': OneSitting,
  'insight.at': v.strictObject({
    sittingId,
    /** That of a moment: the view is as it stood right after it. */
    seq: v.pipe(v.number(), v.integer(), v.minValue(1)),
  }),
} as const;

export interface ReplayOutputs {
  'insight.replay': ReplayView;
  'insight.at': StillView;
}

/** What stays the same from moment to moment, and the moments. */
export interface ReplayView {
  sittingId: string;
  exam: { code: string };
  form: { title: string };
  finishedAt: number;
  /** Item numbers in working order. */
  sequence: number[];
  items: CandidateItem[];
  moments: ReplayMoment[];
}
