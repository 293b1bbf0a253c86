/**
 * The disk is full from any write of a sitting on, and gets space again: what could not be saved must be told so, what
 * was acknowledged must stay, and the same command must go through in the end.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { seeded, shuffled } from '../../main/exam/random.ts';
import { pick } from './disk.ts';
import { Candidate } from './disk-full-sitting.ts';
import { countCalls, giveSpaceBack, startCounted, startOnFullDisk, type Call } from './full-disk.ts';
import { startHost, withFolder, writeSmallPack, type Host } from './host.ts';
import { inLanes } from './lanes.ts';
import { needStrace } from './strace.ts';
import { row, type Trial } from './trial.ts';

const SHORT_WRITES = 16;
const SHORT_SYNCS = 4;

/** One sentence of the program's own that says what could not be done. */
const CLEAR = /^[^\n]*codehall\.db could not be written \([^\n]*\)\.$/;

interface Shortage {
  call: Call;
  from: number;
  /** How the host is ended before there is space again; `null`: it goes on. */
  restart: 'SIGKILL' | 'SIGTERM' | null;
}

const RESTARTS: readonly Shortage['restart'][] = [null, null, 'SIGKILL', 'SIGTERM'];

interface Outcome {
  lost: number;
  untold: number;
  stuck: string | null;
  leftOver: number;
}

/** A full disk at each write and each sync of a short sitting, on the built web host. */
export const diskFull: Trial = {
  name: 'disk-full',
  title: 'the disk is full from some write on, then has space again',
  async run({ short, seed, say }) {
    needStrace();
    return withFolder(async (folder) => {
      const exams = writeSmallPack(folder);
      const [writes, syncs] = [
        await callsOfASitting(folder, exams, 'write'),
        await callsOfASitting(folder, exams, 'sync'),
      ];
      say(`a sitting makes ${writes} writes and ${syncs} syncs`);
      const random = seeded(`${seed} disk-full`);
      const each = (call: Call, count: number): Shortage[] =>
        Array.from({ length: count }, (_, index) => ({ call, from: index + 1, restart: pick(RESTARTS, random) }));
      // A sync that fails leaves more behind than a write: with each, the host goes on once and is started again once.
      const atWrites = each('write', writes);
      const atSyncs = each('sync', syncs).flatMap((sync): Shortage[] => [
        { ...sync, restart: null },
        { ...sync, restart: random() < 0.5 ? 'SIGKILL' : 'SIGTERM' },
      ]);
      const shortages = short
        ? [...shuffled(atWrites, random).slice(0, SHORT_WRITES), ...shuffled(atSyncs, random).slice(0, SHORT_SYNCS)]
        : [...atWrites, ...atSyncs];
      const total = { lost: 0, untold: 0, stuck: 0, leftOver: 0 };
      let done = 0;
      await inLanes(shortages.length, async (index) => {
        const shortage = shortages[index]!;
        const outcome = await endure(join(folder, String(index)), exams, shortage);
        const { lost, untold, stuck, leftOver } = outcome;
        total.lost += lost;
        total.untold += untold;
        if (stuck !== null) total.stuck += 1;
        total.leftOver += leftOver;
        if (lost + untold + leftOver > 0 || stuck !== null) say(describe(shortage, outcome));
        if (++done % 50 === 0) say(`${done} of ${shortages.length}`);
      });
      return [
        row('full disk: acknowledged events lost', shortages.length, total.lost),
        row('full disk: failures not told as not saved', shortages.length, total.untold),
        row('full disk: sittings that do not go on', shortages.length, total.stuck),
        row('full disk: sittings told as not saved, yet there', shortages.length, total.leftOver),
      ];
    });
  },
};

/** @returns the calls of a whole sitting on a sound disk, from the host's start to its end. */
async function callsOfASitting(folder: string, exams: string, call: Call): Promise<number> {
  const data = join(folder, `counted-${call}`);
  const log = `${data}.log`;
  mkdirSync(data);
  const candidate = new Candidate(await startCounted(data, exams, call, log), async (host) => host);
  try {
    await candidate.sit();
  } finally {
    await candidate.host.stop('SIGTERM');
  }
  const { lost } = candidate.judge(data);
  if (candidate.met || lost > 0 || candidate.stuck !== null)
    throw new Error(`the sitting fails on a sound disk: ${candidate.stuck ?? `${lost} lost`}`);
  return countCalls(log);
}

async function endure(data: string, exams: string, { call, from, restart }: Shortage): Promise<Outcome> {
  mkdirSync(data);
  const relieve = async (host: Host): Promise<Host> => {
    if (restart === null) {
      await giveSpaceBack(host);
      return host;
    }
    await host.stop(restart);
    return startHost(data, exams);
  };
  let untold = 0;
  let host: Host;
  try {
    host = await startOnFullDisk(data, exams, call, from);
  } catch (refusal) {
    if (!CLEAR.test((refusal as Error).message)) untold += 1;
    try {
      host = await startHost(data, exams);
    } catch (again) {
      return { lost: 0, untold, stuck: `no start with space: ${(again as Error).message}`, leftOver: 0 };
    }
  }
  const candidate = new Candidate(host, relieve);
  try {
    await candidate.sit();
  } finally {
    await candidate.host.stop('SIGTERM');
  }
  const { lost, leftOver } = candidate.judge(data);
  return { lost, untold: untold + candidate.untold, stuck: candidate.stuck, leftOver };
}

function describe({ call, from, restart }: Shortage, { lost, untold, stuck, leftOver }: Outcome): string {
  const counts = `${lost} lost, ${untold} not told, ${leftOver} left over`;
  return `full from ${call} ${from}, ${restart ?? 'the host goes on'}: ${counts}; ${stuck ?? 'went on'}`;
}
