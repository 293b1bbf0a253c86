/** Wires the program. The only place with the real clock, randomness, paths and environment. */
import { randomBytes, randomUUID } from 'node:crypto';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { name, version } from '../package.json' with { type: 'json' };
import type { AppInfo } from './contract.ts';
import { createDispatch, type Dispatch } from './dispatch.ts';
import { loadLibrary } from './library.ts';
import type { Clocks } from './open-sitting.ts';
import { createSittings, type Sittings } from './sittings.ts';
import { createHistory } from './store/history.ts';
import { createJournal } from './store/journal.ts';
import { openDatabase } from './store/open.ts';

/** How often the clock of an open sitting is read. */
const TICK_MS = 1_000;

/** The built program's folder; it holds `main`, `preload` and `renderer`. */
export const builtFolder = join(dirname(fileURLToPath(import.meta.url)), '..');

/** The database's name inside the data folder. */
export const DATABASE = 'codehall.db';

export const realClocks: Clocks = {
  monotonicMs: () => performance.now(),
  wallMs: () => Date.now(),
};

export interface Program {
  dispatch: Dispatch;
  sittings: Sittings;
  /** Stops the clock and closes the database. */
  close(): void;
}

/**
 * Opens the data folder and the exam packs.
 * @param examsFolder the packs that come with the program.
 * @throws StoreError when the database cannot be used.
 */
export function startProgram(host: AppInfo['host'], dataDir: string, examsFolder: string): Program {
  const db = openDatabase(join(dataDir, DATABASE));
  const packDirs = [examsFolder, join(dataDir, 'packs')];
  const library = loadLibrary(packDirs);
  const sittings = createSittings({
    library,
    journal: createJournal(db),
    history: createHistory(db),
    clocks: realClocks,
    newId: randomUUID,
    newSeed,
  });
  const logFault = (error: unknown) => console.error(error);
  const timer = setInterval(() => {
    try {
      sittings.tick();
    } catch (error) {
      // Could not be written down now; the next tick tries again.
      logFault(error);
    }
  }, TICK_MS);

  const info = (): AppInfo => ({
    version,
    host,
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

  return {
    dispatch: createDispatch(sittings, info, logFault),
    sittings,
    close() {
      clearInterval(timer);
      try {
        sittings.shutDown();
      } finally {
        db.close();
      }
    },
  };
}

/** Where a user's data lives when no folder is named, by the custom of the platform. */
export function defaultDataDir(): string {
  const home = homedir();
  switch (process.platform) {
    case 'darwin':
      return join(home, 'Library', 'Application Support', 'Codehall');
    case 'win32':
      return join(process.env['APPDATA'] ?? join(home, 'AppData', 'Roaming'), 'Codehall');
    default:
      return join(process.env['XDG_DATA_HOME'] ?? join(home, '.local', 'share'), name);
  }
}

/** A secret for one run of the web host. */
export function newToken(): string {
  return randomBytes(24).toString('base64url');
}

/** A seed for a form to be drawn; it is shown as the form's name. */
function newSeed(): string {
  return randomBytes(3).toString('hex');
}

/** An id for a command that the host gives by itself. */
export function newRequestId(): string {
  return randomUUID();
}
