/**
 * `npm start`: makes a clone ready and opens Codehall, in Electron where its runtime can be had, else as a web page.
 * Progress goes to stderr; stdout holds the address only. Plain Node >= 20, no dependencies.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { bootstrap, OWN_NODE, root, Trouble } from './bootstrap.mjs';
import { findChromium } from './chromium.mjs';
import { ago, download, findRuntime, unreachableFor } from './electron-runtime.mjs';
import { hasDisplay, obstacleToElectron, openingCommand, parseOptions, USAGE } from './start-options.mjs';

const PROFILE = join(root, 'node_modules', '.cache', 'codehall', 'browser');

/** On Windows Ctrl+C reaches the console programs by itself; the others are ended after this long. */
const GRACE_MS = process.platform === 'win32' ? 2_000 : 0;

/** An Electron that falls over within this time never opened. */
const OPENED_AFTER_MS = 10_000;

/** @typedef {import('./start-options.mjs').StartOptions} StartOptions */
/** @typedef {{ code: number | null, signal: NodeJS.Signals | null }} Ending */

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();
const stopping = new AbortController();

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
  process.on(signal, () => {
    stopping.abort();
    setTimeout(() => running.forEach((child) => child.kill('SIGTERM')), GRACE_MS);
  });

try {
  process.exitCode = await start(parseOptions(process.argv.slice(2), process.env.INIT_CWD ?? process.cwd()));
} catch (error) {
  if (!(error instanceof Trouble)) throw error;
  if (!stopping.signal.aborted) say(error.message);
  process.exitCode = error.exitCode;
}

/**
 * @param {StartOptions} options
 * @returns {Promise<number>} the exit code
 */
async function start(options) {
  if (options.help) {
    console.log(USAGE);
    return 0;
  }
  await bootstrap(say, stopping.signal);
  if (stopping.signal.aborted) return 1;
  if (!options.web) {
    const code = await startElectron(options);
    if (code !== null || stopping.signal.aborted) return code ?? 1;
  }
  return startWeb(options);
}

/**
 * @param {StartOptions} options
 * @returns {Promise<number | null>} the exit code, null when Electron cannot be opened; that has then been said
 */
async function startElectron({ electron: forced, dataDir }) {
  const obstacle = forced ? null : obstacleToElectron(process.platform, process.env, process.getuid?.());
  if (obstacle) {
    say(`${obstacle}, so Codehall runs as a web page on this computer.`);
    return null;
  }
  const runtime = findRuntime(root) ?? (await fetchRuntime(forced));
  if (!runtime) return null;
  const started = performance.now();
  const { child, ended } = run(runtime, [root, ...(dataDir ? ['--data-dir', dataDir] : [])], ['ignore', 2, 2]);
  const { code, signal } = await ended;
  // A code is Codehall's own answer, but for 127 of a missing system library; a crash right away is the system's refusal,
  // such as a Linux that allows no sandbox.
  const refused = child.pid === undefined || code === 127 || signal !== null;
  if (!stopping.signal.aborted && refused && performance.now() - started < OPENED_AFTER_MS) {
    say("Electron's runtime does not start on this system, so Codehall runs as a web page on this computer.");
    return null;
  }
  return code ?? (stopping.signal.aborted ? 0 : 1);
}

/**
 * @param {boolean} forced
 * @returns {Promise<string | null>} the runtime's executable
 */
async function fetchRuntime(forced) {
  const since = forced ? null : unreachableFor(root, Date.now());
  const again = 'so Codehall runs as a web page on this computer ("npm start -- --electron" tries again).';
  if (since !== null) {
    say(`Electron's runtime could not be downloaded ${ago(since)}, ${again}`);
    return null;
  }
  say("Downloading Electron's runtime, about 110 MB, once.");
  const runtime = await download({ root, node: OWN_NODE, forced, signal: stopping.signal });
  if (!runtime && !stopping.signal.aborted) say(`Electron's runtime could not be downloaded, ${again}`);
  return runtime;
}

/**
 * Runs the web host until it ends.
 * @param {StartOptions} options
 * @returns {Promise<number>} the exit code
 */
async function startWeb({ open, port, dataDir }) {
  const args = [join(root, 'dist', 'main', 'web.js'), '--port', String(port)];
  if (dataDir) args.push('--data-dir', dataDir);
  const { child, ended } = run(OWN_NODE, args, ['ignore', 'pipe', 2]);
  if (child.stdout)
    createInterface({ input: child.stdout }).once('line', (line) => {
      if (open) show(JSON.parse(line).url);
      else console.log(line);
    });
  const { code, signal } = await ended;
  running.forEach((other) => other.kill());
  return code ?? (signal && stopping.signal.aborted ? 0 : 1);
}

/**
 * Shows the web host's page, or its address where there is no display.
 * @param {string} url
 */
function show(url) {
  console.log(url);
  if (!hasDisplay(process.platform, process.env)) {
    say('Open this address in a browser on this computer. Ctrl+C ends Codehall.');
    return;
  }
  say('Codehall runs at this address until Ctrl+C.');
  const machine = { platform: process.platform, chromium: findChromium(), profile: PROFILE };
  const { command, args, appWindow } = openingCommand(url, machine);
  const { ended } = run(command, args, ['ignore', 'ignore', 'ignore']);
  void ended.then(({ code }) => {
    if (stopping.signal.aborted) return;
    if (code !== 0) say('No browser window could be opened: open the address above by hand.');
    else if (appWindow) say('The window was closed. Codehall goes on at the address above until Ctrl+C.');
  });
}

/**
 * Starts a program that ends with this script.
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').StdioOptions} stdio
 */
function run(command, args, stdio) {
  const child = spawn(command, args, { stdio });
  running.add(child);
  /** @type {Promise<Ending>} */
  const ended = new Promise((resolve) => {
    child.once('error', () => resolve({ code: null, signal: null }));
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
  void ended.then(() => running.delete(child));
  return { child, ended };
}

/** @param {string} line */
function say(line) {
  console.error(line);
}
