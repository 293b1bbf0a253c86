import { join } from 'node:path';

/** The project's own packs. */
export const EXAMS_FOLDER = join(import.meta.dirname, '..', '..', 'exams');

/** Name of the verified codes inside it. */
export const LOCK_FILE = 'codes.lock.json';
