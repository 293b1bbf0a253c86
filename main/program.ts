/**
 * The program over its life: the database opened, looked after and, where need be, replaced by a backup; the application
 * on top of it. What the hosts hold stays the same while the database under it changes.
 */
import { existsSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { addPack, type AddedPack } from './services/add-pack.ts';
import { createApplication, type Application } from './application.ts';
import type { AppInfo, DataView, Parsed, Push } from './contract.ts';
import { createDispatch, type DataMethods, type Dispatch } from './dispatch.ts';
import { Failure } from './failure.ts';
import { loadLibrary } from './services/library.ts';
import type { Log } from './log.ts';
import type { Clocks } from './services/open-sitting.ts';
import type { Sittings } from './services/sittings.ts';
import {
  backupBeforeMigration,
  clearUnfinished,
  INCOMING,
  isDailyDue,
  listBackups,
  makeBackup,
  putAside,
  restoreBackup,
  type BackupReason,
} from './store/backups.ts';
import { checkDatabase, type Damage } from './store/check.ts';
import { StoreError } from './store/errors.ts';
import { emptyLog, openDatabase, type Db } from './store/open.ts';

/** The database's name inside the data folder. */
export const DATABASE = 'codehall.db';

/** Lines of the log that the diagnostics hold. */
const LOG_LINES = 200;

export interface ProgramParts {
  host: AppInfo['host'];
  version: string;
  dataDir: string;
  /** The packs that come with the program. */
  examsFolder: string;
  clocks: Clocks;
  newId(): string;
  newSeed(): string;
  /** Gives other work a turn; awaited between the steps of what is done in the background. */
  pause(): Promise<void>;
  log: Log;
  /** What the program runs on, a line each. */
  environment(): string[];
}

export interface Program {
  dispatch: Dispatch;
  /** What a host needs to say that a window shows a sitting, and to hear pushes. */
  sittings: Pick<Sittings, 'hold' | 'subscribe'>;
  /**
   * Takes a pack file into the user's packs. One that was added can be sat at once; a sitting that runs goes on with the
   * questions it began with.
   * @param replace whether a pack of the same id that was added before gives way. @throws StoreError
   */
  addPack(path: string, replace: boolean): AddedPack;
  /** To be called about once a second. @throws StoreError when the time could not be written down; it is tried again. */
  tick(): void;
  /** The full check and, where one is due, the daily backup; to be called behind the start and then every hour. */
  lookAfterData(): Promise<void>;
  /** Stops the clock and closes the database. */
  close(): void;
}

interface Opened {
  db: Db;
  application: Application;
}

/**
 * Opens the data folder and the exam packs. Where the database is damaged, the program starts all the same and offers
 * its backups.
 * @throws StoreError when the database cannot be used for another reason.
 */
export function createProgram(parts: ProgramParts): Program {
  const { dataDir, clocks, log } = parts;
  const logFault = (error: unknown) => log.fault(error);
  const file = join(dataDir, DATABASE);
  const ownPacks = join(dataDir, 'packs');
  const packDirs = [parts.examsFolder, ownPacks];
  const library = loadLibrary(packDirs);
  const listeners = new Set<(push: Push) => void>();
  let opened: Opened | null = null;
  /** Why there is none. */
  let unreadable = '';
  let damage: readonly Damage[] = [];
  let checked = false;
  /** What is done in the background, one after the other. */
  let background = Promise.resolve();

  /** @param afresh whether a database that is not there is to be made though there are backups of one. */
  const open = (afresh = false): void => {
    // A restore that was cut off between its two renames.
    if (!existsSync(file) && existsSync(file + INCOMING)) renameSync(file + INCOMING, file);
    clearUnfinished(file);
    damage = [];
    checked = false;
    try {
      // An empty file is a new one, as a crash at its creation leaves it; with backups beside it, it was more.
      const lost = existsSync(file) ? (statSync(file).size === 0 ? 'empty' : null) : 'missing';
      if (!afresh && lost && listBackups(file).length > 0)
        throw new StoreError('damaged', `${file} is ${lost}, and there are backups of it.`);
      const db = openDatabase(file, (old) => backupBeforeMigration(old, file, clocks.wallMs()));
      const { newId, newSeed } = parts;
      const application = createApplication({ db, library, clocks, newId, newSeed });
      application.sittings.subscribe((push) => {
        for (const listener of listeners) listener(push);
        if (push.type !== 'finished') return;
        void inBackground(countOutcomes);
        void inBackground(() => backUp('sitting'));
      });
      opened = { db, application };
      unreadable = '';
    } catch (error) {
      // Also where it is thrown on: after a restore the program goes on, and every call says why there is no history.
      unreadable = (error as Error).message;
      if (!(error instanceof StoreError && error.code === 'damaged')) throw error;
      logFault(error);
    }
  };

  const close = (): void => {
    const last = opened;
    opened = null;
    if (!last) return;
    try {
      last.application.sittings.shutDown();
    } finally {
      last.db.close();
    }
  };

  /** Moves what SQLite's log holds into the database: SQLite takes a log that is lost or goes bad for one that never was. */
  const settle = (): void => {
    try {
      if (opened) emptyLog(opened.db);
    } catch (error) {
      // It is durable in the log all the same; the next call tries again.
      logFault(error);
    }
  };

  const inBackground = (work: () => Promise<void>): Promise<void> => {
    background = background.then(work).catch(logFault);
    return background;
  };

  const backUp = async (reason: BackupReason): Promise<void> => {
    if (!opened) return;
    const { name } = await makeBackup(opened.db, file, reason, clocks.wallMs(), parts.pause);
    log.note(`backup ${name}`);
  };

  /** A few sittings at a time; more than the last one only where an older history was brought up to date. */
  const countOutcomes = async (): Promise<void> => {
    const current = opened;
    while (current && opened === current && !current.application.outcomes.catchUp()) await parts.pause();
    settle();
  };

  const mendOutcomes = async (current: Opened): Promise<void> => {
    const steps = current.application.outcomes.mend();
    for (let step = steps.next(); opened === current; step = steps.next()) {
      if (!step.done) await parts.pause();
      else {
        if (step.value > 0) log.note(`outcomes of ${step.value} sittings were wrong and are computed again`);
        return settle();
      }
    }
  };

  const check = async (): Promise<void> => {
    const current = opened;
    if (!current) return;
    const steps = checkDatabase(current.db, current.application.journal);
    for (let step = steps.next(); opened === current; step = steps.next()) {
      damage = step.value;
      if (step.done) {
        checked = true;
        for (const { sittingId, message } of damage)
          logFault(new StoreError('damaged', `damage: sitting ${sittingId}: ${message}`));
        if (damage.length === 0) await mendOutcomes(current);
        return;
      }
      await parts.pause();
    }
  };

  /** What was deleted long enough ago goes for good; not while there is damage, when it may be wanted yet. */
  const removeOverdue = async (): Promise<void> => {
    const current = opened;
    while (current && opened === current && !current.application.history.removeOverdue()) await parts.pause();
    settle();
  };

  /** Closes the database, lets another take its place, and opens what is there then. */
  const replace = (work: () => string | null, afresh = false): { kept: string | null } => {
    try {
      close();
      const kept = work();
      log.note(`database replaced; what was there is kept as ${kept ?? 'nothing'}`);
      return { kept };
    } catch (error) {
      if (error instanceof RangeError) throw new Failure('not-found', 'This backup is not there any more.');
      throw error;
    } finally {
      open(afresh);
      void inBackground(check);
    }
  };

  const data: DataMethods = {
    show: (): DataView => ({
      file,
      unreadable: opened ? null : unreadable,
      checked,
      damage: [...damage],
      backups: listBackups(file),
    }),
    isDamaged: () => damage.length > 0,
    diagnostics: () =>
      [
        `Codehall ${parts.version}, ${parts.host}`,
        ...parts.environment(),
        `database: ${file}, ${existsSync(file) ? statSync(file).size : 0} bytes${opened ? '' : `, unreadable: ${unreadable}`}`,
        `sittings: ${opened ? opened.application.history.count() : '?'} finished`,
        `check: ${checked ? `done, ${damage.length} damaged` : 'not done yet'}; backups: ${listBackups(file).length}`,
        ...[...library.packs.values()].map(({ pack }) => `pack ${pack.info.id}: ${pack.items.size} items`),
        ...library.problems.map(({ pack, problems }) => `pack not loaded: ${pack}, ${problems.length} problems`),
        '',
        ...log.recent(LOG_LINES),
      ].join('\n'),
    restore: ({ name }: Parsed<'data.restore'>) => replace(() => restoreBackup(file, name, clocks.wallMs())),
    startFresh: () => {
      if (opened) throw new Failure('refused', 'The history can be read; it is not put aside.');
      return replace(() => putAside(file, clocks.wallMs()), true);
    },
  };

  const info = (): AppInfo => ({
    version: parts.version,
    host: parts.host,
    dataDir,
    packDirs,
    packs: [...library.packs.values()].map(({ pack, folder }) => ({
      id: pack.info.id,
      title: pack.info.title,
      about: pack.info.about,
      license: pack.info.license,
      examCode: pack.info.exam.code,
      codeYear: pack.info.codeYear,
      items: pack.items.size,
      folder,
    })),
    problems: library.problems,
  });

  open();
  const dispatch = createDispatch(
    () => {
      if (!opened) throw new StoreError('damaged', unreadable);
      return opened.application;
    },
    info,
    logFault,
    data,
  );
  return {
    dispatch(method, input) {
      const reply = dispatch(method, input);
      settle();
      if (method === 'history.import' && reply.ok) void inBackground(countOutcomes);
      return reply;
    },
    sittings: {
      hold: (sittingId) => opened?.application.sittings.hold(sittingId) ?? (() => {}),
      subscribe(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    addPack(path, replace) {
      const added = addPack(path, { folder: ownPacks, library, replace });
      if (added.outcome === 'added') {
        // In the same object, which everything that reads packs holds.
        Object.assign(library, loadLibrary(packDirs));
        log.note(`exam pack added: ${added.title}`);
      }
      return added;
    },
    tick() {
      opened?.application.sittings.tick();
      settle();
    },
    lookAfterData: () =>
      inBackground(async () => {
        await countOutcomes();
        if (!checked) await check();
        if (checked && damage.length === 0) await removeOverdue();
        if (damage.length === 0 && isDailyDue(file, clocks.wallMs())) await backUp('daily');
      }),
    close,
  };
}
