/** Programs run so that the rights of files hold, which root, as in a container, may pass over. */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** As root: still as root, who may read a clone in its own home, but without the right to pass over rights; else as nobody. */
const WAYS = [
  ['setpriv', '--bounding-set', '-dac_override,-dac_read_search,-fowner'],
  ['setpriv', '--reuid', '65534', '--regid', '65534', '--clear-groups'],
];

/**
 * @param needed a file that the program must be able to read all the same.
 * @returns what goes before the program and its arguments; `null` where there is no way.
 */
export function withoutRights(needed: string): readonly string[] | null {
  if (process.platform === 'win32') return null;
  if (process.getuid?.() !== 0) return [];
  const locked = mkdtempSync(join(tmpdir(), 'codehall-locked-'));
  chmodSync(locked, 0o555);
  const script = `
    fs.accessSync(${JSON.stringify(needed)}, fs.constants.R_OK);
    try { fs.accessSync(${JSON.stringify(locked)}, fs.constants.W_OK); } catch { process.exit(7); }`;
  try {
    return (
      WAYS.find(([program, ...args]) => spawnSync(program!, [...args, process.execPath, '-e', script]).status === 7) ??
      null
    );
  } finally {
    rmSync(locked, { recursive: true });
  }
}
