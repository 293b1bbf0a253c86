/** Wires the program. The only place with the real clock, randomness, paths and environment. */
import { randomBytes, randomUUID } from 'node:crypto';
import { availableParallelism, homedir, release, totalmem, uptime } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { name, version } from '../package.json' with { type: 'json' };
import type { AppInfo } from './contract.ts';
import { openLog, type Log } from './log.ts';
import type { Clocks } from './services/open-sitting.ts';
import { createProgram, type Program } from './program.ts';
import { countSleep } from './sleep-clock.ts';
import { StoreError } from './store/errors.ts';

/** How often the clock of an open sitting is read. */
const TICK_MS = 1_000;

/** How long after the start the data are checked: behind what the candidate waits for. */
const FIRST_CHECK_MS = 3_000;
const HOUR_MS = 60 * 60 * 1000;

/** The built program's folder; it holds `main`, `preload` and `renderer`. */
export const builtFolder = join(dirname(fileURLToPath(import.meta.url)), '..');

const runningMs = () => performance.now();

export const realClocks: Clocks = {
  // On Linux the monotonic clock stands still while the machine sleeps (CLOCK_MONOTONIC), but the uptime counts it and does
  // not follow the wall clock. On the others libuv's monotonic clock itself goes on over sleep: QueryPerformanceCounter on
  // Windows, mach_continuous_time on macOS.
  monotonicMs: process.platform === 'linux' ? countSleep(runningMs, () => uptime() * 1000) : runningMs,
  wallMs: () => Date.now(),
};

/**
 * Starts the program with real time and chance.
 * @param examsFolder the packs that come with the program.
 * @throws StoreError when the database cannot be used.
 */
export function startProgram(host: AppInfo['host'], dataDir: string, examsFolder: string): Program {
  const file = openLog(dataDir);
  const log: Log = {
    ...file,
    fault(error) {
      // What the stored data are to blame for is told in a line; where it arose is in the log.
      console.error(error instanceof StoreError ? error.message : error);
      file.fault(error);
    },
  };
  const program = createProgram({
    host,
    version,
    dataDir,
    examsFolder,
    clocks: realClocks,
    newId: randomUUID,
    newSeed,
    pause: () => new Promise((resolve) => setImmediate(resolve)),
    log,
    environment: () => [
      `${process.platform} ${release()} ${process.arch}; ${availableParallelism()} cores, ${Math.round(totalmem() / 1e9)} GB`,
      `Node ${process.versions.node}${process.versions['electron'] ? `, Electron ${process.versions['electron']}` : ''}`,
    ],
  });
  log.note(`start of ${version}, ${host}`);
  const ticking = setInterval(() => {
    try {
      program.tick();
    } catch (error) {
      // Could not be written down now; the next tick tries again.
      log.fault(error);
    }
  }, TICK_MS);
  const lookAfterData = () => void program.lookAfterData();
  const first = setTimeout(lookAfterData, FIRST_CHECK_MS);
  const hourly = setInterval(lookAfterData, HOUR_MS);
  return {
    ...program,
    close() {
      clearInterval(ticking);
      clearTimeout(first);
      clearInterval(hourly);
      program.close();
    },
  };
}

/** A folder that the environment names. One that is empty or relative counts as not set, as the XDG Base Directory Specification asks. */
function folderNamedBy(variable: string): string | null {
  const named = process.env[variable] ?? '';
  return isAbsolute(named) ? named : null;
}

/** Where a user's data lives when no folder is named, by the custom of the platform. */
export function defaultDataDir(): string {
  const home = homedir();
  switch (process.platform) {
    case 'darwin':
      return join(home, 'Library', 'Application Support', 'Codehall');
    case 'win32':
      return join(folderNamedBy('APPDATA') ?? join(home, 'AppData', 'Roaming'), 'Codehall');
    default:
      return join(folderNamedBy('XDG_DATA_HOME') ?? join(home, '.local', 'share'), name);
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
