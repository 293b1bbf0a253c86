/** What the journal tells about the work on each item. */
import type { SittingEvent } from '../exam/events.ts';

export interface ItemWork {
  /** Charged time with the item on screen, ms. */
  timeMs: number;
  /** How many times it came on screen. */
  visits: number;
  /** The choices in the order they were made, the empty one included. */
  choices: string[][];
}

/**
 * Folds a journal into the work per item, `work[n - 1]` being that on item number `n`.
 * Between `visited` events the time belongs to the item on screen; a leap back of `elapsedMs` (the start of the
 * exam phase) counts nothing.
 * @param count how many items the form has.
 * @param endMs charged time at which the sitting stands or ended, ms.
 */
export function workPerItem(count: number, events: readonly SittingEvent[], endMs: number): ItemWork[] {
  const work: ItemWork[] = Array.from({ length: count }, () => ({ timeMs: 0, visits: 0, choices: [] }));
  let onScreen = 0;
  let since = 0;
  const leave = (at: number) => {
    const item = work[onScreen - 1];
    if (item) item.timeMs += Math.max(0, at - since);
    since = at;
  };
  for (const event of events) {
    if (event.type === 'visited') {
      leave(event.elapsedMs);
      onScreen = event.payload.number;
      const item = work[onScreen - 1];
      if (item) item.visits += 1;
    } else if (event.type === 'responded') {
      work[event.payload.number - 1]?.choices.push(event.payload.options);
    } else if (event.type === 'agreed') {
      since = 0;
      onScreen = 0;
    }
  }
  leave(endMs);
  return work;
}

/** Middle value; the mean of the two middle ones for an even count; `null` for none. */
export function median(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}
