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

/** The weight of a sitting. @param age scored sittings of the exam that came after it: 0 is the newest. */
export function recencyWeight(age: number): number {
  return 2 ** (-age / HALF_LIFE_SITTINGS);
}

/** An area over the newest {@link RECENT_SITTINGS} sittings. */
export interface RecentArea {
  area: string;
  /** Scored questions. */
  items: number;
  /** The same, each by the {@link recencyWeight} of its sitting. */
  weight: number;
  /** Those that were right, each by that weight. */
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

/** The standing of each area. @param sums one for each area. @param latest one for each area of the newest sittings. */
export function areaStandings(sums: readonly AreaSum[], latest: readonly RecentArea[]): AreaStanding[] {
  const recents = new Map(latest.map((recent) => [recent.area, recent]));
  return sums.map(({ area, sittings, scored, points }) => {
    const recent = recents.get(area);
    return {
      ...{ id: area, sittings, points, scored },
      percent: scored < MIN_ITEMS_FOR_PERCENT ? null : (points / scored) * 100,
      recent: !recent || recent.items < MIN_ITEMS_FOR_PERCENT ? null : (recent.points / recent.weight) * 100,
    };
  });
}
