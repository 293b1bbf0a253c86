/**
 * `npm run pack:check [-- --report FILE]`: makes the package of each platform with electron-builder, with a folder that
 * stands in for Electron's runtime, and checks what came of it. Needs no network and no Electron; what only the real
 * runtime could show (that it opens, the installers) is not checked here.
 */
import { extractAll } from '@electron/asar';
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { NtExecutable, NtExecutableResource } from 'resedit';
import { PACK_FILE_EXTENSION } from '../../main/exam/pack-file.ts';
import { ICO_SIZES } from '../icons/make.ts';
import { ROOT } from '../licences/bundled.ts';
import { licenceProblems, notices, PACKED_AS_THEY_ARE, readShipped, report } from '../licences/shipped.ts';
import { NOTICES_FILE, REPORT_FILE } from '../licences/write.ts';
import { contentProblems, kilobytes, sizeProblems, type PackedFile } from './contents.ts';
import { fuseProblems, readFuses } from './fuses.ts';
import { filesBelow, placesIn, readPackage } from './read-package.ts';
import { standInForElectron, type TargetPlatform } from './stand-in.ts';
import { giveElectronStub, type CameOfStart } from './start-packed.ts';

interface Target {
  platform: TargetPlatform;
  /** As electron-builder's option. */
  option: string;
  arch: string;
}
/** Of each installer of electron-builder.yml one; on Linux the one that this machine can start. */
const TARGETS: readonly Target[] = [
  { platform: 'linux', option: '--linux', arch: process.arch === 'arm64' ? 'arm64' : 'x64' },
  { platform: 'win32', option: '--win', arch: 'x64' },
  { platform: 'darwin', option: '--mac', arch: 'arm64' },
];

const { values } = parseArgs({ options: { report: { type: 'string' } } });
const rows: { name: string; ok: boolean }[] = [];
const folder = mkdtempSync(join(tmpdir(), 'codehall-pack-'));

/** Makes one check. @param problems what is wrong, in words; none when all is well. */
function check(name: string, problems: () => string[]): void {
  let found: string[];
  try {
    found = problems();
  } catch (error) {
    found = [(error as Error).stack ?? String(error)];
  }
  rows.push({ name, ok: found.length === 0 });
  console.log(`${found.length === 0 ? 'ok    ' : 'FAILED'} ${name}`);
  for (const problem of found.slice(0, 20)) console.log(`         ${problem.replaceAll('\n', '\n         ')}`);
  if (found.length > 20) console.log(`         and ${found.length - 20} more`);
}

try {
  checkLicences();
  for (const target of TARGETS) checkTarget(target);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
const failed = rows.filter(({ ok }) => !ok).length;
console.log(`${rows.length - failed} passed, ${failed} failed`);
if (values.report) writeFileSync(values.report, JSON.stringify(rows));
process.exitCode = failed > 0 ? 1 : 0;

function checkLicences(): void {
  const { shipped, lock } = readShipped();
  check('every licence that ships is allowed', () => licenceProblems(shipped));
  check('docs/licences.md is up to date', () => {
    const kept = readFileSync(REPORT_FILE, 'utf8').replaceAll('\r\n', '\n');
    return kept === report(shipped, lock) ? [] : ['"npm run licences" writes it anew'];
  });
  writeFileSync(NOTICES_FILE, notices(shipped));
}

function checkTarget(target: Target): void {
  const { platform, arch } = target;
  const name = `${platform}-${arch}`;
  const output = join(folder, name);
  check(`${name}: is packed`, () => pack(target, output));
  if (!rows.at(-1)?.ok) return;
  const { root, resources, binary } = placesIn(output, platform);
  check(`${name}: holds what runs and nothing else`, () => {
    const read = readPackage(resources, name);
    const kept = PACKED_AS_THEY_ARE.map((key) => key.replace('node_modules/', ''));
    const asListed = kept.sort().join() === read.imports.join();
    return [
      ...contentProblems(read),
      ...(asListed ? [] : [`main imports ${read.imports.join(', ')}; the report of licences says ${kept.join(', ')}`]),
    ];
  });
  check(`${name}: has its fuses set`, () => fuseProblems(readFuses(readFileSync(binary))));
  if (platform === 'linux') {
    check(`${name}: keeps Electron's licences`, () =>
      missing(root, ['LICENSE.electron.txt', 'LICENSES.chromium.html']),
    );
    checkSizes(root, resources, name);
    checkStart(resources, name);
  }
  if (platform === 'win32') check(`${name}: has its icon, name and integrity`, () => windowsProblems(binary));
  if (platform === 'darwin')
    check(`${name}: opens pack files, has its icon and integrity`, () => macProblems(resources));
}

/** @returns what electron-builder said, when it failed. */
function pack({ platform, option, arch }: Target, output: string): string[] {
  const electronDist = join(folder, `electron-${platform}`);
  standInForElectron(electronDist, platform);
  const builder = join(ROOT, 'node_modules', 'electron-builder', 'cli.js');
  const settings = [`-c.electronDist=${electronDist}`, `-c.directories.output=${output}`];
  const environment = { ...process.env, CSC_IDENTITY_AUTO_DISCOVERY: 'false' };
  try {
    execFileSync(process.execPath, [builder, option, 'dir', `--${arch}`, ...settings], {
      cwd: ROOT,
      env: environment,
      stdio: 'pipe',
      timeout: 120_000,
    });
    return [];
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: Buffer; stderr?: Buffer };
    return [`electron-builder failed:\n${String(stdout ?? '')}${String(stderr ?? error)}`];
  }
}

function missing(root: string, names: readonly string[]): string[] {
  const there = new Set(filesBelow(root).map(({ path }) => path));
  return names.filter((name) => !there.has(name)).map((name) => `${name} is missing`);
}

function checkSizes(root: string, resources: string, name: string): void {
  const { archive, mainBytes, rendererGzipBytes } = readPackage(resources, name);
  check(
    `${name}: main ${kilobytes(mainBytes)}, renderer ${kilobytes(rendererGzipBytes)} compressed, within the budget`,
    () => sizeProblems(mainBytes, rendererGzipBytes),
  );
  const all = filesBelow(root).filter(({ path }) => path.startsWith('resources/'));
  const sum = (files: readonly PackedFile[]) => files.reduce((total, { bytes }) => total + bytes, 0);
  console.log(`       all that is Codehall's: ${kilobytes(sum(all))}, without Electron's runtime; the ten largest:`);
  const beside = all.filter(({ path }) => !/app\.asar(\.unpacked\/|$)/.test(path));
  const largest = [...archive, ...beside].sort((a, b) => b.bytes - a.bytes).slice(0, 10);
  for (const { path, bytes } of largest) console.log(`       ${kilobytes(bytes).padStart(9)}  ${path}`);
}

/** Starts the packed main twice on the same data: the second start must know what the first was told. */
function checkStart(resources: string, name: string): void {
  if (process.platform !== 'linux') {
    console.log(`       not started: this is no Linux`);
    return;
  }
  const app = join(folder, 'app');
  check(`${name}: starts, serves its page, and keeps an answer`, () => {
    extractAll(join(resources, 'app.asar'), app);
    giveElectronStub(join(app, 'node_modules'), readPackage(resources, name).electronParts);
    const start = (): CameOfStart => {
      const args = [join(import.meta.dirname, 'start-packed.ts'), app, resources, join(folder, 'data')];
      const printed = execFileSync(process.execPath, args, {
        cwd: folder,
        encoding: 'utf8',
        timeout: 40_000,
        stdio: 'pipe',
      });
      return JSON.parse(printed.trimEnd().split('\n').at(-1)!) as CameOfStart;
    };
    const [first, second] = [start(), start()];
    const library = join(app, 'node_modules', 'better-sqlite3', 'prebuilds', `${name}.node`);
    const wrong = (what: string, is: unknown, wanted: unknown) =>
      JSON.stringify(is) === JSON.stringify(wanted)
        ? []
        : [`${what}: ${JSON.stringify(is)}, not ${JSON.stringify(wanted)}`];
    return [
      ...wrong('host', first.host, 'electron'),
      ...(first.forms > 0 ? [] : ['the packed exams have no form']),
      ...wrong('answers before', [first.answeredBefore, second.answeredBefore], [0, 1]),
      ...wrong('native libraries', first.libraries, [library]),
      ...wrong('boxes', first.boxes, []),
      ...(Object.keys(first.page).length > 2 ? [] : ['the page names no files']),
      ...Object.entries(first.page).flatMap(([path, status]) => wrong(`app://codehall${path}`, status, 200)),
    ];
  });
}

function windowsProblems(binary: string): string[] {
  const { entries } = NtExecutableResource.from(NtExecutable.from(readFileSync(binary), { ignoreCert: true }));
  const ICON = 3;
  const VERSION = 16;
  const icons = entries.filter(({ type }) => type === ICON).length;
  const version = entries.filter(({ type }) => type === VERSION).map(({ bin }) => Buffer.from(bin).toString('utf16le'));
  return [
    ...(icons === ICO_SIZES.length ? [] : [`it has ${icons} icons, not ${ICO_SIZES.length}`]),
    ...(version.some((text) => text.includes('Codehall')) ? [] : ['its name is not Codehall']),
    ...(entries.some(({ id }) => id === 'ELECTRONASAR') ? [] : ["it does not hold the archive's hash"]),
  ];
}

function macProblems(resources: string): string[] {
  const { parse } = createRequire(import.meta.url)('plist') as { parse(text: string): Record<string, unknown> };
  const info = parse(readFileSync(join(resources, '..', 'Info.plist'), 'utf8'));
  const types = info['CFBundleDocumentTypes'] as { CFBundleTypeExtensions: string[] }[] | undefined;
  const icon = readFileSync(join(resources, String(info['CFBundleIconFile'])));
  return [
    ...(types?.[0]?.CFBundleTypeExtensions.includes(PACK_FILE_EXTENSION.slice(1)) ? [] : ['it opens no pack files']),
    ...(icon.equals(readFileSync(join(ROOT, 'build', 'icon.icns'))) ? [] : ['its icon is not build/icon.icns']),
    ...('ElectronAsarIntegrity' in info ? [] : ["it does not hold the archive's hash"]),
  ];
}
