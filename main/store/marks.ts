/** Why questions of finished sittings were missed: a row for each question the candidate has tagged or noted. */
import { inOrder, type MissMark, type MissTag, type TaggedGroup } from '../insight/misses.ts';
import { toStoreError } from './errors.ts';
import type { Db } from './open.ts';

export type MarkStore = ReturnType<typeof createMarkStore>;

interface Areas {
  /** Area id of each item, in the order of their numbers. */
  items: string[];
  titles: Map<string, string>;
}

export function createMarkStore(db: Db) {
  const selectOf = db.prepare<[string], { number: number; tags: string; note: string }>(
    `SELECT number, tags, note FROM miss_mark JOIN sitting ON sitting.no = sitting_no
     WHERE sitting.id = ? ORDER BY number`,
  );
  const upsert = db.prepare(
    `INSERT INTO miss_mark (sitting_no, number, tags, note, at) SELECT no, ?, ?, ?, ? FROM sitting WHERE id = ?
     ON CONFLICT DO UPDATE SET tags = excluded.tags, note = excluded.note, at = excluded.at`,
  );
  const remove = db.prepare(
    'DELETE FROM miss_mark WHERE number = ? AND sitting_no = (SELECT no FROM sitting WHERE id = ?)',
  );
  // A form's code lies behind its long text in the row: it is read once a form, not once a mark.
  const form = `
    WITH form AS MATERIALIZED (
      SELECT hash, exam_code FROM form_edition WHERE exam_code = coalesce(?, exam_code)
    )`;
  const listed = `
    FROM miss_mark JOIN sitting ON sitting.no = sitting_no JOIN form ON form.hash = edition_hash
    WHERE tags <> '[]' AND sitting_no NOT IN (SELECT sitting_no FROM deleted_sitting)`;
  const groups = db.prepare<[string | null], { hash: string; exam: string; number: number; tags: string; n: number }>(
    `${form} SELECT edition_hash AS hash, exam_code AS exam, number, tags, count(*) AS n ${listed}
     GROUP BY edition_hash, number, tags`,
  );
  const sittings = db.prepare<[string | null], number>(`${form} SELECT count(DISTINCT sitting_no) ${listed}`).pluck();
  const itemAreas = db
    .prepare<[string], string>(
      `SELECT value ->> '$.area' FROM form_edition, json_each(content, '$.items') WHERE hash = ? ORDER BY key`,
    )
    .pluck();
  const areaTitles = db.prepare<[string], { id: string; title: string }>(
    `SELECT value ->> '$.id' AS id, value ->> '$.title' AS title
     FROM form_edition, json_each(content, '$.blueprint.outlines.current.areas') WHERE hash = ?`,
  );
  /** A form is frozen, so that what was read of one stays right. */
  const known = new Map<string, Areas>();

  const areasOf = (hash: string): Areas => {
    const titles = () => new Map(areaTitles.all(hash).map(({ id, title }) => [id, title]));
    const areas = known.get(hash) ?? { items: itemAreas.all(hash), titles: titles() };
    known.set(hash, areas);
    return areas;
  };

  return {
    /** The marks on a sitting's questions, by number. */
    of: (sittingId: string): MissMark[] =>
      selectOf.all(sittingId).map(({ number, tags, note }) => ({ number, tags: tagsOf(tags), note })),

    /** Keeps a question's mark in place of what was there; an empty one is taken away. @throws StoreError */
    put(sittingId: string, { number, tags, note }: MissMark, at: number): void {
      try {
        if (tags.length === 0 && note === '') remove.run(number, sittingId);
        else upsert.run(number, JSON.stringify(inOrder(tags)), note, at, sittingId);
      } catch (error) {
        throw toStoreError(error, 'The history');
      }
    },

    /** Tagged questions by area, of sittings that are not deleted. @param examCode `null` for all exams. */
    tagged(examCode: string | null): { sittings: number; groups: TaggedGroup[] } {
      return {
        sittings: sittings.get(examCode) ?? 0,
        groups: groups.all(examCode).map(({ hash, exam, number, tags, n }) => {
          const { items, titles } = areasOf(hash);
          const area = items[number - 1] ?? '';
          return { examCode: exam, area, title: titles.get(area) ?? area, tags: tagsOf(tags), count: n };
        }),
      };
    },
  };
}

function tagsOf(stored: string): MissTag[] {
  return inOrder(JSON.parse(stored) as MissTag[]);
}
