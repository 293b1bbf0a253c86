/** Points, areas, the line and the interval. An item is right or wrong as a whole: no partial credit (none is published). */
import type { FormEdition } from './edition.ts';
import type { FinishCause } from './events.ts';
import type { Item, OutlineName } from './pack.ts';

/** Fewer scored items than this in an area say too little for a percent. Our choice. */
export const MIN_ITEMS_FOR_PERCENT = 5;

/** Two-sided 95 % quantile of the normal distribution. */
const Z95 = 1.959963984540054;

/** Whether a response is right: exactly the keyed options. An incomplete one is wrong. */
export function isCorrect(item: Pick<Item, 'key'>, response: readonly string[]): boolean {
  return response.length === item.key.length && item.key.every((option) => response.includes(option));
}

/** A share with its bounds, in percent from 0 to 100. */
export interface Interval {
  low: number;
  high: number;
}

/**
 * Wilson score interval, 95 %, of a proportion (E. B. Wilson, 1927): near 0 and 100 and for few items too it holds the
 * share about as often as it says (L. D. Brown, T. T. Cai, A. DasGupta, Statistical Science 16, 2001, 101-133).
 * @param total at least 1.
 */
export function wilson(points: number, total: number): Interval {
  const share = points / total;
  const z2 = Z95 * Z95;
  const centre = share + z2 / (2 * total);
  const spread = Z95 * Math.sqrt((share * (1 - share)) / total + z2 / (4 * total * total));
  const scale = 1 + z2 / total;
  return {
    low: Math.max(0, ((centre - spread) / scale) * 100),
    high: Math.min(100, ((centre + spread) / scale) * 100),
  };
}

/**
 * Where the points stand to the line: over or under it, and whether the whole interval is.
 * `near` means that another form of the same difficulty could fall on the other side.
 */
export type Verdict = 'over' | 'over-near' | 'under-near' | 'under';

export function verdictOf(points: number, scored: number, linePercent: number): Verdict {
  const { low, high } = wilson(points, scored);
  if (points * 100 >= linePercent * scored) return low >= linePercent ? 'over' : 'over-near';
  return high < linePercent ? 'under' : 'under-near';
}

/** Points needed to reach the line. */
export function pointsNeeded(scored: number, linePercent: number): number {
  return Math.ceil((linePercent * scored) / 100);
}

export interface AreaScore {
  id: string;
  title: string;
  points: number;
  /** Scored items of the area in this form. */
  items: number;
  /** `null` below {@link MIN_ITEMS_FOR_PERCENT} items: too few to tell. */
  percent: number | null;
}

export interface Score {
  points: number;
  scored: number;
  pretest: number;
  percent: number;
  interval: Interval;
  verdict: Verdict;
  pointsNeeded: number;
  answered: number;
  areas: Record<OutlineName, AreaScore[]>;
}

/** Scores the responses of a form, `responses[n - 1]` being those to item number `n`. Pretest items give no points. */
export function score(edition: FormEdition, responses: readonly (readonly string[])[]): Score {
  const scoredItems = edition.items
    .map((item, index) => ({ item, right: isCorrect(item, responses[index] ?? []) }))
    .filter(({ item }) => item.scored);
  const scored = scoredItems.length;
  const points = scoredItems.filter(({ right }) => right).length;
  const line = edition.blueprint.line.percent;

  const areasOf = (outline: OutlineName): AreaScore[] => {
    const byArea = Map.groupBy(scoredItems, ({ item }) => areaOf(item, outline));
    return edition.blueprint.outlines[outline].areas
      .map(({ id, title }) => {
        const own = byArea.get(id) ?? [];
        const areaPoints = own.filter(({ right }) => right).length;
        const percent = own.length < MIN_ITEMS_FOR_PERCENT ? null : (areaPoints / own.length) * 100;
        return { id, title, points: areaPoints, items: own.length, percent };
      })
      .filter((area) => area.items > 0);
  };

  return {
    points,
    scored,
    pretest: edition.items.length - scored,
    percent: (points / scored) * 100,
    interval: wilson(points, scored),
    verdict: verdictOf(points, scored, line),
    pointsNeeded: pointsNeeded(scored, line),
    answered: edition.items.filter((item, index) => (responses[index] ?? []).length === item.select).length,
    areas: { current: areasOf('current'), classic: areasOf('classic') },
  };
}

/** The id of an item's area in an outline. */
export function areaOf(item: Pick<Item, 'area' | 'classicArea'>, outline: OutlineName): string {
  return outline === 'current' ? item.area : item.classicArea;
}

/** Whether a sitting that ended so is scored. */
export function isScored(cause: FinishCause): boolean {
  return cause === 'candidate' || cause === 'time';
}

/** What the lists need of a finished sitting. */
export interface SittingResult {
  finishedAt: number;
  cause: FinishCause;
  /** Charged time of the exam, ms; 0 when it ended at its agreement. */
  elapsedMs: number;
  /** `null` when unscored. */
  points: number | null;
  scored: number;
}

/**
 * The result of a sitting that ends.
 * @param elapsedMs charged time of the phase in which it ended.
 */
export function resultOf(
  edition: FormEdition,
  responses: readonly (readonly string[])[],
  { cause, at }: { cause: FinishCause; at: number },
  elapsedMs: number,
): SittingResult {
  const { points, scored } = score(edition, responses);
  const counts = isScored(cause);
  return { finishedAt: at, cause, elapsedMs: counts ? elapsedMs : 0, points: counts ? points : null, scored };
}
