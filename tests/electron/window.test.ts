/** Where the window opens, and what stands in its menu. */
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type * as Electron from 'electron';
import { Started } from './started.ts';
import { WindowStub } from './stub.ts';

const LAPTOP = { x: 0, y: 0, width: 1366, height: 728 };
const BESIDE = { x: 1366, y: 0, width: 1920, height: 1040 };

/** Starts with this in `window.json`, on these displays. @returns the options of the window. */
async function openedWith(kept: unknown, ...areas: Electron.Rectangle[]) {
  const started = await Started.host(({ electron }, { dataDir }) => {
    mkdirSync(dataDir, { recursive: true });
    if (kept !== undefined)
      writeFileSync(join(dataDir, 'window.json'), typeof kept === 'string' ? kept : JSON.stringify(kept));
    if (areas.length > 0) electron.screen.areas = areas;
  });
  const { x, y, width, height, minWidth, minHeight } = WindowStub.options!;
  return { started, at: { x, y, width, height }, least: { minWidth, minHeight } };
}

const FIRST = { x: undefined, y: undefined, width: 1280, height: 860 };

describe('the window', () => {
  it('opens in the middle at the first start, no smaller than 800 x 600', async () => {
    const { started, at, least } = await openedWith(undefined);
    expect(at).toEqual(FIRST);
    expect(least).toEqual({ minWidth: 800, minHeight: 600 });
    expect(started.electron.window.calls).toEqual([]);
    started.electron.window.emit('ready-to-show');
    expect(started.electron.window.calls).toEqual(['show']);
  });

  it('opens where it was closed', async () => {
    const { started } = await openedWith(undefined, LAPTOP, BESIDE);
    const { window } = started.electron;
    window.bounds = { x: 1500, y: 30, width: 1100, height: 800 };
    window.maximized = true;
    window.close();
    const folder = join(started.folder, 'data');
    const kept = readFileSync(join(folder, 'window.json'), 'utf8');
    expect(readdirSync(folder)).not.toContain('window.json.unfinished');
    const again = await openedWith(kept, LAPTOP, BESIDE);
    expect(again.at).toEqual({ x: 1500, y: 30, width: 1100, height: 800 });
    again.started.electron.window.emit('ready-to-show');
    expect(again.started.electron.window.calls).toEqual(['maximize', 'show']);
  });

  it('keeps its size and goes to the first display when the other has gone', async () => {
    const kept = { x: 1500, y: 30, width: 1100, height: 700, maximized: false };
    expect((await openedWith(kept, LAPTOP)).at).toEqual({ x: undefined, y: undefined, width: 1100, height: 700 });
  });

  it.each([
    ['a strip too narrow to drag', { x: 1366 - 119, y: 0 }],
    ['only its lower part', { x: 100, y: -10 }],
    ['less than its title', { x: 100, y: 728 - 31 }],
  ])('is brought back when a display would show %s', async (_what, corner) => {
    const { at } = await openedWith({ ...corner, width: 1000, height: 700, maximized: false }, LAPTOP);
    expect(at).toMatchObject({ x: undefined, y: undefined });
  });

  it('is no larger than its display, and smaller than its least size only where that is', async () => {
    const small = { x: 0, y: 0, width: 760, height: 500 };
    const { at, least } = await openedWith({ x: 0, y: 0, width: 3000, height: 2000, maximized: false }, small);
    expect(at).toEqual({ x: 0, y: 0, width: 760, height: 500 });
    expect(least).toEqual({ minWidth: 760, minHeight: 500 });
  });

  it('is no smaller than its least size', async () => {
    const { at } = await openedWith({ x: 0, y: 0, width: 5, height: 5, maximized: false }, LAPTOP);
    expect(at).toMatchObject({ width: 800, height: 600 });
  });

  it.each(['', '{', 'null', '[]', '7', '{"x":0}', '{"x":"0","y":0,"width":900,"height":700,"maximized":false}'])(
    'takes no harm from a damaged file (%s)',
    async (kept) => {
      expect((await openedWith(kept)).at).toEqual(FIRST);
    },
  );

  it.each([
    { x: 1e9, y: 0, width: 900, height: 700 },
    { x: 0.5, y: 0, width: 900, height: 700 },
    { x: 0, y: 0, width: 0, height: 700 },
    { x: 0, y: 0, width: 900, height: -700 },
  ])('takes no harm from bounds that cannot be (%j)', async (bounds) => {
    expect((await openedWith({ ...bounds, maximized: true })).at).toEqual(FIRST);
  });

  it('closes all the same when its place cannot be kept', async () => {
    const logged = vi.spyOn(console, 'error').mockReturnValue();
    const { started } = await openedWith(undefined);
    mkdirSync(join(started.folder, 'data', 'window.json'));
    started.electron.window.close();
    expect(logged).toHaveBeenCalledOnce();
  });

  it('that cannot load its page is a logged fault', async () => {
    const logged = vi.spyOn(console, 'error').mockReturnValue();
    const load = vi.spyOn(WindowStub.prototype, 'loadURL').mockRejectedValue(new Error('ERR_FAILED'));
    await Started.host();
    await vi.waitFor(() => expect(String(logged.mock.calls[0]![0])).toContain('ERR_FAILED'));
    load.mockRestore();
  });

  it('has no content protection: a candidate may show or record their own screen', async () => {
    // The stub knows no such method: asking for it would fail here.
    expect('setContentProtection' in (await Started.host()).electron.window).toBe(false);
  });
});

const roles = (items: readonly Electron.MenuItemConstructorOptions[]) => items.map((item) => item.role ?? item.label);
const submenu = (menu: readonly Electron.MenuItemConstructorOptions[], name: string) =>
  menu.find((item) => (item.role ?? item.label) === name)!.submenu as Electron.MenuItemConstructorOptions[];

describe('the menu', () => {
  const on = (platform: NodeJS.Platform, packaged = true) =>
    Started.host(({ electron }, settings) => {
      settings.platform = platform;
      electron.app.isPackaged = packaged;
    });

  it.each(['win32', 'linux'] as const)('has on %s what every program has', async (platform) => {
    const { menu } = (await on(platform)).electron;
    expect(roles(menu)).toEqual(['File', 'editMenu', 'View', 'windowMenu', 'help']);
    expect(roles(submenu(menu, 'File'))).toEqual(['Add an exam pack…', 'Settings', undefined, 'quit']);
    expect(roles(submenu(menu, 'help'))).toEqual(['about']);
  });

  it("has on macOS the program's own menu first", async () => {
    const { menu } = (await on('darwin')).electron;
    expect(roles(menu)).toEqual(['appMenu', 'File', 'editMenu', 'View', 'windowMenu', 'help']);
    expect(roles(submenu(menu, 'appMenu'))).toEqual(
      expect.arrayContaining(['about', 'Settings…', 'hide', 'hideOthers', 'unhide', 'quit']),
    );
    expect(roles(submenu(menu, 'File'))).toEqual(['Add an exam pack…', undefined, 'close']);
  });

  it('has no developer tools, no reload and no links when packaged', async () => {
    const packaged = JSON.stringify((await on('linux')).electron.menu);
    expect(packaged).toContain('zoomIn');
    expect(packaged).not.toMatch(/toggleDevTools|reload|https?:/i);
    expect(JSON.stringify((await on('linux', false)).electron.menu)).toMatch(/toggleDevTools/);
  });

  it('leads to the settings, and says when that fails', async () => {
    const logged = vi.spyOn(console, 'error').mockReturnValue();
    const { electron } = await on('linux');
    const settings = submenu(electron.menu, 'File').find((item) => item.id === 'settings')!;
    (settings.click as () => void)();
    expect(electron.window.loaded).toBe('app://codehall/#/settings');
    electron.window.loading = Promise.reject(new Error('ERR_ABORTED'));
    (settings.click as () => void)();
    await vi.waitFor(() => expect(logged).toHaveBeenCalledOnce());
  });

  it('stands in the hall, and makes room for the exam, whose keys it would take', async () => {
    const started = await on('linux');
    expect(started.electron.window.menuBar).toBe(true);
    const sittingId = started.sit();
    expect(started.electron.window.menuBar).toBe(false);
    started.call('sitting.leave', { sittingId });
    expect(started.electron.window.menuBar).toBe(true);
  });

  it.each([true, false])(
    'leads out of no sitting, and out of full screen unseen by no proctor (%s)',
    async (proctored) => {
      const started = await on('linux');
      const enabled = (id: string) => started.electron.menuItems.getMenuItemById(id)!.enabled;
      const sittingId = started.sit({ proctored });
      expect([enabled('settings'), enabled('full-screen')]).toEqual([false, !proctored]);
      started.call('sitting.leave', { sittingId });
      expect([enabled('settings'), enabled('full-screen')]).toEqual([true, true]);
    },
  );
});

it('the about panel says what this is, and links nowhere', async () => {
  const { about } = (await Started.host()).electron.app;
  expect(about).toMatchObject({ applicationName: 'Codehall', applicationVersion: '1.2.3' });
  expect(JSON.stringify(about)).not.toMatch(/https?:|website/);
});
