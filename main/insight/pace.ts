/** How the answers came over the time of a sitting, against an even pace. */
import type { SittingEvent } from '../exam/events.ts';
import type { Item } from '../exam/pack.ts';

/** What stood answered right after an answer. */
export interface CurvePoint {
  /** Charged time, ms. */
  elapsedMs: number;
  /** Items with a complete answer. */
  answered: number;
  /** Their part of the exam, percent, each item weighing what its authors expect it to take. */
  share: number;
}

export interface PaceStep extends CurvePoint {
  /** Ahead of an even pace, behind it when negative, ms; `null` when untimed. */
  aheadMs: number | null;
}

export interface Pace {
  curve: CurvePoint[];
  /** How things stood after each tenth of the time used. */
  steps: PaceStep[];
  /** The moment farthest behind an even pace, 0 ms at the start when there was none; `null` when untimed. */
  worst: { elapsedMs: number; aheadMs: number } | null;
}

const STEPS = 10;

/**
 * The pace of a sitting. Ahead and behind are those of the exam screen: the share answered of the limit, less the time used.
 * @param questions the events since the agreement. @param endMs charged time at the end, ms. @param limitMs `null` when untimed.
 */
export function paceOf(
  items: readonly Pick<Item, 'select' | 'seconds'>[],
  questions: readonly SittingEvent[],
  endMs: number,
  limitMs: number | null,
): Pace {
  const all = items.reduce((sum, item) => sum + item.seconds, 0);
  const complete = new Set<number>();
  const curve: CurvePoint[] = [];
  let seconds = 0;
  for (const event of questions) {
    if (event.type !== 'responded') continue;
    const { number, options } = event.payload;
    const item = items[number - 1]!;
    const isComplete = options.length === item.select;
    if (isComplete !== complete.has(number)) seconds += isComplete ? item.seconds : -item.seconds;
    if (isComplete) complete.add(number);
    else complete.delete(number);
    curve.push({ elapsedMs: event.elapsedMs, answered: complete.size, share: (seconds / all) * 100 });
  }
  const aheadMs = (share: number, elapsedMs: number) => (limitMs === null ? null : (limitMs * share) / 100 - elapsedMs);
  const steps = Array.from({ length: endMs > 0 ? STEPS : 0 }, (_, index): PaceStep => {
    const elapsedMs = Math.round((endMs * (index + 1)) / STEPS);
    const { answered, share } = standing(curve, elapsedMs);
    return { elapsedMs, answered, share, aheadMs: aheadMs(share, elapsedMs) };
  });
  return { curve, steps, worst: limitMs === null ? null : worstOf(curve, endMs, limitMs) };
}

/** What stood answered at a time. */
function standing(curve: readonly CurvePoint[], elapsedMs: number): Pick<CurvePoint, 'answered' | 'share'> {
  return curve.findLast((point) => point.elapsedMs <= elapsedMs) ?? { answered: 0, share: 0 };
}

/** Between answers the candidate only falls behind, so the worst is just before one of them, or the end. */
function worstOf(curve: readonly CurvePoint[], endMs: number, limitMs: number): Pace['worst'] {
  let held = { elapsedMs: 0, share: 0 };
  let worst = { elapsedMs: 0, aheadMs: 0 };
  for (const { elapsedMs, share } of [...curve, { elapsedMs: endMs, share: 0 }]) {
    const aheadMs = (limitMs * held.share) / 100 - elapsedMs;
    // What stood for no time at all was not a pace.
    if (elapsedMs > held.elapsedMs && aheadMs < worst.aheadMs) worst = { elapsedMs, aheadMs };
    held = { elapsedMs, share };
  }
  return worst;
}
