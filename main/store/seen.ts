/** When the candidate last had an item before them: what a drawn form goes by. */
import type { Db } from './open.ts';

/** So many of the latest sittings are gone through before the items still missing are looked up one by one. */
const LATEST = 200;

export function createSeenStore(db: Db) {
  const latest = db.prepare<[string], { no: number; at: number }>(
    `SELECT sitting_no AS no, finished_at AS at FROM result JOIN sitting ON sitting.no = sitting_no
     WHERE pack_id = ? AND counted = 1 ORDER BY finished_at DESC LIMIT ${LATEST}`,
  );
  const seenIn = db
    .prepare<[number], number>('SELECT item_no FROM item_outcome WHERE sitting_no = ? AND seen = 1')
    .pluck();
  const items = db.prepare<[string], { no: number; id: string }>('SELECT no, id FROM item WHERE pack_id = ?');
  const lastOf = db
    .prepare<[number], number | null>(
      `SELECT max(finished_at) FROM item_outcome JOIN result USING (sitting_no) WHERE item_no = ? AND seen = 1`,
    )
    .pluck();
  // Of sittings without outcomes, the unfinished ones among them: items by number, as far as they were visited, and the
  // ids of a form's items in order.
  const visits = db.prepare<[string], { hash: string; number: number; at: number }>(`
    WITH uncounted AS MATERIALIZED (
      SELECT no, edition_hash FROM sitting LEFT JOIN result ON result.sitting_no = sitting.no
      WHERE pack_id = ? AND coalesce(counted, 0) <> 1)
    SELECT edition_hash AS hash, payload ->> '$.number' AS number, max(at) AS at
    FROM uncounted CROSS JOIN sitting_event ON sitting_event.sitting_no = uncounted.no
    WHERE type = 'visited' GROUP BY hash, number`);
  const itemIds = db.prepare<[string], { id: string }>(
    `SELECT value ->> '$.id' AS id FROM form_edition, json_each(content, '$.items') WHERE hash = ? ORDER BY key`,
  );

  /** By item number. Most items come up again and again, so that the latest few sittings tell of nearly all. */
  const counted = (packId: string, known: number): Map<number, number> => {
    const seen = new Map<number, number>();
    for (const { no, at } of latest.all(packId)) {
      if (seen.size === known) break;
      for (const item of seenIn.all(no)) if (!seen.has(item)) seen.set(item, at);
    }
    return seen;
  };

  return {
    /**
     * When each item of a pack was last on screen in a sitting, by item id, ms since 1970. A deleted sitting counts: what was
     * seen was seen.
     */
    lastSeen(packId: string): Map<string, number> {
      const all = items.all(packId);
      const recent = counted(packId, all.length);
      const seen = new Map<string, number>();
      for (const { no, id } of all) {
        const at = recent.get(no) ?? lastOf.get(no) ?? null;
        if (at !== null) seen.set(id, at);
      }
      const forms = new Map<string, string[]>();
      for (const { hash, number, at } of visits.all(packId)) {
        const ids = forms.get(hash) ?? itemIds.all(hash).map(({ id }) => id);
        forms.set(hash, ids);
        const id = ids[number - 1];
        if (id !== undefined) seen.set(id, Math.max(at, seen.get(id) ?? at));
      }
      return seen;
    },
  };
}
