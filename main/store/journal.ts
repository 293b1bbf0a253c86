/** Sittings and their events in SQLite: the one place where an answer becomes durable. */
import { createHash } from 'node:crypto';
import type { FormEdition } from '../exam/edition.ts';
import type { FinishCause, SittingEvent } from '../exam/events.ts';
import { StoreError, toStoreError } from './errors.ts';
import type { Db } from './open.ts';

export interface StoredSitting {
  id: string;
  packId: string;
  formId: string;
  editionHash: string;
  startedAt: number;
}

export interface Heartbeat {
  /** Position of the event it follows; with a later event in the journal it is out of date. */
  seq: number;
  elapsedMs: number;
  at: number;
  /** The candidate's window was closed or reloaded; otherwise the program ended without a word. */
  leftHall: boolean;
}

/** What the lists need of a finished sitting. */
export interface ResultRow {
  finishedAt: number;
  cause: FinishCause;
  elapsedMs: number;
  /** `null` when unscored. */
  points: number | null;
  scored: number;
}

export type Journal = ReturnType<typeof createJournal>;

interface EventRow {
  seq: number;
  request_id: string | null;
  elapsed_ms: number;
  at: number;
  type: string;
  payload: string;
}

export function createJournal(db: Db) {
  const insertEdition = db.prepare('INSERT OR IGNORE INTO form_edition (hash, content) VALUES (?, ?)');
  const selectEdition = db.prepare<[string], { content: string }>('SELECT content FROM form_edition WHERE hash = ?');
  const insertSitting = db.prepare(
    'INSERT INTO sitting (id, edition_hash, pack_id, form_id, started_at) VALUES (?, ?, ?, ?, ?)',
  );
  const selectSitting = db.prepare<
    [string],
    { no: number; id: string; pack_id: string; form_id: string; edition_hash: string; started_at: number }
  >('SELECT no, id, pack_id, form_id, edition_hash, started_at FROM sitting WHERE id = ?');
  const selectUnfinished = db.prepare<[], { id: string }>(
    'SELECT id FROM sitting WHERE no NOT IN (SELECT sitting_no FROM result) ORDER BY started_at DESC',
  );
  const insertEvent = db.prepare(
    'INSERT INTO sitting_event (sitting_no, seq, request_id, elapsed_ms, at, type, payload) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const selectEvents = db.prepare<[number], EventRow>(
    'SELECT seq, request_id, elapsed_ms, at, type, payload FROM sitting_event WHERE sitting_no = ? ORDER BY seq',
  );
  const selectRequest = db.prepare<[string], { id: string; seq: number }>(
    `SELECT sitting.id, seq FROM sitting_event JOIN sitting ON sitting.no = sitting_no WHERE request_id = ?`,
  );
  const upsertHeartbeat = db.prepare(
    `INSERT INTO heartbeat (sitting_no, seq, elapsed_ms, at, left_hall) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (sitting_no) DO UPDATE
     SET seq = excluded.seq, elapsed_ms = excluded.elapsed_ms, at = excluded.at, left_hall = excluded.left_hall`,
  );
  const selectHeartbeat = db.prepare<[number], { seq: number; elapsed_ms: number; at: number; left_hall: number }>(
    'SELECT seq, elapsed_ms, at, left_hall FROM heartbeat WHERE sitting_no = ?',
  );
  const deleteHeartbeat = db.prepare('DELETE FROM heartbeat WHERE sitting_no = ?');
  const insertResult = db.prepare(
    'INSERT INTO result (sitting_no, finished_at, cause, elapsed_ms, points, scored, seal) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const selectSeal = db.prepare<[number], { seal: string }>('SELECT seal FROM result WHERE sitting_no = ?');

  const numbers = new Map<string, number>();
  const numberOf = (sittingId: string): number => {
    let no = numbers.get(sittingId);
    if (no === undefined) {
      no = selectSitting.get(sittingId)?.no;
      if (no === undefined) throw new RangeError(`no sitting ${sittingId}`);
      numbers.set(sittingId, no);
    }
    return no;
  };
  const insert = (no: number, event: SittingEvent, requestId: string | null) =>
    insertEvent.run(no, event.seq, requestId, event.elapsedMs, event.at, event.type, JSON.stringify(event.payload));

  const startAll = db.transaction((sitting: StoredSitting, edition: FormEdition, first: SittingEvent) => {
    insertEdition.run(sitting.editionHash, JSON.stringify(edition));
    insertSitting.run(sitting.id, sitting.editionHash, sitting.packId, sitting.formId, sitting.startedAt);
    insert(numberOf(sitting.id), first, null);
  });
  const finishAll = db.transaction(
    (sittingId: string, last: SittingEvent, requestId: string | null, result: ResultRow) => {
      const no = numberOf(sittingId);
      insert(no, last, requestId);
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
    start(sitting: StoredSitting, edition: FormEdition, first: SittingEvent): void {
      guarded(() => {
        try {
          startAll.immediate(sitting, edition, first);
        } catch (error) {
          numbers.delete(sitting.id);
          throw error;
        }
      });
    },

    /** Appends one event durably. Returns when the disk has it. @throws StoreError; then nothing was written. */
    append(sittingId: string, event: SittingEvent, requestId: string | null): void {
      guarded(() => insert(numberOf(sittingId), event, requestId));
    },

    /** Appends the last event, the result and its seal in one transaction. @throws StoreError */
    finish(sittingId: string, last: SittingEvent, requestId: string | null, result: ResultRow): void {
      guarded(() => finishAll.immediate(sittingId, last, requestId, result));
    },

    /** Records how far the clock has run. @throws StoreError */
    beat(sittingId: string, heartbeat: Heartbeat): void {
      guarded(() =>
        upsertHeartbeat.run(
          numberOf(sittingId),
          heartbeat.seq,
          heartbeat.elapsedMs,
          heartbeat.at,
          heartbeat.leftHall ? 1 : 0,
        ),
      );
    },

    heartbeat(sittingId: string): Heartbeat | null {
      const row = selectHeartbeat.get(numberOf(sittingId));
      return row ? { seq: row.seq, elapsedMs: row.elapsed_ms, at: row.at, leftHall: row.left_hall === 1 } : null;
    },

    sitting(sittingId: string): StoredSitting | null {
      const row = selectSitting.get(sittingId);
      if (!row) return null;
      numbers.set(row.id, row.no);
      return {
        id: row.id,
        packId: row.pack_id,
        formId: row.form_id,
        editionHash: row.edition_hash,
        startedAt: row.started_at,
      };
    },

    /** A form as it was sat. @throws StoreError 'damaged' when its text no longer matches its address: a key may have changed. */
    edition(hash: string): FormEdition {
      const row = selectEdition.get(hash);
      if (!row) throw new RangeError(`no form edition ${hash}`);
      if (sha256(row.content) !== hash)
        throw new StoreError('damaged', 'The questions of this sitting have been changed or damaged.');
      return JSON.parse(row.content) as FormEdition;
    },

    events(sittingId: string): SittingEvent[] {
      return selectEvents.all(numberOf(sittingId)).map(toEvent);
    },

    /** The event a request recorded, if it was seen before. */
    seenRequest(requestId: string): { sittingId: string; seq: number } | null {
      const row = selectRequest.get(requestId);
      return row ? { sittingId: row.id, seq: row.seq } : null;
    },

    /** Ids of sittings without a result, newest first. */
    unfinished(): string[] {
      return selectUnfinished.all().map((row) => row.id);
    },

    /** Whether a finished sitting's events still match the seal set when it ended. */
    isSealed(sittingId: string): boolean {
      const no = numberOf(sittingId);
      return selectSeal.get(no)?.seal === sealOf(selectEvents.all(no));
    },
  };
}

function toEvent(row: EventRow): SittingEvent {
  return {
    seq: row.seq,
    elapsedMs: row.elapsed_ms,
    at: row.at,
    type: row.type,
    payload: JSON.parse(row.payload) as never,
  } as SittingEvent;
}

/** SHA-256 over every field of every event: `integrity_check` alone misses changed values. */
function sealOf(rows: readonly EventRow[]): string {
  const hash = createHash('sha256');
  for (const row of rows)
    hash.update(JSON.stringify([row.seq, row.request_id, row.elapsed_ms, row.at, row.type, row.payload])).update('\n');
  return hash.digest('hex');
}

/** Content address of an edition. */
export function hashEdition(edition: FormEdition): string {
  return sha256(JSON.stringify(edition));
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
