/**
 * The Electron host: one instance, one window, one channel from the screens to the program. It takes Electron's parts
 * as an argument, so that its rules are tested without Electron's runtime.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type * as Electron from 'electron';
import type { Program } from './program.ts';
import { guardSession, isOwnPage, registerAppScheme, serveApp } from './electron-page.ts';
import { Presence } from './electron-presence.ts';
import { setMenu, showApp, windowOptions } from './electron-window.ts';
import { listStaticFiles } from './static-files.ts';
import { StoreError } from './store/errors.ts';

export const CALL_CHANNEL = 'codehall:call';
export const PUSH_CHANNEL = 'codehall:push';

export type ElectronParts = Pick<
  typeof Electron,
  | 'app'
  | 'BrowserWindow'
  | 'dialog'
  | 'ipcMain'
  | 'Menu'
  | 'powerMonitor'
  | 'powerSaveBlocker'
  | 'protocol'
  | 'screen'
  | 'session'
>;

export interface ElectronHostSettings {
  dataDir: string;
  /** The built renderer. */
  rendererFolder: string;
  /** The built preload. */
  preloadFile: string;
  newRequestId(): string;
  /** @throws StoreError when the stored data cannot be used. */
  startProgram(): Program;
}

/**
 * Starts the host; to be called before Electron is ready. Another instance with the same data shows its window
 * instead, and this one quits. When the stored data cannot be used, that is said in a box and the exit code is 1.
 * @returns when the window has been opened, or when it is clear that it will not be.
 */
export async function runElectronHost(electron: ElectronParts, settings: ElectronHostSettings): Promise<void> {
  const { app, dialog } = electron;
  try {
    claimDataFolder(electron, settings.dataDir);
    if (!app.requestSingleInstanceLock()) return app.quit();
    registerAppScheme(electron.protocol);
    // Nothing is asked of the network, not by Chromium's own services either.
    app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');
    await app.whenReady();
    open(electron, settings, settings.startProgram());
  } catch (error) {
    console.error(error);
    const message = error instanceof StoreError ? error.message : `Codehall made a mistake here.\n\n${String(error)}`;
    dialog.showErrorBox('Codehall cannot start', message);
    app.exit(1);
  }
}

/**
 * Puts everything Electron keeps under the program's data folder: what belongs to the user at its top, where the web
 * host keeps it too, Chromium's caches apart. The lock of the single instance lies there, so it is one per folder.
 */
function claimDataFolder({ app }: ElectronParts, dataDir: string): void {
  const sessionData = join(dataDir, 'browser');
  try {
    mkdirSync(sessionData, { recursive: true });
  } catch (error) {
    throw new StoreError('read-only', `${dataDir} cannot hold Codehall's data (${(error as Error).message}).`, error);
  }
  app.setPath('userData', dataDir);
  app.setPath('sessionData', sessionData);
}

function open(electron: ElectronParts, settings: ElectronHostSettings, program: Program): void {
  const { app, dialog, ipcMain, powerMonitor, powerSaveBlocker, screen, session } = electron;
  const { dispatch, sittings } = program;
  const logFault = (error: unknown) => console.error(error);
  const developing = !app.isPackaged;

  serveApp(electron.protocol, listStaticFiles(settings.rendererFolder));
  guardSession(session.defaultSession);
  setMenu(electron.Menu, developing);
  const presence = new Presence({ ...settings, dispatch, sittings, powerSaveBlocker, logFault });
  const window = new electron.BrowserWindow(windowOptions(settings.preloadFile, developing));
  const contents = window.webContents;

  ipcMain.handle(CALL_CHANNEL, (event: Electron.IpcMainInvokeEvent, method: unknown, input: unknown) => {
    if (event.sender !== contents || !isOwnPage(event.senderFrame) || typeof method !== 'string')
      throw new Error(`a call from ${event.senderFrame?.url ?? 'a frame that has gone'} was refused`);
    const reply = dispatch(method, input);
    presence.follow(method, reply);
    return reply;
  });
  sittings.subscribe((push) => {
    if (push.type === 'finished') presence.finished(push.sittingId);
    if (!window.isDestroyed()) contents.send(PUSH_CHANNEL, push);
  });

  contents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
    if (isMainFrame && !isSameDocument) presence.hide();
  });
  contents.on('render-process-gone', (_event, { reason }) => {
    presence.hide();
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    dialog.showErrorBox(
      'The window stopped working',
      'What was shown as saved is kept, and the clock stands. Codehall opens the window again where you were.',
    );
    contents.reload();
  });
  window.on('closed', () => presence.hide());
  powerMonitor.on('suspend', () => presence.sleep());
  screen.on('display-added', () => presence.displayChanged('display-added'));
  screen.on('display-removed', () => presence.displayChanged('display-removed'));

  app.on('second-instance', () => {
    if (window.isDestroyed()) return;
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  });
  app.on('window-all-closed', () => app.quit());
  // Not at before-quit: the window is still there then, and its last calls would find the database closed.
  app.on('will-quit', () => program.close());
  showApp(window, logFault);
}
