/** The files that hold one icon in many sizes, as Windows (.ico) and macOS (.icns) want them. Every size is a PNG. */

export interface Picture {
  /** Its width and height, px. */
  size: number;
  png: Buffer;
}

const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/**
 * What a picture says of its own size: in the first chunk, IHDR, behind its length and name.
 * @throws Error when it is no PNG, or not square.
 */
export function pngSize(png: Buffer): number {
  if (!png.subarray(0, 8).equals(PNG_SIGNATURE) || png.toString('latin1', 12, 16) !== 'IHDR') throw new Error('no PNG');
  const width = png.readUInt32BE(16);
  const height = png.readUInt32BE(20);
  if (width !== height) throw new Error(`${width} x ${height} px is not square`);
  return width;
}

/** Sizes up to 256 px. Layout: a header, an entry of 16 bytes for each picture, the pictures. */
export function ico(pictures: readonly Picture[]): Buffer {
  const header = Buffer.alloc(6);
  header.writeUInt16LE(1, 2); // an icon, not a cursor
  header.writeUInt16LE(pictures.length, 4);
  let offset = header.length + 16 * pictures.length;
  const entries = pictures.map(({ size, png }) => {
    const entry = Buffer.alloc(16);
    entry.writeUInt8(size % 256, 0); // 256 is written as 0
    entry.writeUInt8(size % 256, 1);
    entry.writeUInt16LE(1, 4); // planes
    entry.writeUInt16LE(32, 6); // bits of a pixel
    entry.writeUInt32LE(png.length, 8);
    entry.writeUInt32LE(offset, 12);
    offset += png.length;
    return entry;
  });
  return Buffer.concat([header, ...entries, ...pictures.map(({ png }) => png)]);
}

/** Names of an .icns file for a PNG of each size; the second is for screens of double density. */
const ICNS_TYPES: Record<number, string[]> = {
  16: ['icp4'],
  32: ['icp5', 'ic11'],
  64: ['ic12'],
  128: ['ic07'],
  256: ['ic08', 'ic13'],
  512: ['ic09', 'ic14'],
  1024: ['ic10'],
};

/** The sizes an .icns file holds, px. */
export const ICNS_SIZES = Object.keys(ICNS_TYPES).map(Number);

/** Layout: "icns" and the length of all, then for each picture its name, its length with these 8 bytes, the PNG. */
export function icns(pictures: readonly Picture[]): Buffer {
  const block = (type: string, content: Buffer): Buffer => {
    const head = Buffer.alloc(8);
    head.write(type, 'latin1');
    head.writeUInt32BE(head.length + content.length, 4);
    return Buffer.concat([head, content]);
  };
  const blocks = pictures.flatMap(({ size, png }) => ICNS_TYPES[size]!.map((type) => block(type, png)));
  return block('icns', Buffer.concat(blocks));
}
