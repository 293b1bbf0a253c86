/** Data folders that are not as they should be, and what the program must say of each. */
import Database from 'better-sqlite3';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DATABASE } from '../../main/program.ts';
import type { StoreErrorCode } from '../../main/store/errors.ts';
import { MIGRATIONS } from '../../main/store/migrations.ts';
import type { Dice } from './dice.ts';
import { attempt } from './files-attempt.ts';
import { makeOldDatabase } from './migrations-old.ts';

const SIZE = { sittings: 4, events: 40 };

/** Where a case is made. */
export interface Place {
  /** Free to be made; what it holds at first is an empty folder. */
  dataDir: string;
  exams: string;
  dice: Dice;
}

/** What is to be done when the program was tried; it throws where something else broke meanwhile. */
type End = () => Promise<void>;
type Make = (place: Place) => End | void | Promise<End | void>;

export interface Case {
  name: string;
  /** Of the error that openDatabase throws; `null` where it must open. */
  code: StoreErrorCode | null;
  /** What the message must say, beside the file's name. */
  says: RegExp;
  /** Whether the program is to run without rights to the folder. */
  withoutRights?: true;
  make: Make;
}

const databaseIn = (place: Place) => join(place.dataDir, DATABASE);

/** A database of this program with a little history. */
function makeSound(place: Place): string {
  makeOldDatabase(databaseIn(place), MIGRATIONS.length, SIZE);
  return databaseIn(place);
}

/** A database of another program, which may number its versions as this one does. */
function makeForeign(place: Place, version: number): void {
  const db = new Database(databaseIn(place));
  if (place.dice.chance(0.5)) db.pragma('journal_mode = WAL');
  db.exec(`
    CREATE TABLE bookmark (id INTEGER PRIMARY KEY, title TEXT, url TEXT NOT NULL);
    CREATE INDEX bookmark_title ON bookmark (title);
    INSERT INTO bookmark (title, url) VALUES ('One', 'https://one.example'), ('Two', 'https://two.example');`);
  // One of its tables may be called as one of this program's.
  if (place.dice.chance(0.3)) db.exec(`CREATE TABLE result (id INTEGER PRIMARY KEY); INSERT INTO result VALUES (7)`);
  db.pragma(`user_version = ${version}`);
  db.close();
}

/** What a process that has the database open has done to it. */
const LOCKS = [
  'BEGIN EXCLUSIVE',
  'BEGIN IMMEDIATE',
  'PRAGMA locking_mode = EXCLUSIVE; BEGIN IMMEDIATE; COMMIT',
  'BEGIN; SELECT count(*) FROM sitting',
];

/** A process of its own that holds a lock on the database. */
async function lock(place: Place): Promise<End> {
  const sqlite = import.meta.resolve('better-sqlite3');
  const script = `
    const { default: Database } = await import(${JSON.stringify(sqlite)});
    const db = new Database(process.argv[1]);
    for (const statement of process.argv[2].split('; ')) {
      const prepared = db.prepare(statement);
      if (prepared.reader) prepared.get(); else prepared.run();
    }
    console.log('locked');
    setInterval(() => {}, 1000);`;
  const args = ['--input-type=module', '-e', script, makeSound(place), place.dice.pick(LOCKS)];
  const holder = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const gone = once(holder, 'close');
  await Promise.race([
    once(holder.stdout, 'data'),
    gone.then(() => {
      throw new Error('the other process could not lock the database');
    }),
  ]);
  return async () => {
    holder.kill('SIGKILL');
    await gone;
  };
}

export const CASES: readonly Case[] = [
  {
    name: 'a read-only data folder',
    ...{ code: 'read-only', says: /may not be written/, withoutRights: true },
    make(place) {
      if (place.dice.chance(0.6)) chmodSync(makeSound(place), place.dice.pick([0o444, 0o666]));
      chmodSync(place.dataDir, 0o555);
      return async () => chmodSync(place.dataDir, 0o755);
    },
  },
  {
    name: 'a read-only database',
    ...{ code: 'read-only', says: /may not be written/, withoutRights: true },
    make(place) {
      chmodSync(makeSound(place), 0o444);
      chmodSync(place.dataDir, 0o777);
    },
  },
  {
    name: 'a database locked by another process',
    ...{ code: 'in-use', says: /Another Codehall has .* open/ },
    make: lock,
  },
  {
    name: 'a second host on the same folder',
    ...{ code: 'in-use', says: /Another Codehall has .* open/ },
    async make(place) {
      makeSound(place);
      const first = await attempt(place.dataDir, place.exams);
      return async () => {
        const hall = first.exitCode === null ? await first.call('hall.show', {}) : null;
        await first.stop();
        if (!hall?.ok) throw new Error('the first host does not answer any more');
      };
    },
  },
  {
    name: 'a database of a newer version',
    ...{ code: 'newer', says: /newer Codehall \(schema \d+, this one knows \d+\)\. It was left untouched\./ },
    make(place) {
      const db = new Database(makeSound(place));
      db.exec('CREATE TABLE of_the_future (a TEXT); ALTER TABLE result ADD COLUMN of_the_future TEXT');
      db.pragma(`user_version = ${MIGRATIONS.length + place.dice.whole(1, 5)}`);
      db.close();
    },
  },
  {
    name: 'a file of zero bytes',
    ...{ code: null, says: /^/ },
    make: (place) => writeFileSync(databaseIn(place), ''),
  },
  {
    name: 'a file that is no database',
    ...{ code: 'damaged', says: /cannot be read \(file is not a database\)/ },
    make({ dataDir, dice }) {
      const length = Math.round(dice.size(1, 200_000));
      const bytes = Buffer.from(Array.from({ length }, () => dice.whole(0, 255)));
      const text = 'This is no database. '.repeat(Math.ceil(length / 20));
      writeFileSync(join(dataDir, DATABASE), dice.chance(0.5) ? bytes : text);
    },
  },
  {
    name: 'a database that was cut off',
    ...{ code: 'damaged', says: /cannot be read \(|is not laid out as Codehall wrote it/ },
    make(place) {
      const file = makeSound(place);
      const bytes = readFileSync(file);
      const length = place.dice.chance(0.2) ? place.dice.whole(1, 600) : place.dice.whole(1, bytes.length - 1);
      writeFileSync(file, bytes.subarray(0, length));
    },
  },
  {
    name: 'a folder in the place of the database',
    ...{ code: 'damaged', says: /is a folder, not a file/ },
    make(place) {
      mkdirSync(databaseIn(place));
      if (place.dice.chance(0.7)) writeFileSync(join(databaseIn(place), 'mine.txt'), 'Mine.');
    },
  },
  ...[0, 1].map((version): Case => ({
    name: `a database of another program, user_version ${version}`,
    ...{ code: 'damaged', says: /is not laid out as Codehall wrote it/ },
    make: (place) => makeForeign(place, version),
  })),
];

/** Makes an empty data folder that another user can reach. */
export function emptyFolder(dataDir: string): void {
  rmSync(dataDir, { recursive: true, force: true });
  mkdirSync(dataDir);
  chmodSync(dataDir, 0o755);
}
