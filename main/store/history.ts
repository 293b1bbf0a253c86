/** Lists of finished sittings. */
import type { FinishCause } from '../exam/events.ts';
import type { Db } from './open.ts';

export interface FinishedRow {
  sittingId: string;
  packId: string;
  formId: string;
  startedAt: number;
  finishedAt: number;
  cause: FinishCause;
  elapsedMs: number;
  points: number | null;
  scored: number;
  timeFactor: number | null;
  examCode: string;
  formTitle: string;
  linePercent: number;
}

export type History = ReturnType<typeof createHistory>;

export function createHistory(db: Db) {
  const columns = `
    sitting.id AS sittingId, sitting.pack_id AS packId, sitting.form_id AS formId, sitting.started_at AS startedAt,
    result.finished_at AS finishedAt, result.cause, result.elapsed_ms AS elapsedMs, result.points, result.scored,
    sitting.time_factor AS timeFactor, form_edition.exam_code AS examCode, form_edition.title AS formTitle,
    form_edition.line_percent AS linePercent
    FROM result
    JOIN sitting ON sitting.no = result.sitting_no
    JOIN form_edition ON form_edition.hash = sitting.edition_hash
    WHERE result.sitting_no NOT IN (SELECT sitting_no FROM deleted_sitting)`;
  const newest = db.prepare<[number], FinishedRow>(
    `SELECT ${columns} ORDER BY result.finished_at DESC, sitting.no DESC LIMIT ?`,
  );

  const outcomes = db.prepare<[string], { id: string; at: number }>(`
    SELECT item.id, max(finished_at) AS at
    FROM item JOIN item_outcome ON item_no = item.no JOIN result USING (sitting_no)
    WHERE pack_id = ? AND seen = 1 GROUP BY item.no`);
  // Of sittings without outcomes, the unfinished ones among them: items by number, as far as they were visited, and the
  // ids of a form's items in order.
  const visits = db.prepare<[string], { hash: string; number: number; at: number }>(`
    SELECT edition_hash AS hash, payload ->> '$.number' AS number, max(at) AS at
    FROM sitting LEFT JOIN result ON result.sitting_no = sitting.no
    JOIN sitting_event ON sitting_event.sitting_no = sitting.no
    WHERE pack_id = ? AND coalesce(counted, 0) <> 1 AND type = 'visited'
    GROUP BY hash, number`);
  const itemIds = db.prepare<[string], { id: string }>(
    `SELECT value ->> '$.id' AS id FROM form_edition, json_each(content, '$.items') WHERE hash = ? ORDER BY key`,
  );

  return {
    /** When each item of a pack was last on screen in a sitting, by item id, ms since 1970. */
    lastSeen(packId: string): Map<string, number> {
      const forms = new Map<string, string[]>();
      const seen = new Map(outcomes.all(packId).map(({ id, at }) => [id, at]));
      for (const { hash, number, at } of visits.all(packId)) {
        const ids = forms.get(hash) ?? itemIds.all(hash).map(({ id }) => id);
        forms.set(hash, ids);
        const id = ids[number - 1];
        if (id !== undefined) seen.set(id, Math.max(at, seen.get(id) ?? at));
      }
      return seen;
    },

    /** Finished sittings, newest first. */
    newest(limit: number): FinishedRow[] {
      return newest.all(limit);
    },
  };
}
