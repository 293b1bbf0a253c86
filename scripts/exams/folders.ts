import { join, resolve } from 'node:path';

/** The project's own packs. */
export const EXAMS_FOLDER = join(import.meta.dirname, '..', '..', 'exams');

/** Name of the verified codes inside it. */
export const LOCK_FILE = 'codes.lock.json';

/** A path as it was typed: npm runs scripts in the project's folder, and what was typed is meant where it was typed. */
export function asTyped(path: string): string {
  return resolve(process.env['INIT_CWD'] ?? process.cwd(), path);
}
