/** What came of each item and each area of a finished sitting, for lists over many sittings. */
import type { FormEdition } from '../exam/edition.ts';
import type { SittingEvent } from '../exam/events.ts';
import type { OutlineName } from '../exam/pack.ts';
import { score } from '../exam/scoring.ts';
import { fold } from '../exam/sitting.ts';
import { insight } from './insight.ts';

/** An item is slow when it took more than this many times its fair share of the working time. */
export const SLOW_SHARE = 1.5;

export interface ItemOutcome {
  number: number;
  itemId: string;
  /** It was on screen. */
  seen: boolean;
  scored: boolean;
  answered: boolean;
  correct: boolean;
  slow: boolean;
  /** The key, or part of it, stood struck out at the end. */
  keyStruck: boolean;
  flagged: boolean;
  timeMs: number;
}

export interface AreaOutcome {
  outline: OutlineName;
  area: string;
  scored: number;
  points: number;
}

export interface Outcomes {
  items: ItemOutcome[];
  areas: AreaOutcome[];
}

/**
 * The outcomes of a finished sitting; none of one that ended unscored.
 * @throws TypeError when the journal is not that of a finished sitting.
 */
export function outcomesOf(edition: FormEdition, events: readonly SittingEvent[]): Outcomes {
  const told = insight(edition, events);
  const state = fold(edition, events);
  if (!events.some((event) => event.type === 'agreed')) return { items: [], areas: [] };
  const keyStruck = new Set(told.eliminations.keyStruck);
  const items = told.items.map((one): ItemOutcome => {
    const { number, scored, answered, correct, flagged } = one;
    const timeMs = Math.round(one.timeMs);
    return {
      number,
      itemId: edition.items[number - 1]!.id,
      seen: state.items[number - 1]!.visited,
      scored,
      answered,
      correct,
      slow: one.timeMs > SLOW_SHARE * one.fairMs,
      keyStruck: keyStruck.has(number),
      flagged,
      timeMs,
    };
  });
  const { areas } = score(
    edition,
    state.items.map(({ response }) => response),
  );
  return {
    items,
    areas: (['current', 'classic'] as const).flatMap((outline) =>
      areas[outline].map(({ id, items: scored, points }) => ({ outline, area: id, scored, points })),
    ),
  };
}
