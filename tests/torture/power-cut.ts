/**
 * The power fails at any moment: the shipped store writes under strace, and from what it asked of the disk are made the
 * files that a cut would have left. Every answer that was acknowledged before must be in them.
 */
import { mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { seeded } from '../../main/exam/random.ts';
import { Disk, pick } from './disk.ts';
import { withFolder } from './host.ts';
import { judge } from './power-cut-judge.ts';
import { plannedSteps, type Step } from './power-cut-steps.ts';
import { row, type Trial, type TrialOptions } from './trial.ts';
import { recordWrites, type Operation } from './write-log.ts';

const CUTS = 1000;
const SHORT_CUTS = 50;
/** Images of the negative control. */
const CONTROLS = 200;
const SHORT_CONTROLS = 20;

const NOTES = 600;
const SHORT_NOTES = 250;

/** Of so many failures each is told. */
const TOLD = 5;

const WRITER = join(import.meta.dirname, 'power-cut-writer.ts');

interface Tally {
  cuts: number;
  lost: number;
  unreadable: number;
  damaged: number;
}

/** Power cuts on the shipped store, and on one that does not wait for the disk: there, the trial must see losses. */
export const powerCut: Trial = {
  name: 'power-cut',
  title: 'the power fails between any two writes; sectors not synced are torn, lost or out of order',
  async run(options) {
    const cuts = options.cuts ?? (options.short ? SHORT_CUTS : CUTS);
    const steps = plannedSteps(options.short ? SHORT_NOTES : NOTES);
    return withFolder(async (given) => {
      const folder = realpathSync(given);
      const [shipped, unsafe] = await Promise.all([
        record(folder, 'shipped', options),
        record(folder, 'unsafe', options, 'NORMAL'),
      ]);
      options.say(`${shipped.length} requests to the disk for ${steps.length} acknowledgements`);
      const found = cutOften(folder, 'shipped', shipped, steps, cuts, options);
      const controls = options.short ? SHORT_CONTROLS : CONTROLS;
      const control = cutOften(folder, 'unsafe', unsafe, steps, controls, options);
      options.say(`negative control, synchronous=NORMAL: ${control.lost} events lost in ${control.cuts} images`);
      return [
        row('power cuts: acknowledged events lost', found.cuts, found.lost),
        row('power cuts: images that cannot be opened and read', found.cuts, found.unreadable),
        row('power cuts: images whose record is damaged', found.cuts, found.damaged),
        row(
          'power cuts: 1 if a store that does not wait for the disk lost nothing',
          control.cuts,
          control.lost ? 0 : 1,
        ),
      ];
    });
  },
};

/** @throws Error when the log does not lead to the very files that were written. */
async function record(
  folder: string,
  name: string,
  { short }: TrialOptions,
  ...synchronous: string[]
): Promise<Operation[]> {
  const data = join(folder, name, 'data');
  mkdirSync(data, { recursive: true });
  const log = await recordWrites(data, WRITER, [data, String(short ? SHORT_NOTES : NOTES), ...synchronous]);
  const disk = new Disk();
  for (const operation of log) disk.apply(operation);
  for (const [file, content] of disk.present())
    if (!isMapped(file) && !readFileSync(join(data, file)).equals(content))
      throw new Error(`the write log does not account for all that is in ${file}`);
  return log;
}

function cutOften(
  folder: string,
  name: string,
  log: readonly Operation[],
  steps: readonly Step[],
  cuts: number,
  { seed, say }: TrialOptions,
): Tally {
  const random = seeded(`${seed} ${name}`);
  const places = placesToCut(log);
  const moments = Array.from({ length: cuts }, () => momentOf(places, log.length, random)).sort((a, b) => a - b);
  const disk = new Disk();
  const tally: Tally = { cuts, lost: 0, unreadable: 0, damaged: 0 };
  const image = join(folder, 'image');
  let done = 0;
  let acknowledged = 0;
  let told = 0;
  for (const [index, moment] of moments.entries()) {
    for (; done < moment; done++) {
      const operation = log[done]!;
      disk.apply(operation);
      if (operation.kind === 'told') acknowledged += 1;
    }
    mkdirSync(image);
    for (const [file, content] of disk.cut(random)) if (!isMapped(file)) writeFileSync(join(image, file), content);
    const { lost, unreadable, damage } = judge(image, steps, acknowledged);
    rmSync(image, { recursive: true });
    tally.lost += lost;
    if (unreadable !== null) tally.unreadable += 1;
    if (damage !== null) tally.damaged += 1;
    const failed = lost > 0 || (unreadable ?? damage) !== null;
    if (name === 'shipped' && failed && ++told <= TOLD)
      say(
        `cut after request ${moment}, ${acknowledged} acknowledged: ${lost} lost; ${unreadable ?? damage ?? 'opened'}`,
      );
    if ((index + 1) % 200 === 0) say(`${name}: ${index + 1} images`);
  }
  return tally;
}

/** Where the order of writes matters most. */
function placesToCut(log: readonly Operation[]): number[][] {
  const where = (is: (operation: Operation) => boolean) => [...log.keys()].filter((index) => is(log[index]!));
  return [
    // Files come and go: opening and closing.
    where(({ kind }) => kind === 'create' || kind === 'remove'),
    where(({ kind }) => kind === 'resize'),
    // The log begins anew after it was written back.
    where((operation) => operation.kind === 'write' && operation.name.endsWith('-wal') && operation.offset === 0),
    // It is being written back.
    where((operation) => operation.kind === 'write' && operation.name.endsWith('.db')),
    where(({ kind }) => kind === 'told'),
  ].filter((places) => places.length > 0);
}

/** Half of the cuts fall anywhere, half within a few requests of such a place. */
function momentOf(places: readonly number[][], length: number, random: () => number): number {
  if (random() < 0.5) return 1 + Math.floor(random() * length);
  const near = pick(pick(places, random), random) + Math.floor(random() * 17) - 8;
  return Math.min(Math.max(near, 1), length);
}

/** SQLite's index of the log is a mapping that is made anew; what was in it never shows in the log. */
function isMapped(file: string): boolean {
  return file.endsWith('-shm');
}
