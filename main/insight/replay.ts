/** A finished sitting moment by moment: what happened, in words, and what the candidate saw right after it. */
import { budgetLeftMs } from '../exam/candidate-view.ts';
import { remainingMs } from '../exam/clock.ts';
import type { FormEdition } from '../exam/edition.ts';
import type {
  AttentionKind,
  EventType,
  FinishCause,
  InterruptionCause,
  SittingEvent,
  TextRange,
} from '../exam/events.ts';
import {
  apply,
  begin,
  fold,
  phaseLimitMs,
  statusOf,
  type ItemState,
  type ItemStatus,
  type SittingPhase,
  type SittingState,
} from '../exam/sitting.ts';

export interface ReplayMoment {
  /** Position in the journal, from 1 without gaps. */
  seq: number;
  type: EventType;
  /** Charged time of the phase it stands in, ms; the exam's begins at 0 when the agreement is accepted. */
  elapsedMs: number;
  /** "Question 12: chose B". It tells nothing of what is right. */
  text: string;
}

/** What the candidate saw right after an event: no key, no rationale. */
export interface StillView {
  seq: number;
  phase: SittingPhase;
  /** Number of the item on screen. */
  current: number;
  clock: { elapsedMs: number; remainingMs: number | null; limitMs: number | null; budgetLeftMs: number | null };
  /** Index 0 is item number 1. */
  states: (ItemState & { status: ItemStatus })[];
  highlights: Record<string, readonly TextRange[]>;
}

const ATTENTION: Readonly<Record<AttentionKind, string>> = {
  'left-window': 'Left the window',
  returned: 'Came back to the window',
  'left-full-screen': 'Left full screen',
  'entered-full-screen': 'Went to full screen',
  'display-added': 'Connected a display',
  'display-removed': 'Disconnected a display',
};
const INTERRUPTIONS: Readonly<Record<InterruptionCause, string>> = {
  left: 'Back after leaving the exam room',
  crashed: 'Back after the program had stopped',
  suspended: 'Back after the computer had slept',
};
const ENDS: Readonly<Record<FinishCause, string>> = {
  candidate: 'Ended the exam',
  time: 'Time was up; the exam ended by itself',
  declined: 'Declined the agreement',
  'agreement-time': 'The time for the agreement was up',
};

/**
 * Every moment of a finished sitting, in order; the last is its end.
 * @throws TypeError when the journal is not that of a finished sitting.
 */
export function moments(edition: FormEdition, events: readonly SittingEvent[]): ReplayMoment[] {
  mustBeFinished(events);
  let before = begin(edition, events[0]!);
  return events.map((event) => {
    const after = event.seq === before.seq ? before : apply(before, event);
    const text = textOf(edition, before, event);
    before = after;
    return { seq: event.seq, type: event.type, elapsedMs: after.elapsedMs, text };
  });
}

/**
 * The candidate's view right after the event at `seq`.
 * @param seq from 1 to that of the last event.
 * @throws TypeError when the journal is not that of a finished sitting. @throws RangeError when it has no such event.
 */
export function stillAt(edition: FormEdition, events: readonly SittingEvent[], seq: number): StillView {
  mustBeFinished(events);
  if (!Number.isInteger(seq) || seq < 1 || seq > events.length)
    throw new RangeError(`This sitting has no moment ${seq}; its moments are 1 to ${events.length}.`);
  const state = fold(edition, events.slice(0, seq));
  const inAgreement = !events.slice(0, seq).some((event) => event.type === 'agreed');
  const limitMs = phaseLimitMs(edition, { ...state, phase: inAgreement ? 'agreement' : 'exam' });
  const { elapsedMs, phase, current, items, highlights } = state;
  return {
    seq,
    phase,
    current,
    clock: {
      elapsedMs,
      remainingMs: remainingMs(elapsedMs, limitMs),
      limitMs,
      budgetLeftMs: inAgreement ? null : budgetLeftMs(edition, state, limitMs),
    },
    states: items.map((held, index) => ({ ...held, status: statusOf(held, edition.items[index]!.select) })),
    highlights: { ...highlights },
  };
}

function mustBeFinished(events: readonly SittingEvent[]): void {
  if (events.at(-1)?.type !== 'finished') throw new TypeError('a sitting that has not ended has no replay');
}

function textOf(edition: FormEdition, before: SittingState, event: SittingEvent): string {
  switch (event.type) {
    case 'started':
      return edition.blueprint.agreementMinutes > 0 ? 'The agreement came on screen' : 'The sitting began';
    case 'agreed':
      return 'Accepted the agreement; the exam began';
    case 'visited':
      return `Question ${event.payload.number} came on screen`;
    case 'responded': {
      const { number, options } = event.payload;
      return `Question ${number}: ${choiceText(edition, number, before.items[number - 1]!.response, options)}`;
    }
    case 'struck': {
      const { number, option, on } = event.payload;
      return `Question ${number}: ${on ? 'struck out' : 'restored'} ${letters(edition, number, [option])}`;
    }
    case 'flagged':
      return `Question ${event.payload.number}: ${event.payload.on ? 'flagged' : 'took the flag away'}`;
    case 'noted': {
      const { number, text } = event.payload;
      const held = before.items[number - 1]!.note;
      return `Question ${number}: ${text === '' ? 'removed the note' : held === '' ? 'wrote a note' : 'changed the note'}`;
    }
    case 'highlighted': {
      const held = marked(before.highlights[event.payload.text] ?? []);
      const more = marked(event.payload.ranges) > held;
      return `Question ${before.current}: ${more ? 'marked text' : 'took marks away'}`;
    }
    case 'read':
      return `Question ${event.payload.number}: seen to its end`;
    case 'attention':
      return ATTENTION[event.payload.kind];
    case 'interrupted':
      return INTERRUPTIONS[event.payload.cause];
    case 'finished':
      return ENDS[event.payload.cause];
  }
}

function choiceText(edition: FormEdition, number: number, from: readonly string[], to: readonly string[]): string {
  if (to.length === 0) return 'took the answer back';
  const chosen = letters(edition, number, to);
  const single = edition.items[number - 1]!.type === 'single';
  return single && from.length > 0 ? `changed ${letters(edition, number, from)} to ${chosen}` : `chose ${chosen}`;
}

/** Options as the screen letters them, "A and C". */
function letters(edition: FormEdition, number: number, options: readonly string[]): string {
  const places = edition.items[number - 1]!.options;
  const named = options.map((id) => 'ABCDEF'[places.findIndex((option) => option.id === id)] ?? id.toUpperCase());
  return named.length < 2 ? named.join('') : `${named.slice(0, -1).join(', ')} and ${named.at(-1)!}`;
}

function marked(ranges: readonly TextRange[]): number {
  return ranges.reduce((sum, { start, end }) => sum + end - start, 0);
}
