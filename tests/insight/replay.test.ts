import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SittingEvent, SittingFact } from '../../main/exam/events.ts';
import { apply, begin, decide, fold, type SittingState } from '../../main/exam/sitting.ts';
import { moments, stillAt } from '../../main/insight/replay.ts';
import { AGREED, journalOf, type Timed } from '../support/journals.ts';
import { asModel, Model, someCommands } from '../support/model.ts';
import { edition } from '../support/pack.ts';

const FORM = edition();
const END: SittingFact = { type: 'finished', payload: { cause: 'candidate' } };
const respond = (number: number, options: string): SittingFact => ({
  type: 'responded',
  payload: { number, options: [...options] },
});
const texts = (...facts: SittingFact[]) =>
  moments(FORM, journalOf([AGREED, ...facts.map((fact, index): Timed => [index + 1, fact]), [99, END]]))
    .slice(2, -1)
    .map(({ text }) => text);

describe('the moments of a sitting', () => {
  it('say in words what happened to answers', () => {
    expect(
      texts(
        { type: 'visited', payload: { number: 1 } },
        respond(1, 'b'),
        respond(1, 'c'),
        respond(1, ''),
        respond(5, 'a'),
        respond(5, 'ac'),
      ),
    ).toEqual([
      'Question 1 came on screen',
      'Question 1: chose B',
      'Question 1: changed B to C',
      'Question 1: took the answer back',
      'Question 5: chose A',
      'Question 5: chose A and C',
    ]);
  });

  it('say in words what happened to everything else', () => {
    expect(
      texts(
        { type: 'struck', payload: { number: 2, option: 'd', on: true } },
        { type: 'struck', payload: { number: 2, option: 'd', on: false } },
        { type: 'flagged', payload: { number: 2, on: true } },
        { type: 'flagged', payload: { number: 2, on: false } },
        { type: 'noted', payload: { number: 2, text: 'x' } },
        { type: 'noted', payload: { number: 2, text: 'y' } },
        { type: 'noted', payload: { number: 2, text: '' } },
        { type: 'highlighted', payload: { text: 'stem:1', ranges: [{ start: 0, end: 4 }] } },
        { type: 'highlighted', payload: { text: 'stem:1', ranges: [{ start: 0, end: 2 }] } },
        { type: 'read', payload: { number: 2 } },
        { type: 'attention', payload: { kind: 'left-window' } },
        { type: 'interrupted', payload: { cause: 'crashed', awayMs: 5 } },
      ),
    ).toEqual([
      'Question 2: struck out D',
      'Question 2: restored D',
      'Question 2: flagged',
      'Question 2: took the flag away',
      'Question 2: wrote a note',
      'Question 2: changed the note',
      'Question 2: removed the note',
      'Question 1: marked text',
      'Question 1: took marks away',
      'Question 2: seen to its end',
      'Left the window',
      'Back after the program had stopped',
    ]);
  });

  it('run from the agreement, over the start of the exam’s own clock, to the end', () => {
    const told = moments(FORM, journalOf([AGREED, [7, respond(1, 'a')], [9, END]]));
    expect(told).toEqual([
      { seq: 1, type: 'started', elapsedMs: 0, text: 'The agreement came on screen' },
      { seq: 2, type: 'agreed', elapsedMs: 0, text: 'Accepted the agreement; the exam began' },
      { seq: 3, type: 'responded', elapsedMs: 7000, text: 'Question 1: chose A' },
      { seq: 4, type: 'finished', elapsedMs: 9000, text: 'Ended the exam' },
    ]);
  });

  it('letter an option as the screen does, by its place', () => {
    const other = edition(({ items }) => {
      items[0]!.options = ['c', 'a', 'b', 'd'].map((id) => ({ id, text: id }));
    });
    const told = moments(other, journalOf([AGREED, [1, respond(1, 'c')], [2, END]]));
    expect(told[2]!.text).toBe('Question 1: chose A');
  });

  it('are none of a sitting that goes on', () => {
    expect(() => moments(FORM, journalOf([AGREED]))).toThrow(TypeError);
    expect(() => moments(FORM, [])).toThrow(TypeError);
    expect(() => stillAt(FORM, journalOf([AGREED]), 1)).toThrow(TypeError);
  });
});

describe('a still', () => {
  const events = journalOf([AGREED, [60, respond(1, 'a')], [120, respond(1, 'b')], [300, END]]);

  it('has the clock of its phase as it stood', () => {
    // Six items expect 420 s of the exam's 600 s; the agreement has 120 s of its own.
    expect(stillAt(FORM, events, 1).clock).toEqual({
      elapsedMs: 0,
      remainingMs: 120_000,
      limitMs: 120_000,
      budgetLeftMs: null,
    });
    expect(stillAt(FORM, events, 2)).toMatchObject({
      phase: 'exam',
      clock: { elapsedMs: 0, remainingMs: 600_000, budgetLeftMs: 600_000 },
    });
    expect(stillAt(FORM, events, 3)).toMatchObject({
      clock: { elapsedMs: 60_000, remainingMs: 540_000, budgetLeftMs: Math.round((600_000 * 360) / 420) },
    });
    expect(stillAt(FORM, events, 5)).toMatchObject({ phase: 'finished', clock: { remainingMs: 300_000 } });
  });

  it('of a sitting that was declined stays with the clock of the agreement', () => {
    const declined = journalOf([[3, { type: 'finished', payload: { cause: 'declined' } }]]);
    expect(stillAt(FORM, declined, 2)).toMatchObject({
      phase: 'finished',
      clock: { elapsedMs: 3000, limitMs: 120_000, budgetLeftMs: null },
    });
  });

  it.each([0, 6, 1.5, -1, Number.NaN])('at %s, where there was no moment, is refused', (seq) => {
    expect(() => stillAt(FORM, events, seq)).toThrow(RangeError);
  });

  it('holds no key and no rationale', () => {
    for (const { seq } of events)
      expect(JSON.stringify([stillAt(FORM, events, seq), moments(FORM, events)])).not.toMatch(
        /RATIONALE|REFERENCE|key/i,
      );
  });

  it('is, at every moment of any sitting, what a slow model of the candidate’s doings shows', () => {
    let compared = 0;
    fc.assert(
      fc.property(someCommands, (commands) => {
        const model = new Model();
        const events: SittingEvent[] = journalOf([]);
        const shown = [structuredClone({ ...model })];
        let state: SittingState = begin(FORM, events[0]!);
        for (const command of [...commands, { type: 'end' } as const, { type: 'decline' } as const]) {
          const decision = decide(FORM, state, command);
          model.run(command);
          if (!decision.ok || !decision.fact) continue;
          events.push({ ...decision.fact, seq: state.seq + 1, elapsedMs: state.seq * 10, at: state.seq });
          state = apply(state, events.at(-1)!);
          shown.push(structuredClone({ ...model }));
        }
        const told = moments(FORM, events);
        expect(told.map(({ seq }) => seq)).toEqual(events.map(({ seq }) => seq));
        events.forEach(({ seq }, index) => {
          const { phase, current, states, highlights, clock } = stillAt(FORM, events, seq);
          const items = states.map(({ status: _, ...held }) => held);
          expect(asModel({ ...state, attention: [], phase, current, items, highlights })).toEqual({
            ...shown[index],
            attention: [],
          });
          expect(clock.elapsedMs).toBe(told[index]!.elapsedMs);
          compared++;
        });
        const last = stillAt(FORM, events, events.length);
        const end = fold(FORM, events);
        expect(last.states.map(({ status: _, ...held }) => held)).toEqual(end.items);
        expect(last).toMatchObject({ phase: 'finished', current: end.current, highlights: end.highlights });
      }),
      { numRuns: 300 },
    );
    expect(compared).toBeGreaterThan(500);
  });
});
