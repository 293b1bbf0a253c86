/** Makes a fresh clone ready: installs the packages and builds, where that is missing or out of date. Plain Node >= 20. */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** What a build is made from. Exam packs are read when the program runs and are not part of it. */
const SOURCES = [
  'main',
  'preload',
  'renderer',
  'package.json',
  'package-lock.json',
  'svelte.config.js',
  'vite.config.ts',
  'vite.main.config.ts',
  'vite.preload.config.ts',
];

/** A file of each part of the build. */
const BUILT = ['dist/renderer/index.html', 'dist/main/web.js', 'dist/main/electron.js', 'dist/preload/index.cjs'];

/**
 * The Node the program runs on, whatever the machine has: Node 20 crashes on better-sqlite3 13, which needs 22.14.
 * Installed by {@link bootstrap}.
 */
export const OWN_NODE = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

/** Something the user can act on: its message is shown alone and the script ends with `exitCode`. */
export class Trouble extends Error {
  /**
   * @param {string} message
   * @param {number} exitCode
   */
  constructor(message, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/**
 * Whether `npm ci` is due: nothing is installed, or the lock file has changed since.
 * @param {string} folder the project's
 */
export function needsInstall(folder) {
  const installed = newestMs(join(folder, 'node_modules', '.package-lock.json'));
  return installed === null || (newestMs(join(folder, 'package-lock.json')) ?? 0) > installed;
}

/**
 * Whether a part of the build is missing or older than a source. A folder's own time counts, for a file taken away.
 * @param {string} folder the project's
 */
export function needsBuild(folder) {
  const built = BUILT.map((file) => newestMs(join(folder, file)));
  const newestSource = Math.max(...SOURCES.map((source) => newestMs(join(folder, source)) ?? 0));
  return built.some((time) => time === null || time < newestSource);
}

/**
 * When a file or anything in a folder was last changed, ms; `null` when it is not there.
 * @param {string} path
 * @returns {number | null}
 */
function newestMs(path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat?.isDirectory()) return stat?.mtimeMs ?? null;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newestMs(join(path, name)) ?? 0));
}

/**
 * Installs and builds what is due.
 * @param {(line: string) => void} say tells the user what takes time
 * @param {AbortSignal} [signal] stops it
 * @throws {Trouble}
 */
export async function bootstrap(say, signal) {
  if (needsInstall(root)) {
    say('Installing the packages Codehall is built with. This is done once and takes a minute or two.');
    const args = ['ci', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
    await npm(args, 'The packages could not be installed', signal);
  }
  if (!existsSync(OWN_NODE)) {
    // The one install script that is needed; npm would also compile better-sqlite3, which brings its binaries along.
    const args = ['rebuild', 'node', '--ignore-scripts=false', '--loglevel=error'];
    await npm(args, 'The Node that Codehall runs on could not be installed', signal);
  }
  if (needsBuild(root)) {
    say('Building Codehall.');
    await npm(['run', 'build', '--silent'], 'Codehall could not be built', signal);
  }
}

/**
 * A Node to run npm on. npm puts the project's own first, so that this script may run on it, and `npm ci` takes it away;
 * then the machine's own is left.
 * @param {string} execPath of this process
 */
export function nodeStillThere(execPath) {
  return existsSync(execPath) ? execPath : 'node';
}

/**
 * Runs npm quietly; what it printed is shown when it fails. The npm that started this script is preferred.
 * @param {string[]} args
 * @param {string} failure
 * @param {AbortSignal} [signal]
 */
async function npm(args, failure, signal) {
  const cli = process.env.npm_execpath;
  /** @type {import('node:child_process').SpawnOptionsWithStdioTuple<'ignore', 'pipe', 'pipe'>} */
  const options = { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], ...(signal && { signal }) };
  const child = cli?.endsWith('.js')
    ? spawn(nodeStillThere(process.execPath), [cli, ...args], options)
    : // On Windows npm is a script of the shell's; the arguments are this file's own words.
      spawn('npm', args, { ...options, shell: process.platform === 'win32' });
  let printed = '';
  const keep = (/** @type {Buffer} */ part) => (printed += part);
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const code = await new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (status, signal) => resolve(status ?? signal));
  });
  if (code !== 0) throw new Trouble(`${printed.trim()}\n\n${failure} (npm ${args.join(' ')}: ${code}).`);
}
