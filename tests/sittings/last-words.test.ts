/** What still arrives from a window that has gone must not set the clock running again. */
import { describe, expect, it } from 'vitest';
import { LAST_WORDS_MS } from '../../main/sittings.ts';
import { Hall } from '../support/hall.ts';

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

describe('after leaving for the hall', () => {
  it('full screen that ends with it is not charged', () => {
    const hall = new Hall();
    const { sittingId } = hall.start();
    const release = hall.sittings.hold(sittingId);
    const { seq } = hall.act(sittingId, { type: 'agree' });
    hall.pass(10);
    hall.sittings.leave({ sittingId });
    hall.send(sittingId, { type: 'attend', kind: 'left-full-screen' }, seq, 'request-full-screen');
    release();
    hall.pass(100);
    expect(elapsed(hall, sittingId)).toBe(10_000);
  });
});
