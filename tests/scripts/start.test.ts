/** What `npm start` decides: its arguments, what is out of date, what to open, whether to ask for Electron again. */
import { mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { needsBuild, needsInstall, nodeStillThere, Trouble } from '../../scripts/bootstrap.mjs';
import { ago, findRuntime, remember, REMEMBERED_MS, unreachableFor } from '../../scripts/electron-runtime.mjs';
import { hasDisplay, obstacleToElectron, openingCommand, parseOptions } from '../../scripts/start-options.mjs';
import { freshFolder } from '../support/folder.ts';

/** Writes an empty file last changed at the given second. */
function write(folder: string, path: string, second: number, text = ''): void {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  for (let each = file; each !== folder; each = dirname(each)) utimesSync(each, second, second);
}

function troubleOf(work: () => unknown): Trouble {
  try {
    work();
  } catch (error) {
    if (error instanceof Trouble) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('the arguments', () => {
  const parse = (...args: string[]) => parseOptions(args, '/home/ada');

  it('without any ask for Electron with the usual data', () => {
    expect(parse()).toEqual({ help: false, web: false, electron: false, open: true, port: 0, dataDir: null });
  });

  it('name port and data folder, seen from where the user stands', () => {
    expect(parse('--web', '--no-open', '--port', '8123', '--data-dir', 'mine')).toMatchObject({
      web: true,
      open: false,
      port: 8123,
      dataDir: '/home/ada/mine',
    });
    expect(parse('--data-dir=/tmp/x')).toMatchObject({ web: false, dataDir: '/tmp/x' });
  });

  it.each([['--no-open'], ['--port=0']])('%s can only mean the web host', (flag) => {
    expect(parse(flag).web).toBe(true);
  });

  it.each([
    [['--port', 'a']],
    [['--port', '']],
    [['--port', '-1']],
    [['--port', '65536']],
    [['--port', '80.5']],
    [['--data-dir', '']],
    [['--electron', '--web']],
    [['--electron', '--no-open']],
    [['--wbe']],
    [['--port']],
    [['--web=yes']],
    [['surplus']],
  ])('%j are refused plainly with 2', (args) => {
    const trouble = troubleOf(() => parse(...args));
    expect(trouble.exitCode).toBe(2);
    expect(trouble.message).toContain(args[0]!.split('=')[0]);
  });
});

describe('what is out of date', () => {
  it('is the installation when there is none, or the lock file is newer', () => {
    const folder = freshFolder();
    write(folder, 'package-lock.json', 1000);
    expect(needsInstall(folder)).toBe(true);
    write(folder, 'node_modules/.package-lock.json', 1000);
    expect(needsInstall(folder)).toBe(false);
    write(folder, 'package-lock.json', 1001);
    expect(needsInstall(folder)).toBe(true);
  });

  const BUILT = ['dist/renderer/index.html', 'dist/main/web.js', 'dist/main/electron.js', 'dist/preload/index.cjs'];
  const SOURCES = [
    'main/exam/clock.ts',
    'preload/index.ts',
    'renderer/parts/Sheet.svelte',
    'package-lock.json',
    'vite.config.ts',
  ];
  function built(): string {
    const folder = freshFolder();
    for (const file of SOURCES) write(folder, file, 1000);
    for (const file of BUILT) write(folder, file, 2000);
    return folder;
  }

  it('is not a build newer than its sources, whatever the exam packs', () => {
    const folder = built();
    write(folder, 'exams/cpc-2026/pack.json', 3000);
    write(folder, 'tests/any.test.ts', 3000);
    expect(needsBuild(folder)).toBe(false);
  });

  it.each(BUILT)('is a build without %s', (file) => {
    const folder = built();
    rmSync(join(folder, file));
    expect(needsBuild(folder)).toBe(true);
  });

  it.each(SOURCES)('is a build older than %s', (file) => {
    const folder = built();
    write(folder, file, 2001);
    expect(needsBuild(folder)).toBe(true);
  });

  it('is a build of which one part was made before a change and the rest after', () => {
    const folder = built();
    write(folder, 'main/web.ts', 1500);
    write(folder, 'dist/main/web.js', 1400);
    expect(needsBuild(folder)).toBe(true);
  });

  it('is a build from a file that has been taken away', () => {
    const folder = built();
    write(folder, 'main/exam/extra.ts', 1000);
    rmSync(join(folder, 'main/exam/extra.ts'));
    expect(needsBuild(folder)).toBe(true);
  });
});

describe('where it is shown', () => {
  const url = 'http://127.0.0.1:1/#token=a';
  const profile = '/p';

  it('is an app window of a Chromium with its own profile', () => {
    expect(openingCommand(url, { platform: 'linux', chromium: '/usr/bin/chromium', profile })).toEqual({
      command: '/usr/bin/chromium',
      args: [`--app=${url}`, '--user-data-dir=/p', '--no-first-run', '--no-default-browser-check'],
      appWindow: true,
    });
  });

  it.each([
    ['linux', 'xdg-open'],
    ['freebsd', 'xdg-open'],
    ['darwin', 'open'],
    ['win32', 'cmd'],
  ] as const)('is the default browser without one, on %s by %s', (platform, command) => {
    const opening = openingCommand(url, { platform, chromium: null, profile });
    expect(opening).toMatchObject({ command, appWindow: false });
    expect(opening.args.at(-1)).toBe(url);
  });

  it('needs a display', () => {
    expect(hasDisplay('linux', {})).toBe(false);
    expect(hasDisplay('linux', { DISPLAY: '' })).toBe(false);
    expect(hasDisplay('linux', { DISPLAY: ':0' })).toBe(true);
    expect(hasDisplay('linux', { WAYLAND_DISPLAY: 'wayland-0' })).toBe(true);
    expect(hasDisplay('darwin', {})).toBe(true);
    expect(hasDisplay('win32', {})).toBe(true);
  });

  it('is not Electron without a display, nor for root', () => {
    expect(obstacleToElectron('linux', {}, 1000)).toContain('no display');
    expect(obstacleToElectron('linux', { DISPLAY: ':0' }, 0)).toContain('root');
    expect(obstacleToElectron('linux', { DISPLAY: ':0' }, 1000)).toBeNull();
    expect(obstacleToElectron('win32', {}, undefined)).toBeNull();
  });
});

describe("Electron's runtime", () => {
  it('is there when what path.txt names is', () => {
    const folder = freshFolder();
    expect(findRuntime(folder)).toBeNull();
    write(folder, 'node_modules/electron/path.txt', 1000, 'electron');
    expect(findRuntime(folder)).toBeNull();
    write(folder, 'node_modules/electron/dist/electron', 1000);
    expect(findRuntime(folder)).toBe(join(folder, 'node_modules/electron/dist/electron'));
  });

  it('that could not be downloaded is not asked for again within a day', () => {
    const folder = freshFolder();
    const now = Date.UTC(2026, 10, 22, 12);
    expect(unreachableFor(folder, now)).toBeNull();
    remember(folder, now);
    expect(unreachableFor(folder, now + 5)).toBe(5);
    expect(unreachableFor(folder, now + REMEMBERED_MS - 1)).toBe(REMEMBERED_MS - 1);
    expect(unreachableFor(folder, now + REMEMBERED_MS)).toBeNull();
    // The wall clock was set back: the memory says nothing.
    expect(unreachableFor(folder, now - 1)).toBeNull();
  });

  it('is asked for again when the memory cannot be read', () => {
    const folder = freshFolder();
    remember(folder, 0);
    write(folder, 'node_modules/.cache/codehall/electron-unreachable', 1000, '{"at":');
    expect(unreachableFor(folder, 5)).toBeNull();
  });

  it('has been tried at a time one can say', () => {
    expect([0, 29 * 60_000, 3_600_000, 7 * 3_600_000].map(ago)).toEqual([
      'less than an hour ago',
      'less than an hour ago',
      'an hour ago',
      '7 hours ago',
    ]);
  });
});

describe('the Node that npm is run on', () => {
  it('is the one that runs the script, unless an install has taken it away', () => {
    expect(nodeStillThere(process.execPath)).toBe(process.execPath);
    expect(nodeStillThere(join(freshFolder(), 'node_modules', 'node', 'bin', 'node'))).toBe('node');
  });
});
