/** How a candidate worked, not only what they scored: everything here is a fold over the journal of one sitting. */
import { limitMs } from '../exam/clock.ts';
import type { FormEdition } from '../exam/edition.ts';
import type { InterruptionCause, SittingEvent } from '../exam/events.ts';
import type { Item } from '../exam/pack.ts';
import { isCorrect, wilson, type Interval } from '../exam/scoring.ts';
import { fold, type SittingState } from '../exam/sitting.ts';
import { paceOf, type Pace } from './pace.ts';
import { findPasses, type Pass } from './passes.ts';
import { median, workPerItem } from './per-item.ts';

/** So many of so many, as "12 of 20 right". */
export interface Tally {
  items: number;
  right: number;
}

/** A tally with what it says of the share that lies behind it; `null` of nothing. */
export interface Estimate extends Tally {
  /** Wilson's at 95 %, percent. */
  interval: Interval | null;
}

export type ChangeKind = 'wrong-to-right' | 'right-to-wrong' | 'wrong-to-wrong';

export interface Change {
  number: number;
  kind: ChangeKind;
  from: string[];
  to: string[];
  /** Charged time, ms. */
  elapsedMs: number;
}

export interface ItemInsight {
  number: number;
  scored: boolean;
  correct: boolean;
  answered: boolean;
  flagged: boolean;
  /** Its end was never seen. */
  unread: boolean;
  timeMs: number;
  /** Its part of the whole working time by the authors' expected seconds, ms. */
  fairMs: number;
}

export interface SittingInsight {
  items: ItemInsight[];
  /** Working time of right and wrong items: the median share of the fair time, 1 being just that; `null` for none. */
  pacing: { right: number | null; wrong: number | null };
  passes: Pass[];
  pace: Pace;
  /** Of the questions, ms; `null` when untimed. */
  limitMs: number | null;
  /** The four quarters of the working time: items whose last choice was made in it. */
  quarters: Estimate[];
  changes: Change[];
  /** When the clock of the questions stood still, by charged time. */
  interruptions: { cause: InterruptionCause; elapsedMs: number; awayMs: number | null }[];
  eliminations: {
    /** Items in which the key, or part of it, stood struck out at the end. */
    keyStruck: number[];
    /** Single-answer items by how many options were left unstruck; `chance` is that of a blind guess, the key being left. */
    left: (Estimate & { left: number; chance: number })[];
  };
  flagged: Tally;
  unflagged: Tally;
  unread: number[];
}

/**
 * The insight into a finished sitting that reached its questions. Tallies count scored items only.
 * @param state what the events fold to, where that is known already.
 * @throws TypeError when the journal is not that of a finished sitting.
 */
export function insight(
  edition: FormEdition,
  events: readonly SittingEvent[],
  state: SittingState = fold(edition, events),
): SittingInsight {
  if (!state.finished) throw new TypeError('a sitting that has not ended gives no insight');
  const { items } = edition;
  const agreedAt = events.findIndex((event) => event.type === 'agreed');
  const questions = agreedAt < 0 ? [] : events.slice(agreedAt);
  const endMs = agreedAt < 0 ? 0 : state.elapsedMs;
  const limit = limitMs(edition.blueprint.minutes, state.settings.timeFactor);
  const work = workPerItem(items.length, events, endMs);
  const expected = items.reduce((sum, item) => sum + item.seconds, 0);
  const insights = items.map((item, index): ItemInsight => {
    const held = state.items[index]!;
    return {
      number: index + 1,
      scored: item.scored,
      correct: isCorrect(item, held.response),
      answered: held.response.length === item.select,
      flagged: held.flagged,
      unread: held.visited && !held.read,
      timeMs: work[index]!.timeMs,
      fairMs: (endMs * item.seconds) / expected,
    };
  });
  const scored = insights.filter((one) => one.scored);
  return {
    items: insights,
    pacing: { right: medianShare(scored, true), wrong: medianShare(scored, false) },
    passes: findPasses(
      items.map(({ select }) => select),
      questions,
      endMs,
    ),
    pace: paceOf(items, questions, endMs, limit),
    limitMs: limit,
    quarters: quarters(insights, questions, endMs),
    changes: changes(items, questions),
    interruptions: interruptions(questions),
    eliminations: eliminations(
      items,
      insights,
      state.items.map(({ struck }) => struck),
    ),
    flagged: tally(scored.filter((one) => one.flagged)),
    unflagged: tally(scored.filter((one) => !one.flagged)),
    unread: insights.filter((one) => one.unread).map(({ number }) => number),
  };
}

function tally(items: readonly ItemInsight[]): Tally {
  return { items: items.length, right: items.filter((one) => one.correct).length };
}

function estimate(those: readonly ItemInsight[]): Estimate {
  const { items, right } = tally(those);
  return { items, right, interval: items === 0 ? null : wilson(right, items) };
}

function interruptions(questions: readonly SittingEvent[]): SittingInsight['interruptions'] {
  return questions.flatMap((event) =>
    event.type === 'interrupted' ? [{ ...event.payload, elapsedMs: event.elapsedMs }] : [],
  );
}

/** Items that were never on screen took no time and say nothing about pacing. */
function medianShare(scored: readonly ItemInsight[], correct: boolean): number | null {
  const shares = scored
    .filter((one) => one.correct === correct && one.timeMs > 0 && one.fairMs > 0)
    .map((one) => one.timeMs / one.fairMs);
  return median(shares);
}

function quarters(insights: readonly ItemInsight[], questions: readonly SittingEvent[], endMs: number): Estimate[] {
  const lastChoice = new Map<number, number>();
  for (const event of questions) if (event.type === 'responded') lastChoice.set(event.payload.number, event.elapsedMs);
  return [0, 1, 2, 3].map((quarter) =>
    estimate(
      insights.filter(({ number, scored, answered }) => {
        const at = lastChoice.get(number);
        return scored && answered && at !== undefined && quarterOf(at, endMs) === quarter;
      }),
    ),
  );
}

function quarterOf(elapsedMs: number, endMs: number): number {
  return endMs === 0 ? 0 : Math.min(3, Math.floor((elapsedMs / endMs) * 4));
}

/** Changes from one complete choice of a scored item to another. A half made one in between is no answer yet. */
function changes(items: readonly Item[], questions: readonly SittingEvent[]): Change[] {
  const before = new Map<number, string[]>();
  const found: Change[] = [];
  for (const event of questions) {
    if (event.type !== 'responded') continue;
    const { number, options: to } = event.payload;
    const item = items[number - 1]!;
    if (to.length !== item.select) continue;
    const from = before.get(number);
    before.set(number, to);
    if (from && item.scored && from.join() !== to.join())
      found.push({
        number,
        kind: kindOf(isCorrect(item, from), isCorrect(item, to)),
        from,
        to,
        elapsedMs: event.elapsedMs,
      });
  }
  return found;
}

/** Right to right cannot be: there is one key. */
function kindOf(wasRight: boolean, isRight: boolean): ChangeKind {
  if (isRight) return 'wrong-to-right';
  return wasRight ? 'right-to-wrong' : 'wrong-to-wrong';
}

function eliminations(
  items: readonly Item[],
  insights: readonly ItemInsight[],
  struck: readonly (readonly string[])[],
): SittingInsight['eliminations'] {
  const keyStruck = insights.filter(({ number }) =>
    items[number - 1]!.key.some((option) => struck[number - 1]!.includes(option)),
  );
  const byLeft = new Map<number, ItemInsight[]>();
  for (const one of insights) {
    const item = items[one.number - 1]!;
    const out = struck[one.number - 1]!.length;
    if (!one.scored || !one.answered || item.type !== 'single' || out === 0) continue;
    const left = item.options.length - out;
    byLeft.set(left, [...(byLeft.get(left) ?? []), one]);
  }
  return {
    keyStruck: keyStruck.map(({ number }) => number),
    left: [...byLeft]
      .sort(([a], [b]) => a - b)
      .map(([left, those]) => ({ left, chance: 1 / left, ...estimate(those) })),
  };
}
