/** Points by area over the scored sittings of an exam; deleted sittings have no rows to be summed. */
import type { OutlineName } from '../exam/pack.ts';
import type { AreaSum, RecentArea } from '../insight/areas.ts';
import type { Db } from './open.ts';

export type AreaSums = ReturnType<typeof createAreaSums>;

export function createAreaSums(db: Db) {
  const totals = db.prepare<[string], AreaSum & { outline: OutlineName }>(
    `SELECT outline, area, sittings, scored, points FROM area_total WHERE exam_code = ? AND sittings > 0`,
  );
  const own = db.prepare<[string], RecentArea & { outline: OutlineName }>(
    `SELECT age.key AS age, outline, area, area_outcome.scored, area_outcome.points
     FROM json_each(?) AS age JOIN sitting ON sitting.id = age.value
     JOIN area_outcome ON area_outcome.sitting_no = sitting.no`,
  );

  return {
    /** Sums over all sittings of an exam. */
    totals: (examCode: string) => totals.all(examCode),
    /** The areas of some sittings. @param sittingIds newest first: the place is the age. */
    of: (sittingIds: readonly string[]) => own.all(JSON.stringify(sittingIds)),
  };
}
