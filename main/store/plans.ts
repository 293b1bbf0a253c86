/** Study plans, and what the history knows of their being kept. */
import type { Day } from '../study/days.ts';
import type { StudySettings } from '../study/schedule.ts';
import { toStoreError } from './errors.ts';
import type { Db } from './open.ts';

export interface PlanRow {
  beginsOn: Day;
  examOn: Day;
  settings: StudySettings;
}

/** A scored sitting whose outcomes are kept. */
export interface SatRow {
  sittingId: string;
  packId: string;
  formId: string;
  formTitle: string;
  finishedAt: number;
  /** Its scored questions, and those of them that were on screen. */
  scored: number;
  seen: number;
  /** A question of it is tagged or noted, or none was missed. */
  reviewed: boolean;
}

export type PlanStore = ReturnType<typeof createPlanStore>;

export function createPlanStore(db: Db) {
  const select = db.prepare<[string], { beginsOn: string; examOn: string; settings: string }>(
    'SELECT begins_on AS beginsOn, exam_on AS examOn, settings FROM study_plan WHERE exam_code = ?',
  );
  const upsert = db.prepare(
    `INSERT INTO study_plan (exam_code, begins_on, exam_on, settings) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET
       begins_on = excluded.begins_on, exam_on = excluded.exam_on, settings = excluded.settings`,
  );
  const remove = db.prepare('DELETE FROM study_plan WHERE exam_code = ?');
  // The short columns of a form lie behind its long text in the row: they are read once a form, not once a sitting.
  const selectSat = db.prepare<[string], Omit<SatRow, 'reviewed'> & { reviewed: 0 | 1 }>(
    `WITH form AS MATERIALIZED (SELECT hash, title FROM form_edition WHERE exam_code = ?)
     SELECT sitting.id AS sittingId, pack_id AS packId, form_id AS formId, title AS formTitle, finished_at AS finishedAt,
       counts.scored, counts.seen,
       points = result.scored OR EXISTS (SELECT 1 FROM miss_mark WHERE miss_mark.sitting_no = sitting.no) AS reviewed
     FROM result JOIN sitting ON sitting.no = result.sitting_no JOIN form ON form.hash = edition_hash
       JOIN (
         SELECT sitting_no, count(*) AS scored, sum(seen) AS seen FROM item_outcome WHERE scored = 1 GROUP BY sitting_no
       ) AS counts ON counts.sitting_no = sitting.no
     WHERE points IS NOT NULL AND sitting.no NOT IN (SELECT sitting_no FROM deleted_sitting)
     ORDER BY finished_at, sitting.no`,
  );
  const selectPractised = db
    .prepare<[string], number>(
      `SELECT started_at FROM practice
       WHERE exam_code = ? AND EXISTS (SELECT 1 FROM practice_answer WHERE practice_no = practice.no) ORDER BY started_at`,
    )
    .pluck();
  const selectWeak = db
    .prepare<[string, number], string>(
      `SELECT area FROM area_total WHERE exam_code = ? AND outline = 'current' AND scored >= ? AND points < scored
       ORDER BY CAST(points AS REAL) / scored, scored DESC, area`,
    )
    .pluck();
  const guarded = (work: () => void): void => {
    try {
      work();
    } catch (error) {
      throw toStoreError(error, 'The history');
    }
  };

  return {
    of(examCode: string): PlanRow | null {
      const row = select.get(examCode);
      return row ? { ...row, settings: JSON.parse(row.settings) as StudySettings } : null;
    },

    /** @throws StoreError */
    put: (examCode: string, { beginsOn, examOn, settings }: PlanRow): void =>
      guarded(() => upsert.run(examCode, beginsOn, examOn, JSON.stringify(settings))),

    /** @throws StoreError */
    clear: (examCode: string): void => guarded(() => remove.run(examCode)),

    /** Scored sittings of an exam whose outcomes are kept and that are not deleted, oldest first. */
    sat: (examCode: string): SatRow[] =>
      selectSat.all(examCode).map((row) => ({ ...row, reviewed: row.reviewed === 1 })),

    /** When each practice in which anything was answered began, ms since 1970. */
    practised: (examCode: string): number[] => selectPractised.all(examCode),

    /** Areas of the current outline by their share of right answers, the lowest first. @param min scored items at least. */
    weakAreas: (examCode: string, min: number): string[] => selectWeak.all(examCode, min),
  };
}
