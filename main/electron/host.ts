/**
 * The Electron host: one instance, one window, one channel from the screens to the program. It takes Electron's parts
 * as an argument, so that its rules are tested without Electron's runtime.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type * as Electron from 'electron';
import type { Program } from '../program.ts';
import { setAbout, setMenu } from './menu.ts';
import { watchForMishaps } from './mishaps.ts';
import { isPackFile, PackDesk, packsHandedOver } from './packs.ts';
import { APP_PAGE, guardDownloads, guardSession, isOwnPage, registerAppScheme, serveApp } from './page.ts';
import { savePdf } from './pdf.ts';
import { Presence } from './presence.ts';
import { keepPlace, openingPlace } from './window-state.ts';
import { showApp, windowOptions } from './window.ts';
import { withHostMethods } from '../host-methods.ts';
import { listStaticFiles } from '../static-files.ts';
import { StoreError } from '../store/errors.ts';

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
  /** Pack files that the program was started with, as absolute paths. */
  packs: readonly string[];
  platform: NodeJS.Platform;
  newRequestId(): string;
  /** @throws StoreError when the stored data cannot be used. */
  startProgram(): Program;
}

/**
 * Starts the host; to be called before Electron is ready. Another instance with the same data shows its window
 * instead and takes the packs that this one was given, and this one quits. When the stored data cannot be used, that is said in a box and the exit code is 1.
 * @returns when the window has been opened, or when it is clear that it will not be.
 */
export async function runElectronHost(electron: ElectronParts, settings: ElectronHostSettings): Promise<void> {
  const { app, dialog } = electron;
  // On macOS a double click comes as this event, and may come before there is a window.
  const early = [...settings.packs];
  let takePacks = (paths: readonly string[]): void => {
    early.push(...paths);
  };
  app.on('open-file', (event, path) => {
    event.preventDefault();
    if (isPackFile(path)) takePacks([path]);
  });
  try {
    claimDataFolder(electron, settings.dataDir);
    if (!app.requestSingleInstanceLock({ packs: [...settings.packs] })) return app.quit();
    // Whatever would be opened, it would be sandboxed.
    app.enableSandbox();
    registerAppScheme(electron.protocol);
    // Nothing is asked of the network, not by Chromium's own services either.
    app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');
    await app.whenReady();
    takePacks = open(electron, settings, settings.startProgram(), early);
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

/** The addresses of the screens that tell of packs: the hall and the settings. */
const PACK_SCREENS = new Set(['', '#/', '#/hall', '#/settings'].map((hash) => APP_PAGE + hash));

/**
 * @param early packs that were given before there was a window.
 * @returns what takes those that are given from then on.
 */
function open(
  electron: ElectronParts,
  settings: ElectronHostSettings,
  program: Program,
  early: readonly string[],
): (paths: readonly string[]) => void {
  const { app, dialog, ipcMain, powerMonitor, powerSaveBlocker, screen, session } = electron;
  const { dispatch, sittings } = program;
  const logFault = (error: unknown) => console.error(error);
  const developing = !app.isPackaged;

  serveApp(electron.protocol, listStaticFiles(settings.rendererFolder));
  guardSession(session.defaultSession);
  const { place, maximized } = openingPlace(screen, settings.dataDir);
  const window = new electron.BrowserWindow(windowOptions(settings.preloadFile, developing, place));
  const contents = window.webContents;
  keepPlace(window, settings.dataDir, logFault);
  guardDownloads(session.defaultSession, contents, (fileName) =>
    dialog.showErrorBox('Not saved', `${fileName} could not be written there. Choose another place, and try again.`),
  );

  const desk = new PackDesk({
    dialog,
    window,
    addPack: (path, replace) => program.addPack(path, replace),
    added: () => {
      if (PACK_SCREENS.has(contents.getURL())) contents.reload();
    },
    logFault,
  });
  const actions = {
    addPack: () => void desk.ask().catch(logFault),
    showSettings: () => void window.loadURL(`${APP_PAGE}#/settings`).catch(logFault),
  };
  setAbout(app);
  const menu = setMenu(electron.Menu, actions, { developing, platform: settings.platform });
  const { newRequestId } = settings;
  const presence = new Presence({
    dispatch,
    sittings,
    powerSaveBlocker,
    newRequestId,
    shows(sitting) {
      menu.fit(sitting && sitting.settings);
      // The exam's own keys use Alt, which a menu bar would take. Its shortcuts work unseen.
      if (!window.isDestroyed()) window.setMenuBarVisibility(sitting === null);
    },
    logFault,
  });

  const call = withHostMethods(dispatch, { 'result.pdf': savePdf({ app, dialog, window, dispatch }) }, logFault);
  ipcMain.handle(CALL_CHANNEL, (event: Electron.IpcMainInvokeEvent, method: unknown, input: unknown) => {
    if (event.sender !== contents || !isOwnPage(event.senderFrame) || typeof method !== 'string')
      throw new Error(`a call from ${event.senderFrame?.url ?? 'a frame that has gone'} was refused`);
    if (!presence.admits(method))
      return { ok: false, code: 'refused', message: 'The clock stands while the computer sleeps or is locked.' };
    const reply = call(method, input);
    if (!(reply instanceof Promise)) presence.follow(method, input, reply);
    return reply;
  });
  sittings.subscribe((push) => {
    if (push.type === 'finished') presence.finished(push.sittingId);
    if (!window.isDestroyed()) contents.send(PUSH_CHANNEL, push);
  });

  contents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
    if (isMainFrame && !isSameDocument) presence.hide();
  });
  watchForMishaps({ app, dialog, window, pageGone: () => presence.hide(), logFault });
  window.on('closed', () => presence.hide());
  powerMonitor.on('suspend', () => presence.sleep());
  powerMonitor.on('resume', () => presence.wake());
  powerMonitor.on('lock-screen', () => presence.lock());
  powerMonitor.on('unlock-screen', () => presence.unlock());
  screen.on('display-added', () => presence.attend('display-added'));
  screen.on('display-removed', () => presence.attend('display-removed'));

  app.on('second-instance', (_event, _argv, _folder, data) => {
    if (window.isDestroyed()) return;
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
    void desk.take(packsHandedOver(data));
  });
  app.on('window-all-closed', () => app.quit());
  // Not at before-quit: the window is still there then, and its last calls would find the database closed.
  app.on('will-quit', () => program.close());
  // A box over a window that cannot be seen yet would stand alone.
  window.once('ready-to-show', () => void desk.take(early));
  showApp(window, maximized, logFault);
  return (paths) => void desk.take(paths);
}
