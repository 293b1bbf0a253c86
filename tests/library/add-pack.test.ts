/** A pack file handed to the program, on a real file system. */
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { addPack } from '../../main/services/add-pack.ts';
import { writePackFile } from '../../main/exam/pack-file.ts';
import { loadLibrary } from '../../main/services/library.ts';
import { StoreError } from '../../main/store/errors.ts';
import { freshFolder } from '../support/folder.ts';
import { packFiles, packParts, PACK_ID, type PackParts } from '../support/pack.ts';
import { TestProgram } from '../support/program.ts';

/** Writes a pack file of the small pack, after a change. */
function packFile(path: string, change: (parts: PackParts) => void = () => {}): string {
  const parts = packParts();
  change(parts);
  writeFileSync(path, writePackFile(packFiles(parts)));
  return path;
}

function desk() {
  const home = freshFolder();
  const folder = join(home, 'data', 'packs');
  const given = join(home, 'given.codehallpack');
  const add = (path = given, replace = false) => addPack(path, { folder, library: loadLibrary([folder]), replace });
  return { home, folder, given, add };
}

describe('a pack file', () => {
  it('is kept under the id of its pack, byte for byte, and nothing beside it', () => {
    const { folder, given, add } = desk();
    packFile(given);
    expect(add()).toEqual({ outcome: 'added', title: packParts().info.title });
    expect(readdirSync(folder)).toEqual([`${PACK_ID}.codehallpack`]);
    expect(readFileSync(join(folder, `${PACK_ID}.codehallpack`))).toEqual(readFileSync(given));
    expect(loadLibrary([folder])).toMatchObject({ packs: { size: 1 }, problems: [] });
  });

  it('that is there already is left alone, also when it is opened where it lies', () => {
    const { folder, given, add } = desk();
    packFile(given);
    add();
    expect(add()).toMatchObject({ outcome: 'same' });
    expect(add(join(folder, `${PACK_ID}.codehallpack`))).toMatchObject({ outcome: 'same' });
    expect(readdirSync(folder)).toHaveLength(1);
  });

  it('of the same id with other contents takes its place only when that is asked for', () => {
    const { folder, given, add } = desk();
    packFile(given);
    add();
    const before = readFileSync(join(folder, `${PACK_ID}.codehallpack`));
    packFile(given, (parts) => (parts.info.title = 'Another'));
    expect(add()).toEqual({ outcome: 'other-there', title: 'Another' });
    expect(readFileSync(join(folder, `${PACK_ID}.codehallpack`))).toEqual(before);
    expect(add(given, true)).toEqual({ outcome: 'added', title: 'Another' });
    expect(loadLibrary([folder]).packs.get(PACK_ID)?.pack.info.title).toBe('Another');
  });

  it('that was copied there by hand in other letters is found, and replaced where it lies', () => {
    const { folder, given, add } = desk();
    mkdirSync(folder, { recursive: true });
    const byHand = join(folder, `${PACK_ID.toUpperCase()}.codehallpack`);
    packFile(byHand);
    packFile(given);
    expect(add()).toMatchObject({ outcome: 'same' });
    packFile(given, (parts) => (parts.info.title = 'Another'));
    expect(add()).toEqual({ outcome: 'other-there', title: 'Another' });
    expect(add(given, true)).toEqual({ outcome: 'added', title: 'Another' });
    expect(readdirSync(folder)).toEqual([`${PACK_ID.toUpperCase()}.codehallpack`]);
    expect(loadLibrary([folder])).toMatchObject({ packs: { size: 1 }, problems: [] });
  });

  it('of an id that lies there under another name is refused, whatever is asked for', () => {
    const { folder, given, add } = desk();
    mkdirSync(folder, { recursive: true });
    packFile(join(folder, 'mine.codehallpack'));
    packFile(given, (parts) => (parts.info.title = 'Another'));
    expect(add(given, true)).toEqual({ outcome: 'taken', title: 'Another', from: join(folder, 'mine.codehallpack') });
    expect(readdirSync(folder)).toEqual(['mine.codehallpack']);
  });

  it('with a mistake is not kept, and its problems name their place', () => {
    const { folder, given, add } = desk();
    packFile(given, (parts) => (parts.info.about = ''));
    const added = add();
    expect(added).toMatchObject({ outcome: 'broken', problems: [{ file: 'pack.json', field: 'about' }] });
    expect(existsSync(folder)).toBe(false);
  });

  it('is read once: what is kept is what was checked', () => {
    const { folder, given, add } = desk();
    packFile(given);
    const sound = readFileSync(given);
    // What a second reading would find, as when another program writes the file meanwhile.
    const parsing = vi.spyOn(TextDecoder.prototype, 'decode').mockImplementationOnce(() => {
      writeFileSync(given, '{}');
      return sound.toString();
    });
    expect(add()).toMatchObject({ outcome: 'added' });
    expect(parsing).toHaveBeenCalled();
    expect(readFileSync(given, 'utf8')).toBe('{}');
    expect(readFileSync(join(folder, `${PACK_ID}.codehallpack`))).toEqual(sound);
  });

  it.each([
    ['is not there', () => {}],
    ['is a folder', (path: string) => void mkdirSync(path)],
    ['is no JSON', (path: string) => writeFileSync(path, 'pack')],
    ['is too large', (path: string) => writeFileSync(path, Buffer.alloc(16 * 1024 * 1024 + 1, ' '))],
    ['is a device that never ends', (path: string) => symlinkSync('/dev/zero', path)],
  ])('that %s is refused in words', (_what, make) => {
    const { folder, given, add } = desk();
    make(given);
    expect(add()).toMatchObject({ outcome: 'broken', problems: [{ file: '.', message: expect.any(String) }] });
    expect(existsSync(folder)).toBe(false);
  });

  it('changes nothing where the folder cannot be written', () => {
    const { home, folder, given, add } = desk();
    packFile(given);
    mkdirSync(join(home, 'data'));
    writeFileSync(folder, 'a file in its place');
    expect(() => add()).toThrow(StoreError);
    expect(readFileSync(folder, 'utf8')).toBe('a file in its place');
  });

  it('changes nothing where its place is taken by a folder', () => {
    const { folder, given, add } = desk();
    packFile(given);
    mkdirSync(join(folder, `${PACK_ID}.codehallpack`), { recursive: true });
    expect(() => add()).toThrow();
    expect(readdirSync(folder)).toEqual([`${PACK_ID}.codehallpack`]);
  });
});

describe('the program', () => {
  const another = (test: TestProgram, change: (parts: PackParts) => void = () => {}) =>
    packFile(join(test.dataDir, '..', 'given.codehallpack'), (parts) => {
      parts.info.id = 'another';
      change(parts);
    });

  it('offers a pack at once that was added, and at the next start', () => {
    const test = new TestProgram();
    const packs = () => test.value('hall.show', {}).forms.map((form) => form.packId);
    expect(packs()).toEqual([PACK_ID]);
    expect(test.program.addPack(another(test), false)).toMatchObject({ outcome: 'added' });
    expect(packs()).toEqual([PACK_ID, 'another']);
    expect(test.value('app.info', {}).packs.map(({ id }) => id)).toEqual([PACK_ID, 'another']);
    expect(test.notes.some((note) => note.startsWith('exam pack added'))).toBe(true);
    test.stop();
    expect(packs()).toEqual([PACK_ID, 'another']);
  });

  it('goes on with a sitting whose pack is replaced, on the questions it began with', () => {
    const test = new TestProgram();
    test.program.addPack(another(test), false);
    const settings = { order: 'front-to-back', timeFactor: 1, proctored: false, candidate: '' } as const;
    const begun = test.value('sitting.start', { packId: 'another', formId: 'a', settings });
    const changed = another(test, (parts) => (parts.items[0]!.stem = 'Another stem?'));
    expect(test.program.addPack(changed, true)).toMatchObject({ outcome: 'added' });
    const again = test.value('sitting.open', { sittingId: begun.sittingId });
    expect(again.items).toEqual(begun.items);
    expect(again.clock).toEqual(begun.clock);
  });

  it('keeps the pack that came with it against one of the same id', () => {
    const test = new TestProgram();
    const same = packFile(join(test.dataDir, '..', 'same.codehallpack'), (parts) => (parts.info.title = 'Mine'));
    expect(test.program.addPack(same, true)).toMatchObject({ outcome: 'taken', title: 'Mine' });
    expect(existsSync(join(test.dataDir, 'packs', `${PACK_ID}.codehallpack`))).toBe(false);
    expect(test.value('hall.show', {}).problems).toEqual([]);
  });
});
