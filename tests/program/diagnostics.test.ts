/** The log and the diagnostics: what they tell, and what they must not. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openLog } from '../../main/log.ts';
import { StoreError } from '../../main/store/errors.ts';
import { changePastTheProgram } from '../support/database.ts';
import { freshFolder } from '../support/folder.ts';
import { TestProgram } from '../support/program.ts';

describe('the log', () => {
  const read = (folder: string) => readFileSync(join(folder, 'logs', 'codehall.log'), 'utf8');

  it('keeps notes and faults with code, place and cause, in the data folder', () => {
    const folder = freshFolder();
    const log = openLog(folder);
    log.note('start of 1.0.0');
    log.fault(new StoreError('not-saved', 'The journal could not be written.', new RangeError('no room')));
    const text = read(folder);
    expect(text).toMatch(/\[info\] +start of 1.0.0/);
    expect(text).toMatch(/\[error\] StoreError: not-saved: The journal could not be written\.\n\s+at /);
    expect(text).toContain('caused by RangeError: no room');
    expect(log.recent(1)[0]).toMatch(/^\s+at /);
  });

  it('does not quote what a parser could not read', () => {
    const folder = freshFolder();
    try {
      JSON.parse('{"number":1,"options":["the answer"');
    } catch (error) {
      openLog(folder).fault(new Error('the record is broken', { cause: error }));
    }
    expect(read(folder)).toContain('caused by SyntaxError: (not told)');
    expect(read(folder)).not.toContain('the answer');
  });

  it('is turned over at half a megabyte, and one old file is kept', () => {
    const folder = freshFolder();
    const log = openLog(folder);
    for (let line = 0; line < 2_000; line++) log.note(`${line} ${'x'.repeat(1000)}`);
    const files = readdirSync(join(folder, 'logs'));
    expect(files.sort()).toEqual(['codehall.log', 'codehall.old.log']);
    for (const name of files) expect(statSync(join(folder, 'logs', name)).size).toBeLessThan(530_000);
    expect(log.recent(1)[0]).toContain('1999 xxx');
  });
});

describe('the diagnostics', () => {
  it('tell versions, sizes, the check and the log', async () => {
    const test = new TestProgram();
    test.sit(3);
    await test.lookAfterData();
    const { text } = test.value('app.diagnostics', {});
    for (const part of [
      'Codehall 1.0.0, web',
      'a machine',
      test.file,
      '1 finished',
      'done, 0 damaged',
      'backups: 1',
      'pack small: 6 items',
      'a line of the log',
    ])
      expect(text).toContain(part);
  });

  it('of damaged data hold no answer and no name either', async () => {
    const test = new TestProgram();
    const { sittingId } = test.begin(2);
    test.stop();
    changePastTheProgram(test.file, `UPDATE sitting_event SET payload = replace(payload, 'Ada', 'Eve') WHERE seq = 1`);
    await test.lookAfterData();
    test.call('sitting.open', { sittingId });
    const said = test.value('app.diagnostics', {}).text + test.faults.join() + test.notes.join();
    expect(said).toContain('1 damaged');
    expect(said).not.toMatch(/Ada|Eve|options/);
  });
});
