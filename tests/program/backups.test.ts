/** The history's backups: when they are made, how many are kept, and what a restore does. */
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { backupFolder, listBackups } from '../../main/store/backups.ts';
import { MIGRATIONS } from '../../main/store/migrations.ts';
import { changePastTheProgram, openRaw } from '../support/database.ts';
import { TestProgram } from '../support/program.ts';

const DAY = 24 * 3600_000;
const reasons = (test: TestProgram) => listBackups(test.file).map(({ reason }) => reason);

/** Overwrites the middle of a file. */
function harm(file: string): void {
  const handle = openSync(file, 'r+');
  for (let at = 4096; at < 60_000; at += 512) writeSync(handle, Buffer.alloc(200, 0xa5), 0, 200, at);
  closeSync(handle);
}

describe('a backup', () => {
  it('is made after a finished sitting, and holds it', async () => {
    const test = new TestProgram();
    test.sit(3);
    await test.lookAfterData();
    expect(reasons(test)).toEqual(['sitting']);
    const [{ name, at, bytes }] = test.value('data.show', {}).backups as [never];
    expect(at).toBe(test.wall);
    expect(bytes).toBeGreaterThan(10_000);
    const copy = openRaw(join(backupFolder(test.file), name));
    expect(copy.prepare('SELECT points FROM result').pluck().all()).toEqual([3]);
  });

  it('is made daily, once', async () => {
    const test = new TestProgram();
    await test.lookAfterData();
    await test.lookAfterData();
    expect(reasons(test)).toEqual(['daily']);
    test.wall += DAY - 1;
    await test.lookAfterData();
    expect(reasons(test)).toEqual(['daily']);
    test.wall += 1;
    await test.lookAfterData();
    expect(reasons(test)).toEqual(['daily', 'daily']);
  });

  it('is made again when the clock was set back behind the newest', async () => {
    const test = new TestProgram();
    await test.lookAfterData();
    test.wall -= 400 * DAY;
    await test.lookAfterData();
    expect(reasons(test)).toHaveLength(2);
    // Not every hour from then on, in the place of older ones.
    test.wall += 3_600_000;
    await test.lookAfterData();
    expect(reasons(test)).toHaveLength(2);
  });

  it('is one file of ten; the oldest goes', async () => {
    const test = new TestProgram();
    for (let day = 0; day < 13; day++) {
      test.wall += DAY;
      await test.lookAfterData();
    }
    const kept = readdirSync(backupFolder(test.file));
    expect(kept).toHaveLength(10);
    expect(listBackups(test.file).at(-1)!.at).toBe(test.wall - 9 * DAY);
  });

  it('is kept though ten are there from a clock that has been set back since; one of those goes', async () => {
    const test = new TestProgram();
    test.wall += 4000 * DAY;
    for (let day = 0; day < 10; day++) {
      test.wall += DAY;
      await test.lookAfterData();
    }
    const ahead = listBackups(test.file).map(({ name }) => name);
    expect(ahead).toHaveLength(10);
    test.wall -= 4100 * DAY;
    test.sit(2);
    await test.lookAfterData();
    expect(test.faults).toEqual([]);
    const kept = listBackups(test.file);
    expect(kept.filter(({ at }) => at === test.wall).map(({ reason }) => reason)).toEqual(['sitting']);
    expect(kept.filter(({ at }) => at > test.wall).map(({ name }) => name)).toEqual(ahead.slice(0, 9));
  });

  it('that was cut off is cleared away at the next start', async () => {
    const test = new TestProgram();
    await test.lookAfterData();
    test.stop();
    writeFileSync(join(backupFolder(test.file), 'codehall-20260101T000000000Z-daily.db.unfinished'), 'half');
    test.value('hall.show', {});
    expect(readdirSync(backupFolder(test.file))).toHaveLength(1);
  });

  it('that was cut off and cannot be cleared away does not keep the program from starting', () => {
    const test = new TestProgram();
    // Here no file of the user's own resists; on Windows one does that a virus scanner has open.
    mkdirSync(join(backupFolder(test.file), 'codehall-20260101T000000000Z-daily.db.unfinished'), { recursive: true });
    expect(test.value('hall.show', {}).forms).toHaveLength(1);
  });

  it('is made before a database of an older schema is changed', async () => {
    const test = new TestProgram();
    const old = openRaw(test.file);
    old.exec(MIGRATIONS[0]!);
    old.pragma('user_version = 1');
    old.close();
    test.value('hall.show', {});
    expect(reasons(test)).toEqual(['migration']);
    const copy = openRaw(join(backupFolder(test.file), listBackups(test.file)[0]!.name));
    expect(copy.pragma('user_version', { simple: true })).toBe(1);
  });

  it('is not made of damaged data, and nothing half made is left', async () => {
    const test = new TestProgram();
    test.sit(3);
    await test.lookAfterData();
    test.stop();
    changePastTheProgram(test.file, `UPDATE result SET points = 5`);
    test.wall += DAY;
    test.sit(2);
    await test.lookAfterData();
    expect(reasons(test)).toEqual(['sitting']);
    expect(readdirSync(backupFolder(test.file))).toHaveLength(1);
    expect(test.faults.join()).toContain('its result has been changed');
  });
});

describe('a restore', () => {
  /** A program with one sitting of 3 points in its backup, and one of 5 after it. */
  async function withTwo(): Promise<{ test: TestProgram; name: string }> {
    const test = new TestProgram();
    test.sit(3);
    await test.lookAfterData();
    const { name } = listBackups(test.file)[0]!;
    test.sit(5);
    await test.lookAfterData();
    return { test, name };
  }

  it('brings the history back as it was, and keeps what was there beside it', async () => {
    const { test, name } = await withTwo();
    expect(test.points()).toEqual([5, 3]);
    const { kept } = test.value('data.restore', { name });
    expect(test.points()).toEqual([3]);
    expect(openRaw(join(test.dataDir, kept!)).prepare('SELECT count(*) FROM result').pluck().get()).toBe(2);
    test.stop();
    expect(test.points()).toEqual([3]);
  });

  it('goes on from there: a sitting can be started, and pushes still arrive', async () => {
    const { test, name } = await withTwo();
    const heard: string[] = [];
    test.program.sittings.subscribe((push) => heard.push(push.type));
    test.value('data.restore', { name });
    test.sit(4);
    expect(heard).toContain('finished');
    expect(test.points()).toEqual([4, 3]);
  });

  it('ends the open sitting’s clock first, which is kept in the file put aside', async () => {
    const { test, name } = await withTwo();
    const { sittingId } = test.begin(1);
    test.value('data.restore', { name });
    expect(test.call('sitting.open', { sittingId })).toMatchObject({ ok: false, code: 'not-found' });
    expect(test.value('hall.show', {}).unfinished).toEqual([]);
  });

  it('of an older schema is brought up to date', async () => {
    const test = new TestProgram();
    const old = openRaw(test.file);
    old.exec(MIGRATIONS[0]!);
    old.pragma('user_version = 1');
    old.close();
    test.sit(3);
    const [oldest] = listBackups(test.file).slice(-1);
    test.value('data.restore', { name: oldest!.name });
    expect(test.points()).toEqual([]);
    test.sit(2);
    expect(test.points()).toEqual([2]);
  });

  it('of a backup that is not there changes nothing', async () => {
    const { test } = await withTwo();
    for (const name of ['nothing', '../codehall.db', 'codehall-20200101T000000000Z-daily.db'])
      expect(test.call('data.restore', { name })).toMatchObject({ ok: false, code: 'not-found' });
    expect(test.points()).toEqual([5, 3]);
  });

  it('of a backup that has gone bad is refused, and the history stays', async () => {
    const { test, name } = await withTwo();
    harm(join(backupFolder(test.file), name));
    expect(test.call('data.restore', { name })).toMatchObject({ ok: false, code: 'damaged' });
    expect(test.points()).toEqual([5, 3]);
  });

  it('of a backup that a newer program made is refused, and the history stays, now and at the next start', async () => {
    const { test, name } = await withTwo();
    const newer = openRaw(join(backupFolder(test.file), name));
    newer.exec('CREATE TABLE of_tomorrow (a)');
    newer.pragma('user_version = 99');
    newer.close();
    expect(test.call('data.restore', { name })).toMatchObject({
      ...{ ok: false, code: 'damaged' },
      message: `${name} was made by a newer Codehall. Nothing was changed.`,
    });
    expect(test.points()).toEqual([5, 3]);
    test.stop();
    expect(test.points()).toEqual([5, 3]);
  });

  it('after which another program holds the file: every call says so, and the next start finds the history', async () => {
    const { test, name } = await withTwo();
    const other = openRaw(join(test.dataDir, 'other.db'));
    // The restored file lies in its place and is not opened yet when this is noted.
    test.notes.push = () => {
      other.exec(`ATTACH '${test.file}' AS held; BEGIN EXCLUSIVE; DELETE FROM held.heartbeat`);
      return 0;
    };
    const message = expect.stringContaining('Another Codehall has') as string;
    expect(test.call('data.restore', { name })).toMatchObject({ ok: false, message });
    expect(test.call('hall.show', {})).toMatchObject({ ok: false, message });
    expect(test.value('data.show', {}).unreadable).toEqual(message);
    other.close();
    test.stop();
    expect(test.points()).toEqual([3]);
  });

  it('that was cut off between its two renames is finished at the next start', async () => {
    const { test, name } = await withTwo();
    test.stop();
    writeFileSync(`${test.file}.incoming`, readFileSync(join(backupFolder(test.file), name)));
    openRaw(test.file).exec('VACUUM').close();
    const { renameSync } = await import('node:fs');
    renameSync(test.file, join(test.dataDir, 'codehall-kept-x.db'));
    expect(test.points()).toEqual([3]);
    expect(existsSync(`${test.file}.incoming`)).toBe(false);
  });
});

describe('a database that cannot be read', () => {
  async function damaged(): Promise<TestProgram> {
    const test = new TestProgram();
    test.sit(3);
    await test.lookAfterData();
    test.stop();
    writeFileSync(test.file, 'not a database, and long enough to be none at all'.repeat(50));
    return test;
  }

  it('lets the program start, say so, and offer its backups', async () => {
    const test = await damaged();
    expect(test.call('hall.show', {})).toMatchObject({ ok: false, code: 'damaged' });
    expect(test.value('app.info', {}).packs).toHaveLength(1);
    const { unreadable, backups } = test.value('data.show', {});
    expect(unreadable).toContain(test.file);
    expect(backups).toHaveLength(1);
    expect(test.program.sittings.hold('sitting-1')).toBeTypeOf('function');
    test.program.tick();
    await test.lookAfterData();
  });

  it('is kept, and the newest backup takes its place', async () => {
    const test = await damaged();
    const bytes = readFileSync(test.file, 'utf8');
    const { kept } = test.value('data.restore', { name: listBackups(test.file)[0]!.name });
    expect(test.points()).toEqual([3]);
    expect(readFileSync(join(test.dataDir, kept!), 'utf8')).toBe(bytes);
    expect(test.value('data.show', {}).unreadable).toBeNull();
  });

  it('is kept where the candidate starts with an empty history', async () => {
    const test = await damaged();
    const { kept } = test.value('data.startFresh', {});
    expect(test.points()).toEqual([]);
    expect(existsSync(join(test.dataDir, kept!))).toBe(true);
  });

  it('only then: a history that can be read is not put aside', () => {
    const test = new TestProgram();
    expect(test.call('data.startFresh', {})).toMatchObject({ ok: false, code: 'refused' });
  });
});
