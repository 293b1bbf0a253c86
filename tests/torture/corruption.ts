/**
 * A history whose file goes bad at a random place: every answer of the shipped program must be the truth, or an error, or
 * the program must say that something is damaged; and a backup must bring back what it held.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { DataView, HallView, Reply, ResultView } from '../../main/contract.ts';
import { seeded } from '../../main/exam/random.ts';
import { DATABASE, type Program } from '../../main/program.ts';
import { StoreError } from '../../main/store/errors.ts';
import { EVERYTHING } from '../support/everything.ts';
import { HARMS, LOG_HARMS } from './corruption-harms.ts';
import { ask, askAll, copyDataFolder, laterWorld, makeHistory, programIn } from './corruption-history.ts';
import type { Answers, Snapshot, State } from './corruption-history.ts';
import { withFolder, writeSmallPack } from './host.ts';
import { row, type Row, type Trial, type TrialOptions } from './trial.ts';

const FULL_RUNS = 400;
const SHORT_RUNS = 40;

/** Failures told one by one; the rest is only counted. */
const TOLD = 20;
const LONGEST = 240;

/** What can happen to a data folder, by how it was left. */
const HARMS_OF: Record<State, typeof HARMS> = {
  closed: HARMS,
  killed: { ...HARMS, ...LOG_HARMS },
  'killed within the second': LOG_HARMS,
};

/** Replies that say something else of a sitting than the truth; other errors say that there is no answer. */
const CLAIMS = new Set(['not-found', 'finished', 'not-finished', 'refused']);

/** What came of one damaged data folder; empty texts where nothing was wrong. */
interface Outcome {
  /** Whether an answer was not the truth. */
  differs: boolean;
  /** Whether the program said that something is damaged. */
  reported: boolean;
  /** The answers that were wrong while nothing was said to be damaged. */
  silent: string;
  /** The same where all was as at the last tick: what came after it went with the log it stood in. */
  lastSecond: string;
  uncaught: string;
  /** Why no backup brought back what it held, of a damaged one. */
  lost: string;
}

type Made = Outcome & { kind: string; state: State };

export const corruption: Trial = {
  name: 'corruption',
  title: 'the stored history damaged at random: told, never silently wrong',
  run: (options) =>
    withFolder(async (folder) => {
      const exams = writeSmallPack(folder);
      const snapshots = await makeHistory(folder, exams, seeded(`${options.seed}/history`));
      const kinds = snapshots.flatMap((snapshot) => {
        const harms = HARMS_OF[snapshot.state];
        return Object.entries(harms).map(([name, harm]) => ({ name: `${snapshot.state}, ${name}`, harm, snapshot }));
      });
      const runs = options.short ? SHORT_RUNS : FULL_RUNS;
      const outcomes: Made[] = [];
      const strays: unknown[] = [];
      const stray = (error: unknown) => strays.push(error);
      process.on('unhandledRejection', stray);
      try {
        for (let run = 0; run < runs; run++) {
          const { name, harm, snapshot } = kinds[run % kinds.length]!;
          const dataDir = join(folder, `run-${run}`);
          copyDataFolder(snapshot.folder, dataDir);
          const done = harm(join(dataDir, DATABASE), seeded(`${options.seed}/corruption/${run}`));
          const outcome = await outcomeOf(snapshot, dataDir, exams);
          if (strays.length > 0) outcome.uncaught ||= `unhandled: ${String(strays.splice(0)[0])}`;
          outcomes.push({ ...outcome, kind: name, state: snapshot.state });
          rmSync(dataDir, { recursive: true });
          for (const what of ['silent', 'uncaught', 'lost'] as const)
            if (outcome[what] && outcomes.filter((each) => each[what]).length <= TOLD)
              options.say(`${what}, run ${run} (${name}: ${done}): ${inShort(outcome[what])}`);
          if ((run + 1) % 100 === 0) options.say(`${run + 1} of ${runs}`);
        }
      } finally {
        process.off('unhandledRejection', stray);
      }
      return rowsOf(outcomes, options);
    }),
};

function rowsOf(outcomes: readonly Made[], { say }: TrialOptions): Row[] {
  const count = (of: readonly Outcome[], which: (outcome: Outcome) => unknown) => of.filter(which).length;
  for (const kind of new Set(outcomes.map((outcome) => outcome.kind))) {
    const own = outcomes.filter((outcome) => outcome.kind === kind);
    const differing = count(own, ({ differs }) => differs);
    const reported = count(own, (outcome) => outcome.reported);
    const silent = count(own, (outcome) => outcome.silent);
    const cut = count(own, ({ lastSecond }) => lastSecond);
    const silently = `${silent} silent${cut > 0 ? `, ${cut} without the last second` : ''}`;
    say(`${kind}: ${own.length} runs, ${differing} differ, ${reported} told, ${silently}`);
  }
  const late = outcomes.filter(({ state }) => state === 'killed within the second');
  const told = outcomes.filter(({ reported, lost }) => reported || lost);
  const figure = (name: string, of: readonly Outcome[], which: (outcome: Outcome) => unknown) =>
    row(`corruption: ${name}`, of.length, count(of, which));
  return [
    figure('silently wrong', outcomes, ({ silent }) => silent),
    figure('last second lost with its log, not told', late, ({ lastSecond }) => lastSecond),
    figure('uncaught errors', outcomes, ({ uncaught }) => uncaught),
    figure('damaged, and no backup brings it back', told, ({ lost }) => lost),
  ];
}

/** Opens a damaged data folder with the program and asks it everything. */
async function outcomeOf(snapshot: Snapshot, dataDir: string, exams: string): Promise<Outcome> {
  const outcome: Outcome = { differs: false, reported: false, silent: '', lastSecond: '', uncaught: '', lost: '' };
  const world = laterWorld();
  let program: Program;
  try {
    program = programIn(dataDir, exams, world);
  } catch (error) {
    if (!(error instanceof StoreError)) outcome.uncaught = `at the start: ${String(error)}`;
    return { ...outcome, differs: true, lost: `the program does not start: ${String(error)}` };
  }
  try {
    await program.lookAfterData();
    const answers = askAll(program, snapshot.sittings);
    const data = ask(program, 'data.show', {});
    const wrong = [...snapshot.truth].filter(([question, right]) => !isDeepStrictEqual(answers.get(question), right));
    outcome.differs = wrong.length > 0;
    outcome.reported = isReported(answers, data);
    const claims = wrong.filter(([question]) => isClaim(answers.get(question)!)).map(([question]) => question);
    const isAsBefore = isDeepStrictEqual(answers, snapshot.truthBefore);
    if (!outcome.reported) outcome[isAsBefore ? 'lastSecond' : 'silent'] = claims.join(', ');
    const internal = [...answers, ['data.show', data] as const].filter(([, reply]) => isInternal(reply));
    if (internal.length > 0)
      outcome.uncaught = `${internal.map(([question]) => question).join(', ')}: ${world.faults.map(String).join(' | ')}`;
    if (outcome.reported) outcome.lost = await lossAtRestore(program, snapshot, dataDir);
    program.close();
  } catch (error) {
    if (!(error instanceof StoreError)) outcome.uncaught ||= String((error as Error).stack ?? error);
  }
  return outcome;
}

/** Whether the program says of this database that something is damaged. */
function isReported(answers: Answers, data: Reply<DataView>): boolean {
  if (data.ok && (data.value.unreadable !== null || data.value.damage.length > 0)) return true;
  const hall = answers.get('hall.show') as Reply<HallView>;
  if (hall.ok && hall.value.damaged) return true;
  return [...answers].some(([question, reply]) => {
    if (!reply.ok) return reply.code === 'damaged';
    return question.startsWith('result.show') && !(reply.value as ResultView).sealed;
  });
}

/** Whether a reply that is not the truth says something, rather than that there is no answer. */
function isClaim(reply: Reply<unknown>): boolean {
  return reply.ok || CLAIMS.has(reply.code);
}

function isInternal(reply: Reply<unknown>): boolean {
  return !reply.ok && reply.code === 'internal';
}

/** Restores the newest backup. @returns what is wrong then, empty where nothing is. */
async function lossAtRestore(program: Program, { backups }: Snapshot, dataDir: string): Promise<string> {
  const before = ask(program, 'data.show', {});
  if (!before.ok) return `data.show: ${before.message}`;
  const [newest] = before.value.backups;
  if (!newest) return 'no backup is offered';
  const present = hashOf(join(dataDir, DATABASE));
  const restored = ask(program, 'data.restore', { name: newest.name });
  if (!restored.ok) return `data.restore: ${restored.code}: ${restored.message}`;
  const { kept } = restored.value;
  if (kept === null || !existsSync(join(dataDir, kept))) return 'the damaged file is not kept';
  if (before.value.unreadable !== null && hashOf(join(dataDir, kept)) !== present)
    return 'what is kept is another file';
  const list = ask(program, 'history.page', EVERYTHING);
  if (!list.ok) return `history.page after the restore: ${list.code}: ${list.message}`;
  if (!isDeepStrictEqual(list.value.entries, backups.get(newest.name))) return 'the history is not that of the backup';
  await program.lookAfterData();
  const after = ask(program, 'data.show', {});
  return after.ok && after.value.unreadable === null && after.value.damage.length === 0
    ? ''
    : `after the restore: ${JSON.stringify(after)}`;
}

function hashOf(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

function inShort(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length > LONGEST ? `${line.slice(0, LONGEST)} …` : line;
}
