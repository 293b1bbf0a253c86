/** The scored answers of recent sittings, for the estimate of readiness. */
import type { Db } from './open.ts';

/** A scored sitting whose outcomes are kept. */
export interface RecentSitting {
  no: number;
  examCode: string;
  packId: string;
  editionHash: string;
  startedAt: number;
}

export interface RecentAnswer {
  sittingNo: number;
  /** Of the item's row; the same in all sittings. */
  itemNo: number;
  number: number;
  itemId: string;
  correct: boolean;
  /** It was on screen in this sitting. */
  seen: boolean;
  /** It was on screen before this sitting began: in one that was started earlier, ended or not, or in practice. */
  seenBefore: boolean;
}

export type ReadinessStore = ReturnType<typeof createReadinessStore>;

export function createReadinessStore(db: Db) {
  const kept = 'sitting.no NOT IN (SELECT sitting_no FROM deleted_sitting)';
  // A form's row is long and its code stands at the end of it: it is read once a form, not once a sitting.
  const recent = db.prepare<[now: number, window: number], RecentSitting>(`
    WITH form AS MATERIALIZED (SELECT hash, exam_code FROM form_edition),
      counted AS MATERIALIZED (
        SELECT sitting.no, exam_code, pack_id, edition_hash, started_at
        FROM result JOIN sitting ON sitting.no = result.sitting_no JOIN form ON form.hash = edition_hash
        WHERE points IS NOT NULL AND counted = 1 AND ${kept}
      ),
      newest AS (SELECT exam_code, min(max(started_at), ?) AS at FROM counted GROUP BY exam_code)
    SELECT no, exam_code AS examCode, pack_id AS packId, edition_hash AS editionHash, started_at AS startedAt
    FROM counted JOIN newest USING (exam_code) WHERE started_at >= newest.at - ?
    ORDER BY started_at DESC, no DESC`);

  // Where an item was on screen: in sittings with outcomes; in those without, the unfinished ones, as their events tell
  // (CROSS JOIN holds SQLite to these few, instead of all events); and in practice.
  const elsewhere = `
    uncounted AS MATERIALIZED (
      SELECT sitting.no, pack_id, edition_hash FROM sitting LEFT JOIN result ON result.sitting_no = sitting.no
      WHERE coalesce(counted, 0) <> 1 AND ${kept}
    ),
    elsewhere AS MATERIALIZED (
      SELECT pack_id, content ->> ('$.items[' || ((payload ->> '$.number') - 1) || '].id') AS id, min(at) AS at
      FROM uncounted CROSS JOIN sitting_event ON sitting_no = no JOIN form_edition ON hash = edition_hash
      WHERE type IN ('visited', 'responded') GROUP BY pack_id, edition_hash, payload ->> '$.number'
    ),
    practised AS MATERIALIZED (SELECT item_no, min(at) AS at FROM practice_answer GROUP BY item_no)`;
  // Looking for one earlier sitting finds it at once where there are many.
  const answers = db
    .prepare<[string], [number, number, number, string, number, number, number]>(
      `WITH ${elsewhere}
      SELECT outcome.sitting_no, item_no, number, item.id, correct, seen,
        EXISTS (
          SELECT 1 FROM item_outcome AS before JOIN sitting AS earlier ON earlier.no = before.sitting_no
          WHERE before.item_no = outcome.item_no AND before.seen = 1
            AND (earlier.started_at, earlier.no) < (sitting.started_at, sitting.no)
            AND earlier.no NOT IN (SELECT sitting_no FROM deleted_sitting)
        )
        OR EXISTS (SELECT 1 FROM practised WHERE practised.item_no = item.no AND practised.at < sitting.started_at)
        OR EXISTS (
          SELECT 1 FROM elsewhere
          WHERE elsewhere.id = item.id AND elsewhere.pack_id = item.pack_id AND elsewhere.at < sitting.started_at
        )
      FROM json_each(?) AS asked
      JOIN sitting ON sitting.no = asked.value
      JOIN item_outcome AS outcome ON outcome.sitting_no = sitting.no
      JOIN item ON item.no = outcome.item_no
      WHERE outcome.scored = 1`,
    )
    .raw();
  const seenItems = db
    .prepare<[string, string], string>(
      `WITH ${elsewhere}
      SELECT id FROM item
      WHERE pack_id = ? AND (
        EXISTS (
          SELECT 1 FROM item_outcome JOIN sitting ON sitting.no = sitting_no
          WHERE item_no = item.no AND seen = 1 AND ${kept}
        )
        OR item.no IN (SELECT item_no FROM practised)
      )
      UNION SELECT id FROM elsewhere WHERE pack_id = ?`,
    )
    .pluck();

  return {
    /**
     * Scored sittings that began at most so long before the newest of their exam, newest first.
     * @param window ms. @param now ms since 1970; the newest counts as begun no later.
     */
    recent: (window: number, now: number): RecentSitting[] => recent.all(now, window),

    /** Ids of a pack's items that were ever on screen. */
    seenItems: (packId: string): string[] => seenItems.all(packId, packId),

    /** The scored questions of the given sittings. */
    answers: (sittingNos: readonly number[]): RecentAnswer[] =>
      answers.all(JSON.stringify(sittingNos)).map(([sittingNo, itemNo, number, itemId, correct, seen, seenBefore]) => ({
        sittingNo,
        itemNo,
        number,
        itemId,
        correct: correct === 1,
        seen: seen === 1,
        seenBefore: seenBefore === 1,
      })),
  };
}
