/** What still arrives from a window that has gone must not set the clock running again. */
import { describe, expect, it } from 'vitest';
import { LAST_WORDS_MS } from '../../main/services/sittings.ts';
import { failureOf, Hall } from '../support/hall.ts';

const elapsed = (hall: Hall, sittingId: string) => hall.sittings.openSitting({ sittingId }).clock.elapsedMs;

describe('after the window was closed', () => {
  it('a word about its focus is logged and not charged', () => {
    const hall = new Hall();
    const { sittingId } = hall.start();
    const release = hall.sittings.hold(sittingId);
    const { seq } = hall.act(sittingId, { type: 'agree' });
    hall.pass(10);
    release();
    hall.send(sittingId, { type: 'attend', kind: 'left-window' }, seq, 'request-away');
    hall.pass(100);
    expect(hall.types(sittingId).at(-1)).toBe('attention');
    expect(elapsed(hall, sittingId)).toBe(10_000);
  });

  it('a last call for the time is charged with no more than a moment', () => {
    const hall = new Hall();
    const { sittingId } = hall.start();
    const release = hall.sittings.hold(sittingId);
    hall.act(sittingId, { type: 'agree' });
    hall.pass(10);
    release();
    hall.sittings.clock({ sittingId });
    hall.pass(100);
    expect(elapsed(hall, sittingId)).toBeLessThanOrEqual(10_000 + LAST_WORDS_MS + 1000);
  });

  it('an answer on its way is still taken', () => {
    const hall = new Hall();
    const { sittingId } = hall.start();
    const release = hall.sittings.hold(sittingId);
    const { seq } = hall.act(sittingId, { type: 'agree' });
    release();
    const reply = hall.send(sittingId, { type: 'respond', number: 1, options: ['a'] }, seq, 'request-late');
    expect(reply.state!.response).toEqual(['a']);
  });
});

describe('all that waited, in one call', () => {
  const answer = (number: number, requestId: string, option = 'a') => ({
    requestId,
    command: { type: 'respond' as const, number, options: [option] },
  });
  const answered = (hall: Hall, sittingId: string) =>
    hall.sittings
      .openSitting({ sittingId })
      .states.flatMap((state, index) => (state.response.length ? [index + 1] : []));

  it('is recorded in order, each command on the one before', () => {
    const hall = new Hall();
    const sittingId = hall.exam();
    const { seq } = hall.sittings.clock({ sittingId });
    const commands = [answer(2, 'request-one'), answer(1, 'request-two'), answer(3, 'request-three')];
    expect(hall.sittings.actAll({ sittingId, seq, commands })).toEqual({ taken: 3 });
    expect(answered(hall, sittingId)).toEqual([1, 2, 3]);
  });

  it('records nothing twice that had arrived by itself, before or after', () => {
    const hall = new Hall();
    const sittingId = hall.exam();
    const { seq } = hall.sittings.clock({ sittingId });
    hall.send(sittingId, answer(1, 'request-one').command, seq, 'request-one');
    const before = hall.types(sittingId).length;
    hall.sittings.actAll({ sittingId, seq, commands: [answer(1, 'request-one'), answer(2, 'request-two')] });
    hall.send(sittingId, answer(2, 'request-two').command, seq, 'request-two');
    expect(hall.types(sittingId)).toHaveLength(before + 1);
    expect(answered(hall, sittingId)).toEqual([1, 2]);
  });

  it('goes on past a command the rules refuse', () => {
    const hall = new Hall();
    const sittingId = hall.exam();
    const { seq } = hall.sittings.clock({ sittingId });
    const wrong = answer(1, 'request-wrong', 'z');
    expect(hall.sittings.actAll({ sittingId, seq, commands: [wrong, answer(2, 'request-two')] })).toEqual({ taken: 1 });
    expect(answered(hall, sittingId)).toEqual([2]);
  });

  it('is refused whole when another window has moved the sitting on', () => {
    const hall = new Hall();
    const sittingId = hall.exam();
    const { seq } = hall.sittings.clock({ sittingId });
    hall.act(sittingId, { type: 'flag', number: 4, on: true });
    const late = () => hall.sittings.actAll({ sittingId, seq, commands: [answer(2, 'request-two')] });
    expect(failureOf(late).code).toBe('stale');
    expect(answered(hall, sittingId)).toEqual([]);
  });
});

describe('after leaving for the hall', () => {
  it('full screen that ends with it is not charged', () => {
    const hall = new Hall();
    const { sittingId } = hall.start();
    const release = hall.sittings.hold(sittingId);
    const { seq } = hall.act(sittingId, { type: 'agree' });
    hall.pass(10);
    hall.sittings.leave({ sittingId });
    const before = hall.types(sittingId);
    hall.send(sittingId, { type: 'attend', kind: 'left-full-screen' }, seq, 'request-full-screen');
    release();
    hall.pass(100);
    expect(hall.types(sittingId)).toEqual(before);
    expect(elapsed(hall, sittingId)).toBe(10_000);
  });
});
