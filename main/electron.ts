/** Starts the Electron host: `electron . [--data-dir DIR] [PACK.codehallpack]`. */
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  powerMonitor,
  powerSaveBlocker,
  protocol,
  screen,
  session,
} from 'electron';
import { builtFolder, defaultDataDir, newRequestId, startProgram } from './compose.ts';
import { runElectronHost } from './electron/host.ts';
import { packsAmong } from './electron/packs.ts';

// Unknown arguments are let pass: Chromium puts switches of its own among them, and in development stands the folder.
const { values } = parseArgs({
  args: process.argv.slice(1),
  options: { 'data-dir': { type: 'string' } },
  strict: false,
});
const named = values['data-dir'];
const dataDir = typeof named === 'string' && named !== '' ? resolve(named) : defaultDataDir();
const examsFolder = app.isPackaged ? join(process.resourcesPath, 'exams') : join(builtFolder, '..', 'exams');

void runElectronHost(
  {
    app,
    BrowserWindow,
    dialog,
    ipcMain,
    Menu,
    powerMonitor,
    powerSaveBlocker,
    protocol,
    screen,
    session,
  },
  {
    dataDir,
    rendererFolder: join(builtFolder, 'renderer'),
    preloadFile: join(builtFolder, 'preload', 'index.cjs'),
    packs: packsAmong(process.argv.slice(1), process.cwd()),
    platform: process.platform,
    newRequestId,
    startProgram: () => startProgram('electron', dataDir, examsFolder),
  },
);
