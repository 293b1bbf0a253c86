/** Finds and loads exam packs: the program's own and those in the user's folder. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Pack, PackFile, PackProblem } from './exam/parse-pack.ts';
import { parsePack } from './exam/parse-pack.ts';

/** Larger files are refused before they are read; the largest of the program's own is under 1 MB. */
const MAX_FILE_BYTES = 2 * 1024 * 1024;
const MAX_FILES = 400;
/** All files of a pack together. */
const MAX_PACK_BYTES = 16 * 1024 * 1024;

const UTF8 = new TextDecoder('utf-8', { fatal: true });

export interface LoadedPack {
  pack: Pack;
  folder: string;
}

export interface Library {
  packs: ReadonlyMap<string, LoadedPack>;
  /** Packs that were not loaded, and why. */
  problems: { pack: string; problems: PackProblem[] }[];
}

/**
 * Loads every pack below the given folders; a pack is a folder with a `pack.json`.
 * A malformed pack is listed in `problems` and the rest loads. A folder that is not there holds no packs.
 * Of two packs with the same id the first one found is kept.
 */
export function loadLibrary(folders: readonly string[]): Library {
  const packs = new Map<string, LoadedPack>();
  const problems: Library['problems'] = [];
  for (const root of folders)
    for (const folder of packFolders(root)) {
      const { files, problems: unread } = readPackFiles(folder);
      const parsed = unread.length > 0 ? ({ ok: false, problems: unread } as const) : parsePack(files);
      if (!parsed.ok) problems.push({ pack: folder, problems: parsed.problems });
      else {
        const known = packs.get(parsed.pack.info.id);
        if (known)
          problems.push({
            pack: folder,
            problems: [
              {
                file: 'pack.json',
                field: 'id',
                message: `"${parsed.pack.info.id}" is already loaded from ${known.folder}`,
              },
            ],
          });
        else packs.set(parsed.pack.info.id, { pack: parsed.pack, folder });
      }
    }
  return { packs, problems };
}

function packFolders(root: string): string[] {
  const entries = list(root);
  return entries
    .filter((entry) => entry.isDirectory() && list(join(root, entry.name)).some((inner) => inner.name === 'pack.json'))
    .map((entry) => join(root, entry.name))
    .sort();
}

function list(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

/** Reads the JSON files of a pack's folder and of its folders one level down; links are not followed. */
function readPackFiles(folder: string): { files: PackFile[]; problems: PackProblem[] } {
  const files: PackFile[] = [];
  const problems: PackProblem[] = [];
  const paths = list(folder).flatMap((entry) => {
    if (entry.isFile()) return [entry.name];
    if (!entry.isDirectory()) return [];
    return list(join(folder, entry.name))
      .filter((inner) => inner.isFile())
      .map((inner) => `${entry.name}/${inner.name}`);
  });
  const json = paths.filter((path) => path.endsWith('.json'));
  if (json.length > MAX_FILES) return { files, problems: [{ file: '.', message: `has more than ${MAX_FILES} files` }] };
  let bytes = 0;
  for (const path of json)
    try {
      const full = join(folder, path);
      const { size } = statSync(full);
      if (size <= MAX_FILE_BYTES) bytes += size;
      if (bytes > MAX_PACK_BYTES)
        return {
          files: [],
          problems: [{ file: '.', message: `is larger than ${MAX_PACK_BYTES / 1024 / 1024} MB in all` }],
        };
      if (size > MAX_FILE_BYTES)
        problems.push({ file: path, message: `is larger than ${MAX_FILE_BYTES / 1024 / 1024} MB` });
      else files.push({ path, text: UTF8.decode(readFileSync(full)) });
    } catch (error) {
      const message = error instanceof TypeError ? 'is no UTF-8 text' : `cannot be read: ${(error as Error).message}`;
      problems.push({ file: path, message });
    }
  return { files, problems };
}
