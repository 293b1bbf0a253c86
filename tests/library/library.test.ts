import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadLibrary } from '../../main/services/library.ts';
import { freshFolder } from '../support/folder.ts';
import { writePack } from '../support/pack.ts';

it('loads every pack below its folders, and passes over a folder that is not there', () => {
  const root = freshFolder();
  writePack(join(root, 'own', 'first'));
  writePack(join(root, 'user', 'second'), (parts) => (parts.info.id = 'second'));
  mkdirSync(join(root, 'own', 'no-pack'));
  const library = loadLibrary([join(root, 'own'), join(root, 'nowhere'), join(root, 'user')]);
  expect([...library.packs.keys()]).toEqual(['small', 'second']);
  expect(library.packs.get('second')!.folder).toBe(join(root, 'user', 'second'));
  expect(library.problems).toEqual([]);
});

it('lists a malformed pack with its problems, and the rest loads', () => {
  const root = freshFolder();
  writePack(join(root, 'bad'), (parts) => {
    parts.info.id = 'bad';
    parts.items[0]!.key = ['f'];
  });
  writePack(join(root, 'good'));
  const library = loadLibrary([root]);
  expect([...library.packs.keys()]).toEqual(['small']);
  expect(library.problems).toEqual([
    {
      pack: join(root, 'bad'),
      problems: expect.arrayContaining([
        { file: 'items/all.json', item: 'one', field: 'key', message: 'names an option the item has not' },
      ]) as never,
    },
  ]);
});

it('keeps the first of two packs with the same id, and says so', () => {
  const root = freshFolder();
  writePack(join(root, 'a'));
  writePack(join(root, 'b'));
  const library = loadLibrary([root]);
  expect(library.packs.get('small')!.folder).toBe(join(root, 'a'));
  expect(library.problems).toMatchObject([{ pack: join(root, 'b'), problems: [{ file: 'pack.json', field: 'id' }] }]);
});

it('refuses a file of more than 2 MB without reading it', () => {
  const root = freshFolder();
  const pack = writePack(join(root, 'big'));
  writeFileSync(join(pack, 'items', 'big.json'), Buffer.alloc(2 * 1024 * 1024 + 1, ' '));
  expect(loadLibrary([root])).toMatchObject({
    problems: [{ problems: [{ file: 'items/big.json', message: 'is larger than 2 MB' }] }],
  });
});

it('refuses a pack of more than 400 files', () => {
  const root = freshFolder();
  const pack = writePack(join(root, 'many'));
  for (let n = 0; n < 400; n++) writeFileSync(join(pack, 'forms', `f${n}.json`), '{}');
  expect(loadLibrary([root]).problems[0]!.problems).toEqual([{ file: '.', message: 'has more than 400 files' }]);
});

it.skipIf(process.platform === 'win32')('follows no links out of the pack', () => {
  const root = freshFolder();
  const pack = writePack(join(root, 'linked'));
  const outside = join(freshFolder(), 'outside.json');
  writeFileSync(outside, '{');
  symlinkSync(outside, join(pack, 'items', 'outside.json'));
  const library = loadLibrary([root]);
  expect(library.problems).toEqual([]);
  expect(library.packs.size).toBe(1);
});
