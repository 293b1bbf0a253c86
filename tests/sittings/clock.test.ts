import { describe, expect, it } from 'vitest';
import { HEARTBEAT_MS } from '../../main/services/open-sitting.ts';
import { PRESENCE_MS } from '../../main/services/sittings.ts';
import { failureOf, Hall, NOON } from '../support/hall.ts';

const elapsed = (hall: Hall, sittingId: string) => hall.sittings.clock({ sittingId }).clock.elapsedMs;
const interruptions = (hall: Hall, sittingId: string) =>
  hall.journal.events(sittingId).flatMap((event) => (event.type === 'interrupted' ? [event.payload] : []));

describe('charged time', () => {
  it('is written down at most 5 s apart', () => {
    const hall = new Hall();
    const id = hall.exam();
    let last = 0;
    for (let second = 1; second <= 40; second++) {
      hall.pass(1);
      const written = hall.journal.heartbeat(id)?.elapsedMs ?? 0;
      expect(second * 1000 - written).toBeLessThan(HEARTBEAT_MS);
      expect(written).toBeGreaterThanOrEqual(last);
      last = written;
    }
    expect(last).toBeGreaterThan(30_000);
  });

  it('is that of the moment of a command, not of the last tick', () => {
    const hall = new Hall();
    const id = hall.exam();
    hall.pass(3);
    hall.monotonic += 700;
    hall.act(id, { type: 'flag', number: 1, on: true });
    expect(hall.journal.events(id).at(-1)!.elapsedMs).toBe(3700);
  });

  it('is the same to the millisecond whatever the fractions of the clock', () => {
    const hall = new Hall();
    const id = hall.exam();
    for (let step = 0; step < 300; step++) {
      hall.monotonic += 99.9;
      hall.sittings.tick();
    }
    expect(elapsed(hall, id)).toBe(Math.floor(300 * 99.9));
  });

  it.each([
    ['set back a year', -365 * 86_400_000],
    ['set forward a year', 365 * 86_400_000],
    ['set to 1970', -NOON],
  ])('and time left know nothing of the wall clock, %s', (_, change) => {
    const hall = new Hall();
    const id = hall.exam();
    hall.pass(10);
    hall.wall += change;
    hall.pass(10);
    expect(hall.sittings.clock({ sittingId: id }).clock).toMatchObject({ elapsedMs: 20_000, remainingMs: 580_000 });
    expect(interruptions(hall, id)).toEqual([]);
    hall.act(id, { type: 'respond', number: 1, options: ['a'] });
    hall.crash();
    expect(elapsed(hall, id)).toBe(20_000);
  });

  it('of an absence over which the wall clock was set back has no length, rather than a negative one', () => {
    const hall = new Hall();
    const id = hall.exam();
    hall.sittings.leave({ sittingId: id });
    hall.wall -= 3_600_000;
    hall.sittings.openSitting({ sittingId: id });
    expect(interruptions(hall, id)).toEqual([{ cause: 'left', awayMs: null }]);
  });
});

describe('a suspended machine', () => {
  it('is not charged, and is logged with its length', () => {
    const hall = new Hall();
    const id = hall.exam();
    hall.pass(7);
    hall.sleep(3600);
    hall.sittings.tick();
    hall.pass(3);
    expect(elapsed(hall, id)).toBe(10_000);
    expect(interruptions(hall, id)).toEqual([{ cause: 'suspended', awayMs: 3_600_000 }]);
  });

  it('may wake by a command instead of a tick', () => {
    const hall = new Hall();
    const id = hall.exam();
    const { seq } = hall.sittings.clock({ sittingId: id });
    hall.sleep(3600);
    hall.send(id, { type: 'flag', number: 1, on: true }, seq, 'request-awake');
    expect(elapsed(hall, id)).toBe(0);
    expect(hall.types(id).slice(-2)).toEqual(['interrupted', 'flagged']);
  });

  it('does not end the sitting, however long it sleeps', () => {
    const hall = new Hall();
    const id = hall.exam();
    hall.sleep(100 * 3600);
    hall.sittings.tick();
    hall.pass(1);
    expect(hall.results()).toBe(0);
    expect(elapsed(hall, id)).toBe(1000);
  });
});

describe('leaving', () => {
  it('is not charged, and is logged with its length', () => {
    const hall = new Hall();
    const id = hall.exam();
    hall.pass(12);
    expect(hall.sittings.leave({ sittingId: id })).toEqual({ left: true });
    hall.pass(500);
    expect(hall.sittings.openSitting({ sittingId: id }).clock.elapsedMs).toBe(12_000);
    expect(interruptions(hall, id)).toEqual([{ cause: 'left', awayMs: 500_000 }]);
    hall.pass(5);
    expect(elapsed(hall, id)).toBe(17_000);
  });

  it('loses none of the time charged until then', () => {
    const hall = new Hall();
    const id = hall.exam();
    hall.pass(13);
    hall.monotonic += 900;
    hall.sittings.leave({ sittingId: id });
    hall.crash();
    expect(hall.sittings.openSitting({ sittingId: id }).clock.elapsedMs).toBe(13_900);
    expect(interruptions(hall, id)).toMatchObject([{ cause: 'left' }]);
  });

  it('a sitting that is not open, or not there, is no error', () => {
    const hall = new Hall();
    const id = hall.exam();
    hall.sittings.leave({ sittingId: 'nobody' });
    hall.pass(5);
    expect(elapsed(hall, id)).toBe(5000);
  });

  it('by ending the program is not charged either', () => {
    const hall = new Hall();
    const id = hall.exam();
    hall.pass(9);
    hall.sittings.shutDown();
    hall.crash();
    hall.sleep(50);
    expect(hall.sittings.openSitting({ sittingId: id }).clock.elapsedMs).toBe(9000);
    expect(interruptions(hall, id)).toEqual([{ cause: 'left', awayMs: 50_000 }]);
  });
});

describe('presence', () => {
  it('without a window ends 30 s after the last call; what follows is not charged', () => {
    const hall = new Hall();
    const { sittingId } = hall.start({ timeFactor: 2 });
    hall.act(sittingId, { type: 'agree' });
    hall.pass(PRESENCE_MS / 1000 + 300);
    const { elapsedMs } = hall.sittings.openSitting({ sittingId }).clock;
    expect(elapsedMs).toBeGreaterThanOrEqual(PRESENCE_MS);
    expect(elapsedMs).toBeLessThanOrEqual(PRESENCE_MS + 1000);
    expect(interruptions(hall, sittingId)).toMatchObject([{ cause: 'left' }]);
  });

  it('is kept up by calls', () => {
    const hall = new Hall();
    const { sittingId } = hall.start();
    hall.act(sittingId, { type: 'agree' });
    for (let call = 0; call < 4; call++) {
      hall.pass(25);
      hall.sittings.clock({ sittingId });
    }
    expect(elapsed(hall, sittingId)).toBe(100_000);
    expect(interruptions(hall, sittingId)).toEqual([]);
  });

  it('is kept up by a window that is held open and says nothing, as a background tab does', () => {
    const hall = new Hall();
    const id = hall.exam();
    hall.pass(200);
    expect(elapsed(hall, id)).toBe(200_000);
    expect(interruptions(hall, id)).toEqual([]);
  });

  it('ends with the last of two windows', () => {
    const hall = new Hall();
    const { sittingId } = hall.start();
    const first = hall.sittings.hold(sittingId);
    const second = hall.sittings.hold(sittingId);
    hall.act(sittingId, { type: 'agree' });
    hall.pass(50);
    first();
    first();
    hall.pass(50);
    second();
    hall.pass(50);
    expect(elapsed(hall, sittingId)).toBe(100_000);
    expect(interruptions(hall, sittingId)).toEqual([{ cause: 'left', awayMs: 50_000 }]);
  });

  it('begins again with a window that is opened anew', () => {
    const hall = new Hall();
    const { sittingId } = hall.start();
    hall.act(sittingId, { type: 'agree' });
    hall.sittings.hold(sittingId)();
    hall.pass(100);
    const release = hall.sittings.hold(sittingId);
    hall.sittings.openSitting({ sittingId });
    hall.pass(60);
    release();
    hall.pass(60);
    expect(elapsed(hall, sittingId)).toBe(60_000);
  });

  it('counts a window that was there before the sitting was opened, as after a restart', () => {
    const hall = new Hall();
    const { sittingId } = hall.start();
    hall.act(sittingId, { type: 'agree' });
    hall.crash();
    hall.sittings.hold(sittingId);
    hall.sittings.openSitting({ sittingId });
    hall.pass(100);
    expect(elapsed(hall, sittingId)).toBe(100_000);
  });
});

describe('opening another sitting', () => {
  it('pauses the first, to the second, by starting it and by coming back to it', () => {
    const hall = new Hall();
    const first = hall.exam();
    hall.pass(12);
    const second = hall.exam();
    hall.pass(23);
    expect(elapsed(hall, second)).toBe(23_000);
    expect(hall.sittings.openSitting({ sittingId: first }).clock.elapsedMs).toBe(12_000);
    hall.pass(4);
    expect(elapsed(hall, first)).toBe(16_000);
    expect(elapsed(hall, second)).toBe(23_000);
    expect(interruptions(hall, first)).toEqual([{ cause: 'left', awayMs: 23_000 }]);
    expect(interruptions(hall, second)).toEqual([{ cause: 'left', awayMs: 4000 }]);
  });

  it('and coming back to the first finds its window still held', () => {
    const hall = new Hall();
    const first = hall.exam();
    hall.exam();
    hall.sittings.clock({ sittingId: first });
    hall.pass(100);
    expect(elapsed(hall, first)).toBe(100_000);
  });

  it('that has ended, or is not there, leaves the open one running', () => {
    const hall = new Hall();
    const ended = hall.exam();
    hall.act(ended, { type: 'end' });
    const id = hall.exam();
    for (const sittingId of [ended, 'nobody'])
      expect(['finished', 'not-found']).toContain(failureOf(() => hall.sittings.openSitting({ sittingId })).code);
    hall.pass(100);
    expect(elapsed(hall, id)).toBe(100_000);
    expect(interruptions(hall, id)).toEqual([]);
  });
});
