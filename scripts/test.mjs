/**
 * `npm test`: everything, from a fresh clone. Makes it ready, finds or installs a Chromium, then runs each check and both
 * suites. Goes on after a failure so that one run shows all; the last line is `N passed, N failed`.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { bootstrap, OWN_NODE, root, Trouble } from './bootstrap.mjs';
import { findChromium } from './chromium.mjs';

/** @typedef {{ passed: number, failed: number, skipped?: number }} Count  Skipped ones are told and are neither passed nor failed. */

/** Programs that some trials run the host under; their packages are called the same. */
const TORTURE_TOOLS = ['strace', 'faketime'];

const bin = join(root, 'node_modules', '.bin');
const reports = mkdtempSync(join(tmpdir(), 'codehall-test-'));
const environment = {
  ...process.env,
  // The tools run on the project's own Node, whatever the machine has.
  PATH: [dirname(OWN_NODE), bin, process.env.PATH].join(delimiter),
  PLAYWRIGHT_JSON_OUTPUT_FILE: join(reports, 'e2e.json'),
};

try {
  await bootstrap((line) => console.log(line));
  await haveChromium();
  await haveTortureTools();
  /** @type {Required<Count>} */
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const step of STEPS()) {
    const started = performance.now();
    console.log(`\n== ${step.name}`);
    const ok = await run(step.command, step.args);
    const { passed, failed, skipped = 0 } = count(ok, step.count);
    total.passed += passed;
    total.failed += failed;
    total.skipped += skipped;
    console.log(
      `== ${step.name}: ${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} SKIPPED` : ''} (${Math.round((performance.now() - started) / 1000)} s)`,
    );
  }
  if (total.skipped > 0) console.log(`\n${total.skipped} skipped: see SKIPPED above for what was not tested and why.`);
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
  process.exitCode = total.failed > 0 ? 1 : 0;
} catch (error) {
  if (!(error instanceof Trouble)) throw error;
  console.error(error.message);
  console.log('0 passed, 1 failed');
  process.exitCode = error.exitCode;
} finally {
  rmSync(reports, { recursive: true, force: true });
}

/** @returns {{ name: string, command: string, args: string[], count?: () => Count }[]} */
function STEPS() {
  const npmRun = (/** @type {string} */ script) => ({ command: 'npm', args: ['run', '--silent', script] });
  const unitReport = join(reports, 'unit.json');
  const tortureReport = join(reports, 'torture.json');
  const packReport = join(reports, 'pack.json');
  return [
    { name: 'format', ...npmRun('format:check') },
    { name: 'lint', ...npmRun('lint') },
    { name: 'types', ...npmRun('types') },
    { name: 'exams', ...npmRun('exams:check') },
    {
      name: 'unit',
      command: 'vitest',
      args: ['run', '--reporter=dot', '--reporter=json', `--outputFile.json=${unitReport}`],
      count: () => {
        const report = JSON.parse(readFileSync(unitReport, 'utf8'));
        const { numPassedTests, numFailedTests, numFailedTestSuites, numPendingTests } = report;
        return {
          passed: numPassedTests,
          failed: Math.max(numFailedTests, numFailedTestSuites > 0 ? 1 : 0),
          skipped: numPendingTests,
        };
      },
    },
    { name: 'every branch of the Electron host', ...npmRun('coverage') },
    {
      name: 'browser',
      command: 'playwright',
      args: ['test', '--reporter=list,json'],
      count: () => {
        const { stats } = JSON.parse(readFileSync(environment.PLAYWRIGHT_JSON_OUTPUT_FILE, 'utf8'));
        return { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped };
      },
    },
    {
      name: 'torture, short form',
      command: 'npm',
      args: ['run', '--silent', 'torture', '--', '--short', '--report', tortureReport],
      count: () => countRows(tortureReport),
    },
    {
      name: 'package',
      command: 'npm',
      args: ['run', '--silent', 'pack:check', '--', '--report', packReport],
      count: () => countRows(packReport),
    },
  ];
}

/**
 * Counts a report of rows, each one check.
 * @param {string} file
 * @returns {Count}
 */
function countRows(file) {
  /** @type {{ ok: boolean }[]} */
  const rows = JSON.parse(readFileSync(file, 'utf8'));
  return { passed: rows.filter((row) => row.ok).length, failed: rows.filter((row) => !row.ok).length };
}

/**
 * A step without a report of its own counts as one; a suite that broke down counts as failed whatever it wrote.
 * @param {boolean} ok
 * @param {(() => Count) | undefined} read
 * @returns {Count}
 */
function count(ok, read) {
  if (!read) return ok ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  try {
    const { passed, failed, skipped = 0 } = read();
    return { passed, failed: ok ? failed : Math.max(1, failed), skipped };
  } catch (error) {
    console.error(`its report cannot be read: ${/** @type {Error} */ (error).message}`);
    return { passed: 0, failed: 1 };
  }
}

/**
 * @param {string} command
 * @param {string[]} args
 * @returns {Promise<boolean>} whether it ended well
 */
function run(command, args) {
  const child = spawn(command, args, {
    cwd: root,
    env: environment,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  return new Promise((resolve) => {
    child.once('error', (error) => {
      console.error(error.message);
      resolve(false);
    });
    child.once('close', (code) => resolve(code === 0));
  });
}

/** Installs what some trials need, where that can be done; without it they say that they were not made. */
async function haveTortureTools() {
  const missing = TORTURE_TOOLS.filter((tool) => spawnSync(tool, ['--version'], { stdio: 'ignore' }).error);
  if (missing.length === 0 || process.platform !== 'linux' || process.getuid?.() !== 0) return;
  console.log(`Installing ${missing.join(' and ')} for the torture trials.`);
  if (await run('apt-get', ['update', '-qq'])) await run('apt-get', ['install', '-y', '-qq', ...missing]);
}

/**
 * Sees that there is a Chromium: one of the machine, else by its package manager, else Playwright's own.
 * @throws {Trouble} with what the user can do
 */
async function haveChromium() {
  if (findChromium()) return;
  console.log('No Chromium was found; installing one for the browser tests.');
  const apt = process.platform === 'linux' && process.getuid?.() === 0;
  if (apt && (await run('apt-get', ['update', '-qq'])) && (await run('apt-get', ['install', '-y', '-qq', 'chromium'])))
    if (findChromium()) return;
  if (await run('playwright', ['install', 'chromium'])) return;
  throw new Trouble(
    'The browser tests need a Chromium, and none could be installed. Install Chromium or Chrome, or name one with CODEHALL_CHROMIUM=/path/to/it.',
  );
}
