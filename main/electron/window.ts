/** The one window: sandboxed, never led anywhere else, never throttled. */
import type { BrowserWindow, BrowserWindowConstructorOptions } from 'electron';
import { APP_PAGE } from './page.ts';
import type { WindowPlace } from './window-state.ts';

/** @param preloadFile the built preload. @param developing whether developer tools may be opened. */
export function windowOptions(
  preloadFile: string,
  developing: boolean,
  place: WindowPlace,
): BrowserWindowConstructorOptions {
  return {
    title: 'Codehall',
    ...place,
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
export function showApp(window: BrowserWindow, maximized: boolean, logFault: (error: unknown) => void): void {
  const contents = window.webContents;
  const deny = (event: { preventDefault(): void }) => event.preventDefault();
  contents.on('will-navigate', deny);
  contents.on('will-frame-navigate', deny);
  contents.on('will-redirect', deny);
  contents.on('will-attach-webview', deny);
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  window.once('ready-to-show', () => {
    if (maximized) window.maximize();
    window.show();
  });
  window.loadURL(APP_PAGE).catch(logFault);
}
