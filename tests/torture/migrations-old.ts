/** Databases as an earlier version of the program left them, and whether all of one is still there. */
import Database from 'better-sqlite3';
import { createHash } from 'node:crypto';
import type { FormEdition } from '../../main/exam/edition.ts';
import type { SittingEvent, SittingFact } from '../../main/exam/events.ts';
import { resultOf } from '../../main/exam/scoring.ts';
import { fold } from '../../main/exam/sitting.ts';
import { hashEdition } from '../../main/store/journal.ts';
import { MIGRATIONS } from '../../main/store/migrations.ts';
import { crcOfEvent, crcOfSitting, sealOf, signed, type EventRow } from '../../main/store/seal.ts';
import { edition, FORM_ID, PACK_ID } from '../support/pack.ts';

/** When the first sitting began, ms since 1970. */
const BEGIN = Date.UTC(2026, 0, 5, 9);
const DAY_MS = 24 * 60 * 60 * 1000;

type Insert = (table: string, row: Record<string, string | number | null>) => void;

/** How much is in a database. */
export interface Size {
  sittings: number;
  /** Of each sitting. */
  events: number;
}

/** The layout of a database after a number of steps, as text. */
export function schemaAfter(steps: number): string {
  const db = new Database(':memory:');
  for (const step of MIGRATIONS.slice(0, steps)) db.exec(step);
  const schema = schemaOf(db);
  db.close();
  return schema;
}

/** The layout of a database as text. */
export function schemaOf(db: Database.Database): string {
  return JSON.stringify(db.prepare('SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name').all());
}

/**
 * Makes a database as a program with fewer steps left it, its rows those which that program would have written; every
 * fourth sitting is unfinished. With 0 steps it is an empty file.
 */
export function makeOldDatabase(file: string, steps: number, { sittings, events }: Size): void {
  const db = new Database(file);
  if (steps === 0) {
    db.close();
    return;
  }
  db.pragma('journal_mode = WAL');
  for (const step of MIGRATIONS.slice(0, steps)) db.exec(step);
  db.pragma(`user_version = ${steps}`);
  const insert = inserter(db);
  const form = edition();
  const hash = hashEdition(form);
  const { pack, blueprint } = form;
  db.transaction(() => {
    insert('form_edition', {
      ...{ hash, content: JSON.stringify(form), exam_code: pack.exam.code, title: form.form.title },
      line_percent: blueprint.line.percent,
    });
    for (let no = 1; no <= sittings; no++) insertSitting(insert, form, hash, no, events);
  })();
  db.close();
}

function insertSitting(insert: Insert, form: FormEdition, hash: string, no: number, count: number): void {
  const startedAt = BEGIN + no * DAY_MS;
  const timeFactor = no % 3 === 0 ? 1.5 : 1;
  const isFinished = no % 4 !== 0;
  const sitting = {
    ...{ id: `old-${no}`, pack_id: PACK_ID, form_id: FORM_ID, edition_hash: hash, started_at: startedAt },
    time_factor: timeFactor,
  };
  insert('sitting', { no, ...sitting });
  const events = Array.from({ length: count }, (_, index): SittingEvent => {
    const fact = factAt(index + 1, isFinished && index + 1 === count, timeFactor);
    return { ...fact, seq: index + 1, elapsedMs: index * 700, at: startedAt + index * 700 };
  });
  let crc = crcOfSitting(sitting);
  const rows = events.map(({ seq, elapsedMs, at, type, payload }): EventRow => {
    const request_id = seq > 1 ? `old-request-${no}-${seq}` : null;
    const row = { seq, request_id, elapsed_ms: elapsedMs, at, type, payload: JSON.stringify(payload) };
    crc = crcOfEvent(row, crc);
    return { ...row, crc: signed(crc) };
  });
  for (const row of rows) insert('sitting_event', { sitting_no: no, ...row });
  const { items, finished, elapsedMs } = fold(form, events);
  if (!finished)
    return insert('heartbeat', {
      sitting_no: no,
      seq: count,
      elapsed_ms: elapsedMs,
      at: BEGIN,
      left_hall: 1,
      crc: null,
    });
  const responses = items.map(({ response }) => response);
  const { finishedAt, cause, points, scored } = resultOf(form, responses, finished, elapsedMs);
  const seal = sealOf(rows);
  insert('result', { sitting_no: no, finished_at: finishedAt, cause, elapsed_ms: elapsedMs, points, scored, seal });
}

/** SHA-256 over every row of every table, in the columns that a program with so many steps knew. */
export function digestOf(db: Database.Database, steps: number): string {
  const old = new Database(':memory:');
  for (const step of MIGRATIONS.slice(0, steps)) old.exec(step);
  const hash = createHash('sha256');
  const tables = old.prepare<[], string>(`SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name`).pluck();
  for (const table of tables.all()) {
    const columns = (old.pragma(`table_info(${table})`) as { name: string; pk: number }[]).sort((a, b) => a.pk - b.pk);
    const names = columns.map(({ name }) => name).join(', ');
    const order = columns.filter(({ pk }) => pk > 0).map(({ name }) => name);
    const rows = db.prepare(`SELECT ${names} FROM ${table} ORDER BY ${order.join(', ')}`).raw();
    hash.update(table);
    for (const row of rows.iterate()) hash.update(JSON.stringify(row));
  }
  old.close();
  return hash.digest('hex');
}

/** Puts rows into a database, leaving out the columns it does not have yet. */
function inserter(db: Database.Database): Insert {
  const known = new Map<string, { names: string[]; statement: Database.Statement }>();
  return (table, row) => {
    let into = known.get(table);
    if (!into) {
      const columns = (db.pragma(`table_info(${table})`) as { name: string }[]).map(({ name }) => name);
      const names = columns.filter((name) => name in row);
      const marks = names.map(() => '?').join(', ');
      into = { names, statement: db.prepare(`INSERT INTO ${table} (${names.join(', ')}) VALUES (${marks})`) };
      known.set(table, into);
    }
    into.statement.run(into.names.map((name) => row[name]));
  };
}

function factAt(seq: number, isLast: boolean, timeFactor: 1 | 1.5): SittingFact {
  if (isLast) return { type: 'finished', payload: { cause: 'candidate' } };
  if (seq === 1)
    return {
      type: 'started',
      payload: { settings: { order: 'front-to-back', timeFactor, proctored: true, candidate: 'Ada Byron' } },
    };
  if (seq === 2) return { type: 'agreed', payload: {} };
  const number = 1 + (seq % 6);
  if (seq % 5 === 0) return { type: 'visited', payload: { number } };
  if (seq % 7 === 0) return { type: 'noted', payload: { number, text: `Note ${seq}: look again at the laterality.` } };
  return { type: 'responded', payload: { number, options: ['abcd'[seq % 4]!] } };
}
