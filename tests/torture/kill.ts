/** The host is killed in the middle of answering, again and again; nothing that it has acknowledged may be gone. */
import { join } from 'node:path';
import { seeded } from '../../main/exam/random.ts';
import { DATABASE } from '../../main/program.ts';
import { median, percentile } from '../bench/figure.ts';
import { Candidate, type Reopened } from './candidate.ts';
import { startHost, withFolder, writeSmallPack, type Host } from './host.ts';
import { inLanes, pause, pauseFinely } from './lanes.ts';
import { keptIn } from './stored.ts';
import { row, type Row, type Trial, type TrialOptions } from './trial.ts';

const FULL = { kills: 1000, perFolder: 50 };
const SHORT = { kills: 50, perFolder: 10 };
/** The host is killed at most this long after the candidate has begun to answer. */
const WITHIN_MS = 100;
/** One kill of so many comes when the candidate has done nothing for a while: then the clock alone has run on. */
const IDLE_EVERY = 50;
/** How much charged time a crash may cost or give. */
const TIME_OFF_MS = 5_000;
const REOPEN_MS = 50;

interface Tally {
  kills: number;
  acknowledged: number;
  lost: number;
  wrong: number;
  timeOff: number;
  /** The worst of them, ms. */
  mostOffMs: number;
  /** Kills that met a command on its way, by what became of it. */
  metThere: number;
  metNotThere: number;
  reopenMs: number[];
}

export const kill: Trial = {
  name: 'kill',
  title: 'SIGKILL of the host while a candidate answers; start, go on, kill again',
  async run(options) {
    const { kills: all, perFolder } = options.short ? SHORT : FULL;
    const kills = options.kills ?? all;
    const tally: Tally = {
      kills: 0,
      acknowledged: 0,
      lost: 0,
      wrong: 0,
      timeOff: 0,
      mostOffMs: 0,
      metThere: 0,
      metNotThere: 0,
      reopenMs: [],
    };
    await inLanes(Math.ceil(kills / perFolder), (index) => {
      const first = index * perFolder;
      return oneFolder(first, Math.min(perFolder, kills - first), options, tally);
    });
    const { acknowledged, metThere, metNotThere, mostOffMs, reopenMs } = tally;
    options.say(`${acknowledged} acknowledged events; time off by at most ${(mostOffMs / 1000).toFixed(2)} s`);
    options.say(`a kill met a command on its way: written ${metThere} times, not written ${metNotThere} times`);
    if (reopenMs.length > 0)
      options.say(
        `reopen: 95 % within ${percentile(reopenMs, 0.95).toFixed(1)} ms, all ${Math.max(...reopenMs).toFixed(1)} ms`,
      );
    return rowsOf(tally);
  },
};

function rowsOf({ kills, lost, wrong, timeOff, reopenMs }: Tally): Row[] {
  return [
    row('kill: acknowledged events lost', kills, lost),
    row('kill: wrong states', kills, wrong),
    row('kill: time off by more than 5 s', kills, timeOff),
    row('kill: reopen ms', kills, reopenMs.length > 0 ? median(reopenMs) : Infinity, REOPEN_MS),
  ];
}

/** One sitting in a data folder of its own, killed and opened again as often as asked. */
function oneFolder(first: number, kills: number, options: TrialOptions, tally: Tally): Promise<void> {
  return withFolder(async (folder) => {
    const exams = writeSmallPack(folder);
    const dataDir = join(folder, 'data');
    const random = seeded(`${options.seed}-kill-${first}`);
    const fault = (words: string) => {
      tally.wrong += 1;
      options.say(`kill ${first} to ${first + kills - 1}: ${words}`);
    };
    let host = await startHost(dataDir, exams);
    let candidate: Candidate | null = null;
    try {
      candidate = await Candidate.start(host, `kill-${first}`, random);
      for (let at = first; at < first + kills; at++) {
        const killedAt = await (at % IDLE_EVERY === 0
          ? killWhileIdle(host, candidate, random)
          : killWhileBusy(host, candidate, random));
        tally.kills += 1;
        const leftMs = candidate.clock.remainingMs! - (killedAt - candidate.clockAt);
        host = await startHost(dataDir, exams);
        count(await candidate.reopen(host, random() < 0.5), leftMs, tally);
        for (const words of candidate.wrong.splice(0)) fault(words);
      }
    } catch (error) {
      fault((error as Error).message);
    } finally {
      await host.stop();
    }
    if (candidate) lookInto(join(dataDir, DATABASE), candidate, tally, fault);
    options.say(`${tally.kills} kills`);
  });
}

/** Looks for all that was acknowledged, in the file itself. What cannot be read is lost. */
function lookInto(file: string, candidate: Candidate, tally: Tally, fault: (words: string) => void): void {
  const { sittingId, acknowledged, wrong } = candidate;
  for (const words of wrong) fault(words);
  tally.acknowledged += acknowledged.length;
  try {
    const { lost, sound } = keptIn(file, sittingId, acknowledged);
    tally.lost += lost;
    if (!sound) fault('the record of the sitting is broken');
  } catch (error) {
    tally.lost += acknowledged.length;
    fault((error as Error).message);
  }
}

/** @param leftMs time left at the moment of the kill, by what the candidate saw. */
function count({ tookMs, clock, lastWord }: Reopened, leftMs: number, tally: Tally): void {
  tally.reopenMs.push(tookMs);
  if (lastWord === 'there') tally.metThere += 1;
  if (lastWord === 'not there') tally.metNotThere += 1;
  if (clock === null) return;
  const offMs = Math.abs(clock.remainingMs! - leftMs);
  tally.mostOffMs = Math.max(tally.mostOffMs, offMs);
  if (offMs > TIME_OFF_MS) tally.timeOff += 1;
}

/** @returns when it was killed, by this process's clock. */
async function killWhileBusy(host: Host, candidate: Candidate, random: () => number): Promise<number> {
  let killedAt: number | null = null;
  const kill = async () => {
    await pause(random() * WITHIN_MS);
    // Timers keep step with the calls more than chance does.
    await pauseFinely(random() * 3);
    killedAt = performance.now();
    await host.stop('SIGKILL');
  };
  const killing = kill();
  try {
    while (killedAt === null) {
      if (random() < 0.02) await candidate.leaveAndReturn(host);
      else await candidate.act(host);
      if (random() < 0.2) await pause(random() * 5);
    }
  } catch (error) {
    if (killedAt === null) throw error;
  } finally {
    await killing;
  }
  return killedAt!;
}

/** After some answers, nothing: mostly until shortly before or after the clock is written down by itself. */
async function killWhileIdle(host: Host, candidate: Candidate, random: () => number): Promise<number> {
  for (let commands = Math.floor(random() * 20); commands >= 0; commands--) await candidate.act(host);
  await pause(random() < 0.7 ? 4_600 + random() * 1_400 : 2_000 + random() * 8_000);
  const killedAt = performance.now();
  await host.stop('SIGKILL');
  return killedAt;
}
