/** Writes down which packages a bundle is made of, for the report of licences. */
import { mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

export const ROOT = join(import.meta.dirname, '..', '..');

/** Beside what ships, and not part of it. */
export const LISTS_FOLDER = join(ROOT, 'dist', 'packages');

/** The parts of the program; each is a bundle of its own. */
export const PARTS = ['main', 'preload', 'renderer'] as const;
export type Part = (typeof PARTS)[number];

/**
 * The package a module belongs to, by its key in package-lock.json (`node_modules/d3-scale/node_modules/d3-array`), or
 * null for the project's own.
 * @param id as the bundler names it: a path, or a name after a NUL for what it made itself.
 * @param packages the folder the packages lie in, links followed.
 */
export function packageOf(id: string, packages: string): string | null {
  const path = id.replaceAll('\\', '/');
  const folder = `${packages.replaceAll('\\', '/')}/`;
  // Small helpers that the tools put into the bundle.
  const tool = /^\0(vite|rolldown)\//.exec(path)?.[1];
  if (tool) return `node_modules/${tool}`;
  const at = path.indexOf(folder);
  if (at === -1) return null;
  const inside = `node_modules/${path.slice(at + folder.length)}`;
  return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/?]+/.exec(inside)?.[0] ?? null;
}

/** Lists the packages of which something is left in the bundle, in `dist/packages/<part>.json`. */
export function listPackages(part: Part): Plugin {
  const packages = realpathSync(join(ROOT, 'node_modules'));
  return {
    name: 'codehall-list-packages',
    apply: 'build',
    generateBundle(_options, bundle) {
      const ids = Object.values(bundle).flatMap((output) =>
        output.type === 'asset'
          ? output.originalFileNames.map((name) => realpathOf(name))
          : Object.entries(output.modules).flatMap(([id, { renderedLength }]) => (renderedLength > 0 ? [id] : [])),
      );
      const found = ids.map((id) => packageOf(id, packages)).filter((key) => key !== null);
      mkdirSync(LISTS_FOLDER, { recursive: true });
      writeFileSync(join(LISTS_FOLDER, `${part}.json`), `${JSON.stringify([...new Set(found)].sort(), null, 2)}\n`);
    },
  };
}

/** Assets are named from the folder the bundle is built in. */
function realpathOf(name: string): string {
  for (const folder of [ROOT, join(ROOT, 'renderer')])
    try {
      return realpathSync(join(folder, name));
    } catch {
      // Not from there.
    }
  return name;
}
