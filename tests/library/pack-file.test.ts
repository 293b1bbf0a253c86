/** A pack in one file: the same pack as its folder, and as little trusted. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readPackFile, writePackFile } from '../../main/exam/pack-file.ts';
import { loadLibrary, loadPackFile } from '../../main/services/library.ts';
import { freshFolder } from '../support/folder.ts';
import { packFiles, packParts, soundPack, writePack } from '../support/pack.ts';

const TEXT = writePackFile(packFiles());

function fileWith(text: string | Buffer): string {
  const path = join(freshFolder(), 'a.codehallpack');
  writeFileSync(path, text);
  return path;
}
const fileOf = (value: unknown) => fileWith(JSON.stringify(value));
const problemsOf = (path: string) => {
  const parsed = loadPackFile(path);
  return parsed.ok ? [] : parsed.problems;
};

it('is the same pack as its folder', () => {
  expect(loadPackFile(fileWith(TEXT))).toEqual({ ok: true, pack: soundPack() });
});

it('gives its files back as they were', () => {
  const read = readPackFile(TEXT);
  const sorted = packFiles().sort((a, b) => (a.path < b.path ? -1 : 1));
  expect(read).toEqual({ ok: true, files: sorted });
});

it('is found beside pack folders, in the order of the names, whatever the case of its ending', () => {
  const root = freshFolder();
  const parts = packParts();
  parts.info.id = 'in-a-file';
  writeFileSync(join(root, 'a.CodehallPack'), writePackFile(packFiles(parts)));
  writePack(join(root, 'b'));
  writeFileSync(join(root, 'notes.json'), '{}');
  const { packs, problems } = loadLibrary([root]);
  expect([...packs].map(([id, { folder }]) => [id, folder])).toEqual([
    ['in-a-file', join(root, 'a.CodehallPack')],
    ['small', join(root, 'b')],
  ]);
  expect(problems).toEqual([]);
});

it('names the file, item and field inside it that are wrong', () => {
  const parts = packParts();
  parts.items[0]!.key = ['f'];
  const path = fileWith(writePackFile(packFiles(parts)));
  expect(problemsOf(path)).toContainEqual({
    file: 'items/all.json',
    item: 'one',
    field: 'key',
    message: 'names an option the item has not',
  });
});

it.each<[string, string | Buffer, RegExp]>([
  ['other text', 'PK\x03\x04', /^is not JSON/],
  ['other JSON', '[]', /its "format" is not "codehall-pack"/],
  ['a null', 'null', /its "format" is not/],
  ['a later version', '{"format":"codehall-pack","version":2,"files":{}}', /of another version than 1/],
  ['no files', '{"format":"codehall-pack","version":1,"files":[]}', /has no "files"/],
  ['deep nesting', '['.repeat(40) + ']'.repeat(40), /nests deeper than 26/],
  ['bytes that are no text', Buffer.from([0xff, 0xfe, 0x00]), /is no UTF-8 text/],
  ['more than 16 MB', Buffer.alloc(16 * 1024 * 1024 + 1, ' '), /is larger than 16 MB/],
])('refuses %s', (_what, text, message) => {
  expect(problemsOf(fileWith(text))).toEqual([{ file: '.', message: expect.stringMatching(message) as string }]);
});

it('refuses what is no file, and what is not there', () => {
  const folder = join(freshFolder(), 'b.codehallpack');
  mkdirSync(folder);
  expect(problemsOf(folder)).toEqual([{ file: '.', message: 'is no file' }]);
  expect(problemsOf(join(folder, 'none'))[0]!.message).toMatch(/^cannot be read/);
});

it('holds the limits of a folder: 2 MB a file, 400 files', () => {
  const outer = (files: object) => ({ format: 'codehall-pack', version: 1, files });
  expect(problemsOf(fileOf(outer({ 'items/a.json': ' '.repeat(2 * 1024 * 1024) })))).toEqual([
    { file: 'items/a.json', message: 'is larger than 2 MB' },
  ]);
  const many = Object.fromEntries(Array.from({ length: 401 }, (_, n) => [`forms/${n}.json`, {}]));
  expect(problemsOf(fileOf(outer(many)))).toEqual([{ file: '.', message: 'has more than 400 files' }]);
});

it('takes no path for more than a name: nothing is written anywhere', () => {
  const files = Object.fromEntries(packFiles().map(({ path, text }) => [path, JSON.parse(text) as unknown]));
  const path = fileOf({ format: 'codehall-pack', version: 1, files: { ...files, '../../items/evil.json': [] } });
  expect(loadPackFile(path)).toEqual({ ok: true, pack: soundPack() });
});
