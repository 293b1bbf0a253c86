/** Damage that SQLite does not see: what the full check finds, and that the rest goes on. */
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
    expect(damage[0]!.message).toContain('SQLite');
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
