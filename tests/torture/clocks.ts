/**
 * Time: random traces of time passing, wall clocks set, sleeps, kills and closed windows, on the shipped application.
 * After each step the time left and the charged time are compared with the trace's own books.
 */
import { Worker } from 'node:worker_threads';
import { libraryOf, soundPack } from '../support/pack.ts';
import { GOAL_MS } from './clock-books.ts';
import { ClockTrace } from './clock-trace.ts';
import { row, type Trial } from './trial.ts';

const FULL = 100_000;
const SHORT = 500;
/** Threads of the full form. */
const THREADS = 2;
/** A thread says how it goes after this many. */
const BATCH = 5_000;
/** Traces that failed and are named. */
const NAMED = 5;

/** Traces by number: from the first up to, not with, the last. */
export interface Share {
  seed: string;
  from: number;
  to: number;
}

/** What came out of a number of traces. */
export interface Tally {
  traces: number;
  grew: number;
  off: number;
  interruptions: number;
  notLogged: number;
  invented: number;
  largestErrorMs: number;
  largestGivenBackMs: number;
  /** Traces that failed, in words. */
  named: string[];
}

/** Plays a share of the traces. @param hear is told after each batch. */
export function playShare({ seed, from, to }: Share, hear: (batch: Tally) => void): void {
  const library = libraryOf(soundPack());
  for (let first = from; first < to; first += BATCH) {
    const batch = emptyTally();
    for (let number = first; number < Math.min(to, first + BATCH); number++) {
      const name = `${seed} clocks ${number}`;
      const { trouble, grewMs, errorMs, givenBackMs, ...counts } = new ClockTrace(library, name).play();
      const grew = grewMs > 0;
      const off = errorMs > GOAL_MS || trouble !== null;
      add(batch, {
        ...counts,
        traces: 1,
        grew: Number(grew),
        off: Number(off),
        largestErrorMs: errorMs,
        largestGivenBackMs: givenBackMs,
        named:
          grew || off || counts.notLogged > 0 || counts.invented > 0
            ? [
                `"${name}": grew ${grewMs} ms, off ${errorMs} ms, ${counts.notLogged} not logged, ${counts.invented} invented ${trouble ?? ''}`,
              ]
            : [],
      });
    }
    hear(batch);
  }
}

/** The trial of the clock. */
export const clocks: Trial = {
  name: 'clocks',
  title: 'time passes, sleeps, is set and dies, against books of its own',
  async run({ seed, short, say }) {
    const all = emptyTally();
    const hear = (batch: Tally) => {
      add(all, batch);
      say(`${all.traces} traces`);
    };
    if (short) playShare({ seed, from: 0, to: SHORT }, hear);
    else {
      const size = FULL / THREADS;
      const shares = Array.from({ length: THREADS }, (_, at) => ({ seed, from: at * size, to: (at + 1) * size }));
      await Promise.all(shares.map((share) => inThread(share, hear)));
    }
    for (const line of all.named) say(line);
    say(
      `largest error ${all.largestErrorMs.toFixed(1)} ms; most that a kill gave back ${all.largestGivenBackMs.toFixed(1)} ms`,
    );
    const { traces, interruptions } = all;
    return [
      row('clock traces in which time left grew', traces, all.grew),
      row('clock traces with an error over 1 s', traces, all.off),
      row('interruptions not logged', interruptions, all.notLogged),
      row('interruptions logged that never were', interruptions, all.invented),
    ];
  },
};

function inThread(share: Share, hear: (batch: Tally) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('clocks-thread.ts', import.meta.url), { workerData: share });
    worker.on('message', hear);
    worker.on('error', reject);
    worker.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`a thread of traces ended with ${code}`))));
  });
}

function emptyTally(): Tally {
  return {
    traces: 0,
    grew: 0,
    off: 0,
    interruptions: 0,
    notLogged: 0,
    invented: 0,
    largestErrorMs: 0,
    largestGivenBackMs: 0,
    named: [],
  };
}

function add(sum: Tally, more: Tally): void {
  sum.traces += more.traces;
  sum.grew += more.grew;
  sum.off += more.off;
  sum.interruptions += more.interruptions;
  sum.notLogged += more.notLogged;
  sum.invented += more.invented;
  sum.largestErrorMs = Math.max(sum.largestErrorMs, more.largestErrorMs);
  sum.largestGivenBackMs = Math.max(sum.largestGivenBackMs, more.largestGivenBackMs);
  sum.named = [...sum.named, ...more.named].slice(0, NAMED);
}
