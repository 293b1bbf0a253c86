/** Which packages ship, and which licences may. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageOf } from '../../scripts/licences/bundled.ts';
import {
  isAllowed,
  licenceProblems,
  notices,
  report,
  shippedPackages,
  unshipped,
  type Lock,
} from '../../scripts/licences/shipped.ts';
import { freshFolder } from '../support/folder.ts';

const LOCK: Lock = {
  packages: {
    '': { version: '1.0.0', license: 'MIT' },
    'node_modules/one': { version: '1.2.3', license: 'MIT', dev: true },
    'node_modules/@scope/two': { version: '2.0.0', license: 'GPL-3.0-only' },
    'node_modules/unused': { version: '3.0.0', license: 'MIT' },
    'node_modules/tool': { version: '4.0.0', license: 'MPL-2.0', dev: true },
    'node_modules/silent': { version: '5.0.0', dev: true },
  },
};
const MIT_TEXT = 'MIT License\n\nCopyright someone\n\nPermission is hereby granted, free of charge, to any person';
const shipped = (keys: string[], text = '') =>
  shippedPackages(
    new Map([
      ['renderer' as const, keys],
      ['main' as const, keys.slice(0, 1)],
    ]),
    LOCK,
    () => text,
  );

describe('the package of a module', () => {
  it.each([
    ['/p/node_modules/valibot/dist/index.mjs', 'node_modules/valibot'],
    ['/p/node_modules/@lucide/svelte/dist/icons/x.svelte?svelte&type=style', 'node_modules/@lucide/svelte'],
    ['/p/node_modules/a/node_modules/@b/c/index.js', 'node_modules/a/node_modules/@b/c'],
    ['\0/p/node_modules/heap/index.js?commonjs-es-import', 'node_modules/heap'],
    ['\0vite/preload-helper.js', 'node_modules/vite'],
    ['\0rolldown/runtime.js', 'node_modules/rolldown'],
    ['C:\\p\\node_modules\\heap\\lib\\heap.js', 'node_modules/heap', 'C:\\p\\node_modules'],
    ['/p/renderer/main.ts', null],
    ['/elsewhere/node_modules/other/index.js', null],
  ])('%s', (id, key, packages = '/p/node_modules') => {
    expect(packageOf(id, packages)).toBe(key);
  });
});

describe('what ships', () => {
  it('is what is in a bundle, whatever package.json calls it', () => {
    expect(shipped(['node_modules/one'])).toEqual([
      { key: 'node_modules/one', name: 'one', version: '1.2.3', licence: 'MIT', places: ['main', 'renderer'] },
    ]);
    expect(unshipped(shipped(['node_modules/one']), LOCK)).toEqual(['@scope/two', 'unused']);
  });

  it('must be known to the lock, and tell its licence somewhere', () => {
    expect(() => shipped(['node_modules/stranger'])).toThrow('does not know node_modules/stranger');
    expect(() => shipped(['node_modules/silent'])).toThrow('says the licence of node_modules/silent');
    expect(shipped(['node_modules/silent'], MIT_TEXT)[0]!.licence).toBe('MIT');
    expect(() => shipped(['node_modules/silent'], 'MIT License? Ask me.')).toThrow('says the licence');
  });
});

describe('a licence', () => {
  it.each(['MIT', 'ISC', 'BSD-3-Clause', '(MIT OR GPL-3.0-only)', 'MIT AND ISC', '0BSD'])('%s may ship', (licence) => {
    expect(isAllowed('one', licence)).toBe(true);
  });

  it.each([
    'GPL-3.0-only',
    'LGPL-2.1-or-later',
    'AGPL-3.0',
    'MPL-2.0',
    'EPL-2.0',
    'MIT AND GPL-2.0-only',
    '(MIT AND (GPL-2.0-only OR LGPL-3.0))',
    'CC-BY-SA-4.0',
    'UNLICENSED',
    'SEE LICENSE IN LICENSE',
    'OFL-1.1',
  ])('%s may not, in a package of code', (licence) => {
    expect(isAllowed('one', licence)).toBe(false);
  });

  it('of fonts may ship in a package of fonts', () => {
    expect(isAllowed('@fontsource-variable/atkinson-hyperlegible-next', 'OFL-1.1')).toBe(true);
  });

  it('that may not ship is named with its package', () => {
    expect(licenceProblems(shipped(['node_modules/one', 'node_modules/@scope/two']))).toEqual([
      '@scope/two 2.0.0 ships under GPL-3.0-only, which is not among the allowed',
    ]);
    // A tool that does not ship may have any licence.
    expect(licenceProblems(shipped(['node_modules/one']))).toEqual([]);
  });
});

it('the report names each package once, with its places', () => {
  const text = report(shipped(['node_modules/one', 'node_modules/@scope/two']), LOCK);
  expect(text).toMatch(/^\| one +\| 1\.2\.3 +\| MIT +\| main, renderer \|$/m);
  expect(text).toMatch(/^\| @scope\/two +\| 2\.0\.0 +\| GPL-3\.0-only +\| renderer +\|$/m);
  expect(text).toContain('not shipped: `unused`.');
});

it("the notices hold each package's own text, and not what a tool's file says of its parts", () => {
  const folder = freshFolder();
  const one = join(folder, 'node_modules', 'one');
  mkdirSync(one, { recursive: true });
  expect(() => notices(shipped(['node_modules/one']), folder)).toThrow('brings no licence text');
  writeFileSync(join(one, 'LICENSE.md'), `${MIT_TEXT}\n# Licenses of bundled dependencies\nSomething else`);
  const text = notices(shipped(['node_modules/one']), folder);
  expect(text).toContain('one 1.2.3 (MIT)');
  expect(text).toContain(MIT_TEXT);
  expect(text).not.toContain('Something else');
});
