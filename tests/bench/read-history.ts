/**
 * Reads a long history once, in a process of its own: `read-history.ts FILE RUN`. Each call of the application beside
 * the same figures had by hand-written SQL, on a connection of its own; prints JSON.
 */
import Database from 'better-sqlite3';
import { createApplication } from '../../main/application.ts';
import { createDispatch } from '../../main/dispatch.ts';
import { loadLibrary } from '../../main/services/library.ts';
import { RECENT_SITTINGS } from '../../main/insight/areas.ts';
import { openDatabase } from '../../main/store/open.ts';
import { EXAMS_FOLDER } from '../../scripts/exams/folders.ts';
import { pause } from './figure.ts';
import { NO_DATA } from '../support/no-data.ts';

export type Read = 'newest' | 'open' | 'areas';

export interface Reads {
  calls: Record<Read, { oursMs: number; bareMs: number }>;
  insightMs: number;
  /** Of the rows made for lists and sums, for each answer. */
  answerBytes: number;
  /** Of all events, for each answer. */
  journalBytes: number;
}

const [file, run] = process.argv.slice(2) as [string, string];
const refuse = () => {
  throw new Error('not asked for here');
};

// The bare side first, for the application locks the file to itself.
const bare = new Database(file, { readonly: true });
const sitting = bare.prepare<[], string>('SELECT id FROM sitting ORDER BY no DESC LIMIT 1 OFFSET 20').pluck().get()!;
const sizes = new Map(
  bare
    .prepare<[], { name: string; bytes: number }>('SELECT name, sum(pgsize) AS bytes FROM dbstat GROUP BY name')
    .all()
    .map(({ name, bytes }) => [name, bytes]),
);
const answers = bare.prepare<[], number>(`SELECT count(*) FROM item_outcome WHERE answered = 1`).pluck().get()!;
bare.close();

/** By hand, the same figures by SQL alone. */
const BARE: Record<Read, (db: Database.Database) => void> = {
  newest(db) {
    db.prepare(
      `SELECT sitting.id, sitting.pack_id, sitting.form_id, sitting.started_at, result.finished_at, result.cause,
         result.elapsed_ms, result.points, result.scored, sitting.time_factor, form_edition.exam_code,
         form_edition.title, form_edition.line_percent
       FROM result JOIN sitting ON sitting.no = result.sitting_no JOIN form_edition ON form_edition.hash = edition_hash
       WHERE result.sitting_no NOT IN (SELECT sitting_no FROM deleted_sitting)
       ORDER BY result.finished_at DESC LIMIT 50`,
    ).all();
    db.prepare(
      `SELECT pack_id, form_id, exam_code, title, sittings FROM form_total JOIN form_edition ON hash = edition_hash`,
    ).all();
  },
  open(db) {
    const row = db
      .prepare<[string], { no: number; edition_hash: string }>(
        'SELECT sitting.*, result.* FROM sitting JOIN result ON sitting_no = no WHERE id = ?',
      )
      .get(sitting)!;
    // Every event, as the seal needs them, and the form's texts.
    db.prepare('SELECT * FROM sitting_event WHERE sitting_no = ? ORDER BY seq').all(row.no);
    db.prepare('SELECT content FROM form_edition WHERE hash = ?').get(row.edition_hash);
    db.prepare(
      `WITH
         item AS (
           SELECT key + 1 AS number, value ->> '$.area' AS area, value ->> '$.classicArea' AS classic,
             value ->> '$.scored' AS scored, value -> '$.key' AS keyed
           FROM form_edition, json_each(content, '$.items') WHERE hash = @hash),
         choice AS (
           SELECT payload ->> '$.number' AS number, payload -> '$.options' AS options, max(seq)
           FROM sitting_event WHERE sitting_no = @no AND type = 'responded' GROUP BY 1),
         visit AS (
           SELECT payload ->> '$.number' AS number,
             lead(elapsed_ms, 1, @endMs) OVER (ORDER BY seq) - elapsed_ms AS ms
           FROM sitting_event WHERE sitting_no = @no AND type = 'visited'),
         spent AS (SELECT number, sum(ms) AS ms FROM visit GROUP BY number)
       SELECT area, classic, sum(scored), sum(scored AND options = keyed), count(options), avg(ms)
       FROM item LEFT JOIN choice USING (number) LEFT JOIN spent USING (number) GROUP BY area, classic`,
    ).all({ no: row.no, hash: row.edition_hash, endMs: 0 });
  },
  areas(db) {
    db.prepare(`SELECT outline, area, sittings, scored, points FROM area_total WHERE exam_code = 'CPC'`).all();
    db.prepare(
      `SELECT sum(scored) FROM form_total JOIN form_edition ON hash = edition_hash WHERE exam_code = 'CPC'`,
    ).get();
    const newest = db
      .prepare<[], { hash: string }>(
        `SELECT area_outcome.*, edition_hash AS hash
         FROM (SELECT sitting_no FROM result ORDER BY finished_at DESC LIMIT ${RECENT_SITTINGS}) JOIN area_outcome USING (sitting_no)
         JOIN sitting ON sitting.no = sitting_no`,
      )
      .all();
    db.prepare(
      `SELECT outline.key, area.value ->> '$.id', area.value ->> '$.title'
       FROM form_edition, json_each(content, '$.blueprint.outlines') AS outline,
         json_each(outline.value, '$.areas') AS area
       WHERE hash = ?`,
    ).all(newest[0]!.hash);
  },
};

const OURS: Record<Read, [method: string, input: object]> = {
  newest: ['history.page', { examCode: null, form: null, sort: 'newest', from: 0, count: 50 }],
  open: ['result.show', { sittingId: sitting }],
  areas: ['history.areas', { examCode: 'CPC' }],
};

const calls = {} as Reads['calls'];
const reads = Object.keys(BARE) as Read[];
const took = (work: () => void): number => {
  const start = performance.now();
  work();
  return performance.now() - start;
};
/** Until the start has left nothing to be tidied up: a candidate's first click comes later too. */
const atRest = () => pause(300);
const bareTimes = async () => {
  const db = new Database(file, { readonly: true });
  db.prepare('SELECT 1 FROM sitting LIMIT 1').get();
  await atRest();
  const times = reads.map((read) => took(() => BARE[read](db)));
  db.close();
  return times;
};
const ourTimes = async () => {
  const db = openDatabase(file);
  const clocks = { monotonicMs: () => performance.now(), wallMs: () => Date.now() };
  const library = loadLibrary([EXAMS_FOLDER]);
  const application = createApplication({ db, library, clocks, newId: refuse, newSeed: refuse });
  const dispatch = createDispatch(
    () => application,
    refuse,
    (error) => console.error(error),
    NO_DATA,
  );
  const ask = (method: string, input: object) => {
    const reply = dispatch(method, input);
    if (!reply.ok) throw new Error(`${method}: ${reply.message}`);
  };
  await atRest();
  const times = reads.map((read) => took(() => ask(...OURS[read])));
  const insightMs = took(() => ask('insight.show', { sittingId: sitting }));
  db.close();
  return { times, insightMs };
};

// By turns, so that neither always finds what the other has left in the caches.
const first = Number(run) % 2 === 0 ? await bareTimes() : null;
const ours = await ourTimes();
const other = first ?? (await bareTimes());
reads.forEach((read, index) => (calls[read] = { oursMs: ours.times[index]!, bareMs: other[index]! }));
const bytesOf = (...names: string[]) => names.reduce((sum, name) => sum + (sizes.get(name) ?? 0), 0) / answers;
const told: Reads = {
  calls,
  insightMs: ours.insightMs,
  answerBytes: bytesOf('item_outcome', 'item_outcome_item'),
  journalBytes: bytesOf('sitting_event', 'sitting_event_request'),
};
console.log(JSON.stringify(told));
