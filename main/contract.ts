/**
 * Every method a screen can call: its name, the schema of its input and the type of its output, by subject in
 * `contract/`. Both hosts, the dispatcher, the preload and the renderer read this one list. No runtime imports but the
 * schema library.
 */
import type * as v from 'valibot';
import { HALL_METHODS, type HallOutputs } from './contract/hall.ts';
import { HISTORY_METHODS, type HistoryOutputs } from './contract/history.ts';
import { MARKS_METHODS, type MarksOutputs } from './contract/marks.ts';
import { PLAN_METHODS, type PlanOutputs } from './contract/plan.ts';
import { PRACTICE_METHODS, type PracticeOutputs } from './contract/practice.ts';
import { PROGRAM_METHODS, type ProgramOutputs } from './contract/program.ts';
import { REPLAY_METHODS, type ReplayOutputs } from './contract/replay.ts';
import { READINESS_METHODS, type ReadinessOutputs } from './contract/readiness.ts';
import { RESULT_METHODS, type ResultOutputs } from './contract/result.ts';
import { SITTING_METHODS, type Push, type SittingOutputs, type SittingView } from './contract/sitting.ts';
import { TRANSFER_METHODS, type TransferOutputs } from './contract/transfer.ts';

export type * from './contract/hall.ts';
export type * from './contract/history.ts';
export type * from './contract/marks.ts';
export type * from './contract/plan.ts';
export type * from './contract/practice.ts';
export type * from './contract/program.ts';
export type * from './contract/replay.ts';
export type * from './contract/readiness.ts';
export type * from './contract/result.ts';
export type * from './contract/sitting.ts';
export type * from './contract/transfer.ts';

/** Input schemas by method: the allow-list. */
export const METHODS = {
  ...PROGRAM_METHODS,
  ...HALL_METHODS,
  ...SITTING_METHODS,
  ...RESULT_METHODS,
  ...REPLAY_METHODS,
  ...HISTORY_METHODS,
  ...MARKS_METHODS,
  ...READINESS_METHODS,
  ...TRANSFER_METHODS,
  ...PLAN_METHODS,
  ...PRACTICE_METHODS,
} as const satisfies Record<string, v.GenericSchema>;

export interface Outputs
  extends
    ProgramOutputs,
    HallOutputs,
    SittingOutputs,
    ResultOutputs,
    ReplayOutputs,
    HistoryOutputs,
    TransferOutputs,
    MarksOutputs,
    ReadinessOutputs,
    PlanOutputs,
    PracticeOutputs {}

export type Method = keyof typeof METHODS;
export type Input<M extends Method> = v.InferInput<(typeof METHODS)[M]>;
export type Parsed<M extends Method> = v.InferOutput<(typeof METHODS)[M]>;

export type ErrorCode =
  /** The call itself is wrong. */
  | 'unknown-method'
  | 'bad-input'
  /** What was asked for is not there. */
  | 'not-found'
  /** Refused by the rules of the sitting. */
  | 'refused'
  | 'stale'
  | 'finished'
  | 'not-finished'
  /** Could not be written; nothing was changed and it may be tried again. */
  | 'not-saved'
  /** The stored data cannot be read. */
  | 'damaged'
  /** A fault of the program. */
  | 'internal'
  /** The renderer could not reach its host. */
  | 'unreachable';

/** Errors cross as values. `view` comes with `stale`: the state the caller should have seen. */
export type Reply<T> = { ok: true; value: T } | { ok: false; code: ErrorCode; message: string; view?: SittingView };

/** The one bridge between a screen and its host. */
export interface ExamApi {
  call<M extends Method>(method: M, input: Input<M>): Promise<Reply<Outputs[M]>>;
  /** Tells main that this screen shows the sitting, and hears its pushes until the returned function is called. */
  watch(sittingId: string, hear: (push: Push) => void): () => void;
}
