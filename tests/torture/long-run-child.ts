/**
 * The process that the long run measures: the shipped program on a real database, sitting after sitting, under a clock
 * that runs as fast as the machine can. Run with `--expose-gc`; prints a {@link Measured} as a line of JSON per sitting.
 */
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Input, Method, Outputs, Reply } from '../../main/contract.ts';
import type { SittingCommand } from '../../main/exam/sitting.ts';
import { createProgram, type Program } from '../../main/program.ts';
import { EVERYTHING } from '../support/everything.ts';
import { Dice } from './dice.ts';

/** What the child is told, as JSON, in its only argument. */
export interface LongRun {
  dataDir: string;
  seed: string;
  sittings: number;
  minutes: number;
}

/** What it says of a sitting that has ended, with all garbage collected. */
export interface Measured {
  heapBytes: number;
  rssBytes: number;
  events: number;
}

const SECOND = 1_000;
const HOUR_S = 3_600;
/** An action comes about this often. */
const ACTION_S = 60;

const run = JSON.parse(process.argv[2]!) as LongRun;
const dice = new Dice(run.seed);
let monotonic = 0;
let wall = Date.UTC(2026, 10, 22, 12);
let ids = 0;

const program: Program = createProgram({
  host: 'web',
  version: '0.0.0',
  dataDir: run.dataDir,
  examsFolder: join(import.meta.dirname, '..', '..', 'exams'),
  clocks: { monotonicMs: () => monotonic, wallMs: () => wall },
  newId: () => `sitting-${++ids}`,
  newSeed: () => 'seed',
  pause: () => setImmediate(),
  log: {
    note: () => {},
    fault: (error) => {
      throw error;
    },
    recent: () => [],
  },
  environment: () => [],
});

for (let sitting = 0; sitting < run.sittings; sitting++) console.log(JSON.stringify(await sit()));
program.close();

async function sit(): Promise<Measured> {
  const settings = { order: 'front-to-back', timeFactor: 1, proctored: true, candidate: 'Ada' } as const;
  const { sittingId, items } = call('sitting.start', { packId: 'cpc-2026', formId: 'cpc-a', settings });
  const letGo = program.sittings.hold(sittingId);
  act(sittingId, { type: 'agree' });
  let finished = false;
  const stop = program.sittings.subscribe((push) => (finished ||= push.type === 'finished'));
  let next = ACTION_S;
  for (let second = 1; second <= run.minutes * 60 && !finished; second++) {
    monotonic += SECOND;
    wall += SECOND;
    program.tick();
    if (second % HOUR_S === 0) await program.lookAfterData();
    if (second < next || finished) continue;
    next = second + dice.whole(ACTION_S / 2, ACTION_S + ACTION_S / 2);
    act(sittingId, someCommand(items));
  }
  if (!finished) act(sittingId, { type: 'end' });
  stop();
  letGo();
  const { score } = call('result.show', { sittingId });
  if (!score) throw new Error('the sitting has no score');
  call('result.review', { sittingId });
  call('history.page', EVERYTHING);
  call('hall.show', {});
  await program.lookAfterData();
  return measure();
}

function someCommand(items: Outputs['sitting.start']['items']): SittingCommand {
  const item = dice.pick(items);
  const { number } = item;
  const option = dice.pick(item.options).id;
  return dice.pick<SittingCommand>([
    { type: 'visit', number },
    { type: 'respond', number, options: [option] },
    { type: 'respond', number, options: [option] },
    { type: 'strike', number, option, on: dice.chance(0.5) },
    { type: 'flag', number, on: dice.chance(0.5) },
    { type: 'note', number, text: `look up ${dice.whole(10_000, 99_999)}` },
    { type: 'attend', kind: dice.pick(['left-window', 'returned']) },
  ]);
}

/** One command of the candidate; a refusal by the rules is an answer too. */
function act(sittingId: string, command: SittingCommand): void {
  const { seq } = call('sitting.clock', { sittingId });
  const reply = ask('sitting.act', { sittingId, requestId: `request-${++ids}`, seq, command });
  if (!reply.ok && reply.code !== 'refused') throw new Error(`${reply.code}: ${reply.message}`);
}

function call<M extends Method>(method: M, input: Input<M>): Outputs[M] {
  const reply = ask(method, input);
  if (!reply.ok) throw new Error(`${method}: ${reply.code}: ${reply.message}`);
  return reply.value;
}

function ask<M extends Method>(method: M, input: Input<M>): Reply<Outputs[M]> {
  return program.dispatch(method, input) as Reply<Outputs[M]>;
}

async function measure(): Promise<Measured> {
  const { gc } = globalThis;
  if (!gc) throw new Error('to be run with --expose-gc');
  // What waits for a turn of the loop to be let go of gets one.
  for (let turn = 0; turn < 3; turn++) {
    await setImmediate();
    void gc();
  }
  const { heapUsed, rss } = process.memoryUsage();
  return { heapBytes: heapUsed, rssBytes: rss, events: ids };
}
