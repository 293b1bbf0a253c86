/**
 * Makes the program's icons in every size from the two drawings: `npm run icons`. The results are committed, so that a
 * package can be built without a browser; a test holds them to the drawings.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright';
import { chromiumOptions } from '../chromium.mjs';
import { ico, icns, ICNS_SIZES, type Picture } from './containers.ts';

const ROOT = join(import.meta.dirname, '..', '..');
export const BUILD_FOLDER = join(ROOT, 'build');

/** The drawing with all details, and the one for sizes where those would blur. */
const LARGE = join(BUILD_FOLDER, 'icon.svg');
const SMALL = join(ROOT, 'renderer', 'public', 'icon.svg');
/** The largest size of the small drawing, px. */
const SMALL_UP_TO = 32;

/** For Linux, as files; electron-builder puts each where the desktop looks for its size. */
export const LINUX_SIZES = [16, 24, 32, 48, 64, 128, 256, 512];
export const ICO_SIZES = [16, 24, 32, 48, 64, 128, 256];
/** macOS draws no frame of its own: a picture leaves this share of its width free at each side. */
const MAC_MARGIN = 100 / 1024;

/** What the committed pictures were made from. */
export function drawingsHash(): string {
  const hash = createHash('sha256');
  for (const file of [LARGE, SMALL]) hash.update(readFileSync(file, 'utf8').replaceAll('\r\n', '\n'));
  return hash.digest('hex');
}

async function draw(page: Page, size: number, margin: number): Promise<Picture> {
  const svg = readFileSync(size <= SMALL_UP_TO ? SMALL : LARGE);
  const free = Math.round(size * margin);
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(
    `<style>body { margin: 0 } img { display: block; width: ${size - 2 * free}px; padding: ${free}px }</style>
     <img src="data:image/svg+xml;base64,${svg.toString('base64')}">`,
  );
  return { size, png: await page.screenshot({ omitBackground: true }) };
}

async function drawAll(page: Page, sizes: readonly number[], margin: number): Promise<Picture[]> {
  const pictures: Picture[] = [];
  for (const size of sizes) pictures.push(await draw(page, size, margin));
  return pictures;
}

if (process.argv[1] === import.meta.filename) {
  const browser = await chromium.launch(chromiumOptions());
  try {
    const page = await browser.newPage();
    const plain = await drawAll(page, LINUX_SIZES, 0);
    const folder = join(BUILD_FOLDER, 'icons');
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    for (const { size, png } of plain) writeFileSync(join(folder, `${size}x${size}.png`), png);
    writeFileSync(join(BUILD_FOLDER, 'icon.ico'), ico(plain.filter(({ size }) => ICO_SIZES.includes(size))));
    writeFileSync(join(BUILD_FOLDER, 'icon.icns'), icns(await drawAll(page, ICNS_SIZES, MAC_MARGIN)));
    writeFileSync(join(BUILD_FOLDER, 'icons.sha256'), `${drawingsHash()}\n`);
  } finally {
    await browser.close();
  }
}
