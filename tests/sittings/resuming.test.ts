import { describe, expect, it } from 'vitest';
import { HEARTBEAT_MS } from '../../main/services/open-sitting.ts';
import { Hall, NOON } from '../support/hall.ts';

/** A sitting with one of everything, 47 s into its questions. */
function worked(hall: Hall): string {
  const id = hall.exam({ order: 'cases-first', timeFactor: 1.5 });
  hall.act(id, { type: 'visit', number: 2 });
  hall.pass(20);
  hall.act(id, { type: 'strike', number: 2, option: 'c', on: true });
  hall.act(id, { type: 'respond', number: 5, options: ['a', 'c'] });
  hall.act(id, { type: 'flag', number: 3, on: true });
  hall.act(id, { type: 'note', number: 4, text: 'look again' });
  hall.act(id, { type: 'highlight', text: 'scenario:stay:1', ranges: [{ start: 2, end: 9 }] });
  hall.act(id, { type: 'read', number: 2 });
  hall.act(id, { type: 'visit', number: 4 });
  hall.pass(27);
  return id;
}

describe('a sitting whose program was killed', () => {
  it('is resumed with its place, answers, strikes, flags, notes, highlights and settings', () => {
    const hall = new Hall();
    const id = worked(hall);
    const before = hall.sittings.openSitting({ sittingId: id });
    hall.crash();
    const after = hall.sittings.openSitting({ sittingId: id });
    expect({ ...after, clock: null }).toEqual({ ...before, clock: null });
    expect(after).toMatchObject({ current: 4, settings: { order: 'cases-first', timeFactor: 1.5 } });
    expect(after.states[1]!.struck).toEqual(['c']);
    expect(after.clock.limitMs).toBe(900_000);
  });

  it('gives back the unused time within 5 s, whenever the program is killed', () => {
    const hall = new Hall();
    const id = hall.exam();
    for (let second = 1; second <= 21; second++) {
      hall.pass(1);
      const before = hall.sittings.clock({ sittingId: id }).clock.elapsedMs;
      hall.crash();
      hall.sleep(3600);
      const { elapsedMs } = hall.sittings.openSitting({ sittingId: id }).clock;
      hall.sittings.hold(id);
      expect(elapsedMs).toBeLessThanOrEqual(before);
      expect(before - elapsedMs).toBeLessThan(HEARTBEAT_MS);
    }
  });

  it('has the absence in its journal with its length, and on the report', () => {
    const hall = new Hall();
    const id = worked(hall);
    // The last sign of life was a heartbeat 2 s before the crash.
    hall.crash();
    hall.sleep(600);
    hall.sittings.openSitting({ sittingId: id });
    hall.act(id, { type: 'end' });
    const { interruptions, elapsedMs } = hall.sittings.result({ sittingId: id });
    expect(interruptions).toEqual([{ cause: 'crashed', awayMs: 600_000, elapsedMs: 47_000 }]);
    expect(elapsedMs).toBe(47_000);
  });

  it('takes the next command without a reload of the screen, and with the same seq', () => {
    const hall = new Hall();
    const id = worked(hall);
    const { seq } = hall.sittings.clock({ sittingId: id });
    hall.crash();
    expect(hall.send(id, { type: 'flag', number: 1, on: true }, seq, 'request-after').state!.flagged).toBe(true);
    expect(hall.types(id).slice(-2)).toEqual(['interrupted', 'flagged']);
  });

  it('keeps every acknowledged answer after a crash at each of its commands', () => {
    const hall = new Hall();
    const id = hall.exam();
    const held: string[] = [];
    for (const [index, option] of ['a', 'b', 'c', 'd', 'a', 'b'].entries()) {
      hall.act(id, { type: 'respond', number: index + 1, options: [option] });
      held.push(option);
      hall.crash();
      const { states } = hall.sittings.openSitting({ sittingId: id });
      expect(states.flatMap((state) => state.response)).toEqual(held);
    }
  });

  it('at its agreement is resumed there, the agreement’s time included', () => {
    const hall = new Hall();
    const { sittingId } = hall.start();
    hall.sittings.hold(sittingId);
    hall.pass(40);
    hall.crash();
    expect(hall.sittings.openSitting({ sittingId })).toMatchObject({
      phase: 'agreement',
      clock: { elapsedMs: 39_000, limitMs: 120_000 },
    });
  });

  it('right after the agreement is not charged the agreement’s time', () => {
    const hall = new Hall();
    const { sittingId } = hall.start();
    hall.sittings.hold(sittingId);
    hall.pass(40);
    hall.act(sittingId, { type: 'agree' });
    hall.crash();
    expect(hall.sittings.openSitting({ sittingId }).clock.elapsedMs).toBe(0);
  });

  it('stays in the hall as unfinished until it is opened, and nothing is charged meanwhile', () => {
    const hall = new Hall();
    const id = worked(hall);
    hall.crash();
    hall.pass(100);
    expect(hall.sittings.hall().unfinished).toEqual([
      {
        sittingId: id,
        examCode: 'SML',
        formTitle: 'Form A',
        startedAt: NOON,
        phase: 'exam',
        answered: 1,
        items: 6,
        remainingMs: 900_000 - 47_000,
      },
    ]);
  });
});

describe('a sitting whose window was closed before the program ended', () => {
  it.each(['quit', 'killed'])('was left, and not stopped by the program, though a last word came after: %s', (end) => {
    const hall = new Hall();
    const { sittingId, seq } = hall.start();
    const release = hall.sittings.hold(sittingId);
    hall.act(sittingId, { type: 'agree' });
    hall.pass(12);
    release();
    // A window that closes loses the focus too, and says so on its way.
    hall.send(sittingId, { type: 'attend', kind: 'left-window' }, seq, 'request-last-word');
    hall.pass(20);
    if (end === 'quit') hall.sittings.shutDown();
    hall.crash();
    hall.sleep(3600);
    expect(hall.sittings.openSitting({ sittingId }).clock.elapsedMs).toBe(12_000);
    const events = hall.journal.events(sittingId).filter(({ type }) => type === 'interrupted');
    expect(events.map(({ payload }) => payload)).toEqual([{ cause: 'left', awayMs: 3_620_000 }]);
  });
});

describe('a sitting that was finished before the crash', () => {
  it('stays finished, with its result', () => {
    const hall = new Hall();
    const id = hall.exam();
    hall.act(id, { type: 'respond', number: 1, options: ['a'] });
    hall.act(id, { type: 'end' });
    const before = hall.sittings.result({ sittingId: id });
    hall.crash();
    expect(hall.sittings.result({ sittingId: id })).toEqual(before);
    expect(before.sealed).toBe(true);
    expect(hall.sittings.hall().unfinished).toEqual([]);
  });
});

describe('a sitting whose pack has changed since', () => {
  it('is sat to its end as it was begun', () => {
    const hall = new Hall();
    const id = hall.exam();
    hall.act(id, { type: 'respond', number: 1, options: ['a'] });
    hall.changePack((parts) => {
      parts.items[0]!.key = ['b'];
      parts.items[0]!.stem = 'Changed?';
    });
    hall.crash();
    expect(hall.sittings.openSitting({ sittingId: id }).items[0]!.stem).toContain('Stem of one');
    hall.act(id, { type: 'end' });
    expect(hall.sittings.result({ sittingId: id }).score!.points).toBe(1);
    expect(hall.start().items[0]!.stem).toBe('Changed?');
  });
});
