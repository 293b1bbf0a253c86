import { describe, expect, it } from 'vitest';
import type { SittingCommand } from '../../main/exam/sitting.ts';
import { EVERYTHING } from '../support/everything.ts';
import { failureOf, Hall } from '../support/hall.ts';
import { KEYS, type PackParts } from '../support/pack.ts';

/** A short exam, so that all of its seconds can pass. */
const MINUTES = 1;
const LIMIT = MINUTES * 60;

function shortHall(change: (parts: PackParts) => void = () => {}): Hall {
  return new Hall((parts) => {
    parts.blueprint.minutes = MINUTES;
    change(parts);
  });
}

describe('End', () => {
  it('ends the sitting, scored, sealed, and told to the screens', () => {
    const hall = shortHall();
    const id = hall.exam();
    KEYS.forEach((key, index) => hall.act(id, { type: 'respond', number: index + 1, options: [...key] }));
    hall.pass(30);
    expect(hall.act(id, { type: 'end' }).phase).toBe('finished');
    expect(hall.sittings.result({ sittingId: id })).toMatchObject({
      cause: 'candidate',
      sealed: true,
      elapsedMs: 30_000,
      score: { points: 5, scored: 5, pretest: 1, percent: 100 },
    });
    expect(hall.pushes.at(-1)).toEqual({ type: 'finished', sittingId: id });
  });

  it('twice is one result: the second is told that the sitting has ended', () => {
    const hall = shortHall();
    const id = hall.exam();
    const { seq } = hall.sittings.clock({ sittingId: id });
    hall.send(id, { type: 'end' }, seq, 'request-end-1');
    const failure = failureOf(() => hall.send(id, { type: 'end' }, seq, 'request-end-2'));
    expect(failure.code).toBe('finished');
    expect(hall.results()).toBe(1);
    expect(hall.types(id).filter((type) => type === 'finished')).toHaveLength(1);
  });

  it('sent again as the same request gets the same reply', () => {
    const hall = shortHall();
    const id = hall.exam();
    const { seq } = hall.sittings.clock({ sittingId: id });
    const first = hall.send(id, { type: 'end' }, seq, 'request-end-1');
    const again = hall.send(id, { type: 'end' }, seq, 'request-end-1');
    expect(again).toMatchObject({ seq: first.seq, phase: 'finished' });
    expect(hall.results()).toBe(1);
  });

  it('at the very second of time-out is one result, by time', () => {
    const hall = shortHall();
    const id = hall.exam();
    const { seq } = hall.sittings.clock({ sittingId: id });
    hall.pass(LIMIT - 1);
    hall.monotonic += 1000;
    const failure = failureOf(() => hall.send(id, { type: 'end' }, seq, 'request-end'));
    hall.sittings.tick();
    expect(failure.code).toBe('finished');
    expect(hall.results()).toBe(1);
    expect(hall.sittings.result({ sittingId: id })).toMatchObject({ cause: 'time', elapsedMs: LIMIT * 1000 });
  });

  it('a moment before time-out is one result, by the candidate', () => {
    const hall = shortHall();
    const id = hall.exam();
    const { seq } = hall.sittings.clock({ sittingId: id });
    hall.pass(LIMIT - 1);
    hall.monotonic += 999;
    hall.send(id, { type: 'end' }, seq, 'request-end');
    hall.pass(2);
    expect(hall.results()).toBe(1);
    expect(hall.sittings.result({ sittingId: id })).toMatchObject({ cause: 'candidate' });
  });
});

describe('time-out', () => {
  it('comes by itself at the limit, once, and is told to the screens', () => {
    const hall = shortHall();
    const id = hall.exam();
    hall.act(id, { type: 'respond', number: 1, options: ['a'] });
    hall.pass(LIMIT - 1);
    expect(hall.results()).toBe(0);
    hall.pass(1);
    expect(hall.results()).toBe(1);
    hall.pass(60);
    expect(hall.results()).toBe(1);
    expect(hall.pushes.filter((push) => push.type === 'finished')).toHaveLength(1);
    expect(hall.sittings.result({ sittingId: id })).toMatchObject({
      cause: 'time',
      elapsedMs: LIMIT * 1000,
      limitMs: LIMIT * 1000,
      score: { points: 1 },
    });
  });

  it('takes no answer after it', () => {
    const hall = shortHall();
    const id = hall.exam();
    const { seq } = hall.sittings.clock({ sittingId: id });
    hall.pass(LIMIT);
    const late: SittingCommand[] = [
      { type: 'respond', number: 1, options: ['a'] },
      { type: 'attend', kind: 'returned' },
      { type: 'agree' },
    ];
    for (const command of late)
      expect(failureOf(() => hall.send(id, command, seq, 'request-late')).code).toBe('finished');
    expect(hall.types(id).at(-1)).toBe('finished');
  });

  it('comes to light when the time is asked for, before the next tick', () => {
    const hall = shortHall();
    const id = hall.exam();
    hall.pass(LIMIT - 1);
    hall.monotonic += 1500;
    expect(failureOf(() => hall.sittings.clock({ sittingId: id })).code).toBe('finished');
    expect(hall.results()).toBe(1);
  });

  it.each([
    [1.25, 75],
    [1.5, 90],
    [2, 120],
  ] as const)('comes at the candidate’s own limit with a factor of %d', (timeFactor, seconds) => {
    const hall = shortHall();
    const id = hall.exam({ timeFactor });
    hall.pass(seconds - 1);
    expect(hall.results()).toBe(0);
    hall.pass(1);
    expect(hall.sittings.result({ sittingId: id })).toMatchObject({
      cause: 'time',
      limitMs: seconds * 1000,
      settings: { timeFactor },
    });
  });

  it('comes to light when another sitting is opened or started, and is told to the screens', () => {
    for (const next of ['open', 'start'] as const) {
      const hall = new Hall((parts) => (parts.blueprint.minutes = 1));
      const { sittingId: other } = hall.start();
      const id = hall.exam();
      hall.pass(59);
      hall.sleep(2);
      if (next === 'open') hall.sittings.openSitting({ sittingId: other });
      else hall.start();
      expect(hall.results()).toBe(1);
      expect(hall.pushes.filter(({ type }) => type === 'finished')).toEqual([{ type: 'finished', sittingId: id }]);
      expect(hall.sittings.hall().unfinished.map(({ sittingId }) => sittingId)).toContain(other);
    }
  });

  it('never comes to an untimed sitting', () => {
    const hall = shortHall();
    const id = hall.exam({ timeFactor: null });
    hall.pass(LIMIT * 3);
    expect(hall.sittings.clock({ sittingId: id }).clock).toEqual({
      elapsedMs: LIMIT * 3000,
      remainingMs: null,
      limitMs: null,
      budgetLeftMs: null,
    });
    hall.act(id, { type: 'end' });
    expect(hall.sittings.result({ sittingId: id })).toMatchObject({ limitMs: null, settings: { timeFactor: null } });
  });
});

describe('the agreement', () => {
  it('has its own minutes, and the time for the questions begins after it', () => {
    const hall = shortHall();
    const { sittingId, clock } = hall.start();
    hall.sittings.hold(sittingId);
    expect(clock).toMatchObject({ remainingMs: 120_000, limitMs: 120_000, budgetLeftMs: null });
    hall.pass(100);
    expect(hall.sittings.clock({ sittingId }).clock.remainingMs).toBe(20_000);
    const reply = hall.act(sittingId, { type: 'agree' });
    expect(reply.clock).toMatchObject({ elapsedMs: 0, remainingMs: LIMIT * 1000 });
    hall.pass(5);
    expect(hall.sittings.clock({ sittingId }).clock.elapsedMs).toBe(5000);
  });

  it('ends the sitting unscored when its minutes are over', () => {
    const hall = shortHall();
    const { sittingId } = hall.start();
    hall.sittings.hold(sittingId);
    hall.pass(119);
    expect(hall.results()).toBe(0);
    hall.pass(1);
    expect(hall.sittings.result({ sittingId })).toMatchObject({ cause: 'agreement-time', score: null, elapsedMs: 0 });
    expect(hall.application.history.page(EVERYTHING).entries[0]).toMatchObject({
      points: null,
      cause: 'agreement-time',
      elapsedMs: 0,
    });
  });

  it('ends the sitting unscored when it is declined', () => {
    const hall = shortHall();
    const { sittingId } = hall.start();
    expect(hall.act(sittingId, { type: 'decline' }).phase).toBe('finished');
    expect(hall.sittings.result({ sittingId })).toMatchObject({ cause: 'declined', score: null });
    expect(hall.sittings.hall().standing).toEqual([]);
  });

  it.each([
    ['without minutes of its own', (hall: Hall) => hall.start()],
    ['in an untimed sitting', (hall: Hall) => hall.start({ timeFactor: null })],
  ] as const)('never ends %s', (name, start) => {
    const hall = shortHall((parts) => {
      if (name.startsWith('without')) parts.blueprint.agreementMinutes = 0;
    });
    const { sittingId } = start(hall);
    hall.sittings.hold(sittingId);
    hall.pass(4 * 60);
    expect(hall.act(sittingId, { type: 'agree' }).clock.elapsedMs).toBe(0);
  });

  it('opens no question before it is accepted', () => {
    const hall = shortHall();
    const { sittingId } = hall.start();
    const failure = failureOf(() => hall.act(sittingId, { type: 'respond', number: 1, options: ['a'] }));
    expect(failure.code).toBe('refused');
    expect(hall.types(sittingId)).toEqual(['started']);
  });
});

it('scores no pretest item', () => {
  const hall = shortHall();
  const id = hall.exam();
  hall.act(id, { type: 'respond', number: 6, options: ['b'] });
  hall.act(id, { type: 'end' });
  const { score } = hall.sittings.result({ sittingId: id });
  expect(score).toMatchObject({ points: 0, scored: 5, pretest: 1, answered: 1 });
  expect(hall.sittings.review({ sittingId: id })[5]).toMatchObject({ correct: true, scored: false });
});

describe('before the end', () => {
  it('there is neither result nor review, and so no key', () => {
    const hall = shortHall();
    const id = hall.exam();
    expect(failureOf(() => hall.sittings.result({ sittingId: id })).code).toBe('not-finished');
    expect(failureOf(() => hall.sittings.review({ sittingId: id })).code).toBe('not-finished');
    expect(failureOf(() => hall.sittings.review({ sittingId: 'nobody' })).code).toBe('not-found');
  });
});
