/** The one window and the menu: sandboxed, never led anywhere else, never throttled. */
import type { BrowserWindow, BrowserWindowConstructorOptions, Menu, MenuItemConstructorOptions } from 'electron';
import { APP_PAGE } from './electron-page.ts';

/** @param preloadFile the built preload. @param developing whether developer tools may be opened. */
export function windowOptions(preloadFile: string, developing: boolean): BrowserWindowConstructorOptions {
  return {
    title: 'Codehall',
    width: 1280,
    height: 860,
    minWidth: 480,
    minHeight: 400,
    show: false,
    webPreferences: {
      preload: preloadFile,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      // The spelling dictionaries would be fetched from the network.
      spellcheck: false,
      // The proctor's log and the shown clock go on while another window covers this one.
      backgroundThrottling: false,
      devTools: developing,
    },
  };
}

/** Opens the app's page in a new window and keeps the window on it. */
export function showApp(window: BrowserWindow, logFault: (error: unknown) => void): void {
  const contents = window.webContents;
  const deny = (event: { preventDefault(): void }) => event.preventDefault();
  contents.on('will-navigate', deny);
  contents.on('will-frame-navigate', deny);
  contents.on('will-redirect', deny);
  contents.on('will-attach-webview', deny);
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  window.once('ready-to-show', () => window.show());
  // The exam's own keys use Alt; a menu bar that Alt brings up would take them. Its shortcuts work unseen.
  window.setMenuBarVisibility(false);
  window.loadURL(APP_PAGE).catch(logFault);
}

/** The shortcuts every program has: editing, zoom, full screen, quitting. No links to the network. */
export function setMenu(
  menu: Pick<typeof Menu, 'setApplicationMenu' | 'buildFromTemplate'>,
  developing: boolean,
): void {
  const view: MenuItemConstructorOptions[] = [
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    { type: 'separator' },
    { role: 'togglefullscreen' },
  ];
  if (developing) view.push({ type: 'separator' }, { role: 'reload' }, { role: 'toggleDevTools' });
  menu.setApplicationMenu(
    menu.buildFromTemplate([
      // The first menu is the program's own on macOS only.
      process.platform === 'darwin' ? { role: 'appMenu' } : { role: 'fileMenu' },
      { role: 'editMenu' },
      { label: 'View', submenu: view },
      { role: 'windowMenu' },
    ]),
  );
}
