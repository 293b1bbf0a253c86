/** Spoilt exam packs, as a stranger might send them: each is loaded wholly, or refused with its place named. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Begun, Verdict } from './pack-worker.ts';
import { row, type Trial, type TrialOptions } from './trial.ts';

const PACKS = 10_000;
const PACKS_SHORT = 300;
/** How often each heavy pack is tried. */
const HEAVY_ROUNDS = 3;

const PROCESSES = 2;
/** What a pack may take, ms. */
const LIMIT_MS = 2_000;
/** A process without a word for this long is held up by its pack, ms. */
const SILENT_MS = 10_000;
/** Memory for the loading of packs, MB: what Node takes on a machine of 4 GB. */
const HEAP_MB = 2048;

const WORKER = join(import.meta.dirname, 'pack-worker.ts');
/** In memory where the system offers that. */
const ROOT = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/** Kinds of faults that are told in words. */
const TOLD_KINDS = 24;

/** 10,000 packs, spoilt by seed, through the program's own loading. */
export const packs: Trial = {
  name: 'packs',
  title: 'loads exam packs spoilt in every way, from real folders',
  async run(options) {
    const count = options.short ? PACKS_SHORT : PACKS;
    const verdicts: Verdict[] = [];
    await Promise.all(Array.from({ length: PROCESSES }, (_, lane) => runLane(options, lane, count, verdicts)));
    tell(options, verdicts);
    const failing = (test: (verdict: Verdict) => boolean) => verdicts.filter(test).length;
    return [
      row(
        'packs: uncaught errors',
        count,
        failing(({ uncaught }) => uncaught.length > 0),
      ),
      row(
        'packs: half loaded',
        count,
        failing(({ half }) => half.length > 0),
      ),
      row(
        'packs: problems that do not name their place',
        count,
        failing(({ unnamed }) => unnamed.length > 0),
      ),
      row(
        'packs: problems of more than 1,000 characters',
        count,
        failing(({ long }) => long > 0),
      ),
      row(
        'packs: others not loaded, or a prototype changed',
        count,
        failing(({ others }) => others.length > 0),
      ),
      row(
        'packs: took over 2 s',
        count,
        failing(({ ms }) => ms > LIMIT_MS),
      ),
    ];
  },
};

/** Every other pack, in as many processes as the packs bring to an end. */
async function runLane(
  { seed, short, say }: TrialOptions,
  lane: number,
  count: number,
  verdicts: Verdict[],
): Promise<void> {
  const folder = mkdtempSync(join(ROOT, 'codehall-packs-'));
  mkdirSync(join(folder, 'own'));
  const rounds = short ? 1 : HEAVY_ROUNDS;
  try {
    for (let first = lane; first < count;) {
      const args = [folder, seed, first, PROCESSES, count, rounds].map(String);
      const last = await runWorker(args, (verdict) => {
        verdicts.push(verdict);
        if (verdicts.length % (count / 5) === 0) say(`${verdicts.length} packs`);
      });
      if (last === null) return;
      verdicts.push(last);
      first = last.number + PROCESSES;
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** One process. @returns a verdict on the pack that ended it, `null` where it came to its end. */
async function runWorker(args: string[], hear: (verdict: Verdict) => void): Promise<Verdict | null> {
  const worker = spawn(process.execPath, [`--max-old-space-size=${HEAP_MB}`, WORKER, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let complaint = '';
  worker.stderr.on('data', (piece: Buffer) => (complaint += piece.toString()));
  const ended = once(worker, 'close');
  let begun: Begun | null = null;
  let isSilent = false;
  const silence = setTimeout(() => {
    isSilent = true;
    worker.kill('SIGKILL');
  }, SILENT_MS);
  for await (const line of createInterface(worker.stdout)) {
    silence.refresh();
    const heard = JSON.parse(line) as Begun | Verdict;
    begun = 'ms' in heard ? null : heard;
    if ('ms' in heard) hear(heard);
  }
  await ended;
  clearTimeout(silence);
  if (worker.exitCode === 0) return null;
  // An error of the trial itself ends the process in order; only a pack takes it down.
  if (!begun || worker.signalCode === null) throw new Error(`a worker failed: ${complaint}`);
  const verdict: Verdict = { ...begun, loaded: false, ms: 0, uncaught: [], half: [], unnamed: [], long: 0, others: [] };
  if (isSilent) return { ...verdict, ms: Infinity };
  return {
    ...verdict,
    uncaught: [complaint.split('\n').find((line) => /FATAL|Error/.test(line)) ?? worker.signalCode],
  };
}

/** Says what went wrong, a few of each kind. */
function tell({ say }: TrialOptions, verdicts: readonly Verdict[]): void {
  const told = new Map<string, number>();
  for (const { number, harms, ms, uncaught, half, unnamed, long, others } of verdicts) {
    const faults = [
      ...uncaught.map((what) => `uncaught: ${what}`),
      ...half.map((what) => `half loaded: ${what}`),
      ...unnamed.map((what) => `not named: ${what}`),
      ...others,
      ...(long > 0 ? [`${long} problems too long to be read`] : []),
      ...(ms > LIMIT_MS ? [`took ${ms === Infinity ? `more than ${SILENT_MS}` : Math.round(ms)} ms`] : []),
    ];
    if (faults.length === 0) continue;
    const kind = `${harms.length === 1 ? harms[0] : 'several'} ${faults.map((fault) => fault.split(':')[0]).join()}`;
    const times = (told.get(kind) ?? 0) + 1;
    told.set(kind, times);
    if (times > 1 || told.size > TOLD_KINDS) continue;
    say(`pack ${number} (${harms.join(', ')}): ${faults.join('; ').slice(0, 400)}`);
  }
  const loaded = verdicts.filter((verdict) => verdict.loaded).length;
  say(`${loaded} of ${verdicts.length} packs were sound enough to be loaded`);
}
