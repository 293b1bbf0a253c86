/**
 * The built host, and openDatabase, on data folders that are not as they should be: a typed and plain answer, and the files as
 * they were.
 */
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { DATABASE } from '../../main/program.ts';
import { StoreError } from '../../main/store/errors.ts';
import { openDatabase } from '../../main/store/open.ts';
import { Dice } from './dice.ts';
import { attempt, changes, fingerprint, WEB, type Attempt } from './files-attempt.ts';
import { CASES, emptyFolder, type Case } from './files-cases.ts';
import { withFolder, writeSmallPack } from './host.ts';
import { inLanes } from './lanes.ts';
import { row, type Trial } from './trial.ts';
import { withoutRights } from '../support/without-rights.ts';

const FULL_RUNS = 10;
/** Longer than this is no plain sentence. */
const LONGEST = 400;

export const files: Trial = {
  name: 'files',
  title: 'data folders that are not as they should be: a plain answer, and every file as it was',
  run: ({ seed, short, say }) =>
    withFolder(async (folder) => {
      chmodSync(folder, 0o755);
      const exams = writeSmallPack(folder);
      const wrap = withoutRights(WEB);
      const cases = CASES.filter((each) => wrap || !each.withoutRights);
      const untried = CASES.filter((each) => !cases.includes(each));
      for (const { name } of untried) say(`NOT TRIED: ${name}: this process cannot give its rights up`);
      const runs = short ? 1 : FULL_RUNS;
      let unclear = 0;
      let changed = 0;
      await inLanes(cases.length * runs, async (index) => {
        const each = cases[index % cases.length]!;
        const run = Math.floor(index / cases.length);
        const dataDir = join(folder, `data-${index}`);
        emptyFolder(dataDir);
        const dice = new Dice(`${seed}/files/${each.name}/${run}`);
        const end = await each.make({ dataDir, exams, dice });
        const before = fingerprint(dataDir);
        const complaints: string[] = [];
        const trying = async (work: () => Promise<void>) =>
          work().catch((error: unknown) => void complaints.push(String(error)));
        const rights = each.withoutRights ? wrap! : [];
        await trying(async () => void complaints.push(...(await complaintsOf(each, dataDir, exams, rights))));
        const differences = each.code === null ? [] : changes(dataDir, before);
        await trying(async () => end?.());
        if (complaints.length > 0) unclear += 1;
        if (differences.length > 0) changed += 1;
        for (const line of [...complaints, ...differences]) say(`${each.name}, run ${run}: ${line.slice(0, LONGEST)}`);
      });
      const made = cases.length * runs;
      return [
        row('files: untyped or unclear answers', made, unclear),
        row('files: files changed', made, changed),
        row('files: cases not tried, for want of a way to give rights up', CASES.length, untried.length),
      ];
    }),
};

/** What is wrong with the answers to a bad data folder. */
async function complaintsOf(
  { code, says, withoutRights }: Case,
  dataDir: string,
  exams: string,
  wrap: readonly string[],
): Promise<string[]> {
  const file = join(dataDir, DATABASE);
  const complaints: string[] = [];
  const plain = (what: string, message: string, withPath = true) => {
    if (message === '' || message.length > LONGEST || /\n/.test(message))
      complaints.push(`${what} is no plain line: ${message}`);
    else if (!says.test(message)) complaints.push(`${what} does not say what is wrong: ${message}`);
    else if (withPath && !message.includes(dataDir)) complaints.push(`${what} does not say where: ${message}`);
  };

  const host = await attempt(dataDir, exams, wrap);
  try {
    if (code === null || code === 'damaged') complaints.push(...(await complaintsOfStarted(host, code, plain)));
    else if (host.exitCode !== 1) complaints.push(`the host ended with ${host.exitCode}, not with 1`);
    else plain('what the host says', host.said().trim());
  } finally {
    await host.stop();
  }
  if (/^\s+at /m.test(host.said())) complaints.push(`the host shows a stack trace: ${host.said()}`);

  if (withoutRights) return complaints;
  try {
    const db = openDatabase(file);
    db.close();
    if (code !== null) complaints.push('openDatabase opens it');
  } catch (error) {
    if (!(error instanceof StoreError)) complaints.push(`openDatabase throws ${String(error)}`);
    else if (error.code !== code) complaints.push(`openDatabase throws ${error.code}: ${error.message}`);
    else plain('the error of openDatabase', error.message);
  }
  return complaints;
}

/** The same of a host that must have started: with an empty history, or with word that the one that is there cannot be read. */
async function complaintsOfStarted(
  host: Attempt,
  code: Case['code'],
  plain: (what: string, message: string) => void,
): Promise<string[]> {
  if (host.exitCode !== null) return [`the host ended with ${host.exitCode}: ${host.said()}`];
  const data = await host.call('data.show', {});
  const hall = await host.call('hall.show', {});
  if (!data.ok) return [`data.show: ${data.code}: ${data.message}`];
  const { unreadable } = data.value;
  if (code === null)
    return hall.ok && unreadable === null ? [] : [`it is no fresh start: ${unreadable ?? JSON.stringify(hall)}`];
  if (unreadable === null) return ['data.show does not tell that it cannot be read'];
  plain('data.show', unreadable);
  if (hall.ok || hall.code !== 'damaged') return [`hall.show: ${JSON.stringify(hall).slice(0, LONGEST)}`];
  plain('hall.show', hall.message);
  return [];
}
