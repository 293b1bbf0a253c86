/** Writes small files whole: what bears the name is always the old content or the new one. */
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';

/** Ends the name of a file that is still being written. */
const UNFINISHED = '.unfinished';

/**
 * Writes a file beside its place, and puts it there when it is on disk.
 * @throws the file system's own error; then what was there before still is, and nothing is left beside it.
 */
export function writeWhole(file: string, content: string | Uint8Array): void {
  const draft = file + UNFINISHED;
  try {
    const handle = openSync(draft, 'w');
    try {
      const bytes = typeof content === 'string' ? Buffer.from(content) : content;
      for (let at = 0; at < bytes.length;) at += writeSync(handle, bytes, at);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(draft, file);
  } catch (error) {
    discard(draft);
    throw error;
  }
}

/** Takes a draft away. Where that fails, what went wrong before is what has to be told; a draft left over does no harm. */
export function discard(draft: string): void {
  try {
    rmSync(draft, { force: true });
  } catch {
    // The folder itself cannot be used.
  }
}
