/** Finds and loads exam packs: the program's own and those in the user's folder. */
import { readdirSync, readFileSync, statSync, type Dirent } from 'node:fs';
import { join } from 'node:path';
import { PACK_FILE_EXTENSION, readPackFile } from '../exam/pack-file.ts';
import type { Pack, PackFile, PackProblem, ParsedPack } from '../exam/parse-pack.ts';
import { parsePack } from '../exam/parse-pack.ts';

const MB = 1024 * 1024;
/** Larger files are refused before they are read; the largest of the program's own is under 1 MB. */
const MAX_FILE_BYTES = 2 * MB;
const MAX_FILES = 400;
/** All files of a pack together. */
const MAX_PACK_BYTES = 16 * MB;

const UTF8 = new TextDecoder('utf-8', { fatal: true });

export interface LoadedPack {
  pack: Pack;
  /** The pack's folder, or its file where it is one. */
  folder: string;
}

/** To be read anew at each use: a pack can be added while the program runs. */
export interface Library {
  packs: ReadonlyMap<string, LoadedPack>;
  /** Packs that were not loaded, and why. */
  problems: { pack: string; problems: PackProblem[] }[];
}

/**
 * Loads every pack below the given folders; a pack is a folder with a `pack.json`, or a pack file.
 * A malformed pack is listed in `problems` and the rest loads. A folder that is not there holds no packs.
 * Of two packs with the same id the first one found is kept.
 */
export function loadLibrary(folders: readonly string[]): Library {
  const packs = new Map<string, LoadedPack>();
  const problems: Library['problems'] = [];
  for (const root of folders)
    for (const { folder, parsed } of packsBelow(root)) {
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

function* packsBelow(root: string): Generator<{ folder: string; parsed: ParsedPack }> {
  const isPackFolder = (entry: Dirent) =>
    entry.isDirectory() && list(join(root, entry.name)).some((inner) => inner.name === 'pack.json');
  const isPackFile = (entry: Dirent) => entry.isFile() && entry.name.toLowerCase().endsWith(PACK_FILE_EXTENSION);
  const entries = list(root).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const folder = join(root, entry.name);
    if (isPackFolder(entry)) yield { folder, parsed: loadPackFolder(folder) };
    else if (isPackFile(entry)) yield { folder, parsed: loadPackFile(folder) };
  }
}

/** Loads a pack that is a folder. Never throws. */
export function loadPackFolder(folder: string): ParsedPack {
  return parseRead(readPackFiles(folder));
}

/** Loads a pack that is one file, under the same limits as a folder. Never throws. */
export function loadPackFile(path: string): ParsedPack {
  const read = readGivenFile(path);
  return read.ok ? parsePackFile(read.content) : read;
}

/** Reads a file that is said to be a pack, unless it is too large or no file. Never throws. */
export function readGivenFile(path: string): { ok: true; content: Buffer } | Refused {
  try {
    const about = statSync(path);
    if (!about.isFile()) return refuse('is no file');
    if (about.size > MAX_PACK_BYTES) return refuse(`is larger than ${MAX_PACK_BYTES / MB} MB`);
    return { ok: true, content: readFileSync(path) };
  } catch (error) {
    return refuse(unreadable(error));
  }
}

/** Reads a pack out of the content of its one file. Never throws. */
export function parsePackFile(content: Uint8Array): ParsedPack {
  let text: string;
  try {
    text = UTF8.decode(content);
  } catch (error) {
    return refuse(unreadable(error));
  }
  const read = readPackFile(text);
  if (!read.ok) return read;
  const { files } = read;
  if (files.length > MAX_FILES) return refuse(`has more than ${MAX_FILES} files`);
  const large = files.filter((file) => Buffer.byteLength(file.text) > MAX_FILE_BYTES);
  const problems = large.map(({ path }) => ({ file: path, message: `is larger than ${MAX_FILE_BYTES / MB} MB` }));
  return parseRead({ files, problems });
}

type Refused = Extract<ParsedPack, { ok: false }>;

function refuse(message: string): Refused {
  return { ok: false, problems: [{ file: '.', message }] };
}

function parseRead({ files, problems }: { files: PackFile[]; problems: PackProblem[] }): ParsedPack {
  return problems.length > 0 ? { ok: false, problems } : parsePack(files);
}

function list(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

/**
 * Reads the JSON files of a pack's folder and of its folders one level down; links are not followed.
 * @returns the files within the limits, and a problem for each that is not.
 */
export function readPackFiles(folder: string): { files: PackFile[]; problems: PackProblem[] } {
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
          problems: [{ file: '.', message: `is larger than ${MAX_PACK_BYTES / MB} MB in all` }],
        };
      if (size > MAX_FILE_BYTES) problems.push({ file: path, message: `is larger than ${MAX_FILE_BYTES / MB} MB` });
      else files.push({ path, text: UTF8.decode(readFileSync(full)) });
    } catch (error) {
      problems.push({ file: path, message: unreadable(error) });
    }
  return { files, problems };
}

function unreadable(error: unknown): string {
  return error instanceof TypeError ? 'is no UTF-8 text' : `cannot be read: ${(error as Error).message}`;
}
