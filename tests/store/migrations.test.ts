import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { MIGRATIONS } from '../../main/store/migrations.ts';
import { createHistory } from '../../main/store/history.ts';
import { openDatabase } from '../../main/store/open.ts';
import { freshFile, openForTest, openRaw, sha256 } from '../support/database.ts';

/** SHA-256 of each released step. A step that differs from its line here would part old databases from new ones. */
const FROZEN = [
  'aab6d5e0223f971644ce15a2ba3b6b889ba06f71dede572f176d590ff1259e8e',
  '15903425b74630d3ee8492346da463910c18b9446f28554dcfff9a8c1083d30c',
  '7d8b5bcf6b3a7dd0fdc30a385180613b417c313a95c6c9f1c184dac9c552b184',
  '0d6f756768c73ddf27bf6bfdaf9c6d2023f090863a71446cd67991e6d50877d5',
];

it('keeps every released step as it was', () => {
  expect(MIGRATIONS.map((step) => createHash('sha256').update(step).digest('hex'))).toEqual(FROZEN);
});

it('counts the steps a database has taken', () => {
  expect(openForTest(freshFile()).pragma('user_version', { simple: true })).toBe(MIGRATIONS.length);
});

/** A database as a program with fewer steps left it. */
function oldFile(steps: number): string {
  const file = freshFile();
  const db = openRaw(file);
  db.pragma('journal_mode = WAL');
  for (const step of MIGRATIONS.slice(0, steps)) db.exec(step);
  db.exec(`
    INSERT INTO form_edition VALUES ('h', '{"pack":{"exam":{"code":"OLD"}},"form":{"title":"Old form"},"blueprint":{"line":{"percent":65}}}');
    INSERT INTO sitting VALUES (1, 'old', 'h', 'p', 'f', 5);
    INSERT INTO sitting_event VALUES (1, 1, NULL, 0, 5, 'started', '{"settings":{"timeFactor":1.5}}');
    INSERT INTO sitting_event VALUES (1, 2, NULL, 7, 9, 'finished', '{}');
    INSERT INTO result VALUES (1, 9, 'candidate', 7, 3, 5, 'seal');
  `);
  db.pragma(`user_version = ${steps}`);
  db.close();
  return file;
}

it('keeps what an older program stored, and lists it', () => {
  const db = openForTest(oldFile(1));
  expect(createHistory(db).newest(5)).toEqual([
    {
      ...{ sittingId: 'old', packId: 'p', formId: 'f', startedAt: 5, finishedAt: 9, cause: 'candidate' },
      ...{
        elapsedMs: 7,
        points: 3,
        scored: 5,
        timeFactor: 1.5,
        examCode: 'OLD',
        formTitle: 'Old form',
        linePercent: 65,
      },
    },
  ]);
});

it('counts the sittings of an older program, and those it had deleted when they are put back', () => {
  const file = oldFile(1);
  const raw = openRaw(file);
  for (const step of MIGRATIONS.slice(1, 3)) raw.exec(step);
  raw.exec(`
    INSERT INTO sitting (no, id, edition_hash, pack_id, form_id, started_at) VALUES (2, 'other', 'h', 'p', 'g', 6);
    INSERT INTO result (sitting_no, finished_at, cause, elapsed_ms, points, scored, seal)
    VALUES (2, 10, 'declined', 0, NULL, 5, 'seal');
    INSERT INTO deleted_sitting VALUES (2, 11);
    PRAGMA user_version = 3;`);
  raw.close();
  const db = openForTest(file);
  const counts = () => createHistory(db).counts();
  expect(counts()).toMatchObject([{ formId: 'f', sittings: 1, scored: 1 }]);
  db.exec('DELETE FROM deleted_sitting');
  expect(counts()).toMatchObject([
    { formId: 'f', sittings: 1, scored: 1 },
    { formId: 'g', sittings: 1, scored: 0 },
  ]);
});

it('shows the older database before it is changed, and leaves it when that fails', () => {
  const file = oldFile(1);
  const before = sha256(file);
  const full = () => {
    throw new Error('no room for a backup');
  };
  expect(() => openDatabase(file, full)).toThrow('no room for a backup');
  expect(sha256(file)).toBe(before);
  let seen = 0;
  openDatabase(file, (db) => (seen = db.pragma('user_version', { simple: true }) as number)).close();
  expect(seen).toBe(1);
  openDatabase(file, full).close();
});

it('does not touch the database of another program', () => {
  const file = freshFile();
  openRaw(file).exec('CREATE TABLE result (mine)').close();
  expect(() => openDatabase(file)).toThrow(/is not laid out as Codehall wrote it/);
  const db = openRaw(file);
  expect(db.pragma('user_version', { simple: true })).toBe(0);
  expect(db.prepare('SELECT name FROM sqlite_schema').pluck().all()).toEqual(['result']);
});

it.each([
  ['the events of a sitting', 'SELECT * FROM sitting_event WHERE sitting_no = 1 ORDER BY seq'],
  ['a request', `SELECT * FROM sitting_event WHERE request_id = 'x'`],
  ['the newest results', 'SELECT * FROM result ORDER BY finished_at DESC LIMIT 50'],
  ['a sitting', `SELECT * FROM sitting WHERE id = 'x'`],
])('finds %s by an index, without reading or sorting a whole table', (_, sql) => {
  const plan = openForTest(freshFile()).prepare(`EXPLAIN QUERY PLAN ${sql}`).all() as { detail: string }[];
  for (const { detail } of plan) expect(detail).toMatch(/USING (PRIMARY KEY|(COVERING )?INDEX)/);
});
