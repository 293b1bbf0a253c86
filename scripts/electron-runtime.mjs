/** Electron's runtime: a download apart from its npm package, which some networks do not let through. Plain Node >= 20. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const HOUR_MS = 3_600_000;

/** After a failed download the next start does not wait for another one for this long. */
export const REMEMBERED_MS = 24 * HOUR_MS;

/** How long a download may take: a start waits this long, a download asked for by name longer. */
const LIMIT_MS = 120_000;
const LIMIT_WHEN_FORCED_MS = 20 * 60_000;

/** @param {string} root */
const packageOf = (root) => join(root, 'node_modules', 'electron');
/** @param {string} root */
const memoryOf = (root) => join(root, 'node_modules', '.cache', 'codehall', 'electron-unreachable');

/**
 * The runtime's executable, or null when it is not there.
 * @param {string} root the project's folder
 * @returns {string | null}
 */
export function findRuntime(root) {
  try {
    const file = join(packageOf(root), 'dist', readFileSync(join(packageOf(root), 'path.txt'), 'utf8').trim());
    return existsSync(file) ? file : null;
  } catch {
    return null;
  }
}

/**
 * When a download last failed, if that was within a day.
 * @param {string} root the project's folder
 * @param {number} now ms since 1970
 * @returns {number | null} how long ago, ms
 */
export function unreachableFor(root, now) {
  try {
    const memory = JSON.parse(readFileSync(memoryOf(root), 'utf8'));
    const ago = now - Date.parse(memory.at);
    return ago >= 0 && ago < REMEMBERED_MS ? ago : null;
  } catch {
    return null;
  }
}

/**
 * Downloads the runtime with Electron's own installer, and remembers when that failed.
 * @param {{ root: string, node: string, forced: boolean, signal: AbortSignal }} parts `node` runs the installer
 * @returns {Promise<string | null>} the executable, null when it cannot be had
 */
export async function download({ root, node, forced, signal }) {
  const child = spawn(node, [join(packageOf(root), 'install.js')], {
    stdio: 'ignore',
    timeout: forced ? LIMIT_WHEN_FORCED_MS : LIMIT_MS,
    signal,
  });
  await new Promise((resolve) => {
    child.once('error', resolve);
    child.once('close', resolve);
  });
  const runtime = findRuntime(root);
  if (runtime) rmSync(memoryOf(root), { force: true });
  else if (!signal.aborted) remember(root, Date.now());
  return runtime;
}

/**
 * @param {string} root
 * @param {number} now ms since 1970
 */
export function remember(root, now) {
  mkdirSync(dirname(memoryOf(root)), { recursive: true });
  writeFileSync(memoryOf(root), `${JSON.stringify({ at: new Date(now).toISOString() })}\n`);
}

/**
 * A time span as one says it.
 * @param {number} ms
 */
export function ago(ms) {
  const hours = Math.round(ms / HOUR_MS);
  if (hours === 0) return 'less than an hour ago';
  return hours === 1 ? 'an hour ago' : `${hours} hours ago`;
}
