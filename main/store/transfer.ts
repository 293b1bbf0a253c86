/** What a history is taken out of and into: whole sittings, with every event as it is stored. */
import type { MissMark, SittingRecord } from '../exam/history-file.ts';
import type { SittingResult } from '../exam/scoring.ts';
import { inOrder } from '../insight/misses.ts';
import { toStoreError } from './errors.ts';
import type { Db } from './open.ts';
import { crcOfEvent, crcOfSitting, sealOf, signed, type EventRow, type SittingRow } from './seal.ts';

/** An edition as it is to be stored: its address, its text, and what the lists show of it. */
export interface EditionRow {
  hash: string;
  content: string;
  examCode: string;
  title: string;
  linePercent: number;
}

/** Points by area of one sitting. */
export interface AreaRow {
  sittingId: string;
  outline: 'current' | 'classic';
  area: string;
  scored: number;
  points: number;
}

/** An area of an exam's outline. */
export interface OutlineRow {
  examCode: string;
  outline: 'current' | 'classic';
  id: string;
  title: string;
}

export type TransferStore = ReturnType<typeof createTransferStore>;

type SittingColumns = SittingRow & SittingResult & { no: number; seal: string };

export function createTransferStore(db: Db) {
  const selectIds = db
    .prepare<[], string>(
      `SELECT sitting.id FROM result JOIN sitting ON sitting.no = sitting_no
       WHERE sitting_no NOT IN (SELECT sitting_no FROM deleted_sitting) ORDER BY finished_at, sitting_no`,
    )
    .pluck();
  const selectSitting = db.prepare<[string], SittingColumns>(
    `SELECT sitting.no, id, pack_id, form_id, edition_hash, started_at, time_factor, seal,
       finished_at AS finishedAt, cause, elapsed_ms AS elapsedMs, points, scored
     FROM sitting JOIN result ON sitting_no = sitting.no WHERE id = ?`,
  );
  const selectEvents = db.prepare<[number], EventRow>(
    'SELECT seq, request_id, elapsed_ms, at, type, payload, crc FROM sitting_event WHERE sitting_no = ? ORDER BY seq',
  );
  const selectMarks = db.prepare<[number], { number: number; tags: string; note: string; at: number }>(
    'SELECT number, tags, note, at FROM miss_mark WHERE sitting_no = ? ORDER BY number',
  );
  const selectKnown = db.prepare<[string], { seal: string | null; deleted: 0 | 1 }>(
    `SELECT seal, EXISTS (SELECT 1 FROM deleted_sitting WHERE sitting_no = sitting.no) AS deleted
     FROM sitting LEFT JOIN result ON sitting_no = sitting.no WHERE id = ?`,
  );
  const selectAreas = db.prepare<[], AreaRow>(
    `SELECT sitting.id AS sittingId, outline, area, scored, points
     FROM area_outcome JOIN sitting ON sitting.no = sitting_no ORDER BY sitting_no`,
  );
  const selectOutlines = db.prepare<[], OutlineRow>(
    `SELECT exam_code AS examCode, outline.key AS outline, area.value ->> '$.id' AS id, area.value ->> '$.title' AS title,
       min(area.key) AS place
     FROM form_edition, json_each(content, '$.blueprint.outlines') AS outline, json_each(outline.value, '$.areas') AS area
     GROUP BY 1, 2, 3 ORDER BY 1, 2 DESC, place`,
  );
  const insertEdition = db.prepare(
    'INSERT OR IGNORE INTO form_edition (hash, content, exam_code, title, line_percent) VALUES (?, ?, ?, ?, ?)',
  );
  const insertSitting = db.prepare(
    `INSERT INTO sitting (id, edition_hash, pack_id, form_id, started_at, time_factor, imported_at)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  const insertEvent = db.prepare(
    'INSERT INTO sitting_event (sitting_no, seq, request_id, elapsed_ms, at, type, payload, crc) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const insertResult = db.prepare(
    'INSERT INTO result (sitting_no, finished_at, cause, elapsed_ms, points, scored, seal) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const insertMark = db.prepare('INSERT INTO miss_mark (sitting_no, number, tags, note, at) VALUES (?, ?, ?, ?, ?)');

  const insert = (sitting: SittingRecord, importedAt: number) => {
    const { result, seal } = sitting;
    const row = rowOf(sitting);
    const { id, edition_hash, pack_id, form_id, started_at, time_factor } = row;
    const no = insertSitting.run(
      id,
      edition_hash,
      pack_id,
      form_id,
      started_at,
      time_factor,
      importedAt,
    ).lastInsertRowid;
    let crc = crcOfSitting(row);
    for (const event of sitting.events.map(eventRow)) {
      crc = crcOfEvent(event, crc);
      const { seq, request_id, elapsed_ms, at, type, payload } = event;
      insertEvent.run(no, seq, request_id, elapsed_ms, at, type, payload, signed(crc));
    }
    insertResult.run(no, result.finishedAt, result.cause, result.elapsedMs, result.points, result.scored, seal);
    for (const { number, tags, note, at } of sitting.missMarks)
      insertMark.run(no, number, JSON.stringify(tags), note, at);
  };
  const insertAll = db.transaction(
    (editions: readonly EditionRow[], sittings: readonly SittingRecord[], importedAt: number) => {
      for (const { hash, content, examCode, title, linePercent } of editions)
        insertEdition.run(hash, content, examCode, title, linePercent);
      for (const sitting of sittings) insert(sitting, importedAt);
    },
  );

  return {
    /** Finished sittings that are not deleted, oldest first. */
    ids: (): string[] => selectIds.all(),

    /** A finished sitting as it is stored, or `null` where there is none. @throws SyntaxError where a mark's tags are no JSON. */
    sitting(id: string): SittingRecord | null {
      const row = selectSitting.get(id);
      if (!row) return null;
      const { finishedAt, cause, elapsedMs, points, scored } = row;
      return {
        id: row.id,
        packId: row.pack_id,
        formId: row.form_id,
        edition: row.edition_hash,
        startedAt: row.started_at,
        timeFactor: row.time_factor as SittingRecord['timeFactor'],
        result: { finishedAt, cause, elapsedMs, points, scored },
        seal: row.seal,
        events: selectEvents.all(row.no).map(({ seq, request_id, elapsed_ms, at, type, payload }) => ({
          seq,
          requestId: request_id,
          elapsedMs: elapsed_ms,
          at,
          type: type as SittingRecord['events'][number]['type'],
          payload,
        })),
        missMarks: selectMarks
          .all(row.no)
          // A tag that no screen knows came with a file in which none was refused yet.
          .map((mark) => ({ ...mark, tags: inOrder(JSON.parse(mark.tags) as MissMark['tags']) })),
      };
    },

    /** What is known here of a sitting; its seal is `null` while it is unfinished. */
    known(id: string): { seal: string | null; deleted: boolean } | null {
      const row = selectKnown.get(id);
      return row ? { seal: row.seal, deleted: row.deleted === 1 } : null;
    },

    /** Points by area of every sitting whose outcomes are computed. */
    areas: (): AreaRow[] => selectAreas.all(),

    /** The areas of every exam that was sat, in the order of their outlines. */
    outlines: (): OutlineRow[] => selectOutlines.all(),

    /** Stores sittings that are not here yet, and their editions, in one transaction. @throws StoreError; then nothing was stored. */
    put(editions: readonly EditionRow[], sittings: readonly SittingRecord[], importedAt: number): void {
      try {
        insertAll.immediate(editions, sittings, importedAt);
      } catch (error) {
        throw toStoreError(error, 'The history');
      }
    },
  };
}

/** The seal that a sitting's events have. */
export function sealOfRecord(sitting: SittingRecord): string {
  return sealOf(sitting.events.map(eventRow));
}

function rowOf({ id, packId, formId, edition, startedAt, timeFactor }: SittingRecord): SittingRow {
  return {
    id,
    pack_id: packId,
    form_id: formId,
    edition_hash: edition,
    started_at: startedAt,
    time_factor: timeFactor,
  };
}

function eventRow({ seq, requestId, elapsedMs, at, type, payload }: SittingRecord['events'][number]): EventRow {
  return { seq, request_id: requestId, elapsed_ms: elapsedMs, at, type, payload, crc: null };
}
