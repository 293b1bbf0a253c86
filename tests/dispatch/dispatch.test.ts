import { describe, expect, it } from 'vitest';
import { METHODS, type AppInfo, type HistoryExport, type Reply, type SittingView } from '../../main/contract.ts';
import { createDispatch, type Dispatch } from '../../main/dispatch.ts';
import { StoreError, type StoreErrorCode } from '../../main/store/errors.ts';
import { Hall, SETTINGS } from '../support/hall.ts';
import { NO_DATA } from '../support/no-data.ts';
import { edition } from '../support/pack.ts';
import { addPast } from '../support/past.ts';

/** The stored data as a whole are tested with the program; here they only have to be reached. */
const DATA = { ...NO_DATA, restore: () => ({ kept: null }), startFresh: () => ({ kept: null }) };
const START = { packId: 'small', formId: 'a', settings: SETTINGS };

function program(): { hall: Hall; call: Dispatch; faults: unknown[]; info: { work(): AppInfo } } {
  const hall = new Hall();
  const faults: unknown[] = [];
  const info = { work: () => ({ version: '1' }) as AppInfo };
  const call = createDispatch(
    () => hall.application,
    () => info.work(),
    (error) => faults.push(error),
    DATA,
  );
  return { hall, call, faults, info };
}

function valueOf<T>(reply: Reply<unknown>): T {
  if (!reply.ok) throw new Error(`${reply.code}: ${reply.message}`);
  return reply.value as T;
}

const act = (sittingId: string, seq: number, command: unknown, requestId = 'request-1') => ({
  sittingId,
  requestId,
  seq,
  command,
});

describe('a method', () => {
  it.each(['', 'nothing', 'constructor', '__proto__', 'toString', 'hasOwnProperty', 'Sitting.start', 'app.info '])(
    'that is not in the contract ("%s") is unknown',
    (method) => {
      expect(program().call(method, {})).toMatchObject({ ok: false, code: 'unknown-method' });
    },
  );

  it('of a very long name is not repeated in full', () => {
    const reply = program().call('x'.repeat(100_000), {});
    expect(JSON.stringify(reply).length).toBeLessThan(200);
  });

  it('of the contract is served, each of them', () => {
    const { call, hall } = program();
    const [first, second] = addPast(hall.db, { editions: [edition()], sittings: 2, declined: 0 });
    const { text } = valueOf<HistoryExport>(call('history.export', { format: 'json', events: true }));
    const { sittingId: other } = valueOf<SittingView>(call('sitting.start', START));
    const { sittingId } = valueOf<SittingView>(call('sitting.start', START));
    const inputs: Record<Exclude<keyof typeof METHODS, 'result.pdf'>, unknown> = {
      'app.info': {},
      'app.diagnostics': {},
      'hall.show': {},
      'form.show': { packId: 'small', formId: 'a' },
      'sitting.start': START,
      'sitting.open': { sittingId },
      'sitting.clock': { sittingId },
      'sitting.act': act(sittingId, 1, { type: 'decline' }),
      'sitting.actAll': { sittingId, seq: 1, commands: [] },
      'sitting.leave': { sittingId },
      'result.show': { sittingId },
      'result.review': { sittingId },
      'insight.show': { sittingId },
      'insight.replay': { sittingId },
      'insight.at': { sittingId, seq: 1 },
      'history.page': { examCode: null, form: null, sort: 'newest', from: 0, count: 50 },
      'history.trend': { examCode: 'SML' },
      'history.areas': { examCode: 'SML' },
      'history.compare': { first, second },
      'history.delete': { sittingId: first },
      'history.discard': { sittingId: other },
      'history.restore': { sittingId: first },
      'history.deleted': {},
      'marks.show': { sittingId },
      'marks.set': { sittingId, number: 1, tags: ['misread'], note: '' },
      'marks.totals': { examCode: null },
      'plan.set': {
        ...{ examCode: 'SML', beginsOn: '2026-11-22', examOn: '2027-02-06' },
        settings: { days: [1, 3], hours: 6, mockDay: 6, moves: [] },
      },
      'plan.show': { examCode: 'SML' },
      'plan.clear': { examCode: 'SML' },
      'readiness.show': {},
      'history.export': { format: 'csv', events: false },
      'history.import': { text },
      'practice.offer': {},
      'practice.start': { requestId: 'practice-1', packId: 'small', set: { kind: 'wrong' }, size: 5 },
      'practice.show': { practiceId: 'practice-1' },
      'practice.answer': {
        ...{ practiceId: 'practice-1', position: 1, options: ['a'] },
        ...{ struck: [], sureness: 'fair', timeMs: 1 },
      },
      'practice.end': { practiceId: 'practice-1' },
      'data.show': {},
      'data.restore': { name: 'one' },
      'data.startFresh': {},
    };
    for (const [method, input] of Object.entries(inputs))
      expect([method, call(method, input)]).toMatchObject([method, { ok: true }]);
  });

  it('that needs a window of the host is refused where the host has none', () => {
    const { call, faults } = program();
    expect(call('result.pdf', { sittingId: 'sitting-1' })).toMatchObject({ ok: false, code: 'refused' });
    expect(faults).toEqual([]);
  });
});

describe('input', () => {
  it.each([null, undefined, 5, 'x', [], true, () => 1])('of the wrong kind (%s) is refused', (input) => {
    const { call, faults } = program();
    for (const method of Object.keys(METHODS)) {
      if (Array.isArray(input) && Object.keys(METHODS[method as never]['entries']).length === 0) continue;
      expect(call(method, input)).toMatchObject({ ok: false, code: 'bad-input' });
    }
    expect(faults).toEqual([]);
  });

  const good = act('sitting-1', 1, { type: 'flag', number: 1, on: true });
  it.each([
    ['a missing field', { ...good, seq: undefined }, 'seq'],
    ['a seq that is text', { ...good, seq: '1' }, 'seq'],
    ['a seq of 0', { ...good, seq: 0 }, 'seq'],
    ['a fraction', { ...good, seq: 1.5 }, 'seq'],
    ['a short request id', { ...good, requestId: 'short' }, 'requestId'],
    ['a request id with other signs', { ...good, requestId: `'; DROP TABLE--` }, 'requestId'],
    ['an extra field', { ...good, admin: true }, 'admin'],
    ['a prototype as field', JSON.parse(`{"__proto__":{"x":1},${JSON.stringify(good).slice(1)}`), '__proto__'],
    ['an unknown command', { ...good, command: { type: 'cheat' } }, 'command.type'],
    ['a prototype name as command', { ...good, command: { type: 'constructor' } }, 'command.type'],
    ['an extra field in a command', { ...good, command: { type: 'end', score: 100 } }, 'command.score'],
    ['item number 0', { ...good, command: { type: 'visit', number: 0 } }, 'command.number'],
    ['a number that is text', { ...good, command: { type: 'visit', number: '1' } }, 'command.number'],
    ['a note too long', { ...good, command: { type: 'note', number: 1, text: 'x'.repeat(4001) } }, 'command.text'],
    ['options that are text', { ...good, command: { type: 'respond', number: 1, options: 'a' } }, 'command.options'],
    ['thirteen options', { ...good, command: { type: 'respond', number: 1, options: Array(13).fill('a') } }, 'options'],
    ['an unknown attention', { ...good, command: { type: 'attend', kind: 'slept' } }, 'command.kind'],
  ])('with %s is refused and says where', (_, input, where) => {
    const { call, hall } = program();
    call('sitting.start', START);
    const reply = call('sitting.act', input);
    expect(reply).toMatchObject({ ok: false, code: 'bad-input' });
    expect((reply as { message: string }).message).toContain(where);
    expect(hall.types('sitting-1')).toEqual(['started']);
  });

  it.each([
    ['a factor of 3', { ...SETTINGS, timeFactor: 3 }],
    ['an unknown order', { ...SETTINGS, order: 'shuffled' }],
    ['a name too long', { ...SETTINGS, candidate: 'x'.repeat(81) }],
  ])('with %s starts no sitting', (_, settings) => {
    const { call, hall } = program();
    expect(call('sitting.start', { ...START, settings })).toMatchObject({ ok: false, code: 'bad-input' });
    expect(hall.journal.unfinished()).toEqual([]);
  });
});

describe('a refusal', () => {
  it('carries its code and sentence, and with "stale" the view', () => {
    const { call } = program();
    const { sittingId } = valueOf<SittingView>(call('sitting.start', START));
    expect(call('sitting.act', act(sittingId, 1, { type: 'visit', number: 1 }))).toEqual({
      ok: false,
      code: 'refused',
      message: 'The questions open when the agreement has been accepted.',
    });
    expect(call('sitting.act', act(sittingId, 9, { type: 'agree' }))).toEqual({
      ok: false,
      code: 'stale',
      message: expect.any(String) as never,
      view: valueOf(call('sitting.open', { sittingId })),
    });
    expect(call('result.show', { sittingId })).toMatchObject({ ok: false, code: 'not-finished' });
    expect(call('sitting.open', { sittingId: 'x' })).toMatchObject({ ok: false, code: 'not-found' });
  });
});

describe('a fault of the program', () => {
  it('hides its text from the caller and tells the log', () => {
    const { call, faults, info } = program();
    const fault = new Error('secret path /home/ada/codehall.db');
    info.work = () => {
      throw fault;
    };
    const reply = call('app.info', {});
    expect(reply).toMatchObject({ ok: false, code: 'internal' });
    expect(JSON.stringify(reply)).not.toContain('secret');
    expect(faults).toEqual([fault]);
  });
});

describe('an error of the store', () => {
  it.each<[StoreErrorCode, string]>([
    ['not-saved', 'not-saved'],
    ['in-use', 'not-saved'],
    ['read-only', 'not-saved'],
    ['newer', 'damaged'],
    ['damaged', 'damaged'],
  ])('%s is told as %s, with its sentence', (code, told) => {
    const { call, faults, info } = program();
    info.work = () => {
      throw new StoreError(code, 'The sentence.');
    };
    expect(call('app.info', {})).toEqual({ ok: false, code: told, message: 'The sentence.' });
    expect(faults).toHaveLength(1);
  });

  it('while an answer is written is "not-saved", and the state is as it was', () => {
    const { call, hall } = program();
    const { sittingId } = valueOf<SittingView>(call('sitting.start', START));
    call('sitting.act', act(sittingId, 1, { type: 'agree' }, 'request-agree'));
    const before = call('sitting.open', { sittingId });
    const respond = act(sittingId, 2, { type: 'respond', number: 1, options: ['a'] }, 'request-a');
    hall.failing.add('append');
    expect(call('sitting.act', respond)).toMatchObject({ ok: false, code: 'not-saved' });
    expect(call('sitting.open', { sittingId })).toEqual(before);
    hall.failing.clear();
    expect(call('sitting.act', respond)).toMatchObject({ ok: true, value: { state: { response: ['a'] } } });
  });
});
