/**
 * The program killed while it brings an older database up to date: the database is then of one version, with every row, and
 * opening it again ends at the newest one with every row.
 */
import Database from 'better-sqlite3';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { DATABASE } from '../../main/program.ts';
import { backupBeforeMigration, backupFolder, listBackups } from '../../main/store/backups.ts';
import { checkDatabase } from '../../main/store/check.ts';
import { createJournal } from '../../main/store/journal.ts';
import { MIGRATIONS } from '../../main/store/migrations.ts';
import { openDatabase } from '../../main/store/open.ts';
import { Dice } from './dice.ts';
import { withFolder } from './host.ts';
import { inLanes, pauseFinely } from './lanes.ts';
import { digestOf, makeOldDatabase, schemaAfter, schemaOf } from './migrations-old.ts';
import { needStrace } from './strace.ts';
import { row, type Trial } from './trial.ts';

const FULL_KILLS = 50;
const SHORT_KILLS = 10;
const FULL_SIZE = { sittings: 80, events: 500 };
const SHORT_SIZE = { sittings: 10, events: 200 };

/** A kill that comes when all is over is made again, at another moment. */
const MOST_TRIES = 5;

const CHILD = join(import.meta.dirname, 'migrations-child.ts');
const BACKED_UP = 'backed up';
/** What SQLite and the program ask of the system when they write; Node itself asks none of these meanwhile. */
const CALLS = ['pwrite64', 'fsync', 'fdatasync', 'ftruncate', 'rename', 'unlink'];

/** A database of an earlier version, to be copied for each kill. */
interface Old {
  steps: number;
  file: string;
  digest: string;
  /** What an undisturbed run asks of the system, in order, with what it says in between; empty without strace. */
  trace: string[];
  /** How long an undisturbed run takes, ms: up to the backup, which an empty database has none of, and up to the end. */
  backupMs: number;
  allMs: number;
}

export const migrations: Trial = {
  name: 'migrations',
  title: 'the program killed while it updates an older database: wholly old or wholly new, nothing lost',
  run: ({ seed, short, say }) =>
    withFolder(async (folder) => {
      const kills = short ? SHORT_KILLS : FULL_KILLS;
      const canTrace = hasStrace();
      if (!canTrace) say('strace is missing: killed by the clock only, not at chosen calls to the system');
      let wrong = 0;
      for (let steps = 0; steps < MIGRATIONS.length; steps++) {
        const old = await prepare(join(folder, `${steps}`), steps, short ? SHORT_SIZE : FULL_SIZE, canTrace);
        const found = { old: 0, new: 0, unfinished: 0, missed: 0 };
        await inLanes(kills, async (kill) => {
          const dataDir = join(folder, `${steps}-${kill}`);
          const file = join(dataDir, DATABASE);
          const dice = new Dice(`${seed}/migrations/${steps}/${kill}`);
          const killAtRandom = canTrace && kill % 2 === 0 ? killAtCall : killAtTime;
          let how: string | null = null;
          for (let tries = 0; how === null && tries < MOST_TRIES; tries++) {
            rmSync(dataDir, { recursive: true, force: true });
            mkdirSync(dataDir);
            copyFileSync(old.file, file);
            how = await killAtRandom(old, file, dice);
          }
          if (how === null) found.missed += 1;
          if (existsSync(backupFolder(file)))
            found.unfinished += readdirSync(backupFolder(file)).filter((name) => name.endsWith('.unfinished')).length;
          try {
            found[judge(old, file) === steps ? 'old' : 'new'] += 1;
          } catch (error) {
            wrong += 1;
            say(`from step ${steps}, kill ${kill}, ${how ?? 'not killed'}: ${String(error)}`);
          }
          rmSync(dataDir, { recursive: true });
        });
        say(
          `from step ${steps}: ${kills} kills of ${Math.round(old.allMs)} ms, ${found.old} left it old, ${found.new} newer, ` +
            `${found.unfinished} left a backup unfinished, ${found.missed} were over before the kill`,
        );
      }
      return [row('migrations: mixed or lost', kills * MIGRATIONS.length, wrong)];
    }),
};

function hasStrace(): boolean {
  try {
    needStrace();
    return true;
  } catch {
    return false;
  }
}

async function prepare(folder: string, steps: number, size: typeof FULL_SIZE, canTrace: boolean): Promise<Old> {
  mkdirSync(folder);
  const file = join(folder, 'old.db');
  makeOldDatabase(file, steps, size);
  const db = new Database(file, { readonly: true });
  const digest = digestOf(db, steps);
  db.close();

  const timed = join(folder, DATABASE);
  copyFileSync(file, timed);
  const times = new Map<string, number>();
  await runChild(timed, (line) => times.set(line, performance.now()));
  const begin = times.get('begin')!;

  let trace: string[] = [];
  if (canTrace) {
    const traced = join(folder, 'traced.db');
    copyFileSync(file, traced);
    const calls = `${traced}.calls`;
    spawnSync('strace', ['-o', calls, '-e', `trace=write,${CALLS}`, process.execPath, CHILD, traced]);
    trace = readFileSync(calls, 'utf8')
      .split('\n')
      .map((line) => (line.startsWith('write(1,') ? line : line.split('(', 1)[0]!))
      .filter((line) => CALLS.includes(line) || line.startsWith('write(1,'));
  }
  return {
    ...{ steps, file, digest, trace },
    backupMs: (times.get(BACKED_UP) ?? begin) - begin,
    allMs: times.get('open')! - begin,
  };
}

/** Runs the child to its end. @param hear gets each line it says. */
async function runChild(file: string, hear: (line: string) => void): Promise<void> {
  const child = spawn(process.execPath, [CHILD, file], { stdio: ['ignore', 'pipe', 'inherit'] });
  createInterface(child.stdout).on('line', hear);
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`an undisturbed update ended with ${code}`);
}

/** Kills at a random moment: half of them up to the backup, half after it. @returns when, or `null` if it was over before. */
async function killAtTime(old: Old, file: string, dice: Dice): Promise<string | null> {
  const behind = old.backupMs === 0 || dice.chance(0.5);
  const delay = dice.real(0, behind ? (old.allMs - old.backupMs) * 1.1 : old.backupMs * 1.1);
  const from = behind && old.backupMs > 0 ? BACKED_UP : 'begin';
  const child = spawn(process.execPath, [CHILD, file], { stdio: ['ignore', 'pipe', 'ignore'] });
  const gone = once(child, 'close');
  createInterface(child.stdout).on('line', (line) => {
    if (line === from) void pauseFinely(delay).then(() => child.kill('SIGKILL'));
  });
  await gone;
  return child.exitCode === 0 ? null : `${delay.toFixed(2)} ms after "${from}"`;
}

/** The same at a random call to the system: half of them any, half one behind the backup. */
async function killAtCall({ trace }: Old, file: string, dice: Dice): Promise<string | null> {
  const backup = trace.findIndex((line) => line.includes(BACKED_UP));
  const from = dice.chance(0.5) ? backup + 1 : 0;
  const places = trace.flatMap((line, place) => (CALLS.includes(line) && place >= from ? [place] : []));
  const place = dice.pick(places);
  const call = trace[place]!;
  const number = trace.slice(0, place + 1).filter((line) => line === call).length;
  const inject = ['-e', `trace=${call}`, '-e', `inject=${call}:signal=KILL:when=${number}`];
  const child = spawn('strace', ['-o', '/dev/null', ...inject, process.execPath, CHILD, file], { stdio: 'ignore' });
  await once(child, 'close');
  return child.exitCode === 0 ? null : `at ${call} ${number}`;
}

/** @returns of which version the database was left. @throws Error with what is wrong. */
function judge({ steps, digest }: Old, file: string): number {
  for (const { name } of listBackups(file))
    if (look(join(backupFolder(file), name), steps, digest) !== steps)
      throw new Error('the backup is of another version');
  const copy = `${dirname(file)}/look.db`;
  for (const suffix of ['', '-wal']) if (existsSync(file + suffix)) copyFileSync(file + suffix, copy + suffix);
  const version = look(copy, steps, digest);

  const db = openDatabase(file, (older) => backupBeforeMigration(older, file, Date.now()));
  try {
    for (const damage of checkDatabase(db, createJournal(db)))
      if (damage[0]) throw new Error(`opened again: ${damage[0].message}`);
  } finally {
    db.close();
  }
  if (look(file, steps, digest) !== MIGRATIONS.length) throw new Error('opened again: it is not at the newest version');
  return version;
}

/** Looks at a database without the program. @returns its version. @throws Error with what is wrong. */
function look(file: string, steps: number, digest: string): number {
  const db = new Database(file);
  try {
    if (db.pragma('integrity_check', { simple: true }) !== 'ok') throw new Error(`${file}: not sound`);
    const version = db.pragma('user_version', { simple: true }) as number;
    if (version < steps || schemaOf(db) !== schemaAfter(version)) throw new Error(`${file}: mixed, at ${version}`);
    if (digestOf(db, steps) !== digest) throw new Error(`${file}: rows are lost or changed`);
    return version;
  } finally {
    db.close();
  }
}
