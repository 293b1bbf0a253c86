/** Sittings and their events in SQLite: the one place where an answer becomes durable. */
import { hash } from 'node:crypto';
import type { FormEdition } from '../exam/edition.ts';
import type { SittingEvent } from '../exam/events.ts';
import type { SittingResult } from '../exam/scoring.ts';
import { damagedRecord, StoreError, toStoreError } from './errors.ts';
import type { Db } from './open.ts';
import {
  crcOfEvent,
  crcOfRow,
  crcOfSitting,
  isUnbroken,
  sealOf,
  signed,
  type EventRow,
  type SittingRow,
} from './seal.ts';

export interface StoredSitting {
  id: string;
  packId: string;
  formId: string;
  editionHash: string;
  startedAt: number;
  /** Of the settings: 1, 1.25, 1.5 or 2; `null` when untimed. */
  timeFactor: number | null;
}

export interface Heartbeat {
  /** Position of the event it follows; with a later event in the journal it is out of date. */
  seq: number;
  elapsedMs: number;
  at: number;
  /** The candidate's window was closed or reloaded; otherwise the program ended without a word. */
  leftHall: boolean;
}

export type Journal = ReturnType<typeof createJournal>;

export function createJournal(db: Db) {
  const insertEdition = db.prepare(
    'INSERT OR IGNORE INTO form_edition (hash, content, exam_code, title, line_percent) VALUES (?, ?, ?, ?, ?)',
  );
  const selectEdition = db.prepare<[string], { content: string }>('SELECT content FROM form_edition WHERE hash = ?');
  const selectListing = db.prepare<[string], { exam_code: string; title: string; line_percent: number }>(
    'SELECT exam_code, title, line_percent FROM form_edition WHERE hash = ?',
  );
  const insertSitting = db.prepare(
    'INSERT INTO sitting (id, edition_hash, pack_id, form_id, started_at, time_factor) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const selectSitting = db.prepare<[string], SittingRow & { no: number }>(
    'SELECT no, id, pack_id, form_id, edition_hash, started_at, time_factor FROM sitting WHERE id = ?',
  );
  const selectUnfinished = db.prepare<[], { id: string }>(
    `SELECT id FROM sitting WHERE no NOT IN (SELECT sitting_no FROM result)
       AND no NOT IN (SELECT sitting_no FROM deleted_sitting) ORDER BY started_at DESC`,
  );
  const selectDiscarded = db.prepare<[string]>(
    `SELECT 1 FROM deleted_sitting JOIN sitting ON sitting.no = sitting_no
     WHERE id = ? AND sitting_no NOT IN (SELECT sitting_no FROM result)`,
  );
  const insertEvent = db.prepare(
    'INSERT INTO sitting_event (sitting_no, seq, request_id, elapsed_ms, at, type, payload, crc) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const selectEvents = db.prepare<[number], EventRow>(
    'SELECT seq, request_id, elapsed_ms, at, type, payload, crc FROM sitting_event WHERE sitting_no = ? ORDER BY seq',
  );
  const selectRequest = db.prepare<[string], { id: string; seq: number }>(
    `SELECT sitting.id, seq FROM sitting_event JOIN sitting ON sitting.no = sitting_no WHERE request_id = ?`,
  );
  const upsertHeartbeat = db.prepare(
    `INSERT INTO heartbeat (sitting_no, seq, elapsed_ms, at, left_hall, crc) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (sitting_no) DO UPDATE
     SET seq = excluded.seq, elapsed_ms = excluded.elapsed_ms, at = excluded.at, left_hall = excluded.left_hall,
       crc = excluded.crc`,
  );
  const selectHeartbeat = db.prepare<
    [number],
    { seq: number; elapsed_ms: number; at: number; left_hall: number; crc: number | null }
  >('SELECT seq, elapsed_ms, at, left_hall, crc FROM heartbeat WHERE sitting_no = ?');
  const deleteHeartbeat = db.prepare('DELETE FROM heartbeat WHERE sitting_no = ?');
  const insertResult = db.prepare(
    'INSERT INTO result (sitting_no, finished_at, cause, elapsed_ms, points, scored, seal) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const selectSeal = db.prepare<[number], { seal: string }>('SELECT seal FROM result WHERE sitting_no = ?');

  const sittings = new Map<string, SittingRow & { no: number }>();
  const rowOf = (sittingId: string): SittingRow & { no: number } => {
    const row = sittings.get(sittingId) ?? selectSitting.get(sittingId);
    if (!row) throw new RangeError(`no sitting ${sittingId}`);
    sittings.set(sittingId, row);
    return row;
  };
  const numberOf = (sittingId: string): number => rowOf(sittingId).no;

  let lastRead: { content: string; edition: FormEdition } = { content: '', edition: null as never };

  /** CRC up to the last event, by sitting. */
  const crcs = new Map<string, number>();
  const crcSoFar = (sittingId: string): number => {
    const row = rowOf(sittingId);
    return (
      crcs.get(sittingId) ?? selectEvents.all(row.no).reduce((crc, event) => crcOfEvent(event, crc), crcOfSitting(row))
    );
  };
  /** @returns the CRC with this event, to be kept once it is durable. */
  const insert = (sittingId: string, event: SittingEvent, requestId: string | null): number => {
    const { seq, elapsedMs: elapsed_ms, at, type } = event;
    const payload = JSON.stringify(event.payload);
    const crc = crcOfEvent({ seq, request_id: requestId, elapsed_ms, at, type, payload }, crcSoFar(sittingId));
    try {
      insertEvent.run(numberOf(sittingId), seq, requestId, elapsed_ms, at, type, payload, signed(crc));
    } catch (error) {
      throw isTaken(error) ? damagedRecord(error) : error;
    }
    return crc;
  };

  const startAll = db.transaction(
    (sitting: StoredSitting, edition: FormEdition, first: SittingEvent, requestId: string | null) => {
      const { id, editionHash, packId, formId, startedAt, timeFactor } = sitting;
      const { pack, form, blueprint } = edition;
      insertEdition.run(editionHash, JSON.stringify(edition), pack.exam.code, form.title, blueprint.line.percent);
      insertSitting.run(id, editionHash, packId, formId, startedAt, timeFactor);
      return insert(sitting.id, first, requestId);
    },
  );
  const finishAll = db.transaction(
    (sittingId: string, last: SittingEvent, requestId: string | null, result: SittingResult) => {
      const no = numberOf(sittingId);
      const crc = insert(sittingId, last, requestId);
      insertResult.run(
        no,
        result.finishedAt,
        result.cause,
        result.elapsedMs,
        result.points,
        result.scored,
        sealOf(selectEvents.all(no)),
      );
      deleteHeartbeat.run(no);
      return crc;
    },
  );
  const guarded = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw toStoreError(error, 'The journal');
    }
  };

  return {
    /** Stores a sitting with its edition and first event, in one transaction. @throws StoreError */
    start(sitting: StoredSitting, edition: FormEdition, first: SittingEvent, requestId: string | null = null): void {
      guarded(() => {
        try {
          crcs.set(sitting.id, startAll.immediate(sitting, edition, first, requestId));
        } catch (error) {
          sittings.delete(sitting.id);
          throw error;
        }
      });
    },

    /** Appends one event durably. Returns when the disk has it. @throws StoreError; then nothing was written. */
    append(sittingId: string, event: SittingEvent, requestId: string | null): void {
      guarded(() => crcs.set(sittingId, insert(sittingId, event, requestId)));
    },

    /** Appends the last event, the result and its seal in one transaction. @throws StoreError */
    finish(sittingId: string, last: SittingEvent, requestId: string | null, result: SittingResult): void {
      guarded(() => crcs.set(sittingId, finishAll.immediate(sittingId, last, requestId, result)));
    },

    /** Records how far the clock has run. @throws StoreError */
    beat(sittingId: string, { seq, elapsedMs, at, leftHall }: Heartbeat): void {
      guarded(() => {
        const row = [numberOf(sittingId), seq, elapsedMs, at, leftHall ? 1 : 0];
        upsertHeartbeat.run(...row, crcOfRow(row));
      });
    },

    /** How far the clock had run when last heard; `null` where that is not known, or is damaged. */
    heartbeat(sittingId: string): Heartbeat | null {
      const no = numberOf(sittingId);
      const row = selectHeartbeat.get(no);
      if (!row) return null;
      const { seq, elapsed_ms: elapsedMs, at, left_hall } = row;
      const fits = row.crc === null || row.crc === crcOfRow([no, seq, elapsedMs, at, left_hall]);
      return fits ? { seq, elapsedMs, at, leftHall: left_hall === 1 } : null;
    },

    sitting(sittingId: string): StoredSitting | null {
      const row = selectSitting.get(sittingId);
      if (!row) return null;
      sittings.set(row.id, row);
      return {
        id: row.id,
        packId: row.pack_id,
        formId: row.form_id,
        editionHash: row.edition_hash,
        startedAt: row.started_at,
        timeFactor: row.time_factor,
      };
    },

    /** A form as it was sat. @throws StoreError 'damaged' when its text no longer matches its address: a key may have changed. */
    edition(hash: string): FormEdition {
      const row = selectEdition.get(hash);
      if (!row) throw new StoreError('damaged', 'The questions of this sitting are missing.');
      if (sha256(row.content) !== hash)
        throw new StoreError('damaged', 'The questions of this sitting have been changed or damaged.');
      // Report, review, insight and each step of a replay ask for the same one, of a quarter of a megabyte.
      if (lastRead.content !== row.content)
        lastRead = { content: row.content, edition: JSON.parse(row.content) as FormEdition };
      return lastRead.edition;
    },

    /** Whether the lists show a form as it is. */
    isListedAs(hash: string, { pack, form, blueprint }: FormEdition): boolean {
      const row = selectListing.get(hash);
      return (
        row?.exam_code === pack.exam.code && row.title === form.title && row.line_percent === blueprint.line.percent
      );
    },

    events: (sittingId: string): SittingEvent[] => selectEvents.all(numberOf(sittingId)).map(toEvent),

    /** The events, and whether they still match the seal set when the sitting ended, from one reading. */
    record(sittingId: string): { events: SittingEvent[]; isSealed(): boolean } {
      const no = numberOf(sittingId);
      const rows = selectEvents.all(no);
      return { events: rows.map(toEvent), isSealed: () => selectSeal.get(no)?.seal === sealOf(rows) };
    },

    /** The event a request recorded, if it was seen before. */
    seenRequest(requestId: string): { sittingId: string; seq: number } | null {
      const row = selectRequest.get(requestId);
      return row ? { sittingId: row.id, seq: row.seq } : null;
    },

    /** Ids of sittings without a result that are not deleted, newest first. */
    unfinished(): string[] {
      return selectUnfinished.all().map((row) => row.id);
    },

    /** Whether a sitting is deleted that has not ended: it must not go on until it is put back. */
    isDiscarded(sittingId: string): boolean {
      return selectDiscarded.get(sittingId) !== undefined;
    },

    /** Lets go of what is kept in memory of a sitting that has been removed: its number may be given again. */
    forget(sittingId: string): void {
      sittings.delete(sittingId);
      crcs.delete(sittingId);
    },

    /** Whether a sitting's row and events are as they were written, as far as their CRCs tell. */
    isUnbroken(sittingId: string): boolean {
      const row = selectSitting.get(sittingId);
      return row !== undefined && isUnbroken(row, selectEvents.all(row.no));
    },

    /** Whether a finished sitting's events still match the seal set when it ended. */
    isSealed(sittingId: string): boolean {
      const no = numberOf(sittingId);
      return selectSeal.get(no)?.seal === sealOf(selectEvents.all(no));
    },
  };
}

/**
 * Whether an event was refused for its place or its request id. Both are read from the journal before each event, so that
 * two readings of one file disagree: a damaged index.
 */
function isTaken(error: unknown): boolean {
  return /^SQLITE_CONSTRAINT_(TRIGGER|UNIQUE|PRIMARYKEY)$/.test(String((error as { code?: unknown }).code));
}

/** @throws StoreError 'damaged' when its payload is no JSON. */
function toEvent(row: EventRow): SittingEvent {
  return {
    seq: row.seq,
    elapsedMs: row.elapsed_ms,
    at: row.at,
    type: row.type,
    payload: parsePayload(row.payload) as never,
  } as SittingEvent;
}

function parsePayload(payload: string): unknown {
  try {
    return JSON.parse(payload);
  } catch (error) {
    throw damagedRecord(error);
  }
}

/** Content address of an edition. */
export function hashEdition(edition: FormEdition): string {
  return sha256(JSON.stringify(edition));
}

function sha256(text: string): string {
  return hash('sha256', text);
}
