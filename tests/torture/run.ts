/**
 * The torture run: `npm run torture [-- --short] [--only NAME] [--kills N] [--cuts N] [--seed S] [--json]`. Every trial is
 * made on the shipped code; exit code 1 where a figure falls short. `--json` prints all of them as one array, last.
 */
import { parseArgs } from 'node:util';
import { writeFileSync } from 'node:fs';
import { clocks } from './clocks.ts';
import { corruption } from './corruption.ts';
import { diskFull } from './disk-full.ts';
import { ending } from './ending.ts';
import { fakeTime } from './faketime.ts';
import { files } from './files.ts';
import { kill } from './kill.ts';
import { longRun } from './long-run.ts';
import { migrations } from './migrations.ts';
import { packs } from './packs.ts';
import { powerCut } from './power-cut.ts';
import { requests } from './requests.ts';
import { NotHere, type Row, type Trial } from './trial.ts';

const TRIALS: readonly Trial[] = [
  ...[kill, powerCut, ending, clocks, fakeTime, diskFull, files, corruption, migrations, packs, requests, longRun],
];

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true },
    kills: { type: 'string' },
    cuts: { type: 'string' },
    seed: { type: 'string', default: 'codehall' },
    short: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    /** Writes the rows to this file too. */
    report: { type: 'string' },
  },
});

const chosen = values.only ? TRIALS.filter((trial) => values.only!.includes(trial.name)) : TRIALS;
if (chosen.length === 0) fail(`--only takes one of: ${TRIALS.map((trial) => trial.name).join(', ')}`);
const options = {
  kills: countOf('kills'),
  cuts: countOf('cuts'),
  seed: values.seed,
  short: values.short,
  say: (line: string) => console.log(`  ${line}`),
};

const rows: Row[] = [];
const skipped: string[] = [];
for (const trial of chosen) {
  const start = performance.now();
  console.log(`${trial.name}: ${trial.title}`);
  try {
    rows.push(...(await trial.run(options)));
  } catch (error) {
    if (!(error instanceof NotHere)) throw error;
    skipped.push(`${trial.name}: ${error.message}`);
  }
  options.say(`${((performance.now() - start) / 1000).toFixed(1)} s`);
}

console.log();
for (const { ok, name, runs, value, goal } of rows)
  console.log(`${ok ? 'ok  ' : 'FAIL'}  ${name}: ${Number(value.toPrecision(3))} of at most ${goal}, ${runs} runs`);
for (const line of skipped) console.log(`NOT MADE  ${line}`);
if (values.report) writeFileSync(values.report, JSON.stringify(rows));
if (values.json) console.log(JSON.stringify(rows));
process.exit(rows.every((row) => row.ok) ? 0 : 1);

function countOf(name: 'kills' | 'cuts'): number | null {
  const given = values[name];
  if (given === undefined) return null;
  const count = Number(given);
  if (!Number.isInteger(count) || count < 1) fail(`--${name} ${given}: must be a whole number from 1`);
  return count;
}

function fail(message: string): never {
  console.error(message);
  process.exit(2);
}
