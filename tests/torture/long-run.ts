/** Memory over a long run: sitting after sitting in one process, measured after each with all garbage collected. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { withFolder } from './host.ts';
import type { LongRun, Measured } from './long-run-child.ts';
import { row, type Trial } from './trial.ts';

const CHILD = join(import.meta.dirname, 'long-run-child.ts');

const FULL = { sittings: 10, minutes: 240, lineFrom: 3 };
const SHORT = { sittings: 3, minutes: 20, lineFrom: 2 };

/**
 * V8's compilers go on gathering notes on the code, some 40 kB a sitting, for dozens of sittings. Without them the heap
 * holds what the program keeps, and a sitting after the second adds less than 2 kB.
 */
const NODE_FLAGS = [
  '--expose-gc',
  '--no-opt',
  '--no-maglev',
  '--no-sparkplug',
  '--no-lazy-feedback-allocation',
  '--no-flush-bytecode',
];

/**
 * A sitting of 4 hours has 14,400 ticks, some 2,900 heartbeats and 240 commands: a number kept from each tick is 115 kB,
 * the smallest object from each command 17 kB. What is kept by design, a row's number and a CRC by sitting, is below 1 kB.
 */
const GOAL_KB = 16;

/** The trial of memory. */
export const longRun: Trial = {
  name: 'longRun',
  title: 'sittings of four hours one after the other, for memory that is not given back',
  async run({ seed, short, say }) {
    const { sittings, minutes, lineFrom } = short ? SHORT : FULL;
    const heaps = await withFolder((folder) =>
      measure({ dataDir: join(folder, 'data'), seed: `${seed} long run`, sittings, minutes }, (number, measured) => {
        const heap = (measured.heapBytes / 1024).toFixed(1);
        say(`sitting ${number}: heap ${heap} kB, process ${(measured.rssBytes / 1024 / 1024).toFixed(0)} MB`);
      }),
    );
    return [row('memory growth per sitting, kB', sittings, growth(heaps.slice(lineFrom - 1)) / 1024, GOAL_KB)];
  },
};

/** @param hear is told of each sitting. @returns bytes in use after each. @throws Error with what the child said. */
async function measure(run: LongRun, hear: (number: number, measured: Measured) => void): Promise<number[]> {
  const child = spawn(process.execPath, [...NODE_FLAGS, CHILD, JSON.stringify(run)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  try {
    const ended = once(child, 'exit');
    let said = '';
    child.stderr.on('data', (piece: Buffer) => (said += piece.toString()));
    const heaps: number[] = [];
    for await (const line of createInterface(child.stdout)) {
      const measured = JSON.parse(line) as Measured;
      heaps.push(measured.heapBytes);
      hear(heaps.length, measured);
    }
    await ended;
    if (heaps.length !== run.sittings) throw new Error(said.trim() || 'the long run ended without a word');
    return heaps;
  } finally {
    child.kill('SIGKILL');
  }
}

/** Slope of the line through what was measured. A fall is not counted: it would hide what grows. */
function growth(heaps: readonly number[]): number {
  let sum = 0;
  const grown = heaps.map((heap, at) => (sum += at === 0 ? 0 : Math.max(0, heap - heaps[at - 1]!)));
  const middle = (grown.length - 1) / 2;
  const mean = grown.reduce((total, one) => total + one, 0) / grown.length;
  const along = grown.reduce((total, one, at) => total + (at - middle) * (one - mean), 0);
  return along / grown.reduce((total, _, at) => total + (at - middle) ** 2, 0);
}
