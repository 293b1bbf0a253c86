import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { MIGRATIONS } from '../../main/store/migrations.ts';
import { openDatabase } from '../../main/store/open.ts';
import { freshFile, openForTest, openRaw } from '../support/database.ts';

/** SHA-256 of each released step. A step that differs from its line here would part old databases from new ones. */
const FROZEN = ['aab6d5e0223f971644ce15a2ba3b6b889ba06f71dede572f176d590ff1259e8e'];

it('keeps every released step as it was', () => {
  expect(MIGRATIONS.map((step) => createHash('sha256').update(step).digest('hex'))).toEqual(FROZEN);
});

it('counts the steps a database has taken', () => {
  expect(openForTest(freshFile()).pragma('user_version', { simple: true })).toBe(MIGRATIONS.length);
});

it('is one transaction a step: a failure leaves the database at the step before', () => {
  const file = freshFile();
  // A table of the first step's name is in its way.
  openRaw(file).exec('CREATE TABLE result (mine)').close();
  expect(() => openDatabase(file)).toThrow(/already exists/);
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
