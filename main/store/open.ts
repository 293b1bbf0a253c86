/** Opens the database: settings, single writer, migrations. */
import Database from 'better-sqlite3';
import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { StoreError, toStoreError } from './errors.ts';
import { MIGRATIONS } from './migrations.ts';

export type Db = Database.Database;

/** `PRAGMA synchronous` as a number: a commit returns when the disk has it. */
const SYNCHRONOUS_FULL = 2;

/**
 * Opens or creates the database file and brings it to the newest schema.
 * The connection holds the file's lock until it is closed, so that there is one writer.
 * @param beforeMigration is given a database of an older schema before it is changed; what it throws ends the opening.
 * @throws StoreError 'in-use', 'newer', 'damaged', 'read-only' or 'not-saved'; a file it refuses is left as it was.
 */
export function openDatabase(file: string, beforeMigration: (db: Db) => void = () => {}): Db {
  let db: Db | undefined;
  try {
    mkdirSync(dirname(file), { recursive: true });
    // SQLite says only that it cannot open a file where it may not write; the system says why.
    accessSync(dirname(file), constants.W_OK);
    let looked = true;
    if (existsSync(file)) {
      if (!statSync(file).isFile()) throw new StoreError('damaged', `${file} is a folder, not a file.`);
      accessSync(file, constants.R_OK | constants.W_OK);
      if (statSync(file).size > 0) looked = refuseBeforeTouching(file);
    }
    db = new Database(file, { timeout: 0 });
    if (!looked) refuseOthers(db, file);
    setUp(db);
    migrate(db, beforeMigration);
    return db;
  } catch (error) {
    db?.close();
    // Statements that always fit do not fit this file.
    if ((error as { code?: unknown }).code === 'SQLITE_ERROR')
      throw new StoreError('damaged', `${file} cannot be read (${(error as Error).message}).`, error);
    throw toStoreError(error, file);
  }
}

/**
 * Reads through a read-only connection, which writes neither the file nor its log; at most it leaves an empty one.
 * @returns whether it could look: what was cut off at the creation is undone by a connection that writes.
 */
function refuseBeforeTouching(file: string): boolean {
  const db = new Database(file, { readonly: true, timeout: 0 });
  try {
    refuseOthers(db, file);
    refuseCutOff(db, file);
    return true;
  } catch (error) {
    if ((error as { code?: unknown }).code === 'SQLITE_READONLY_ROLLBACK') return false;
    throw error;
  } finally {
    db.close();
  }
}

/**
 * A file that ends within a page was cut off. SQLite notices whole pages that are missing, but takes the rest of the last
 * one for zeros. While the log holds something, a crash may have left the file like that.
 */
function refuseCutOff(db: Db, file: string): void {
  const log = `${file}-wal`;
  if (existsSync(log) && statSync(log).size > 0) return;
  const odd = statSync(file).size % (db.pragma('page_size', { simple: true }) as number);
  if (odd > 0) throw new StoreError('damaged', `${file} cannot be read (it ends in the middle of a page).`);
}

/**
 * The quick check at each start: tables, indexes and triggers are those that this program or an older one made. The full
 * one is in check.ts.
 */
function refuseOthers(db: Db, file: string): void {
  const version = db.pragma('user_version', { simple: true }) as number;
  const schema = schemaOf(db);
  if (version >= 0 && version <= MIGRATIONS.length && schema === schemaAfter(version)) return;
  // Laid out as by this program, it is not newer: its number is damaged.
  if (version > MIGRATIONS.length && schema !== schemaAfter(MIGRATIONS.length))
    throw new StoreError(
      'newer',
      `${file} was written by a newer Codehall (schema ${version}, this one knows ${MIGRATIONS.length}). It was left untouched.`,
    );
  throw new StoreError('damaged', `${file} is not laid out as Codehall wrote it.`);
}

function setUp(db: Db): void {
  db.pragma('locking_mode = EXCLUSIVE');
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  if (process.platform === 'darwin') db.pragma('fullfsync = ON');
  db.pragma('foreign_keys = ON');
  // The first read settles what WAL mode does to `synchronous`; better-sqlite3 13 falls back to NORMAL there unless told.
  db.prepare('SELECT count(*) FROM sqlite_schema').get();
  // A write takes the exclusive lock now rather than at the first answer.
  db.exec('BEGIN IMMEDIATE; COMMIT');
  if (db.pragma('synchronous', { simple: true }) !== SYNCHRONOUS_FULL)
    throw new Error('the database connection is not at synchronous=FULL; an answer could be lost at a power cut');
  if (db.pragma('journal_mode', { simple: true }) !== 'wal') throw new Error('the database is not in WAL mode');
}

function migrate(db: Db, beforeMigration: (db: Db) => void): void {
  const version = db.pragma('user_version', { simple: true }) as number;
  if (version > 0 && version < MIGRATIONS.length) beforeMigration(db);
  for (let step = version; step < MIGRATIONS.length; step++)
    db.transaction(() => {
      db.exec(MIGRATIONS[step]!);
      db.pragma(`user_version = ${step + 1}`);
    }).immediate();
}

/**
 * Moves what the log holds into the database itself. SQLite does not notice a log that is lost or goes bad: it takes what
 * was before for the newest.
 */
export function emptyLog(db: Db): void {
  db.pragma('wal_checkpoint(TRUNCATE)');
}

/** The layout after a number of steps. */
function schemaAfter(steps: number): string {
  const fresh = new Database(':memory:');
  try {
    for (const step of MIGRATIONS.slice(0, steps)) fresh.exec(step);
    return schemaOf(fresh);
  } finally {
    fresh.close();
  }
}

function schemaOf(db: Db): string {
  return JSON.stringify(db.prepare('SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name').all());
}
