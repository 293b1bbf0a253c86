import { describe, expect, it } from 'vitest';
import { failureOf, Hall, SETTINGS } from '../support/hall.ts';

describe('the start of a sitting', () => {
  it('stands at the agreement with nothing answered, in the journal at once', () => {
    const hall = new Hall();
    const view = hall.start({ order: 'back-to-front' });
    expect(view).toMatchObject({
      sittingId: 'sitting-1',
      seq: 1,
      phase: 'agreement',
      current: 6,
      sequence: [6, 5, 4, 3, 2, 1],
      settings: { ...SETTINGS, order: 'back-to-front' },
      exam: { code: 'SML', name: 'Small exam', codeYear: 2026 },
      agreementMinutes: 2,
      noticesAtMinutes: [5],
    });
    expect(view.states.every((state) => state.status === 'unseen')).toBe(true);
    expect(hall.types('sitting-1')).toEqual(['started']);
  });

  it('tells no key, rationale, area, topic or sign of pretest, and neither does any answer to a command', () => {
    const hall = new Hall();
    const told = [
      JSON.stringify(hall.start()),
      JSON.stringify(hall.act('sitting-1', { type: 'agree' })),
      JSON.stringify(hall.act('sitting-1', { type: 'respond', number: 1, options: ['a'] })),
      JSON.stringify(hall.sittings.openSitting({ sittingId: 'sitting-1' })),
      JSON.stringify(hall.sittings.hall()),
      JSON.stringify(hall.pushes),
    ].join();
    expect(told).not.toMatch(/RATIONALE|REFERENCE|TOPIC|AREA|"key"|"scored":(true|false)|"area"|correct/);
  });

  it('is refused for a form or pack that is not there', () => {
    const hall = new Hall();
    for (const [packId, formId] of [
      ['small', 'z'],
      ['other', 'a'],
      ['__proto__', 'constructor'],
    ] as const)
      expect(failureOf(() => hall.sittings.start({ packId, formId, settings: SETTINGS })).code).toBe('not-found');
    expect(hall.journal.unfinished()).toEqual([]);
  });
});

describe('a command', () => {
  it('is in the journal when its reply is given', () => {
    const hall = new Hall();
    const id = hall.exam();
    const reply = hall.act(id, { type: 'respond', number: 1, options: ['b'] });
    expect(reply).toMatchObject({
      phase: 'exam',
      state: { response: ['b'], status: 'complete', visited: true },
    });
    expect(hall.journal.events(id).at(-1)).toMatchObject({
      type: 'responded',
      payload: { number: 1, options: ['b'] },
      seq: reply.seq,
    });
  });

  it('names the state it was made in: another one is refused with the view, and nothing is changed', () => {
    const hall = new Hall();
    const id = hall.exam();
    const { seq } = hall.act(id, { type: 'flag', number: 3, on: true });
    const before = hall.journal.events(id);
    for (const stale of [seq - 1, seq + 1, 1]) {
      const failure = failureOf(() => hall.send(id, { type: 'flag', number: 2, on: true }, stale, 'request-stale'));
      expect(failure.code).toBe('stale');
      expect(failure.view).toEqual(hall.sittings.openSitting({ sittingId: id }));
      expect(failure.view!.states.map((state) => state.flagged)).toEqual([false, false, true, false, false, false]);
    }
    expect(hall.journal.events(id)).toEqual(before);
    expect(hall.send(id, { type: 'flag', number: 2, on: true }, seq, 'request-stale').state!.flagged).toBe(true);
  });

  it('is not made stale by what the candidate did not ask for', () => {
    const hall = new Hall();
    const id = hall.exam();
    const { seq } = hall.act(id, { type: 'visit', number: 2 });
    hall.send(id, { type: 'attend', kind: 'left-window' }, 1, 'request-away');
    hall.sleep(60);
    hall.sittings.tick();
    expect(hall.types(id).slice(-2)).toEqual(['attention', 'interrupted']);
    expect(hall.send(id, { type: 'flag', number: 2, on: true }, seq, 'request-flag').state!.flagged).toBe(true);
  });

  it.each([
    [{ type: 'visit', number: 7 }, 'no question 7'],
    [{ type: 'respond', number: 1, options: ['f'] }, 'no option "f"'],
    [{ type: 'respond', number: 1, options: ['a', 'b'] }, 'takes one answer'],
    [{ type: 'highlight', text: 'stem:99', ranges: [] }, 'no text "stem:99"'],
    [{ type: 'agree' }, 'accepted before'],
  ] as const)('%j is refused with a sentence, and nothing is changed', (command, sentence) => {
    const hall = new Hall();
    const id = hall.exam();
    const before = [hall.journal.events(id), hall.sittings.openSitting({ sittingId: id })];
    const failure = failureOf(() => hall.act(id, command as never));
    expect(failure.code).toBe('refused');
    expect(failure.message).toContain(sentence);
    expect([hall.journal.events(id), hall.sittings.openSitting({ sittingId: id })]).toEqual(before);
  });

  it('to a sitting that is not there is refused', () => {
    const hall = new Hall();
    expect(failureOf(() => hall.send('nobody', { type: 'agree' }, 1, 'request-1')).code).toBe('not-found');
    expect(failureOf(() => hall.sittings.clock({ sittingId: 'nobody' })).code).toBe('not-found');
    expect(failureOf(() => hall.sittings.openSitting({ sittingId: '__proto__' })).code).toBe('not-found');
  });

  it('for what already is records nothing and says how it stands', () => {
    const hall = new Hall();
    const id = hall.exam();
    const { seq } = hall.act(id, { type: 'flag', number: 1, on: true });
    const count = hall.types(id).length;
    const reply = hall.act(id, { type: 'flag', number: 1, on: true });
    expect(reply).toMatchObject({ seq, state: { flagged: true } });
    expect(hall.types(id)).toHaveLength(count);
  });

  it('completes a multiple select at exactly the stated count', () => {
    const hall = new Hall();
    const id = hall.exam();
    const status = (...options: string[]) => hall.act(id, { type: 'respond', number: 5, options }).state!.status;
    expect([status('a'), status('a', 'b'), status('a', 'b', 'c'), status('c', 'b')]).toEqual([
      'incomplete',
      'complete',
      'incomplete',
      'complete',
    ]);
  });
});

describe('a request sent again', () => {
  it('gets the same reply and is recorded once', () => {
    const hall = new Hall();
    const id = hall.exam();
    const { seq } = hall.sittings.clock({ sittingId: id });
    const first = hall.send(id, { type: 'respond', number: 1, options: ['b'] }, seq, 'request-b');
    const count = hall.types(id).length;
    expect(hall.send(id, { type: 'respond', number: 1, options: ['b'] }, seq, 'request-b')).toEqual(first);
    expect(hall.types(id)).toHaveLength(count);
  });

  it('gets the state as it was after it, whatever came later', () => {
    const hall = new Hall();
    const id = hall.exam();
    const { seq } = hall.sittings.clock({ sittingId: id });
    const first = hall.send(id, { type: 'respond', number: 1, options: ['b'] }, seq, 'request-b');
    hall.act(id, { type: 'respond', number: 1, options: ['c'] });
    const again = hall.send(id, { type: 'respond', number: 1, options: ['b'] }, seq, 'request-b');
    expect(again).toMatchObject({ seq: first.seq, state: first.state! });
    expect(hall.sittings.openSitting({ sittingId: id }).states[0]!.response).toEqual(['c']);
  });

  it('after a crash gets the same reply: the answer was saved and its reply was lost', () => {
    const hall = new Hall();
    const id = hall.exam();
    const { seq } = hall.sittings.clock({ sittingId: id });
    const first = hall.send(id, { type: 'respond', number: 1, options: ['b'] }, seq, 'request-b');
    hall.crash();
    const again = hall.send(id, { type: 'respond', number: 1, options: ['b'] }, seq, 'request-b');
    expect(again).toMatchObject({ seq: first.seq, phase: 'exam', current: first.current, state: first.state! });
    expect(again.clock).toMatchObject({ elapsedMs: first.clock.elapsedMs, limitMs: first.clock.limitMs });
  });

  it('at the agreement gets the agreement’s own limit', () => {
    const hall = new Hall();
    const { sittingId, seq } = hall.start();
    const first = hall.send(sittingId, { type: 'attend', kind: 'left-window' }, seq, 'request-away');
    hall.crash();
    const again = hall.send(sittingId, { type: 'attend', kind: 'left-window' }, seq, 'request-away');
    expect(again.clock).toEqual(first.clock);
  });

  it('in another sitting is refused', () => {
    const hall = new Hall();
    const first = hall.exam();
    const { seq } = hall.sittings.clock({ sittingId: first });
    hall.send(first, { type: 'flag', number: 1, on: true }, seq, 'request-flag');
    const second = hall.exam();
    const failure = failureOf(() => hall.send(second, { type: 'flag', number: 1, on: true }, 2, 'request-flag'));
    expect(failure.code).toBe('bad-input');
    expect(hall.types(second)).toEqual(['started', 'agreed']);
  });
});

describe('other screens', () => {
  it('hear the progress after each command that changed something', () => {
    const hall = new Hall();
    const id = hall.exam();
    hall.pushes.length = 0;
    const { seq } = hall.act(id, { type: 'flag', number: 1, on: true });
    hall.act(id, { type: 'flag', number: 1, on: true });
    expect(hall.pushes).toEqual([
      { type: 'progress', sittingId: id, progress: expect.objectContaining({ seq, phase: 'exam' }) as never },
    ]);
  });

  it('hear nothing more when they have stopped listening', () => {
    const hall = new Hall();
    const heard: unknown[] = [];
    const stop = hall.sittings.subscribe((push) => heard.push(push));
    const id = hall.exam();
    expect(heard).toHaveLength(1);
    stop();
    hall.act(id, { type: 'flag', number: 1, on: true });
    expect(heard).toHaveLength(1);
  });
});
