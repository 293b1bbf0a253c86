/**
 * What can happen in a sitting. The journal of these events is the sitting: its state, its report and every
 * statistic are folds over them.
 */
import type { TimeFactor } from './clock.ts';
import type { WorkingOrder } from './working-order.ts';

/** What the candidate settled before the start. */
export interface SittingSettings {
  order: WorkingOrder;
  timeFactor: TimeFactor;
  /** Whether leaving the window and full screen is logged as a proctor would. */
  proctored: boolean;
  /** The name on the exam screen and the report; may be empty. */
  candidate: string;
}

/** A half-open range of UTF-16 units in one text. */
export interface TextRange {
  start: number;
  end: number;
}

export const ATTENTION_KINDS = [
  'left-window',
  'returned',
  'left-full-screen',
  'entered-full-screen',
  'display-added',
  'display-removed',
  // The clock stands meanwhile; how long is told by the interruption that follows.
  'screen-locked',
  'computer-slept',
] as const;

export type AttentionKind = (typeof ATTENTION_KINDS)[number];

/** Why charged time stood still. `left`: the window was closed or reloaded. `crashed`: the program ended without saying so. */
export type InterruptionCause = 'left' | 'crashed' | 'suspended';

/** Why a sitting ended. `declined` and `agreement-time` end it unscored. */
export type FinishCause = 'candidate' | 'time' | 'declined' | 'agreement-time';

export interface EventPayloads {
  started: { settings: SittingSettings };
  agreed: Record<string, never>;
  visited: { number: number };
  /** The whole choice after the event, in option order; empty when cleared. */
  responded: { number: number; options: string[] };
  struck: { number: number; option: string; on: boolean };
  flagged: { number: number; on: boolean };
  noted: { number: number; text: string };
  /** All highlights of one text after the event. */
  highlighted: { text: string; ranges: TextRange[] };
  /** The item's stem, options and record were scrolled to their ends. */
  read: { number: number };
  attention: { kind: AttentionKind };
  /** `awayMs` by the wall clock, `null` where it ran backwards. */
  interrupted: { cause: InterruptionCause; awayMs: number | null };
  finished: { cause: FinishCause };
}

export type EventType = keyof EventPayloads;

/** What happened, without when. */
export type SittingFact = { [T in EventType]: { type: T; payload: EventPayloads[T] } }[EventType];

/** An entry of the journal. */
export type SittingEvent = SittingFact & {
  /** Position in the sitting's journal, from 1 without gaps. */
  seq: number;
  /** Charged time of the present phase at which it happened, whole ms. */
  elapsedMs: number;
  /** Wall clock, ms since 1970; for display only. */
  at: number;
};
