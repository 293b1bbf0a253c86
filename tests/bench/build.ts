/** The program as it ships, built from the present sources into a folder of its own. */
import { execFile } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export const projectFolder = resolve(import.meta.dirname, '..', '..');

/**
 * Builds renderer and hosts below `folder`.
 * @returns the folder that stands for `dist`.
 */
export async function buildProgram(folder: string): Promise<string> {
  const dist = join(folder, 'dist');
  const vite = join(projectFolder, 'node_modules', 'vite', 'bin', 'vite.js');
  const build = (outDir: string, ...config: string[]) =>
    run(process.execPath, [vite, 'build', ...config, '--outDir', outDir, '--emptyOutDir', '--logLevel', 'error'], {
      cwd: projectFolder,
    });
  await Promise.all([build(join(dist, 'renderer')), build(join(dist, 'main'), '-c', 'vite.main.config.ts')]);
  // The host takes better-sqlite3 from the project.
  symlinkSync(join(projectFolder, 'node_modules'), join(folder, 'node_modules'));
  return dist;
}
