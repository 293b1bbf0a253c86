/** `main/electron.ts`: what the command line and the packaging make of the host's settings. */
import { join } from 'node:path';
import { beforeEach, expect, it, vi } from 'vitest';
import { defaultDataDir } from '../../main/compose.ts';
import { runElectronHost } from '../../main/electron/host.ts';
import { freshFolder } from '../support/folder.ts';

const electron = vi.hoisted(() => ({ app: { isPackaged: false } }));
const started = vi.hoisted(() => ({ with: [] as unknown[][] }));

vi.mock('electron', () => ({
  ...electron,
  ...Object.fromEntries(
    'BrowserWindow dialog ipcMain Menu powerMonitor powerSaveBlocker protocol screen session'
      .split(' ')
      .map((name) => [name, { name }]),
  ),
}));
vi.mock('../../main/electron/host.ts', () => ({ runElectronHost: vi.fn() }));
vi.mock('../../main/compose.ts', async (original) => ({
  ...(await original<object>()),
  startProgram: (...given: unknown[]) => void started.with.push(given),
}));

beforeEach(() => {
  vi.resetModules();
  started.with.length = 0;
});

/** Starts with these arguments. @returns what the host is given, and the folder of the packs that come with the program. */
async function start(...args: string[]) {
  vi.spyOn(process, 'argv', 'get').mockReturnValue(['electron', ...args]);
  await import('../../main/electron.ts');
  const [parts, settings] = vi.mocked(runElectronHost).mock.lastCall!;
  settings.startProgram();
  return { parts, settings, started: started.with[0]! };
}

it('starts on the folder of the user, with all parts of Electron that the host takes', async () => {
  const { parts, settings, started } = await start('.');
  expect(Object.values(parts).every(Boolean)).toBe(true);
  expect(settings).toMatchObject({ dataDir: defaultDataDir(), packs: [], platform: process.platform });
  expect(started).toEqual(['electron', defaultDataDir(), expect.stringMatching(/exams$/)]);
});

it('takes a folder and packs from the command line, and lets the switches of Chromium pass', async () => {
  const folder = freshFolder();
  const { settings, started } = await start(
    '.',
    '--data-dir',
    folder,
    '--enable-logging',
    join(folder, 'x.codehallpack'),
  );
  expect(settings).toMatchObject({ dataDir: folder, packs: [join(folder, 'x.codehallpack')] });
  expect(started[1]).toBe(folder);
});

it('keeps to the folder of the user when it is given an empty one', async () => {
  expect((await start('.', '--data-dir=')).settings.dataDir).toBe(defaultDataDir());
  vi.resetModules();
  expect((await start('.', '--data-dir')).settings.dataDir).toBe(defaultDataDir());
});

it.runIf(process.platform === 'linux')('takes the folder of the user by the custom of the platform', () => {
  const home = join('/home', 'ada');
  vi.stubEnv('HOME', home);
  vi.stubEnv('XDG_DATA_HOME', '/data');
  expect(defaultDataDir()).toBe('/data/codehall');
  // Neither may make the folder depend on where the program was started.
  for (const notSet of [undefined, '', 'data']) {
    vi.stubEnv('XDG_DATA_HOME', notSet);
    expect(defaultDataDir()).toBe(join(home, '.local', 'share', 'codehall'));
  }
});

it('finds its packs beside the archive when it is packaged', async () => {
  electron.app.isPackaged = true;
  Object.assign(process, { resourcesPath: '/opt/Codehall/resources' });
  expect((await start()).started[2]).toBe(join('/opt/Codehall/resources', 'exams'));
});
