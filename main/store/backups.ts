/**
 * Copies of the database, kept beside it in `backups/`: before each migration, after each finished sitting and daily.
 * A copy bears its final name only when it is on disk and has passed the full check.
 */
import Database from 'better-sqlite3';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { checkDatabase } from './check.ts';
import { StoreError, toStoreError } from './errors.ts';
import { createJournal } from './journal.ts';
import { MIGRATIONS } from './migrations.ts';
import type { Db } from './open.ts';
import { discard } from '../write-file.ts';

/** How many are kept. */
const KEPT_BACKUPS = 10;

/** Ends the name of a copy that is still being made. */
const UNFINISHED = '.unfinished';

const DAY_MS = 24 * 60 * 60 * 1000;

/** Ends the name of a database that is on its way to the place of another. */
export const INCOMING = '.incoming';

export type BackupReason = 'migration' | 'sitting' | 'daily';

export interface Backup {
  /** File name inside the folder. */
  name: string;
  /** When it was made, ms since 1970. */
  at: number;
  reason: BackupReason;
  bytes: number;
}

/** `codehall-20261122T150405678Z-daily.db` */
const NAME = /^codehall-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z-(migration|sitting|daily)\.db$/;

/** The folder of a database's backups. */
export function backupFolder(file: string): string {
  return join(dirname(file), 'backups');
}

/** Backups of a database file, newest first; none when there is no such folder. */
export function listBackups(file: string): Backup[] {
  const folder = backupFolder(file);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .flatMap((name) => {
      const parts = NAME.exec(name);
      if (!parts) return [];
      const [, year, month, day, hour, minute, second, ms, reason] = parts;
      const at = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${ms}Z`);
      return [{ name, at, reason: reason as BackupReason, bytes: statSync(join(folder, name)).size }];
    })
    .sort((a, b) => b.at - a.at || b.name.localeCompare(a.name));
}

/**
 * Takes away what a backup left that was cut off. To be called while none is being made. What cannot be taken away, since
 * another program reads it, stays until the next time: it keeps nobody from the history.
 */
export function clearUnfinished(file: string): void {
  const folder = backupFolder(file);
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) if (name.includes(UNFINISHED)) discard(join(folder, name));
}

/** Whether a daily backup is due; one from after `now` was made by a clock that has been set back. @param now ms since 1970. */
export function isDailyDue(file: string, now: number): boolean {
  const newest = listBackups(file).find(({ at }) => at <= now);
  return newest === undefined || now - newest.at >= DAY_MS;
}

/**
 * Makes a checked backup of an open database while it goes on, and lets the oldest go.
 * @param now ms since 1970. @param pause gives the program a turn; called between the steps of the check.
 * @throws StoreError 'damaged' when the copy does not pass the check, 'not-saved' when it could not be written.
 */
export async function makeBackup(
  db: Db,
  file: string,
  reason: BackupReason,
  now: number,
  pause: () => Promise<void>,
): Promise<Backup> {
  const { name, unfinished, path } = place(file, reason, now);
  try {
    await db.backup(unfinished);
    await verify(unfinished, pause);
    settle(unfinished, path);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw toStoreError(error, path);
  }
  letOldestGo(file, now);
  return { name, at: now, reason, bytes: statSync(path).size };
}

/**
 * The same at once, before a migration. The full check is left out: it knows the newest schema only. SQLite's own is made.
 * @throws StoreError
 */
export function backupBeforeMigration(db: Db, file: string, now: number): void {
  const { unfinished, path } = place(file, 'migration', now);
  try {
    db.prepare('VACUUM INTO ?').run(unfinished);
    const copy = new Database(unfinished, { readonly: true });
    try {
      if (copy.pragma('integrity_check(1)', { simple: true }) !== 'ok')
        throw new StoreError('damaged', `${file} is damaged.`);
    } finally {
      copy.close();
    }
    settle(unfinished, path);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw toStoreError(error, path);
  }
  letOldestGo(file, now);
}

/**
 * Puts a backup in the place of the database, which must not be open. The present file is kept beside it under the
 * name that is returned, or `null` where there is none.
 * @param now ms since 1970.
 * @throws RangeError when there is no such backup. @throws StoreError when it cannot be read or written.
 */
export function restoreBackup(file: string, name: string, now: number): string | null {
  if (!listBackups(file).some((backup) => backup.name === name)) throw new RangeError(`no backup ${name}`);
  const incoming = file + INCOMING;
  try {
    // A copy through SQLite reads every page: a backup that has gone bad is noticed here.
    const backup = new Database(join(backupFolder(file), name), { readonly: true });
    try {
      // Put in the place of the database, it would keep this program from starting.
      if ((backup.pragma('user_version', { simple: true }) as number) > MIGRATIONS.length)
        throw new StoreError('newer', `${name} was made by a newer Codehall. Nothing was changed.`);
      rmSync(incoming, { force: true });
      backup.prepare('VACUUM INTO ?').run(incoming);
    } finally {
      backup.close();
    }
    const aside = putAside(file, now);
    settle(incoming, file);
    return aside;
  } catch (error) {
    rmSync(incoming, { force: true });
    throw toStoreError(error, file);
  }
}

/**
 * Renames a database and what belongs to it, so that the file's name is free. Nothing is deleted.
 * @returns the name it is kept under, `null` where there is none.
 */
export function putAside(file: string, now: number): string | null {
  if (!existsSync(file)) return null;
  const aside = `${file.replace(/\.db$/, '')}-kept-${stamp(now)}.db`;
  // The log first: alone, it would be taken for that of the next database.
  for (const suffix of ['-wal', '-shm', '']) if (existsSync(file + suffix)) renameSync(file + suffix, aside + suffix);
  return basename(aside);
}

function place(file: string, reason: BackupReason, now: number) {
  const folder = backupFolder(file);
  mkdirSync(folder, { recursive: true });
  const name = `codehall-${stamp(now)}-${reason}.db`;
  const unfinished = join(folder, name + UNFINISHED);
  rmSync(unfinished, { force: true });
  return { name, unfinished, path: join(folder, name) };
}

async function verify(copy: string, pause: () => Promise<void>): Promise<void> {
  const db = new Database(copy);
  try {
    // A copy has a log of its own no more than it needs one: it is one file.
    db.pragma('journal_mode = DELETE');
    const check = checkDatabase(db, createJournal(db));
    for (let step = check.next(); ; step = check.next()) {
      const [damage] = step.value;
      if (damage) throw new StoreError('damaged', `A copy of the history shows damage: ${damage.message}.`);
      if (step.done) return;
      await pause();
    }
  } finally {
    db.close();
  }
}

/** Gives a file its final name once the disk has it. */
function settle(unfinished: string, path: string): void {
  sync(unfinished, 'r+');
  renameSync(unfinished, path);
  // Windows has no handle for a folder; its file system keeps the rename itself.
  if (process.platform !== 'win32') sync(dirname(path), 'r');
}

function sync(path: string, flags: 'r' | 'r+'): void {
  const handle = openSync(path, flags);
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Those from after `now` were made by a clock that has been set back since: they are older than they say, and go first. */
function letOldestGo(file: string, now: number): void {
  const all = listBackups(file);
  const byAge = [...all.filter(({ at }) => at <= now), ...all.filter(({ at }) => at > now)];
  for (const { name } of byAge.slice(KEPT_BACKUPS)) rmSync(join(backupFolder(file), name), { force: true });
}

/** `20261122T150405678Z` */
function stamp(now: number): string {
  return new Date(now).toISOString().replaceAll(/[-:.]/g, '');
}
