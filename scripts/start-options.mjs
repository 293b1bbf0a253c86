/** What `npm start` is asked to do, and how it shows the web host. No effects: tested by itself. Plain Node >= 20. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Trouble } from './bootstrap.mjs';

export const USAGE = `npm start [-- OPTIONS]
  --web             run as a web page on this computer instead of in Electron
  --no-open         with --web, which it implies: open nothing, print {"ready":true,"url":"...","token":"..."}
  --port N          with --web, which it implies: listen on this port instead of any free one
  --data-dir DIR    keep sittings and results there
  --electron        try to download Electron's runtime again`;

/**
 * @typedef {object} StartOptions
 * @property {boolean} help
 * @property {boolean} web
 * @property {boolean} electron
 * @property {boolean} open
 * @property {number} port 0 for any free one
 * @property {string | null} dataDir absolute
 */

/**
 * @param {readonly string[]} args
 * @param {string} from the folder the user stands in
 * @returns {StartOptions}
 * @throws {Trouble} for arguments that mean nothing
 */
export function parseOptions(args, from) {
  const values = parse(args);
  const port = Number(values.port ?? 0);
  if (!Number.isInteger(port) || port < 0 || port > 65_535 || values.port === '')
    throw new Trouble(`--port ${values.port}: must be a whole number from 0 to 65535`, 2);
  if (values['data-dir'] === '') throw new Trouble('--data-dir: must name a folder', 2);
  const web = Boolean(values.web || values['no-open'] || values.port !== undefined);
  if (values.electron && web) throw new Trouble('--electron excludes --web, --no-open and --port', 2);
  return {
    help: values.help ?? false,
    web,
    electron: values.electron ?? false,
    open: !values['no-open'],
    port,
    dataDir: values['data-dir'] ? resolve(from, values['data-dir']) : null,
  };
}

/** @param {readonly string[]} args */
function parse(args) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        help: { type: 'boolean', short: 'h' },
        web: { type: 'boolean' },
        electron: { type: 'boolean' },
        'no-open': { type: 'boolean' },
        port: { type: 'string' },
        'data-dir': { type: 'string' },
      },
    }).values;
  } catch (error) {
    throw new Trouble(`${/** @type {Error} */ (error).message}\n\n${USAGE}`, 2);
  }
}

/**
 * Whether a window can be shown.
 * @param {NodeJS.Platform} platform
 * @param {NodeJS.ProcessEnv} env
 */
export function hasDisplay(platform, env) {
  return platform === 'win32' || platform === 'darwin' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
}

/**
 * Why Electron cannot open a window here, as half a sentence; null when nothing is known against it.
 * @param {NodeJS.Platform} platform
 * @param {NodeJS.ProcessEnv} env
 * @param {number | undefined} userId
 */
export function obstacleToElectron(platform, env, userId) {
  if (!hasDisplay(platform, env)) return 'There is no display for a window here';
  if (platform === 'linux' && userId === 0) return "Electron's sandbox does not work for the root user";
  return null;
}

/**
 * The command that shows an address: a Chromium's app window with a profile of its own, so that it opens without the
 * user's tabs and ends when told to; else whatever the user browses with.
 * @param {string} url
 * @param {{ platform: NodeJS.Platform, chromium: string | null, profile: string }} machine
 * @returns {{ command: string, args: string[], appWindow: boolean }}
 */
export function openingCommand(url, { platform, chromium, profile }) {
  if (chromium)
    return {
      command: chromium,
      args: [`--app=${url}`, `--user-data-dir=${profile}`, '--no-first-run', '--no-default-browser-check'],
      appWindow: true,
    };
  switch (platform) {
    case 'darwin':
      return { command: 'open', args: [url], appWindow: false };
    case 'win32':
      // `start` takes its first quoted argument for a title.
      return { command: 'cmd', args: ['/d', '/c', 'start', '""', url], appWindow: false };
    default:
      return { command: 'xdg-open', args: [url], appWindow: false };
  }
}
