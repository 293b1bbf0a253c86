/** The built host under libfaketime: its wall clock is shifted, runs fast or slow, or jumps, and the time left stays right. */
import { execFileSync } from 'node:child_process';
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { ClockView, Reply } from '../../main/contract.ts';
import { FORM_ID, PACK_ID } from '../support/pack.ts';
import { Dice } from './dice.ts';
import { startHost, withFolder, writeSmallPack, type Host } from './host.ts';
import { row, type Trial } from './trial.ts';

const FULL = { runs: 10, seconds: 12 };
const SHORT = { runs: 1, seconds: 5 };
const GOAL_MS = 1_000;

const HOUR_S = 3_600;
const YEAR_S = 365 * 24 * HOUR_S;

type Kind = 'jumping' | 'shifted' | 'fast' | 'slow';
const KINDS: readonly Kind[] = ['jumping', 'fast', 'slow', 'shifted'];

/** The trial of the wall clock on the real host. */
export const fakeTime: Trial = {
  name: 'fakeTime',
  title: 'the built host under a bent wall clock, against the monotonic clock of the test',
  async run({ seed, short, say }) {
    const library = findLibrary();
    const { runs, seconds } = short ? SHORT : FULL;
    let off = 0;
    for (let run = 0; run < runs; run++) {
      const kind = KINDS[run % KINDS.length]!;
      const dice = new Dice(`${seed} faketime ${run}`);
      const { errorMs, invented } = await withFolder((folder) => bend(folder, library, kind, dice, seconds));
      say(
        `${kind} wall clock: off by ${errorMs.toFixed(1)} ms, interruptions that never were: ${invented.join(', ') || 'none'}`,
      );
      if (errorMs > GOAL_MS || invented.length > 0) off += 1;
    }
    return [row('runs under a bent wall clock in which the time left was off', runs, off)];
  },
};

/** @throws Error where the Debian package `faketime` is missing. */
function findLibrary(): string {
  try {
    return execFileSync('faketime', ['-m', '-f', '+0', 'printenv', 'LD_PRELOAD'], { encoding: 'utf8' }).trim();
  } catch (error) {
    throw new Error('this trial needs faketime: apt-get install faketime', { cause: error });
  }
}

/** One sitting under a bent clock. */
async function bend(folder: string, library: string, kind: Kind, dice: Dice, seconds: number) {
  const file = join(folder, 'faketime.rc');
  let shiftS = dice.pick([-1, 1]) * Math.round(dice.size(HOUR_S, YEAR_S));
  const rate = kind === 'fast' ? dice.real(2, 20) : kind === 'slow' ? dice.real(0.4, 0.7) : 1;
  const setWall = () => {
    // In one move: the host reads the file at each look at its clock.
    writeFileSync(`${file}.new`, `${shiftS < 0 ? '' : '+'}${shiftS}${rate === 1 ? '' : ` x${rate.toFixed(2)}`}\n`);
    renameSync(`${file}.new`, file);
  };
  setWall();
  const host = await startHost(join(folder, 'data'), writeSmallPack(folder), [
    'env',
    `LD_PRELOAD=${library}`,
    `FAKETIME_TIMESTAMP_FILE=${file}`,
    'FAKETIME_NO_CACHE=1',
    'FAKETIME_DONT_FAKE_MONOTONIC=1',
  ]);
  try {
    const startMs = Date.now();
    const sitting = await beginSitting(host);
    const watching = await watch(host, sitting.sittingId);
    let errorMs = 0;
    for (let second = 0; second < seconds; second++) {
      await setTimeout(dice.real(700, 1300));
      errorMs = Math.max(errorMs, await sitting.error());
      if (kind !== 'jumping') continue;
      shiftS += dice.pick([-1, 1]) * Math.round(dice.size(1, YEAR_S));
      setWall();
    }
    const report = await sitting.end();
    watching.abort();
    const wallMs = report.finishedAt - report.startedAt;
    const bent = Math.abs(report.startedAt - startMs) > (HOUR_S * 1000) / 2;
    const moved = Math.abs(wallMs - (Date.now() - startMs)) > 1_000;
    if (!bent || (kind !== 'shifted' && !moved)) throw new Error(`the wall clock of the host was not ${kind}`);
    return { errorMs, invented: report.interruptions.map(({ cause }) => cause) };
  } finally {
    await host.stop();
  }
}

async function beginSitting(host: Host) {
  const settings = { order: 'front-to-back', timeFactor: 1, proctored: true, candidate: '' } as const;
  const { sittingId, seq } = valueOf(await host.call('sitting.start', { packId: PACK_ID, formId: FORM_ID, settings }));
  const agree = { sittingId, seq, requestId: 'request-agree', command: { type: 'agree' } } as const;
  const first = await timed(() => host.call('sitting.act', agree));
  let last = first.value.seq;
  return {
    sittingId,
    /** How far the time left is from what the test's own clock allows, ms. */
    async error(): Promise<number> {
      const now = await timed(() => host.call('sitting.clock', { sittingId }));
      last = now.value.seq;
      const usedMs = first.value.clock.remainingMs! - now.value.clock.remainingMs!;
      // The readings were taken at some time between each call and its reply.
      return Math.max(0, now.before - first.after - usedMs, usedMs - (now.after - first.before));
    },
    async end() {
      valueOf(
        await host.call('sitting.act', { sittingId, seq: last, requestId: 'request-end', command: { type: 'end' } }),
      );
      return valueOf(await host.call('result.show', { sittingId }));
    },
  };
}

async function timed<T extends { clock: ClockView }>(call: () => Promise<Reply<T>>) {
  const before = performance.now();
  const value = valueOf(await call());
  return { before, value, after: performance.now() };
}

/** Holds the stream that shows that a window is there. */
async function watch(host: Host, sittingId: string): Promise<AbortController> {
  const controller = new AbortController();
  const response = await fetch(`${host.origin}/watch/${sittingId}`, {
    headers: { authorization: `Bearer ${host.token}` },
    signal: controller.signal,
  });
  if (!response.ok) throw new Error(`the host lets nobody watch: ${response.status}`);
  // A stream that nobody reads is closed when its response is collected as garbage.
  void response.body!.pipeTo(new WritableStream()).catch(() => {});
  return controller;
}

function valueOf<T>(reply: Reply<T>): T {
  if (!reply.ok) throw new Error(`${reply.code}: ${reply.message}`);
  return reply.value;
}
