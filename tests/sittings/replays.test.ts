import { describe, expect, it } from 'vitest';
import { fold } from '../../main/exam/sitting.ts';
import { failureOf, Hall } from '../support/hall.ts';

function sat(hall: Hall): string {
  const id = hall.exam();
  hall.act(id, { type: 'visit', number: 1 });
  hall.pass(20);
  hall.act(id, { type: 'respond', number: 1, options: ['b'] });
  hall.act(id, { type: 'visit', number: 5 });
  hall.pass(30);
  hall.act(id, { type: 'respond', number: 5, options: ['a', 'c'] });
  hall.act(id, { type: 'flag', number: 5, on: true });
  hall.act(id, { type: 'end' });
  return id;
}

describe('the replay of a sitting in the journal', () => {
  it('has a moment for each event, and the items as the candidate saw them', () => {
    const hall = new Hall();
    const sittingId = sat(hall);
    const { moments, items, sequence } = hall.application.replays.show({ sittingId });
    expect(moments.map(({ type }) => type)).toEqual(hall.types(sittingId));
    expect(moments.map(({ text }) => text).slice(-3)).toEqual([
      'Question 5: chose A and C',
      'Question 5: flagged',
      'Ended the exam',
    ]);
    expect(sequence).toEqual([1, 2, 3, 4, 5, 6]);
    expect(JSON.stringify(items)).not.toMatch(/RATIONALE|REFERENCE|TOPIC|AREA|key|scored/);
  });

  it('shows at every moment what the events up to it make', () => {
    const hall = new Hall();
    const sittingId = sat(hall);
    const events = hall.journal.events(sittingId);
    const edition = hall.journal.edition(hall.journal.sitting(sittingId)!.editionHash);
    for (const { seq } of events) {
      const state = fold(edition, events.slice(0, seq));
      const still = hall.application.replays.at({ sittingId, seq });
      expect(still).toMatchObject({ seq, phase: state.phase, current: state.current });
      expect(still.states.map(({ response }) => response)).toEqual(state.items.map(({ response }) => response));
    }
  });

  it('is refused while the sitting goes on, and for a moment there was not', () => {
    const hall = new Hall();
    const open = hall.exam();
    const { replays } = hall.application;
    expect(failureOf(() => replays.show({ sittingId: open })).code).toBe('not-finished');
    expect(failureOf(() => replays.at({ sittingId: open, seq: 1 })).code).toBe('not-finished');
    expect(failureOf(() => replays.show({ sittingId: 'nobody' })).code).toBe('not-found');
    const sittingId = sat(hall);
    const seq = hall.types(sittingId).length + 1;
    const failure = failureOf(() => replays.at({ sittingId, seq }));
    expect([failure.code, failure.message]).toEqual([
      'not-found',
      `This sitting has no moment ${seq}; its last is ${seq - 1}.`,
    ]);
  });
});

describe('the insight into a sitting in the journal', () => {
  it('tells the limit it was sat under, and when the clock stood still', () => {
    const hall = new Hall();
    const sittingId = hall.exam({ timeFactor: 1.5 });
    hall.pass(40);
    hall.sleep(600);
    hall.sittings.tick();
    hall.act(sittingId, { type: 'end' });
    const view = hall.sittings.insight({ sittingId });
    expect(view.limitMs).toBe(900_000);
    expect(view.interruptions).toMatchObject([{ cause: 'suspended', elapsedMs: expect.any(Number) }]);
    expect(Math.round(view.interruptions[0]!.elapsedMs / 1000)).toBe(40);
  });
});
