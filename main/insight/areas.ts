/** Where a candidate stands in each area of an exam, over many sittings. */
import { MIN_ITEMS_FOR_PERCENT } from '../exam/scoring.ts';

/**
 * The weight of a sitting halves with every so many sittings of the exam that came after it. By sittings rather than days: what
 * a candidate knows changes with practice, and the figure stays as it is while nothing new is known. Ours; no source.
 */
export const HALF_LIFE_SITTINGS = 5;

/**
 * Sittings that the recent percent is made of. The next one would weigh a millionth of the newest (2 to the power of -20), which
 * no shown figure can tell.
 */
export const RECENT_SITTINGS = 20 * HALF_LIFE_SITTINGS;

/** An area's sums over all scored sittings. */
export interface AreaSum {
  area: string;
  sittings: number;
  scored: number;
  points: number;
}

/** An area in one sitting. */
export interface RecentArea {
  area: string;
  /** Scored sittings of the exam that came after it: 0 is the newest. */
  age: number;
  scored: number;
  points: number;
}

export interface AreaStanding {
  id: string;
  sittings: number;
  points: number;
  scored: number;
  /** Over all sittings, 0 to 100; `null` for fewer than 5 questions: too few to tell. */
  percent: number | null;
  /** The same weighted by recency; `null` for fewer than 5 questions in the latest sittings. */
  recent: number | null;
}

/**
 * The standing of each area.
 * @param sums one for each area. @param latest the areas of the newest {@link RECENT_SITTINGS} sittings, in any order.
 */
export function areaStandings(sums: readonly AreaSum[], latest: readonly RecentArea[]): AreaStanding[] {
  const weighed = new Map<string, { items: number; weight: number; points: number }>();
  for (const { area, age, scored, points } of latest) {
    const weight = 2 ** (-age / HALF_LIFE_SITTINGS);
    const sum = weighed.get(area) ?? { items: 0, weight: 0, points: 0 };
    weighed.set(area, {
      items: sum.items + scored,
      weight: sum.weight + weight * scored,
      points: sum.points + weight * points,
    });
  }
  return sums.map(({ area, sittings, scored, points }) => {
    const recent = weighed.get(area);
    return {
      ...{ id: area, sittings, points, scored },
      percent: scored < MIN_ITEMS_FOR_PERCENT ? null : (points / scored) * 100,
      recent: !recent || recent.items < MIN_ITEMS_FOR_PERCENT ? null : (recent.points / recent.weight) * 100,
    };
  });
}
