/** Points by area over the scored sittings of an exam; deleted sittings have no rows to be summed. */
import type { OutlineName } from '../exam/pack.ts';
import type { AreaSum, RecentArea } from '../insight/areas.ts';
import type { Db } from './open.ts';

export type AreaSums = ReturnType<typeof createAreaSums>;

export function createAreaSums(db: Db) {
  const totals = db.prepare<[string], AreaSum & { outline: OutlineName }>(
    `SELECT outline, area, sittings, scored, points FROM area_total WHERE exam_code = ? AND sittings > 0`,
  );
  const weighted = db.prepare<[string], RecentArea & { outline: OutlineName }>(
    // Materialized, or the JSON is taken apart anew for every area of every sitting.
    `WITH recent AS MATERIALIZED (
       SELECT (SELECT no FROM sitting WHERE sitting.id = value ->> 0) AS no, value ->> 1 AS weight FROM json_each(?))
     SELECT outline, area, sum(scored) AS items, sum(scored * weight) AS weight, sum(points * weight) AS points
     FROM recent JOIN area_outcome ON sitting_no = recent.no GROUP BY outline, area`,
  );

  return {
    /** Sums over all sittings of an exam. */
    totals: (examCode: string) => totals.all(examCode),
    /** Weighted sums over some sittings. */
    weighted: (sittings: readonly { sittingId: string; weight: number }[]) =>
      weighted.all(JSON.stringify(sittings.map(({ sittingId, weight }) => [sittingId, weight]))),
  };
}
