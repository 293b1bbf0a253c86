/** What may be in a package: the judge of `npm run pack:check`, on packages that are right and wrong on purpose. */
import { describe, expect, it } from 'vitest';
import {
  contentProblems,
  importsOf,
  kilobytes,
  MAIN_LIMIT,
  RENDERER_GZIP_LIMIT,
  sizeProblems,
  type Package,
  type PackedFile,
} from '../../scripts/pack/contents.ts';

const files = (...paths: string[]): PackedFile[] => paths.map((path) => ({ path, bytes: 1 }));
const LIBRARY = 'node_modules/better-sqlite3/prebuilds/linux-x64.node';

const SOUND: Package = {
  target: 'linux-x64',
  archive: files(
    'package.json',
    'dist/main/electron.js',
    'dist/main/compose-1.js',
    'dist/preload/index.cjs',
    'dist/renderer/index.html',
    'dist/renderer/assets/index-1.js',
    'dist/renderer/assets/a.woff2',
    'node_modules/better-sqlite3/package.json',
    'node_modules/better-sqlite3/LICENSE',
    'node_modules/better-sqlite3/lib/methods/backup.js',
    LIBRARY,
  ),
  unpacked: files(LIBRARY),
  resources: files(
    'app.asar',
    'LICENSE',
    'NOTICE',
    'THIRD-PARTY-LICENCES.txt',
    'exams/cpc-2026/pack.json',
    'exams/ccs-2026/pack.json',
    'exams/ccs-2026/items/a.json',
  ),
  imports: ['better-sqlite3'],
};
type Place = 'archive' | 'unpacked' | 'resources';
const withFile = (place: Place, path: string) =>
  contentProblems({ ...SOUND, [place]: [...SOUND[place], ...files(path)] });
const without = (place: Place, path: string) =>
  contentProblems({ ...SOUND, [place]: SOUND[place].filter((file) => file.path !== path) });

it('finds nothing wrong with a package of what runs', () => {
  expect(contentProblems(SOUND)).toEqual([]);
});

describe('a package is refused with', () => {
  it.each([
    'tests/pack/contents.test.ts',
    'main/electron.ts',
    'renderer/App.svelte',
    'scripts/start.mjs',
    'dist/main/electron.js.map',
    'dist/packages/main.json',
    'exams/cpc-2026/pack.json',
    'node_modules/better-sqlite3/src/util/bind-map.cpp',
    'node_modules/better-sqlite3/binding.gyp',
    '.env',
    'vite.config.ts',
  ])('%s in the archive', (path) => {
    expect(withFile('archive', path)).toEqual([`${path} is in the archive and does not run`]);
  });

  it.each(['node_modules/ts-fsrs/package.json', 'node_modules/@x/vite/lib/index.js', 'node_modules/electron/LICENSE'])(
    '%s, of a package that main does not import',
    (path) => {
      expect(withFile('archive', path)).toEqual([expect.stringMatching(/main does not import/) as string]);
    },
  );

  it('the library of another platform', () => {
    const path = 'node_modules/better-sqlite3/prebuilds/win32-x64.node';
    expect(withFile('archive', path)).toEqual([`${path} is in the archive, and this is linux-x64`]);
    expect(withFile('unpacked', path)).toEqual([`${path} is unpacked for no reason`]);
  });

  it('JavaScript outside the archive, whose integrity nobody checks', () => {
    const path = 'node_modules/better-sqlite3/lib/index.js';
    expect(withFile('unpacked', path)).toEqual([`${path} is unpacked for no reason`]);
  });

  it.each(['app-update.yml', 'default_app.asar', 'exams/README.md', 'exams/codes.lock.json'])(
    '%s beside it',
    (path) => {
      expect(withFile('resources', path)).toEqual([`${path} is beside the archive for no reason`]);
    },
  );
});

describe('a package is refused without', () => {
  it.each<[Place, string]>([
    ['archive', 'dist/main/electron.js'],
    ['archive', 'dist/preload/index.cjs'],
    ['archive', 'dist/renderer/index.html'],
    ['resources', 'LICENSE'],
    ['resources', 'THIRD-PARTY-LICENCES.txt'],
    ['resources', 'exams/ccs-2026/pack.json'],
  ])('%s: %s', (place, path) => {
    expect(without(place, path)).toEqual([expect.stringContaining(`${path} is not`) as string]);
  });

  it('the library outside the archive', () => {
    expect(without('unpacked', LIBRARY)).toEqual([`${LIBRARY} is not unpacked`]);
  });

  it('a package that main imports', () => {
    const problems = contentProblems({ ...SOUND, imports: ['better-sqlite3', 'ts-fsrs'] });
    expect(problems).toContain('main imports ts-fsrs, which is not in the archive');
  });
});

it("finds a bundle's imports, and takes neither its own files nor Node's for packages", () => {
  const text = `import { a } from "./chunk-1.js";
import Database from "better-sqlite3";
import { app, dialog } from "electron";
import {
  b,
} from 'ts-fsrs';
import "side-effect";
export { c } from "re-exported/inner";
import { join } from "node:path";
const later = await import("@scope/later");
var fs = __require("fs"), native = __require("required");
const words = 'import it from "nowhere" in the middle of a text';
`;
  expect(importsOf([text, text])).toEqual([
    '@scope/later',
    'better-sqlite3',
    're-exported/inner',
    'required',
    'side-effect',
    'ts-fsrs',
  ]);
});

it('finds what a bundle imports where nothing stands between its statements', () => {
  const text =
    'import{a}from"./own.js";import b from"better-sqlite3";import*as c from"node:fs";import{d}from"ts-fsrs";import"last";var e=1;';
  expect(importsOf([text])).toEqual(['better-sqlite3', 'last', 'ts-fsrs']);
});

it('holds the budget of own code', () => {
  expect(sizeProblems(MAIN_LIMIT, RENDERER_GZIP_LIMIT)).toEqual([]);
  expect(sizeProblems(MAIN_LIMIT + 1000, RENDERER_GZIP_LIMIT + 1000)).toEqual([
    "main's JavaScript: 401 kB, more than 400 kB",
    "the renderer's JavaScript, compressed: 251 kB, more than 250 kB",
  ]);
  expect(kilobytes(1_234_567)).toBe('1,235 kB');
});
