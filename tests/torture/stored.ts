/** What lies in a database file whose host is gone, held against what the candidate knows. */
import Database from 'better-sqlite3';
import { isDeepStrictEqual } from 'node:util';
import type { FinishCause } from '../../main/exam/events.ts';
import { createJournal } from '../../main/store/journal.ts';
import { KEYS, packParts } from '../support/pack.ts';
import type { Acknowledged } from './candidate.ts';
import { factOf } from './random-command.ts';

interface StoredEvent {
  seq: number;
  requestId: string | null;
  elapsedMs: number;
  type: string;
  payload: string;
}

/** A sitting that should have ended once. */
export interface Ended {
  sittingId: string;
  /** The candidate's last acknowledged choice, by item. */
  answers: readonly (readonly string[])[];
  /** What the report said; `null` where there was none. */
  reported: { points: number | null; sealed: boolean } | null;
  /** How and when it should have ended, where that is certain. */
  expected?: { cause: FinishCause; elapsedMs: number };
}

/** What became of a candidate's acknowledged events. */
export interface Kept {
  /** How many of them are not there, or not as they were sent. */
  lost: number;
  /** Whether the rest of the sitting's record is sound. */
  sound: boolean;
}

/** Looks for every acknowledged event. The host must be gone. */
export function keptIn(file: string, sittingId: string, acknowledged: readonly Acknowledged[]): Kept {
  return withDatabase(file, (db) => {
    const byRequest = new Map(eventsOf(db, sittingId).map((event) => [event.requestId, event]));
    const lost = acknowledged.filter(({ requestId, command }) => {
      const event = byRequest.get(requestId);
      const { type, payload } = factOf(command);
      return event?.type !== type || !isDeepStrictEqual(JSON.parse(event.payload), payload);
    });
    const whole = db.pragma('integrity_check(1)', { simple: true }) === 'ok';
    return { lost: lost.length, sound: whole && createJournal(db).isUnbroken(sittingId) };
  });
}

/** What is wrong with the ends of sittings, in words, by sitting. The host must be gone. */
export function wrongEnds(file: string, all: readonly Ended[]): Map<string, string[]> {
  return withDatabase(file, (db) => {
    const journal = createJournal(db);
    const results = db.prepare<[string], { points: number | null; cause: string; elapsedMs: number }>(
      `SELECT points, cause, result.elapsed_ms AS elapsedMs
       FROM result JOIN sitting ON sitting.no = sitting_no WHERE sitting.id = ?`,
    );
    return new Map(
      all.map((ended) => {
        const { sittingId, answers, reported, expected } = ended;
        const events = eventsOf(db, sittingId);
        const ends = events.filter(({ type }) => type === 'finished');
        const rows = results.all(sittingId);
        const points = recount(events);
        const wrong = [
          ends.length !== 1 && `${ends.length} finished events`,
          ends.length > 0 && ends[0] !== events.at(-1) && 'events after its end',
          rows.length !== 1 && `${rows.length} result rows`,
          rows.some((row) => row.points !== points) && `result of ${rows[0]?.points} points, recount ${points}`,
          points !== pointsOf(answers) && `recount ${points}, the candidate's own ${pointsOf(answers)}`,
          reported?.points !== points && `reported ${reported?.points ?? 'nothing'}, recount ${points}`,
          reported?.sealed !== true && 'its report says that the seal is broken',
          !(journal.isSealed(sittingId) && journal.isUnbroken(sittingId)) && 'its seal or record is broken',
          expected &&
            ![...rows, ...ends.map((end) => ({ cause: causeOf(end), elapsedMs: end.elapsedMs }))].every(
              ({ cause, elapsedMs }) => cause === expected.cause && elapsedMs === expected.elapsedMs,
            ) &&
            `ended otherwise than by ${expected.cause} at ${expected.elapsedMs} ms`,
        ];
        return [sittingId, wrong.filter((words) => typeof words === 'string')] as const;
      }),
    );
  });
}

function withDatabase<T>(file: string, work: (db: Database.Database) => T): T {
  const db = new Database(file, { fileMustExist: true });
  try {
    return work(db);
  } finally {
    db.close();
  }
}

function eventsOf(db: Database.Database, sittingId: string): StoredEvent[] {
  return db
    .prepare<[string], StoredEvent>(
      `SELECT seq, request_id AS requestId, elapsed_ms AS elapsedMs, type, payload
       FROM sitting_event JOIN sitting ON sitting.no = sitting_no WHERE sitting.id = ? ORDER BY seq`,
    )
    .all(sittingId);
}

function causeOf({ payload }: StoredEvent): string {
  return (JSON.parse(payload) as { cause: string }).cause;
}

/** Points by the last choice of each item in the journal. */
function recount(events: readonly StoredEvent[]): number {
  const answers: string[][] = KEYS.map(() => []);
  for (const { type, payload } of events)
    if (type === 'responded') {
      const { number, options } = JSON.parse(payload) as { number: number; options: string[] };
      answers[number - 1] = options;
    }
  return pointsOf(answers);
}

/** Points of the small form: an item is right when exactly its key is chosen, and the pretest one gives none. */
function pointsOf(answers: readonly (readonly string[])[]): number {
  const { items } = packParts();
  return KEYS.filter((key, at) => items[at]!.scored && key.toString() === answers[at]?.toSorted().toString()).length;
}
