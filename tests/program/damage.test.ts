/** Damage that SQLite does not see: what the full check finds, and that the rest goes on. */
import { rmSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { changePastTheProgram, openRaw } from '../support/database.ts';
import { TestProgram } from '../support/program.ts';

/** A program with a finished and an unfinished sitting, after a change to its file. */
function changed(sql: string): { test: TestProgram; done: string; going: string } {
  const test = new TestProgram();
  const done = test.sit(3);
  test.wall += 1000;
  const { sittingId: going } = test.begin(2);
  test.stop();
  changePastTheProgram(test.file, sql);
  return { test, done, going };
}

describe('the full check', () => {
  it('passes what is as it was written', async () => {
    const { test } = changed('');
    expect(test.value('data.show', {})).toMatchObject({ checked: false, damage: [] });
    await test.lookAfterData();
    expect(test.value('data.show', {})).toMatchObject({ checked: true, damage: [], unreadable: null });
    expect(test.value('hall.show', {}).damaged).toBe(false);
  });

  const GOING = '(SELECT max(no) FROM sitting)';
  it.each([
    [
      'an answer of an unfinished sitting',
      `UPDATE sitting_event SET payload = '{"number":1,"options":["d"]}' WHERE type = 'responded' AND sitting_no = ${GOING} AND seq = 3`,
      'going',
    ],
    [
      'its time',
      `UPDATE sitting_event SET elapsed_ms = elapsed_ms + 5000 WHERE sitting_no = ${GOING} AND seq = 3`,
      'going',
    ],
    ['its last event taken out', `DELETE FROM sitting_event WHERE sitting_no = ${GOING} AND seq = 3`, 'going'],
    ['its date', `UPDATE sitting SET started_at = 7 WHERE no = ${GOING}`, 'going'],
    ['its extra time', `UPDATE sitting SET time_factor = 2 WHERE no = ${GOING}`, 'going'],
    [
      'a finished sitting’s answer',
      `UPDATE sitting_event SET payload = '{"number":1,"options":["d"]}' WHERE type = 'responded' AND sitting_no = 1 AND seq = 3`,
      'done',
    ],
    ['its points', 'UPDATE result SET points = 5', 'done'],
    ['its length', 'UPDATE result SET elapsed_ms = 1', 'done'],
    ['its missing result', 'DELETE FROM result', 'done'],
    ['the title of a form in the lists', `UPDATE form_edition SET title = 'Form Z'`, 'done'],
    ['a key', `UPDATE form_edition SET content = replace(content, '"key":["a"]', '"key":["b"]')`, 'done'],
  ])('finds %s changed, and names the sitting', async (_, sql, whose) => {
    const { test, done, going } = changed(sql);
    await test.lookAfterData();
    const { damage } = test.value('data.show', {});
    expect(damage.map(({ sittingId }) => sittingId)).toContain(whose === 'done' ? done : going);
    expect(test.value('hall.show', {}).damaged).toBe(true);
    expect(test.value('data.show', {}).backups).toEqual([]);
  });

  it('finds an index that SQLite finds broken', async () => {
    const { test } = changed('');
    const raw = openRaw(test.file);
    raw.unsafeMode(true);
    raw.pragma('writable_schema = ON');
    raw.exec(`UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 'sitting_event_request')
      WHERE name = 'result_finished_at'`);
    raw.close();
    await test.lookAfterData();
    const { damage } = test.value('data.show', {});
    expect(damage[0]).toMatchObject({ sittingId: null });
    expect(damage[0]!.message).toMatch(/^SQLite: \S.*$/);
  });
});

describe('a sitting that cannot be read', () => {
  it('is refused by itself; the hall and the others go on', () => {
    const { test, done, going } = changed(
      `UPDATE sitting_event SET payload = '{}' WHERE type = 'responded' AND sitting_no = (SELECT max(no) FROM sitting)`,
    );
    expect(test.call('sitting.open', { sittingId: going })).toMatchObject({ ok: false, code: 'damaged' });
    const hall = test.value('hall.show', {});
    expect(hall).toMatchObject({ unfinished: [], damaged: true });
    expect(hall.standing).toHaveLength(1);
    expect(test.value('result.show', { sittingId: done })).toMatchObject({ sealed: true });
    expect(test.sit(4)).toBeTypeOf('string');
  });

  it('whose kept time is damaged goes on from its last event', () => {
    const test = new TestProgram();
    const { sittingId } = test.begin(1);
    test.monotonic += 7000;
    test.program.tick();
    test.stop();
    changePastTheProgram(test.file, 'UPDATE heartbeat SET elapsed_ms = 500000');
    expect(test.value('sitting.open', { sittingId }).clock.elapsedMs).toBe(0);
  });
});

describe('a database that has gone, beside its backups', () => {
  /** A program with a backed up sitting, whose file was then lost. */
  async function lost(lose: (file: string) => void): Promise<TestProgram> {
    const test = new TestProgram();
    test.sit(3);
    await test.lookAfterData();
    test.stop();
    for (const suffix of ['-wal', '-shm', '']) rmSync(test.file + suffix, { force: true });
    lose(test.file);
    return test;
  }
  const LOSSES: [string, (file: string) => void][] = [
    ['missing', () => {}],
    ['empty', (file) => writeFileSync(file, '')],
  ];

  it.each(LOSSES)('is not taken for a first start when it is %s, and can be restored', async (what, lose) => {
    const test = await lost(lose);
    const { unreadable, backups } = test.value('data.show', {});
    expect(unreadable).toBe(`${test.file} is ${what}, and there are backups of it.`);
    expect(test.call('hall.show', {})).toMatchObject({ ok: false, code: 'damaged' });
    test.value('data.restore', { name: backups[0]!.name });
    expect(test.points()).toEqual([3]);
  });

  it.each(LOSSES)('makes room for an empty history on request when it is %s, for good', async (_, lose) => {
    const test = await lost(lose);
    test.value('data.startFresh', {});
    expect(test.points()).toEqual([]);
    test.stop();
    expect(test.points()).toEqual([]);
  });
});
