/** What ships besides the program's own code, and under which licence: from the bundles and package-lock.json. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LISTS_FOLDER, PARTS, ROOT, type Part } from './bundled.ts';

/** Left out of the bundles and put into the package as they are; `npm run pack:check` holds this to what is packed. */
export const PACKED_AS_THEY_ARE = ['node_modules/better-sqlite3'];

/** Compiled into the native library. */
const COMPILED_IN = ['node_modules/node-addon-api'];

/** Where a package ships: in the bundle of a part, or beside the bundles. */
type Place = Part | 'native';

export interface Shipped {
  /** Its key in package-lock.json. */
  key: string;
  name: string;
  version: string;
  /** As the package says it, an SPDX expression. */
  licence: string;
  places: Place[];
}

export interface Lock {
  packages: Record<string, { version?: string; license?: string; dev?: boolean }>;
}

/** May ship: asks for its notice only. A licence that is not here is a question for a person. */
const ALLOWED = new Set(['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'Apache-2.0', 'CC0-1.0', 'Unlicense']);

/** May ship as a font: it asks the same of copies of the font, and nothing of the program. */
const FONT_LICENCE = 'OFL-1.1';
const FONTS = '@fontsource';

const nameOf = (key: string): string => key.slice(key.lastIndexOf('node_modules/') + 'node_modules/'.length);

/**
 * The packages that ship, by name.
 * @param textOf the licence text a package brings, by its key; asked where the lock says no licence.
 * @throws Error when the lock does not know one, or nothing tells its licence.
 */
export function shippedPackages(
  bundled: ReadonlyMap<Place, readonly string[]>,
  lock: Lock,
  textOf: (key: string) => string,
): Shipped[] {
  const keys = new Map<string, Place[]>();
  for (const [place, list] of bundled) for (const key of list) keys.set(key, [...(keys.get(key) ?? []), place]);
  return [...keys]
    .map(([key, places]) => {
      const { version, license } = lock.packages[key] ?? {};
      if (!version) throw new Error(`package-lock.json does not know ${key}`);
      const licence = license ?? licenceOfText(textOf(key));
      if (!licence) throw new Error(`neither package-lock.json nor its own text says the licence of ${key}`);
      return { key, name: nameOf(key), version, licence, places: places.sort() };
    })
    .sort((a, b) => (`${a.name} ${a.key}` < `${b.name} ${b.key}` ? -1 : 1));
}

/** A package may forget to name its licence and still bring its text. Only the MIT licence is known by it. */
function licenceOfText(text: string): string | undefined {
  return /^\s*(The )?MIT License\b[^]*Permission is hereby granted, free of charge/.test(text) ? 'MIT' : undefined;
}

/** Whether a licence may ship: of alternatives one must be allowed, of what holds together all. */
export function isAllowed(name: string, licence: string): boolean {
  if (licence === FONT_LICENCE) return name.startsWith(FONTS);
  const inner = /^\((.*)\)$/.exec(licence)?.[1] ?? licence;
  // Nested expressions are not taken apart, and so are not allowed.
  if (/ OR /.test(inner)) return inner.split(' OR ').some((one) => ALLOWED.has(one));
  return inner.split(' AND ').every((one) => ALLOWED.has(one));
}

/** What may not ship, in words; empty when all may. */
export function licenceProblems(shipped: readonly Shipped[]): string[] {
  return shipped
    .filter(({ name, licence }) => !isAllowed(name, licence))
    .map(({ name, version, licence }) => `${name} ${version} ships under ${licence}, which is not among the allowed`);
}

/** Packages that package.json calls dependencies, or brings by them, and that do not ship. */
export function unshipped(shipped: readonly Shipped[], lock: Lock): string[] {
  const keys = new Set(shipped.map(({ key }) => key));
  return Object.entries(lock.packages)
    .filter(([key, { dev }]) => key !== '' && dev !== true && !keys.has(key))
    .map(([key]) => nameOf(key))
    .sort();
}

/** The text of docs/licences.md. */
export function report(shipped: readonly Shipped[], lock: Lock): string {
  const rows = [
    ['package', 'version', 'licence', 'in'],
    ...shipped.map(({ name, version, licence, places }) => [name, version, licence, places.join(', ')]),
  ];
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const line = (cells: string[]) => `| ${cells.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`;
  const [head, ...body] = rows;
  const rest = unshipped(shipped, lock);
  return [
    '# Licences of what ships',
    '',
    'Made by `npm run licences` from the bundles and `package-lock.json`; `npm run pack:check` fails when it is out of date or when a',
    'licence is not among the allowed ones. Their texts are in every package, in `THIRD-PARTY-LICENCES.txt`.',
    '',
    line(head!),
    line(widths.map((width) => '-'.repeat(width))),
    ...body.map(line),
    '',
    '`native` is packed as it is, or compiled into the native library that goes with it; SQLite, which is in it too, is in the public domain. The',
    'fonts are under the SIL Open Font License, which asks for its notice and binds the fonts only. Of `rolldown` and `vite` only small helpers',
    'ship.',
    ...(rest.length > 0
      ? ['', `Called dependencies, and not shipped: ${rest.map((name) => `\`${name}\``).join(', ')}.`]
      : []),
    '',
    'Not in the table, because it is no package of the bundles: Electron (MIT), which brings Chromium, Node and, as a library of its own,',
    "FFmpeg (LGPL-2.1). Their notices come with Electron's runtime and stay beside the program as `LICENSE.electron.txt` and",
    '`LICENSES.chromium.html`. The program itself is under the MIT licence, its exam packs are under CC BY-SA 4.0 (`NOTICE`).',
    '',
  ].join('\n');
}

/** The text that goes with every package: each licence in full. @throws Error when a package brings none. */
export function notices(shipped: readonly Shipped[], folder = ROOT): string {
  const parts = shipped.map((item) => {
    const rule = '='.repeat(100);
    return `${rule}\n${item.name} ${item.version} (${item.licence})\n${rule}\n\n${licenceText(join(folder, item.key))}\n`;
  });
  return `Codehall contains the following works of others.\n\n${parts.join('\n')}`;
}

function licenceText(packageFolder: string): string {
  const files = readdirSync(packageFolder).filter((name) => /^(licen[cs]e|copying|notice)/i.test(name));
  if (files.length === 0) throw new Error(`${packageFolder} brings no licence text`);
  const text = files.map((name) => readFileSync(join(packageFolder, name), 'utf8').trim()).join('\n\n');
  // The licences of what a tool is made of are not those of its helpers.
  return text.split(/^# Licenses of bundled dependencies$/m)[0]!.trim();
}

/** What the last build and the lock say. @throws Error when there is no build. */
export function readShipped(): { shipped: Shipped[]; lock: Lock } {
  const read = (...path: string[]): unknown => JSON.parse(readFileSync(join(...path), 'utf8'));
  const lists = PARTS.map((part): [Place, string[]] => [part, read(LISTS_FOLDER, `${part}.json`) as string[]]);
  const lock = read(ROOT, 'package-lock.json') as Lock;
  const bundled = new Map<Place, string[]>([...lists, ['native', [...PACKED_AS_THEY_ARE, ...COMPILED_IN]]]);
  return { shipped: shippedPackages(bundled, lock, (key) => licenceText(join(ROOT, key))), lock };
}
