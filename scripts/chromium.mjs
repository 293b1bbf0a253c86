/** Finds a Chromium on this machine, for the browser tests, the benchmarks and the app window of the web host. */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge', 'chrome'];

const KNOWN_PLACES =
  process.platform === 'darwin'
    ? [
        '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
        '/Applications/Chromium.app/Contents/MacOS/Chromium',
        '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
      ]
    : process.platform === 'win32'
      ? [process.env.ProgramFiles, process.env['ProgramFiles(x86)'], process.env.LOCALAPPDATA].flatMap((root) =>
          root
            ? [
                join(root, 'Google', 'Chrome', 'Application', 'chrome.exe'),
                join(root, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
              ]
            : [],
        )
      : [];

/**
 * The path of a Chromium, or null. `CODEHALL_CHROMIUM` names one that is preferred.
 * @returns {string | null}
 */
export function findChromium() {
  const named = process.env.CODEHALL_CHROMIUM;
  const onPath = (process.env.PATH ?? '').split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return [...(named ? [named] : []), ...onPath, ...KNOWN_PLACES].find(isExecutable) ?? null;
}

/**
 * How the tools start it: the machine's own where there is one, else Playwright's, silent on the network.
 * @returns {{ executablePath?: string, args: string[] }}
 */
export function chromiumOptions() {
  const executablePath = findChromium();
  // Chromium's own sandbox needs a user other than root.
  const args = ['--disable-background-networking', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])];
  return { ...(executablePath && { executablePath }), args };
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
