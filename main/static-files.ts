/** The renderer's built files, by the path they are asked for. Only what was there at the start can be had. */
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, sep } from 'node:path';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.json': 'application/json; charset=utf-8',
};

export interface StaticFile {
  type: string;
  /** Its name holds its content's hash, so that it never changes. */
  immutable: boolean;
  read(): Buffer;
}

/** Lists a folder's files by URL path; `/` is `index.html`. Files of unknown kinds are left out. */
export function listStaticFiles(folder: string): Map<string, StaticFile> {
  const files = new Map<string, StaticFile>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const type = TYPES[extname(entry.name)];
    if (!entry.isFile() || !type) continue;
    const full = join(entry.parentPath, entry.name);
    const path = `/${full
      .slice(folder.length + 1)
      .split(sep)
      .join('/')}`;
    files.set(path, { type, immutable: path.startsWith('/assets/'), read: () => readFileSync(full) });
  }
  const index = files.get('/index.html');
  if (index) files.set('/', index);
  return files;
}
