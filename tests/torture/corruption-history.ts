/** A history made by the shipped program, with time and chance in our hands, and every answer it gives about it. */
import { copyFileSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { HistoryEntry, Input, Method, Outputs, Reply } from '../../main/contract.ts';
import type { SittingCommand } from '../../main/exam/sitting.ts';
import { createProgram, DATABASE, type Program } from '../../main/program.ts';
import { listBackups } from '../../main/store/backups.ts';
import { EVERYTHING } from '../support/everything.ts';
import { FORM_ID, KEYS, PACK_ID } from '../support/pack.ts';

const HOUR_MS = 60 * 60 * 1000;
/** When the history begins, ms since 1970. */
const BEGIN = Date.UTC(2026, 10, 22, 12);
/** When it is looked at again: within a day of the newest backup, so that none is due. */
const LATER = BEGIN + 40 * HOUR_MS;

/** Sittings that are finished before the daily backup. */
const FINISHED_BEFORE = 4;

/** Time and chance of one program. */
export interface World {
  wallMs: number;
  monotonicMs: number;
  random: () => number;
  /** Makes ids: sittings and requests made so far. */
  made: number;
  /** What the program would have logged. */
  faults: unknown[];
}

/** A world at the hour in which a finished history is looked at; always the same. */
export function laterWorld(): World {
  return { wallMs: LATER, monotonicMs: 77.5, random: () => 0, made: 1_000_000, faults: [] };
}

/** Starts the program of the source in this process. @throws StoreError, as the program does. */
export function programIn(dataDir: string, exams: string, world: World): Program {
  return createProgram({
    host: 'web',
    version: '0.0.0',
    dataDir,
    examsFolder: exams,
    clocks: { monotonicMs: () => world.monotonicMs, wallMs: () => world.wallMs },
    newId: () => `sitting-${++world.made}`,
    newSeed: () => `seed${++world.made}`,
    pause: () => Promise.resolve(),
    log: { note: () => {}, fault: (error) => world.faults.push(error), recent: () => [] },
    environment: () => [],
  });
}

/** One call past the hosts. */
export function ask<M extends Method>(program: Program, method: M, input: Input<M>): Reply<Outputs[M]> {
  return program.dispatch(method, input) as Reply<Outputs[M]>;
}

/** Every answer about the history, by question. */
export type Answers = Map<string, Reply<unknown>>;

/**
 * How the program ended: as it should; killed; killed right behind an answer, before the next tick of its clock, which is
 * when at the latest the answer goes from the log into the database itself.
 */
export type State = 'closed' | 'killed' | 'killed within the second';

/** A data folder as the program left it, and what it answers about it. */
export interface Snapshot {
  state: State;
  folder: string;
  /** Ids of the sittings, the unfinished one last. */
  sittings: readonly string[];
  truth: Answers;
  /** What it answered at the last tick before the kill, where an answer came after that; else `null`. */
  truthBefore: Answers | null;
  /** What the list of finished sittings was when each backup was made, by the backup's name. */
  backups: ReadonlyMap<string, HistoryEntry[]>;
}

/**
 * Makes a history: finished sittings in one run of the program, a daily backup a day later, then, in a second run, one
 * more finished sitting and one that goes on.
 * @returns the data folder as each way to end that second run leaves it.
 */
export async function makeHistory(folder: string, exams: string, random: () => number): Promise<Snapshot[]> {
  const dataDir = join(folder, 'origin');
  const world: World = { wallMs: BEGIN, monotonicMs: 5000.25, random, made: 0, faults: [] };
  const backups = new Map<string, HistoryEntry[]>();
  const sittings: string[] = [];

  const first = programIn(dataDir, exams, world);
  for (let count = 0; count < FINISHED_BEFORE; count++) {
    sittings.push(await sit(first, world, count === 1 ? 'time' : 'candidate'));
    await noteBackups(first, dataDir, backups);
    await pass(first, world, 1800);
  }
  world.wallMs += 25 * HOUR_MS;
  await noteBackups(first, dataDir, backups);
  first.close();

  const second = programIn(dataDir, exams, world);
  sittings.push(await sit(second, world, 'candidate'));
  await noteBackups(second, dataDir, backups);
  const unfinished = await sit(second, world, 'unfinished');
  sittings.push(unfinished);

  const copyAs = (name: string): string => {
    copyDataFolder(dataDir, join(folder, name));
    return join(folder, name);
  };
  const before = copyAs('before');
  const folders = new Map<State, string>();
  act(second, world, unfinished, { type: 'note', number: 6, text: 'The last word.' });
  folders.set('killed within the second', copyAs('killed within the second'));
  await pass(second, world, 1);
  folders.set('killed', copyAs('killed'));
  second.close();
  folders.set('closed', copyAs('closed'));
  if (world.faults.length > 0) throw new Error(`the history could not be made: ${String(world.faults[0])}`);

  const snapshots: Snapshot[] = [];
  for (const [state, at] of folders) {
    const truth = await answersOf(at, exams, sittings);
    const truthBefore = state === 'killed within the second' ? await answersOf(before, exams, sittings) : null;
    snapshots.push({ state, folder: at, sittings, truth, truthBefore, backups });
  }
  return snapshots;
}

/** The answers of a sound history, asked of a copy. @throws Error when one of them is none. */
async function answersOf(folder: string, exams: string, sittings: readonly string[]): Promise<Answers> {
  const dataDir = `${folder}, looked at`;
  copyDataFolder(folder, dataDir);
  const program = programIn(dataDir, exams, laterWorld());
  await program.lookAfterData();
  const answers = askAll(program, sittings);
  program.close();
  rmSync(dataDir, { recursive: true });
  for (const [question, reply] of answers) if (!reply.ok) throw new Error(`${question}: ${reply.message}`);
  return answers;
}

/** Asks everything about the history; opening the unfinished sitting comes last, for it writes. */
export function askAll(program: Program, sittings: readonly string[]): Answers {
  const answers: Answers = new Map<string, Reply<unknown>>([
    ['hall.show', ask(program, 'hall.show', {})],
    ['history.page', ask(program, 'history.page', EVERYTHING)],
  ]);
  for (const sittingId of sittings.slice(0, -1)) {
    answers.set(`result.show ${sittingId}`, ask(program, 'result.show', { sittingId }));
    answers.set(`result.review ${sittingId}`, ask(program, 'result.review', { sittingId }));
  }
  const unfinished = sittings.at(-1)!;
  answers.set(`sitting.open ${unfinished}`, ask(program, 'sitting.open', { sittingId: unfinished }));
  return answers;
}

/** Copies a database with its log and its backups. */
export function copyDataFolder(from: string, to: string): void {
  mkdirSync(join(to, 'backups'), { recursive: true });
  for (const name of [DATABASE, `${DATABASE}-wal`])
    if (existsSync(join(from, name))) copyFileSync(join(from, name), join(to, name));
  for (const { name } of listBackups(join(from, DATABASE)))
    copyFileSync(join(from, 'backups', name), join(to, 'backups', name));
}

async function noteBackups(program: Program, dataDir: string, into: Map<string, HistoryEntry[]>): Promise<void> {
  await program.lookAfterData();
  const { entries: list } = valueOf(ask(program, 'history.page', EVERYTHING));
  for (const { name } of listBackups(join(dataDir, DATABASE))) if (!into.has(name)) into.set(name, list);
}

/** Sits the small form, doing this and that. @returns the sitting's id. */
async function sit(program: Program, world: World, end: 'candidate' | 'time' | 'unfinished'): Promise<string> {
  const { random } = world;
  const settings = {
    order: 'front-to-back',
    timeFactor: random() < 0.5 ? 1 : 1.5,
    proctored: true,
    candidate: 'Ada Byron',
  } as const;
  const { sittingId } = valueOf(ask(program, 'sitting.start', { packId: PACK_ID, formId: FORM_ID, settings }));
  const letGo = program.sittings.hold(sittingId);
  act(program, world, sittingId, { type: 'agree' });
  for (let step = 0; step < 60; step++) {
    await pass(program, world, 1 + Math.floor(random() * 6));
    act(program, world, sittingId, anyCommand(random));
    await turn();
  }
  // A beat of the clock follows the last answer.
  await pass(program, world, 7);
  if (end === 'candidate') act(program, world, sittingId, { type: 'end' });
  if (end === 'time') await pass(program, world, 16 * 60);
  if (end !== 'unfinished') letGo();
  return sittingId;
}

function anyCommand(random: () => number): SittingCommand {
  const number = 1 + Math.floor(random() * 6);
  const option = 'abcd'[Math.floor(random() * 4)]!;
  const other = 'abcd'[Math.floor(random() * 4)]!;
  const on = random() < 0.7;
  const start = Math.floor(random() * 5);
  const kinds: SittingCommand[] = [
    { type: 'visit', number },
    { type: 'visit', number },
    { type: 'respond', number, options: number === 5 && option !== other ? [option, other] : [option] },
    { type: 'respond', number, options: [...KEYS[number - 1]!] },
    { type: 'strike', number, option, on },
    { type: 'flag', number, on },
    { type: 'note', number, text: `Look again at ${option.toUpperCase()}, then at ${Math.floor(random() * 1000)}.` },
    { type: 'highlight', text: `stem:${number}`, ranges: [{ start, end: start + 3 }] },
    { type: 'read', number },
    { type: 'attend', kind: on ? 'left-window' : 'returned' },
  ];
  return kinds[Math.floor(random() * kinds.length)]!;
}

/** A command with a request id of its own; what the rules refuse is let be. */
function act(program: Program, world: World, sittingId: string, command: SittingCommand): void {
  const { seq } = valueOf(ask(program, 'sitting.clock', { sittingId }));
  const requestId = `request-${++world.made}`;
  const reply = ask(program, 'sitting.act', { sittingId, requestId, seq, command } as Input<'sitting.act'>);
  if (!reply.ok && reply.code !== 'refused') throw new Error(`${command.type}: ${reply.message}`);
}

/** Lets seconds go by as the program's timer does. */
async function pass(program: Program, world: World, seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second++) {
    world.wallMs += 1000;
    world.monotonicMs += 1000.125;
    program.tick();
    await turn();
  }
}

/** What the program does behind a reply gets its turn, as in a host. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** The value of a reply that must be one. */
export function valueOf<T>(reply: Reply<T>): T {
  if (!reply.ok) throw new Error(`${reply.code}: ${reply.message}`);
  return reply.value;
}
