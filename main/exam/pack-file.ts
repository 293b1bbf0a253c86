/**
 * A pack in one file, to be handed on and opened by a double click: a JSON object that names each file of the pack's
 * folder and holds what is in it. It is read as it is and never unpacked, so that no path in it reaches the disk.
 */
import { MAX_DEPTH, nestsDeeperThan, type PackFile, type PackProblem } from './parse-pack.ts';

export const PACK_FILE_EXTENSION = '.codehallpack';

/** What tells such a file from other JSON. */
const FORMAT = 'codehall-pack';
const VERSION = 1;

/** The object and its `files` go around the files themselves. */
const OUTER_DEPTH = 2;

export type ReadPackFile = { ok: true; files: PackFile[] } | { ok: false; problems: PackProblem[] };

/**
 * Takes a pack file apart. The files in it are as untrusted as before: `parsePack` checks them.
 * @param text the whole file.
 */
export function readPackFile(text: string): ReadPackFile {
  if (nestsDeeperThan(text, MAX_DEPTH + OUTER_DEPTH))
    return refuse(`nests deeper than ${MAX_DEPTH + OUTER_DEPTH} levels`);
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch (error) {
    return refuse(`is not JSON: ${(error as Error).message}`);
  }
  if (!isObject(raw) || raw['format'] !== FORMAT) return refuse(`is no pack file: its "format" is not "${FORMAT}"`);
  if (raw['version'] !== VERSION)
    return refuse(`is a pack file of another version than ${VERSION}, the one this Codehall reads`);
  const files = raw['files'];
  if (!isObject(files)) return refuse('has no "files"');
  return {
    ok: true,
    files: Object.entries(files).map(([path, content]) => ({ path, text: JSON.stringify(content) })),
  };
}

/**
 * Puts a pack into one file.
 * @param files those of its folder, each JSON.
 * @returns the text of the pack file, the files in the order of their paths.
 * @throws SyntaxError when a file is not JSON.
 */
export function writePackFile(files: readonly PackFile[]): string {
  const sorted = [...files].sort((a, b) => (a.path < b.path ? -1 : 1));
  const contents = Object.fromEntries(sorted.map(({ path, text }) => [path, JSON.parse(text) as unknown]));
  return `${JSON.stringify({ format: FORMAT, version: VERSION, files: contents }, null, 1)}\n`;
}

function refuse(message: string): ReadPackFile {
  return { ok: false, problems: [{ file: '.', message }] };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
