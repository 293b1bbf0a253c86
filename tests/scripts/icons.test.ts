/** The committed icons: whole, in every size that is needed, and of the drawings as they are now. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ico, icns, ICNS_SIZES, pngSize } from '../../scripts/icons/containers.ts';
import { BUILD_FOLDER, drawingsHash, ICO_SIZES, LINUX_SIZES } from '../../scripts/icons/make.ts';

const read = (...path: string[]) => readFileSync(join(BUILD_FOLDER, ...path));

/** Reads an .ico file by what its entries say, not by how it was written. */
function icoPictures(file: Buffer): { said: number; png: Buffer }[] {
  expect([file.readUInt16LE(0), file.readUInt16LE(2)]).toEqual([0, 1]);
  return Array.from({ length: file.readUInt16LE(4) }, (_, n) => {
    const entry = file.subarray(6 + n * 16, 22 + n * 16);
    const [bytes, at] = [entry.readUInt32LE(8), entry.readUInt32LE(12)];
    expect(entry[0]).toBe(entry[1]);
    return { said: entry[0]! || 256, png: file.subarray(at, at + bytes) };
  });
}

/** Reads an .icns file block by block. */
function icnsPictures(file: Buffer): Map<string, Buffer> {
  expect(file.toString('latin1', 0, 4)).toBe('icns');
  expect(file.readUInt32BE(4)).toBe(file.length);
  const found = new Map<string, Buffer>();
  for (let at = 8; at < file.length; at += file.readUInt32BE(at + 4))
    found.set(file.toString('latin1', at, at + 4), file.subarray(at + 8, at + file.readUInt32BE(at + 4)));
  return found;
}

describe('the committed icons', () => {
  it('are made from the drawings as they are ("npm run icons" makes them anew)', () => {
    expect(read('icons.sha256').toString().trim()).toBe(drawingsHash());
  });

  it('are there in each size for Linux, as their names say', () => {
    const names = readdirSync(join(BUILD_FOLDER, 'icons'));
    expect(names.sort()).toEqual(LINUX_SIZES.map((size) => `${size}x${size}.png`).sort());
    for (const size of LINUX_SIZES) expect(pngSize(read('icons', `${size}x${size}.png`))).toBe(size);
  });

  it('are there in each size for Windows, the same pictures', () => {
    const pictures = icoPictures(read('icon.ico'));
    expect(pictures.map(({ said }) => said)).toEqual(ICO_SIZES);
    for (const { said, png } of pictures) expect(png.equals(read('icons', `${said}x${said}.png`))).toBe(true);
  });

  it('are there in each size for macOS, under the names of those sizes', () => {
    const sizes = [...icnsPictures(read('icon.icns'))].map(([type, png]) => [type, pngSize(png)]);
    expect(Object.fromEntries(sizes)).toEqual({
      icp4: 16,
      icp5: 32,
      ic11: 32,
      ic12: 64,
      ic07: 128,
      ic08: 256,
      ic13: 256,
      ic09: 512,
      ic14: 512,
      ic10: 1024,
    });
    expect(ICNS_SIZES).toHaveLength(7);
  });

  it('stay small', () => {
    expect(read('icon.ico').length + read('icon.icns').length).toBeLessThan(200_000);
  });
});

describe('a container', () => {
  const png = read('icons', '16x16.png');

  it('holds what was put in', () => {
    const pictures = [16, 256].map((size) => ({ size, png }));
    expect(icoPictures(ico(pictures))).toEqual([16, 256].map((said) => ({ said, png })));
    expect([...icnsPictures(icns(pictures))]).toEqual(['icp4', 'ic08', 'ic13'].map((type) => [type, png]));
  });

  it('takes a PNG for a PNG only, and a square one', () => {
    expect(() => pngSize(Buffer.from('<svg></svg> and some more text'))).toThrow('no PNG');
    const wide = Buffer.from(png);
    wide.writeUInt32BE(17, 16);
    expect(() => pngSize(wide)).toThrow('17 x 16 px is not square');
  });
});
