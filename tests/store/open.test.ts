import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { MIGRATIONS } from '../../main/store/migrations.ts';
import { createJournal } from '../../main/store/journal.ts';
import { openDatabase } from '../../main/store/open.ts';
import { freshFile, openForTest, openRaw, sha256, startIn, storeErrorOf } from '../support/database.ts';
import { withoutRights } from '../support/without-rights.ts';

describe('the connection', () => {
  it('returns from a commit when the disk has it: WAL with synchronous=FULL', () => {
    const db = openForTest(freshFile());
    db.exec('CREATE TABLE probe (a); INSERT INTO probe VALUES (1)');
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(db.pragma('synchronous', { simple: true })).toBe(2);
    expect(db.pragma('foreign_keys', { simple: true })).toBe(1);
    expect(db.pragma('locking_mode', { simple: true })).toBe('exclusive');
  });

  it('has the same settings on a database it finds', () => {
    const file = freshFile();
    openDatabase(file).close();
    const db = openForTest(file);
    expect(db.pragma('synchronous', { simple: true })).toBe(2);
    expect(db.pragma('user_version', { simple: true })).toBe(MIGRATIONS.length);
  });

  it('makes the folder it is to lie in', () => {
    const file = join(dirname(freshFile()), 'a', 'b', 'codehall.db');
    openForTest(file);
    expect(readdirSync(dirname(file))).toContain('codehall.db');
  });

  it('is the only one: a second is told that the file is in use, before anything is written', () => {
    const file = freshFile();
    const first = openForTest(file);
    expect(storeErrorOf(() => openDatabase(file))).toBe('in-use');
    startIn(createJournal(first), 's1');
    expect(storeErrorOf(() => openDatabase(file))).toBe('in-use');
    first.close();
    expect(createJournal(openForTest(file)).unfinished()).toEqual(['s1']);
  });

  it('lets the next one in as soon as it is closed', () => {
    const file = freshFile();
    openDatabase(file).close();
    openDatabase(file).close();
    expect(openForTest(file).open).toBe(true);
  });
});

describe('a database of a newer program', () => {
  const newerFile = () => {
    const file = freshFile();
    openDatabase(file).close();
    const db = openRaw(file);
    db.exec(`CREATE TABLE of_the_future (a); INSERT INTO of_the_future VALUES (1)`);
    db.pragma(`user_version = ${MIGRATIONS.length + 1}`);
    return { file, db };
  };

  it('is refused by name, every byte as it was and nothing written to its log', () => {
    const { file, db } = newerFile();
    db.close();
    const before = sha256(file);
    expect(storeErrorOf(() => openDatabase(file))).toBe('newer');
    expect(() => openDatabase(file)).toThrow(/newer Codehall \(schema \d+, this one knows \d+\)/);
    expect(sha256(file)).toBe(before);
    if (existsSync(`${file}-wal`)) expect(statSync(`${file}-wal`).size).toBe(0);
  });

  it('is refused where the newer program crashed and its log still holds what is new', () => {
    const { file } = newerFile();
    // Copied while the writer lives: what a crash leaves.
    const crashed = join(dirname(file), 'crashed.db');
    copyFileSync(file, crashed);
    copyFileSync(`${file}-wal`, `${crashed}-wal`);
    const before = [sha256(crashed), sha256(`${crashed}-wal`)];
    expect(storeErrorOf(() => openDatabase(crashed))).toBe('newer');
    expect([sha256(crashed), sha256(`${crashed}-wal`)]).toEqual(before);
  });
});

describe('a file that is no database', () => {
  it('is refused as damaged and left as it was', () => {
    const file = freshFile();
    writeFileSync(file, 'this is no database, '.repeat(1000));
    const before = sha256(file);
    expect(storeErrorOf(() => openDatabase(file))).toBe('damaged');
    expect(sha256(file)).toBe(before);
  });

  it('is refused as damaged when only its header is right', () => {
    const file = freshFile();
    openDatabase(file).close();
    const bytes = readFileSync(file);
    bytes.fill(0xff, 100);
    writeFileSync(file, bytes);
    expect(storeErrorOf(() => openDatabase(file))).toBe('damaged');
    expect(readFileSync(file).equals(bytes)).toBe(true);
  });

  it.each([1, 4095, 4096, 9000])('is refused as damaged when its last %d bytes are missing', (missing) => {
    const file = freshFile();
    openDatabase(file).close();
    const bytes = readFileSync(file).subarray(0, -missing);
    writeFileSync(file, bytes);
    expect(storeErrorOf(() => openDatabase(file))).toBe('damaged');
    expect(readFileSync(file).equals(bytes)).toBe(true);
  });

  it('is not taken for cut off while its log still holds what it lacks', () => {
    const file = freshFile();
    const db = openDatabase(file);
    db.pragma('wal_autocheckpoint = 0');
    startIn(createJournal(db), 's1');
    const copy = join(dirname(freshFile()), 'copy.db');
    copyFileSync(`${file}-wal`, `${copy}-wal`);
    writeFileSync(copy, readFileSync(file).subarray(0, -1));
    db.close();
    expect(createJournal(openForTest(copy)).unfinished()).toEqual(['s1']);
  });

  it('but empty, as a crash at its creation leaves it, becomes one', () => {
    const file = freshFile();
    writeFileSync(file, '');
    const db = openForTest(file);
    startIn(createJournal(db), 's1');
    expect(createJournal(db).unfinished()).toEqual(['s1']);
  });
});

const OPEN = new URL('../../main/store/open.ts', import.meta.url);
const WRAP = withoutRights(fileURLToPath(OPEN));

/** Opens the file as a user without rights and says how that ended. */
function openWithoutRights(file: string): string {
  const script = `
    const { openDatabase } = await import(${JSON.stringify(OPEN.href)});
    try { openDatabase(${JSON.stringify(file)}).close(); console.log('opened'); }
    catch (error) { console.log(error.code); }`;
  const [program, ...args] = [...WRAP!, process.execPath, '--input-type=module', '-e', script];
  const run = spawnSync(program!, args, { encoding: 'utf8' });
  if (run.status !== 0) throw new Error(run.stderr || String(run.error));
  return run.stdout.trim();
}

if (!WRAP) console.warn('SKIPPED: a data folder without the right to write. This process cannot give its rights up.');

describe.skipIf(!WRAP)('without the right to write', () => {
  it('a folder is refused as read-only', () => {
    const folder = join(dirname(freshFile()), 'locked');
    mkdirSync(folder);
    chmodSync(dirname(folder), 0o755);
    chmodSync(folder, 0o555);
    expect(openWithoutRights(join(folder, 'codehall.db'))).toBe('read-only');
    expect(openWithoutRights(join(folder, 'sub', 'codehall.db'))).toBe('read-only');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('a file is refused as read-only and left as it was', () => {
    const file = freshFile();
    openDatabase(file).close();
    chmodSync(dirname(file), 0o777);
    chmodSync(file, 0o444);
    const before = sha256(file);
    expect(openWithoutRights(file)).toBe('read-only');
    expect(sha256(file)).toBe(before);
  });

  it('a database in a read-only folder is refused as read-only', () => {
    const file = freshFile();
    openDatabase(file).close();
    chmodSync(file, 0o444);
    chmodSync(dirname(file), 0o555);
    expect(openWithoutRights(file)).toBe('read-only');
  });
});
