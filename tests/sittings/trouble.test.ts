/** The disk refuses to write: nothing pretends, nothing is lost, and it works again afterwards. */
import { describe, expect, it } from 'vitest';
import { StoreError } from '../../main/store/errors.ts';
import { failureOf, Hall, SETTINGS } from '../support/hall.ts';
import { FORM_ID, PACK_ID } from '../support/pack.ts';

const interruptions = (hall: Hall, sittingId: string) =>
  hall.journal.events(sittingId).flatMap((event) => (event.type === 'interrupted' ? [event.payload] : []));

function whileFailing(hall: Hall, work: () => void): void {
  for (const step of ['start', 'append', 'finish', 'beat'] as const) hall.failing.add(step);
  work();
  hall.failing.clear();
}

describe('an answer that cannot be written', () => {
  it('is not acknowledged, changes nothing, and can be sent again with the same request id', () => {
    const hall = new Hall();
    const id = hall.exam();
    const { seq } = hall.sittings.clock({ sittingId: id });
    const before = [hall.sittings.openSitting({ sittingId: id }), hall.journal.events(id)];
    const respond = () => hall.send(id, { type: 'respond', number: 1, options: ['a'] }, seq, 'request-a');
    whileFailing(hall, () => {
      expect(respond).toThrow(StoreError);
      expect([hall.sittings.openSitting({ sittingId: id }), hall.journal.events(id)]).toEqual(before);
      expect(respond).toThrow(StoreError);
    });
    expect(respond().state!.response).toEqual(['a']);
    expect(hall.types(id).filter((type) => type === 'responded')).toHaveLength(1);
  });

  it('is told to no other screen', () => {
    const hall = new Hall();
    const id = hall.exam();
    hall.pushes.length = 0;
    whileFailing(hall, () => expect(() => hall.act(id, { type: 'flag', number: 1, on: true })).toThrow(StoreError));
    expect(hall.pushes).toEqual([]);
  });
});

describe('an end that cannot be written', () => {
  it('leaves the sitting running, and the next End ends it once', () => {
    const hall = new Hall();
    const id = hall.exam();
    whileFailing(hall, () => expect(() => hall.act(id, { type: 'end' })).toThrow(StoreError));
    expect(hall.sittings.openSitting({ sittingId: id }).phase).toBe('exam');
    expect(hall.results()).toBe(0);
    hall.act(id, { type: 'end' });
    expect(hall.results()).toBe(1);
  });
});

describe('a tick that cannot write', () => {
  it('the heartbeat: the clock runs on, and the next tick writes it', () => {
    const hall = new Hall();
    const id = hall.exam();
    hall.pass(2);
    whileFailing(hall, () => {
      expect(() => hall.pass(1)).toThrow(StoreError);
      expect(() => hall.pass(1)).toThrow(StoreError);
    });
    hall.pass(1);
    expect(hall.journal.heartbeat(id)).toMatchObject({ elapsedMs: 5000 });
    expect(hall.sittings.clock({ sittingId: id }).clock.elapsedMs).toBe(5000);
  });

  it('the time-out: it is tried again until it is written, at the limit, once', () => {
    const hall = new Hall((parts) => (parts.blueprint.minutes = 1));
    const id = hall.exam();
    hall.act(id, { type: 'respond', number: 1, options: ['a'] });
    hall.pass(59);
    whileFailing(hall, () => {
      for (let second = 0; second < 3; second++) expect(() => hall.pass(1)).toThrow(StoreError);
      expect(hall.pushes.filter((push) => push.type === 'finished')).toEqual([]);
    });
    hall.pass(1);
    expect(hall.pushes.at(-1)).toEqual({ type: 'finished', sittingId: id });
    expect(hall.sittings.result({ sittingId: id })).toMatchObject({
      cause: 'time',
      elapsedMs: 60_000,
      sealed: true,
      score: { points: 1 },
    });
  });

  it('the time-out: meanwhile no answer slips in', () => {
    const hall = new Hall((parts) => (parts.blueprint.minutes = 1));
    const id = hall.exam();
    const { seq } = hall.sittings.clock({ sittingId: id });
    hall.pass(59);
    hall.failing.add('finish');
    expect(() => hall.pass(1)).toThrow(StoreError);
    const late = () => hall.send(id, { type: 'respond', number: 1, options: ['a'] }, seq, 'request-late');
    expect(late).toThrow(StoreError);
    hall.failing.clear();
    expect(failureOf(late).code).toBe('finished');
    expect(hall.sittings.result({ sittingId: id }).score!.points).toBe(0);
  });

  it('an interruption: its length is not lost, and not charged', () => {
    const hall = new Hall();
    const id = hall.exam();
    hall.pass(3);
    hall.sleep(3600);
    whileFailing(hall, () => {
      expect(() => hall.sittings.tick()).toThrow(StoreError);
      expect(() => hall.pass(1)).toThrow(StoreError);
    });
    hall.pass(1);
    expect(interruptions(hall, id)).toEqual([{ cause: 'suspended', awayMs: 3_600_000 }]);
    expect(hall.sittings.clock({ sittingId: id }).clock.elapsedMs).toBe(5000);
    hall.pass(10);
    expect(interruptions(hall, id)).toHaveLength(1);
  });

  it('an interruption just before the time-out: it stands at the limit, and the record stays one that can be exported', () => {
    const hall = new Hall((parts) => (parts.blueprint.minutes = 1));
    const id = hall.exam();
    hall.pass(58);
    hall.monotonic += 500;
    hall.sittings.tick();
    hall.sleep(100);
    whileFailing(hall, () => {
      expect(() => hall.sittings.tick()).toThrow(StoreError);
      for (let second = 0; second < 2; second++) expect(() => hall.pass(1)).toThrow(StoreError);
    });
    hall.pass(1);
    const last = hall.journal.events(id).slice(-2);
    expect(last.map(({ type, elapsedMs }) => [type, elapsedMs])).toEqual([
      ['interrupted', 60_000],
      ['finished', 60_000],
    ]);
    expect(hall.application.transfer.export({ format: 'json', events: true }).damaged).toBe(0);
  });
});

describe('a window that closes while nothing can be written', () => {
  it('stops the clock all the same, and the next tick writes down when it did', () => {
    const hall = new Hall();
    const { sittingId } = hall.start();
    const release = hall.sittings.hold(sittingId);
    hall.act(sittingId, { type: 'agree' });
    hall.pass(12);
    whileFailing(hall, () => expect(release).toThrow(StoreError));
    hall.pass(40);
    expect(hall.journal.heartbeat(sittingId)).toMatchObject({ elapsedMs: 12_000, leftHall: true });
    hall.crash();
    expect(hall.sittings.openSitting({ sittingId }).clock.elapsedMs).toBe(12_000);
    expect(interruptions(hall, sittingId)).toEqual([{ cause: 'left', awayMs: 40_000 }]);
  });

  it('knows how long it was away though that could not be written either', () => {
    const hall = new Hall();
    const { sittingId } = hall.start();
    const release = hall.sittings.hold(sittingId);
    hall.act(sittingId, { type: 'agree' });
    hall.pass(12);
    whileFailing(hall, () => {
      expect(release).toThrow(StoreError);
      hall.sleep(40);
    });
    expect(hall.sittings.openSitting({ sittingId }).clock.elapsedMs).toBe(12_000);
    expect(interruptions(hall, sittingId)).toEqual([{ cause: 'left', awayMs: 40_000 }]);
  });
});

describe('leaving while nothing can be written', () => {
  it('is refused and can be tried again; nothing is charged in between', () => {
    const hall = new Hall();
    const id = hall.exam();
    hall.pass(12);
    whileFailing(hall, () => expect(() => hall.sittings.leave({ sittingId: id })).toThrow(StoreError));
    hall.sleep(60);
    hall.sittings.leave({ sittingId: id });
    hall.crash();
    expect(hall.sittings.openSitting({ sittingId: id }).clock.elapsedMs).toBe(12_000);
    expect(interruptions(hall, id)).toEqual([{ cause: 'left', awayMs: 60_000 }]);
  });
});

describe('the hall', () => {
  it('is shown while nothing can be written; the next tick writes what it could not', () => {
    const hall = new Hall();
    const id = hall.exam();
    hall.pass(2);
    hall.monotonic += 2000;
    whileFailing(hall, () => {
      expect(hall.sittings.hall()).toMatchObject({
        damaged: false,
        forms: [{ items: 6 }],
        unfinished: [{ sittingId: id }],
      });
      expect(() => hall.sittings.tick()).toThrow(StoreError);
    });
    hall.sittings.tick();
    expect(hall.journal.heartbeat(id)).toMatchObject({ elapsedMs: 4000 });
  });
});

describe('a sitting that cannot be begun or opened', () => {
  it('leaves nothing behind', () => {
    const hall = new Hall();
    whileFailing(hall, () => expect(() => hall.start()).toThrow(StoreError));
    expect(hall.journal.unfinished()).toEqual([]);
    expect(hall.start().sittingId).toBe('sitting-2');
  });

  it('is opened by a second try with the same request id where the first had reached the disk after all', () => {
    const hall = new Hall();
    const asked = { packId: PACK_ID, formId: FORM_ID, settings: SETTINGS, requestId: 'request-start' };
    const { sittingId } = hall.sittings.start(asked);
    hall.crash();
    expect(hall.sittings.start(asked)).toMatchObject({ sittingId, phase: 'agreement' });
    expect(hall.journal.unfinished()).toEqual([sittingId]);
    expect(hall.sittings.start({ ...asked, requestId: 'request-other' }).sittingId).not.toBe(sittingId);
  });

  it('is not open: after a restart it opens as soon as it can be written, with one interruption', () => {
    const hall = new Hall();
    const id = hall.exam();
    hall.pass(6);
    hall.crash();
    whileFailing(hall, () => expect(() => hall.sittings.openSitting({ sittingId: id })).toThrow(StoreError));
    expect(hall.sittings.openSitting({ sittingId: id }).clock.elapsedMs).toBe(6000);
    expect(interruptions(hall, id)).toHaveLength(1);
  });
});
