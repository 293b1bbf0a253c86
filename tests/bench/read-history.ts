/**
 * Reads a long history once, in a process of its own: `read-history.ts FILE RUN`. Each call of the application beside
 * the bare SQL it rests on, on a connection of its own; prints JSON.
 */
import Database from 'better-sqlite3';
import { createApplication } from '../../main/application.ts';
import { createDispatch } from '../../main/dispatch.ts';
import { loadLibrary } from '../../main/services/library.ts';
import { openDatabase } from '../../main/store/open.ts';
import { EXAMS_FOLDER } from '../../scripts/exams/folders.ts';
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

const BARE: Record<Read, (db: Database.Database) => void> = {
  newest(db) {
    db.prepare(
      `SELECT sitting.id, sitting.pack_id, sitting.form_id, sitting.started_at, result.finished_at, result.cause,
         result.elapsed_ms, result.points, result.scored, sitting.time_factor, form_edition.exam_code,
         form_edition.title, form_edition.line_percent
       FROM result JOIN sitting ON sitting.no = result.sitting_no JOIN form_edition ON form_edition.hash = edition_hash
       ORDER BY result.finished_at DESC, sitting.no DESC LIMIT 50`,
    ).all();
  },
  open(db) {
    const row = db
      .prepare<[string], { no: number; edition_hash: string }>('SELECT * FROM sitting WHERE id = ?')
      .get(sitting)!;
    db.prepare('SELECT content FROM form_edition WHERE hash = ?').get(row.edition_hash);
    db.prepare('SELECT * FROM sitting_event WHERE sitting_no = ? ORDER BY seq').all(row.no);
    db.prepare('SELECT * FROM result WHERE sitting_no = ?').get(row.no);
  },
  areas(db) {
    db.prepare(`SELECT outline, area, sittings, scored, points FROM area_total WHERE exam_code = 'CPC'`).all();
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
const bareTimes = () => {
  const db = new Database(file, { readonly: true });
  db.prepare('SELECT 1 FROM sitting LIMIT 1').get();
  const times = reads.map((read) => took(() => BARE[read](db)));
  db.close();
  return times;
};
const ourTimes = () => {
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
  const times = reads.map((read) => took(() => ask(...OURS[read])));
  const insightMs = took(() => ask('insight.show', { sittingId: sitting }));
  db.close();
  return { times, insightMs };
};

// By turns, so that neither always finds what the other has left in the caches.
const first = Number(run) % 2 === 0 ? bareTimes() : null;
const ours = ourTimes();
const other = first ?? bareTimes();
reads.forEach((read, index) => (calls[read] = { oursMs: ours.times[index]!, bareMs: other[index]! }));
const bytesOf = (...names: string[]) => names.reduce((sum, name) => sum + (sizes.get(name) ?? 0), 0) / answers;
const told: Reads = {
  calls,
  insightMs: ours.insightMs,
  answerBytes: bytesOf('item_outcome', 'item_outcome_item'),
  journalBytes: bytesOf('sitting_event', 'sitting_event_request'),
};
console.log(JSON.stringify(told));
