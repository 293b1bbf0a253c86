/**
 * The sitting: what a command does to a state, and the fold of events into state. Pure; the caller supplies the
 * time and stores the events.
 */
import { limitMs } from './clock.ts';
import type { FormEdition } from './edition.ts';
import { highlightableTexts } from './edition.ts';
import type {
  AttentionKind,
  FinishCause,
  InterruptionCause,
  SittingEvent,
  SittingFact,
  SittingSettings,
  TextRange,
} from './events.ts';
import { workingSequence } from './working-order.ts';

export type SittingPhase = 'agreement' | 'exam' | 'finished';

/** What the candidate did with one item. */
export interface ItemState {
  visited: boolean;
  /** Option ids chosen, in option order. */
  response: readonly string[];
  struck: readonly string[];
  flagged: boolean;
  note: string;
  /** Whether all of it was scrolled into view. */
  read: boolean;
}

export interface SittingState {
  phase: SittingPhase;
  settings: SittingSettings;
  /** Position of the last event. */
  seq: number;
  /** Position of the last event that changed what the candidate sees; a command must name it. */
  basis: number;
  /** Number of the item on screen, from 1. */
  current: number;
  /** Index 0 is item number 1. */
  items: readonly ItemState[];
  highlights: Readonly<Record<string, readonly TextRange[]>>;
  attention: readonly { kind: AttentionKind; elapsedMs: number; at: number }[];
  interruptions: readonly { cause: InterruptionCause; awayMs: number | null; elapsedMs: number }[];
  /** Charged time of the present phase at the last event, ms. */
  elapsedMs: number;
  startedAt: number;
  finished: { cause: FinishCause; at: number } | null;
}

/** What the candidate asks for. */
export type SittingCommand =
  | { type: 'agree' }
  | { type: 'decline' }
  | { type: 'visit'; number: number }
  | { type: 'respond'; number: number; options: string[] }
  | { type: 'strike'; number: number; option: string; on: boolean }
  | { type: 'flag'; number: number; on: boolean }
  | { type: 'note'; number: number; text: string }
  | { type: 'highlight'; text: string; ranges: TextRange[] }
  | { type: 'read'; number: number }
  | { type: 'attend'; kind: AttentionKind }
  | { type: 'end' };

export type RefusalCode =
  | 'finished'
  | 'not-agreed'
  | 'already-agreed'
  | 'unknown-item'
  | 'unknown-option'
  | 'option-chosen'
  | 'too-many'
  | 'unknown-text'
  | 'bad-range';

export interface Refusal {
  code: RefusalCode;
  message: string;
}

/** `fact: null` means that the command asks for what already is. */
export type Decision = { ok: true; fact: SittingFact | null } | { ok: false; refusal: Refusal };

const UNTOUCHED: ItemState = { visited: false, response: [], struck: [], flagged: false, note: '', read: false };

/** The events that do not change what the candidate sees; they come without being asked for. */
const SILENT = new Set<SittingEvent['type']>(['attention', 'interrupted', 'read']);

/** Decides what a command does. Changes nothing itself. */
export function decide(edition: FormEdition, state: SittingState, command: SittingCommand): Decision {
  if (state.phase === 'finished')
    return refuse('finished', 'This sitting has ended. Its answers can no longer be changed.');
  if (command.type === 'agree')
    return state.phase === 'agreement'
      ? record({ type: 'agreed', payload: {} })
      : refuse('already-agreed', 'The agreement was accepted before.');
  if (command.type === 'attend') return record({ type: 'attention', payload: { kind: command.kind } });
  if (command.type === 'decline')
    return state.phase === 'agreement'
      ? record({ type: 'finished', payload: { cause: 'declined' } })
      : refuse('already-agreed', 'The agreement was accepted before; the sitting can only be ended.');
  if (state.phase === 'agreement')
    return refuse('not-agreed', 'The questions open when the agreement has been accepted.');
  if (command.type === 'end') return record({ type: 'finished', payload: { cause: 'candidate' } });
  if (command.type === 'highlight') return decideHighlight(edition, state, command);

  const item = edition.items[command.number - 1];
  const held = state.items[command.number - 1];
  if (!item || !held) return refuse('unknown-item', `This form has no question ${command.number}.`);
  const has = (option: string) => item.options.some((candidate) => candidate.id === option);
  const { number } = command;

  switch (command.type) {
    case 'visit':
      return recordIf(!held.visited || state.current !== number, { type: 'visited', payload: { number } });
    case 'flag':
      return recordIf(held.flagged !== command.on, { type: 'flagged', payload: { number, on: command.on } });
    case 'read':
      return recordIf(!held.read, { type: 'read', payload: { number } });
    case 'note':
      return recordIf(held.note !== command.text, { type: 'noted', payload: { number, text: command.text } });
    case 'strike': {
      const { option, on } = command;
      if (!has(option)) return unknownOption(number, option);
      if (on && held.response.includes(option))
        return refuse(
          'option-chosen',
          `Option ${option.toUpperCase()} is your answer. Choose another before striking it out.`,
        );
      return recordIf(held.struck.includes(option) !== on, { type: 'struck', payload: { number, option, on } });
    }
    case 'respond': {
      const stranger = command.options.find((option) => !has(option));
      if (stranger !== undefined) return unknownOption(number, stranger);
      if (item.type === 'single' && command.options.length > 1)
        return refuse('too-many', `Question ${number} takes one answer.`);
      const options = item.options.map((option) => option.id).filter((id) => command.options.includes(id));
      return recordIf(options.join() !== held.response.join(), { type: 'responded', payload: { number, options } });
    }
  }
}

function decideHighlight(
  edition: FormEdition,
  state: SittingState,
  command: Extract<SittingCommand, { type: 'highlight' }>,
): Decision {
  const length = highlightableTexts(edition).get(command.text);
  if (length === undefined) return refuse('unknown-text', `This form has no text "${command.text}".`);
  let end = 0;
  for (const range of command.ranges) {
    if (range.start < end || range.end <= range.start || range.end > length)
      return refuse('bad-range', 'Highlights must lie inside the text, in order, without overlap.');
    end = range.end;
  }
  const held = state.highlights[command.text] ?? [];
  const same =
    held.length === command.ranges.length &&
    held.every((range, i) => range.start === command.ranges[i]!.start && range.end === command.ranges[i]!.end);
  return recordIf(!same, { type: 'highlighted', payload: { text: command.text, ranges: command.ranges } });
}

function record(fact: SittingFact): Decision {
  return { ok: true, fact };
}

function recordIf(changes: boolean, fact: SittingFact): Decision {
  return { ok: true, fact: changes ? fact : null };
}

function refuse(code: RefusalCode, message: string): Decision {
  return { ok: false, refusal: { code, message } };
}

function unknownOption(number: number, option: string): Decision {
  return refuse('unknown-option', `Question ${number} has no option "${option}".`);
}

/**
 * State after the first event.
 * @throws TypeError when the journal does not begin with `started`: it is damaged.
 */
export function begin(edition: FormEdition, event: SittingEvent): SittingState {
  if (event.type !== 'started') throw new TypeError(`a sitting begins with "started", not "${event.type}"`);
  const { settings } = event.payload;
  return {
    phase: 'agreement',
    settings,
    seq: event.seq,
    basis: event.seq,
    current: workingSequence(edition.items, settings.order)[0]!,
    items: edition.items.map(() => UNTOUCHED),
    highlights: {},
    attention: [],
    interruptions: [],
    elapsedMs: 0,
    startedAt: event.at,
    finished: null,
  };
}

/** A state of which nobody else holds the object or its list of items. */
type Draft = Omit<SittingState, 'items'> & { items: ItemState[] };

/** State after one more event. */
export function apply(state: SittingState, event: SittingEvent): SittingState {
  const next: Draft = { ...state, items: state.items.slice() };
  take(next, event);
  return next;
}

/**
 * Folds a whole journal.
 * @throws TypeError when it is empty, does not begin with `started`, or has a gap.
 */
export function fold(edition: FormEdition, events: readonly SittingEvent[]): SittingState {
  const [first, ...rest] = events;
  if (!first) throw new TypeError('the journal of this sitting is empty');
  const began = begin(edition, first);
  const state: Draft = { ...began, items: began.items.slice() };
  for (const event of rest) {
    if (event.seq !== state.seq + 1) throw new TypeError(`the journal jumps from ${state.seq} to ${event.seq}`);
    take(state, event);
  }
  return state;
}

/** Takes one more event into a draft; what its fields hold is replaced, never changed. */
function take(state: Draft, event: SittingEvent): void {
  const change = (number: number, to: Partial<ItemState>) => {
    state.items[number - 1] = { ...state.items[number - 1]!, ...to };
  };
  state.seq = event.seq;
  if (!SILENT.has(event.type)) state.basis = event.seq;
  state.elapsedMs = event.elapsedMs;
  switch (event.type) {
    case 'started':
      throw new TypeError(`event ${event.seq}: a sitting starts once`);
    case 'agreed':
      state.phase = 'exam';
      state.elapsedMs = 0;
      return;
    case 'visited':
      change(event.payload.number, { visited: true });
      state.current = event.payload.number;
      return;
    case 'responded': {
      const { number, options } = event.payload;
      const struck = state.items[number - 1]!.struck.filter((option) => !options.includes(option));
      return change(number, { visited: true, response: options, struck });
    }
    case 'struck': {
      const { number, option, on } = event.payload;
      const others = state.items[number - 1]!.struck.filter((id) => id !== option);
      return change(number, { struck: on ? [...others, option].sort() : others });
    }
    case 'flagged':
      return change(event.payload.number, { flagged: event.payload.on });
    case 'noted':
      return change(event.payload.number, { note: event.payload.text });
    case 'read':
      return change(event.payload.number, { read: true });
    case 'highlighted':
      state.highlights = { ...state.highlights, [event.payload.text]: event.payload.ranges };
      return;
    case 'attention': {
      const entry = { kind: event.payload.kind, elapsedMs: event.elapsedMs, at: event.at };
      state.attention = [...state.attention, entry];
      return;
    }
    case 'interrupted':
      state.interruptions = [...state.interruptions, { ...event.payload, elapsedMs: event.elapsedMs }];
      return;
    case 'finished':
      state.phase = 'finished';
      state.finished = { cause: event.payload.cause, at: event.at };
      return;
  }
}

/** The limit of the sitting's present phase in ms, `null` when it has none. After the end it is that of the questions. */
export function phaseLimitMs(edition: FormEdition, state: Pick<SittingState, 'phase' | 'settings'>): number | null {
  const { minutes, agreementMinutes } = edition.blueprint;
  if (state.phase !== 'agreement') return limitMs(minutes, state.settings.timeFactor);
  return agreementMinutes === 0 ? null : limitMs(agreementMinutes, state.settings.timeFactor);
}

export type ItemStatus = 'unseen' | 'incomplete' | 'complete';

/** Status as the navigator shows it: complete means exactly as many options chosen as the item asks for. */
export function statusOf(state: Pick<ItemState, 'visited' | 'response'>, select: number): ItemStatus {
  if (state.response.length === select) return 'complete';
  return state.visited ? 'incomplete' : 'unseen';
}
