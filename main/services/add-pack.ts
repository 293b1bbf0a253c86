/** Takes an exam pack that somebody hands to the program into the user's own packs. */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { PACK_FILE_EXTENSION } from '../exam/pack-file.ts';
import type { PackProblem } from '../exam/parse-pack.ts';
import { parsePackFile, readGivenFile, type Library } from './library.ts';
import { toStoreError } from '../store/errors.ts';
import { writeWhole } from '../write-file.ts';

export type AddedPack =
  /** It lies in the folder now; the library has to be loaded anew. */
  | { outcome: 'added'; title: string }
  /** It cannot be used, and why. */
  | { outcome: 'broken'; problems: PackProblem[] }
  /** The very same file is there already. */
  | { outcome: 'same'; title: string }
  /** Another file of the same id lies there; it is replaced when that is asked for. */
  | { outcome: 'other-there'; title: string }
  /** A pack of this id was loaded from elsewhere, such as one that comes with the program, and stays. */
  | { outcome: 'taken'; title: string; from: string };

/**
 * Checks a pack file and puts it into the folder. Nothing in it names a place on the disk but its id, which is letters,
 * digits, `.` and `-` and begins with none of the last two.
 * @param path the file given; anything but a sound pack file is refused.
 * @param replace whether a pack of the same id in the folder gives way to it.
 * @throws StoreError when the folder cannot be written; then nothing has changed.
 */
export function addPack(
  path: string,
  { folder, library, replace }: { folder: string; library: Library; replace: boolean },
): AddedPack {
  const given = readGivenFile(path);
  if (!given.ok) return { outcome: 'broken', problems: given.problems };
  const { content } = given;
  const parsed = parsePackFile(content);
  if (!parsed.ok) return { outcome: 'broken', problems: parsed.problems };
  const { id, title } = parsed.pack.info;
  const name = `${id}${PACK_FILE_EXTENSION}`;
  const known = library.packs.get(id);
  if (known && !liesAs(known.folder, folder, name)) return { outcome: 'taken', title, from: known.folder };
  const file = known?.folder ?? join(folder, name);
  try {
    if (existsSync(file)) {
      if (content.equals(readFileSync(file))) return { outcome: 'same', title };
      if (!replace) return { outcome: 'other-there', title };
    }
    mkdirSync(folder, { recursive: true });
    // What is kept is what was checked, even if the file given has changed in between.
    writeWhole(file, content);
    return { outcome: 'added', title };
  } catch (error) {
    throw toStoreError(error, folder);
  }
}

/** Whether a path is that of the name in the folder, in whatever letters: a disk may hold the two for one, and hands copy both. */
function liesAs(path: string, folder: string, name: string): boolean {
  return dirname(resolve(path)) === resolve(folder) && basename(path).toLowerCase() === name;
}
