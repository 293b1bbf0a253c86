/** Discarding a sitting that has not ended, putting it back, and removing it for good. */
import { describe, expect, it } from 'vitest';
import { KEPT_DELETED_MS } from '../../main/services/history-view.ts';
import { checkDatabase } from '../../main/store/check.ts';
import { EVERYTHING } from '../support/everything.ts';
import { failureOf, Hall } from '../support/hall.ts';
import { FORM_ID, PACK_ID } from '../support/pack.ts';
import { TestProgram } from '../support/program.ts';
import { pastHall } from './past-hall.ts';

/** A sitting with an answer, half a minute old; the candidate is back in the hall. */
function begun(hall: Hall): string {
  const { sittingId } = hall.start();
  const letGo = hall.sittings.hold(sittingId);
  hall.act(sittingId, { type: 'agree' });
  hall.act(sittingId, { type: 'respond', number: 1, options: ['a'] });
  hall.pass(30);
  letGo();
  hall.sittings.leave({ sittingId });
  return sittingId;
}

/** All that is stored of it. */
const stored = (hall: Hall, sittingId: string) => [
  hall.db
    .prepare('SELECT sitting_event.* FROM sitting_event JOIN sitting ON no = sitting_no WHERE id = ?')
    .all(sittingId),
  hall.db.prepare('SELECT heartbeat.* FROM heartbeat JOIN sitting ON no = sitting_no WHERE id = ?').all(sittingId),
];

describe('a discarded sitting', () => {
  it('leaves the hall and stands among the deleted with what is left of its time; put back, it goes on as it was', () => {
    const hall = new Hall();
    const other = begun(hall);
    const gone = begun(hall);
    const before = hall.sittings.hall();
    const inHall = before.unfinished.find(({ sittingId }) => sittingId === gone)!;
    const rows = stored(hall, gone);
    const { history } = hall.application;
    const told = history.discard({ sittingId: gone });
    expect(told).toEqual({
      ...inHall,
      deletedAt: hall.wall,
      removedAt: hall.wall + KEPT_DELETED_MS,
      ended: false,
    });
    expect(told).toMatchObject({ answered: 1, items: 6, remainingMs: 570_000 });
    expect(hall.sittings.hall()).toEqual({ ...before, unfinished: [before.unfinished.find((one) => one !== inHall)] });
    hall.sleep(3600);
    expect(history.deleted()).toEqual([told]);
    expect(stored(hall, gone)).toEqual(rows);

    history.restore({ sittingId: gone });
    history.restore({ sittingId: gone });
    expect(history.deleted()).toEqual([]);
    expect(hall.sittings.hall()).toEqual(before);
    expect(stored(hall, gone)).toEqual(rows);
    const { clock, states } = hall.sittings.openSitting({ sittingId: gone });
    expect(clock.remainingMs).toBe(inHall.remainingMs);
    expect(states[0]!.response).toEqual(['a']);
    expect(hall.sittings.hall().unfinished.map(({ sittingId }) => sittingId)).toContain(other);
  });

  it('is not opened while it is discarded, by no call, and nothing is written to it', () => {
    const hall = new Hall();
    const { sittings } = hall;
    const { sittingId, seq } = sittings.start({
      ...{ packId: PACK_ID, formId: FORM_ID, requestId: 'request-of-the-start' },
      settings: { order: 'front-to-back', timeFactor: 1, proctored: true, candidate: 'Ada' },
    });
    sittings.leave({ sittingId });
    hall.application.history.discard({ sittingId });
    const rows = stored(hall, sittingId);
    const words = /was discarded.*put back under History/;
    const calls = [
      () => sittings.openSitting({ sittingId }),
      () => sittings.clock({ sittingId }),
      () => hall.send(sittingId, { type: 'agree' }, seq, 'request-of-agreement'),
      () =>
        sittings.start({
          ...{ packId: PACK_ID, formId: FORM_ID, requestId: 'request-of-the-start' },
          settings: { order: 'front-to-back', timeFactor: 1, proctored: true, candidate: 'Ada' },
        }),
    ];
    const refused = () => {
      for (const call of calls) {
        const failure = failureOf(call);
        expect(failure.code).toBe('refused');
        expect(failure.message).toMatch(words);
      }
    };
    refused();
    const commands = [{ requestId: 'request-last-words', command: { type: 'agree' } as const }];
    expect(sittings.actAll({ sittingId, seq, commands })).toEqual({ taken: 0 });
    // A window may still say where its focus is.
    sittings.hold(sittingId)();
    hall.pass(60);
    hall.crash();
    hall.pass(60);
    expect(stored(hall, sittingId)).toEqual(rows);
    expect(failureOf(() => hall.sittings.openSitting({ sittingId })).code).toBe('refused');
    expect(stored(hall, sittingId)).toEqual(rows);
    expect(hall.sittings.hall()).toMatchObject({ unfinished: [], damaged: false });
  });

  it('counts in no figure', () => {
    const { hall } = pastHall(6);
    const { history, outcomes, readiness, marks, transfer } = hall.application;
    const figures = () => [
      history.page(EVERYTHING),
      history.trend({ examCode: 'SML' }),
      history.areas({ examCode: 'SML' }),
      history.count(),
      readiness.show(),
      marks.totals({ examCode: null }),
      hall.sittings.hall(),
      transfer.export({ format: 'csv', events: false }).text,
    ];
    const before = figures();
    const gone = begun(hall);
    history.discard({ sittingId: gone });
    expect(outcomes.catchUp()).toBe(true);
    expect(figures()).toEqual(before);
  });

  it('what was seen in it was seen: a drawn form goes by that while it is kept', () => {
    const hall = new Hall((parts) => parts.items.push({ ...parts.items[0]!, id: 'seven' }));
    const asked = { packId: PACK_ID, formId: 'drawn-seed1' };
    const gone = begun(hall);
    hall.act(gone, { type: 'visit', number: 2 });
    hall.sittings.leave({ sittingId: gone });
    const before = hall.sittings.form(asked).drawn;
    expect(before?.repeated).toBeGreaterThan(0);
    hall.application.history.discard({ sittingId: gone });
    expect(hall.sittings.form(asked).drawn).toEqual(before);
    hall.wall += KEPT_DELETED_MS;
    hall.application.history.removeOverdue();
    expect(hall.sittings.form(asked).drawn?.repeated).toBe(0);
  });

  it('stands among the deleted by the time of its deletion, finished ones beside it', () => {
    const { hall, ids } = pastHall(3);
    const { history } = hall.application;
    const gone = begun(hall);
    history.delete({ sittingId: ids[0]! });
    hall.wall += 1;
    history.discard({ sittingId: gone });
    hall.wall += 1;
    history.delete({ sittingId: ids[1]! });
    expect(history.deleted().map(({ sittingId, ended }) => [sittingId, ended])).toEqual([
      [ids[1], true],
      [gone, false],
      [ids[0], true],
    ]);
  });

  it('is discarded once: again, it keeps its day', () => {
    const hall = new Hall();
    const gone = begun(hall);
    const told = hall.application.history.discard({ sittingId: gone });
    hall.wall += 5000;
    expect(hall.application.history.discard({ sittingId: gone })).toEqual(told);
  });
});

describe('discarding is refused', () => {
  it('while a window shows the sitting', () => {
    const hall = new Hall();
    const { sittingId } = hall.start();
    const letGo = hall.sittings.hold(sittingId);
    const failure = failureOf(() => hall.application.history.discard({ sittingId }));
    expect(failure).toMatchObject({ code: 'refused' });
    expect(failure.message).toMatch(/open in a window/);
    expect(hall.sittings.hall().unfinished).toHaveLength(1);
    hall.act(sittingId, { type: 'agree' });
    letGo();
    // The program has not heard that it was left: it is closed first, and its clock written down.
    hall.application.history.discard({ sittingId });
    const rows = stored(hall, sittingId);
    hall.pass(120);
    expect(stored(hall, sittingId)).toEqual(rows);
    expect(hall.sittings.hall().unfinished).toEqual([]);
  });

  it('of one that has ended, of one that ends by closing it, and of none', () => {
    const { hall, ids } = pastHall(2);
    const { history } = hall.application;
    expect(failureOf(() => history.discard({ sittingId: ids[0]! })).code).toBe('finished');
    history.delete({ sittingId: ids[0]! });
    expect(failureOf(() => history.discard({ sittingId: ids[0]! })).code).toBe('finished');
    expect(failureOf(() => history.discard({ sittingId: 'nobody' })).code).toBe('not-found');
    const { sittingId: late } = hall.start();
    hall.act(late, { type: 'agree' });
    for (let times = 0; times < 29; times++) {
      hall.pass(20);
      hall.sittings.clock({ sittingId: late });
    }
    hall.pass(15);
    hall.monotonic += 6_000;
    expect(failureOf(() => history.discard({ sittingId: late })).code).toBe('finished');
    expect(history.deleted()).toHaveLength(1);
    expect(history.page(EVERYTHING).entries.map(({ sittingId }) => sittingId)).toContain(late);
  });

  it('where the disk is full: it stays in the hall', () => {
    const hall = new Hall();
    const kept = begun(hall);
    hall.db.pragma('query_only = ON');
    expect(() => hall.application.history.discard({ sittingId: kept })).toThrow();
    hall.db.pragma('query_only = OFF');
    expect(hall.sittings.hall().unfinished.map(({ sittingId }) => sittingId)).toEqual([kept]);
  });
});

describe('after 30 days', () => {
  it('a discarded sitting is removed with all of it, and nothing else is', () => {
    const hall = new Hall();
    const kept = begun(hall);
    const gone = begun(hall);
    const { history } = hall.application;
    history.discard({ sittingId: gone });
    const keptRows = stored(hall, kept);
    hall.wall += KEPT_DELETED_MS - 1;
    history.removeOverdue();
    expect(history.deleted()).toHaveLength(1);
    hall.wall += 1;
    history.removeOverdue();
    expect(history.deleted()).toEqual([]);
    expect(stored(hall, gone)).toEqual([[], []]);
    expect(stored(hall, kept)).toEqual(keptRows);
    expect(failureOf(() => history.restore({ sittingId: gone })).code).toBe('not-found');
    expect(failureOf(() => hall.sittings.openSitting({ sittingId: gone })).code).toBe('not-found');
    expect(hall.db.prepare('SELECT count(*) FROM form_edition').pluck().get()).toBe(1);
    expect([...checkDatabase(hall.db, hall.journal)].at(-1)).toEqual([]);
    // Its number is given again.
    const next = hall.exam();
    hall.act(next, { type: 'end' });
    expect(hall.sittings.result({ sittingId: next }).sealed).toBe(true);
  });

  it('the program does so by itself; until then the full check covers it, and a restart does not open it', async () => {
    const test = new TestProgram();
    test.sit(3);
    const { sittingId } = test.begin(2);
    test.value('sitting.leave', { sittingId });
    test.value('history.discard', { sittingId });
    test.stop();
    await test.lookAfterData();
    expect(test.value('data.show', {})).toMatchObject({ checked: true, damage: [] });
    expect(test.value('hall.show', {})).toMatchObject({ unfinished: [], damaged: false });
    expect(test.value('history.deleted', {})).toMatchObject([{ sittingId, ended: false, answered: 2 }]);
    test.wall += KEPT_DELETED_MS;
    test.stop();
    await test.lookAfterData();
    expect(test.value('history.deleted', {})).toEqual([]);
    expect(test.call('sitting.open', { sittingId })).toMatchObject({ ok: false, code: 'not-found' });
    expect(test.faults).toEqual([]);
  });
});
