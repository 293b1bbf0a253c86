/** Real database files in a fresh folder. */
import Database from 'better-sqlite3';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { SittingEvent, SittingFact } from '../../main/exam/events.ts';
import type { SittingResult } from '../../main/exam/scoring.ts';
import { createJournal, hashEdition, type Journal } from '../../main/store/journal.ts';
import { openDatabase, type Db } from '../../main/store/open.ts';
import { StoreError } from '../../main/store/errors.ts';
import { freshFolder } from './folder.ts';
import { edition, FORM_ID, PACK_ID } from './pack.ts';

/** Opens a database as the program does and closes it after the test. */
export function openForTest(file: string): Db {
  const db = openDatabase(file);
  onTestFinished(() => void db.close());
  return db;
}

/** Opens a file without any of the program's care, to look at it or to harm it. */
export function openRaw(file: string): Db {
  const db = new Database(file);
  onTestFinished(() => void db.close());
  return db;
}

/** Changes a closed database as the program never would: its triggers are away for the time of the change. */
export function changePastTheProgram(file: string, sql: string): void {
  const raw = openRaw(file);
  const triggers = raw.prepare<[], { name: string; sql: string }>(
    `SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'`,
  );
  const away = triggers.all();
  for (const { name } of away) raw.exec(`DROP TRIGGER ${name}`);
  raw.exec(sql);
  for (const trigger of away) raw.exec(trigger.sql);
  raw.close();
}

export function freshFile(): string {
  return join(freshFolder(), 'codehall.db');
}

export function sha256(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

/** The code of the StoreError the work throws. */
export function storeErrorOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof StoreError) return error.code;
    throw error;
  }
  throw new Error('nothing was thrown');
}

/** An event at a given place of the journal; a second of charged time for each place. */
export function eventAt(seq: number, fact: SittingFact): SittingEvent {
  return { ...fact, seq, elapsedMs: seq * 1000, at: 1_000_000 + seq * 1000 };
}

export const STARTED: SittingFact = {
  type: 'started',
  payload: { settings: { order: 'front-to-back', timeFactor: 1, proctored: true, candidate: '' } },
};

export const FINISHED: SittingFact = { type: 'finished', payload: { cause: 'candidate' } };

export const RESULT: SittingResult = {
  finishedAt: 1_009_000,
  cause: 'candidate',
  elapsedMs: 9000,
  points: 3,
  scored: 5,
};

/** Starts a sitting of the small form in a journal. */
export function startIn(journal: Journal, id: string, form = edition()): void {
  journal.start(
    { id, packId: PACK_ID, formId: FORM_ID, editionHash: hashEdition(form), startedAt: 1_001_000, timeFactor: 1 },
    form,
    eventAt(1, STARTED),
  );
}

/** A journal in a fresh file with one sitting, `s1`. */
export function journalWithSitting(): { file: string; db: Db; journal: Journal } {
  const file = freshFile();
  const db = openForTest(file);
  const journal = createJournal(db);
  startIn(journal, 's1');
  return { file, db, journal };
}
