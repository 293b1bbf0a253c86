/** A sitting from its start to its end. */
import * as v from 'valibot';
import type { CandidateItem } from '../exam/candidate-view.ts';
import type { SittingSettings, TextRange } from '../exam/events.ts';
import type { ItemState, ItemStatus, SittingPhase } from '../exam/sitting.ts';
import { number, OneSitting, option, requestId, shortId, sittingId } from './common.ts';

const offset = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1_000_000));

const CommandSchema = v.variant('type', [
  v.strictObject({ type: v.literal('agree') }),
  v.strictObject({ type: v.literal('decline') }),
  v.strictObject({ type: v.literal('visit'), number }),
  v.strictObject({ type: v.literal('respond'), number, options: v.pipe(v.array(option), v.maxLength(12)) }),
  v.strictObject({ type: v.literal('strike'), number, option, on: v.boolean() }),
  v.strictObject({ type: v.literal('flag'), number, on: v.boolean() }),
  v.strictObject({ type: v.literal('note'), number, text: v.pipe(v.string(), v.maxLength(4000)) }),
  v.strictObject({
    type: v.literal('highlight'),
    text: v.pipe(v.string(), v.maxLength(120)),
    ranges: v.pipe(v.array(v.strictObject({ start: offset, end: offset })), v.maxLength(200)),
  }),
  v.strictObject({ type: v.literal('read'), number }),
  v.strictObject({
    type: v.literal('attend'),
    kind: v.picklist([
      'left-window',
      'returned',
      'left-full-screen',
      'entered-full-screen',
      'display-added',
      'display-removed',
      'screen-locked',
      'computer-slept',
    ]),
  }),
  v.strictObject({ type: v.literal('end') }),
]);

/** The `seq` of the last view or reply; another one is refused as stale. */
const seq = v.pipe(v.number(), v.integer(), v.minValue(1));

export const SITTING_METHODS = {
  'sitting.start': v.strictObject({
    /** For a caller that tries again: the second call opens the sitting that the first one began after all. */
    requestId: v.optional(requestId),
    packId: shortId,
    formId: shortId,
    settings: v.strictObject({
      order: v.picklist(['front-to-back', 'back-to-front', 'cases-first', 'cases-last']),
      timeFactor: v.nullable(v.picklist([1, 1.25, 1.5, 2])),
      proctored: v.boolean(),
      candidate: v.pipe(v.string(), v.trim(), v.maxLength(80)),
    }),
  }),
  'sitting.open': OneSitting,
  'sitting.clock': OneSitting,
  'sitting.act': v.strictObject({ sittingId, requestId, seq, command: CommandSchema }),
  /** Commands in order, each as by `sitting.act`: the last words of a page that will not hear the replies. */
  'sitting.actAll': v.strictObject({
    sittingId,
    /** That of the first command not acknowledged. */
    seq,
    commands: v.pipe(v.array(v.strictObject({ requestId, command: CommandSchema })), v.maxLength(1000)),
  }),
  'sitting.leave': OneSitting,
} as const;

export interface SittingOutputs {
  'sitting.start': SittingView;
  'sitting.open': SittingView;
  'sitting.clock': SittingProgress;
  'sitting.act': ActReply;
  /** How many were taken; the others were refused by the rules. */
  'sitting.actAll': { taken: number };
  'sitting.leave': { left: true };
}

export interface ClockView {
  elapsedMs: number;
  remainingMs: number | null;
  limitMs: number | null;
  /** Share of the limit the open items would take at an even pace, ms. */
  budgetLeftMs: number | null;
}

/** What changes from answer to answer. */
export interface SittingProgress {
  /** To be named by the next command. */
  seq: number;
  phase: SittingPhase;
  current: number;
  clock: ClockView;
}

export interface SittingView extends SittingProgress {
  sittingId: string;
  exam: { code: string; name: string; codeYear: number };
  form: { id: string; title: string };
  blueprintVersion: string;
  agreementMinutes: number;
  noticesAtMinutes: number[];
  settings: SittingSettings;
  /** Item numbers in working order. */
  sequence: number[];
  items: CandidateItem[];
  states: (ItemState & { status: ItemStatus })[];
  highlights: Record<string, readonly TextRange[]>;
}

export interface ActReply extends SittingProgress {
  /** The state of the item the command named, after it. */
  state: (ItemState & { status: ItemStatus }) | null;
}

/** What main tells an open screen without being asked. */
export type Push =
  { type: 'progress'; sittingId: string; progress: SittingProgress } | { type: 'finished'; sittingId: string };
