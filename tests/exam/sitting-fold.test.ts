import { describe, expect, it } from 'vitest';
import type { SittingFact } from '../../main/exam/events.ts';
import { apply, begin, fold, statusOf } from '../../main/exam/sitting.ts';
import { AGREED, examState, journalOf } from '../support/journals.ts';
import { edition } from '../support/pack.ts';

const form = edition();

describe('begin', () => {
  it('stands at the agreement, on the first item of the working order, with nothing touched', () => {
    const state = begin(form, journalOf([], { order: 'cases-first' })[0]!);
    expect(state).toMatchObject({ phase: 'agreement', current: 2, seq: 1, basis: 1, elapsedMs: 0, finished: null });
    expect(state.items).toHaveLength(6);
    for (const item of state.items)
      expect(item).toEqual({ visited: false, response: [], struck: [], flagged: false, note: '', read: false });
  });

  it('refuses a journal that begins with something else', () => {
    expect(() => begin(form, journalOf([AGREED])[1]!)).toThrow(TypeError);
  });
});

describe('apply', () => {
  it('begins the time for the questions at the agreement', () => {
    expect(fold(form, journalOf([AGREED]))).toMatchObject({ phase: 'exam', elapsedMs: 0 });
  });

  it('takes the strike off an option that is chosen, and keeps the others', () => {
    const state = examState(
      form,
      { type: 'struck', payload: { number: 1, option: 'c', on: true } },
      { type: 'struck', payload: { number: 1, option: 'a', on: true } },
      { type: 'responded', payload: { number: 1, options: ['c'] } },
    );
    expect(state.items[0]).toMatchObject({ response: ['c'], struck: ['a'], visited: true });
  });

  it('keeps strikes when the item is left and seen again', () => {
    const state = examState(
      form,
      { type: 'struck', payload: { number: 1, option: 'c', on: true } },
      { type: 'visited', payload: { number: 2 } },
      { type: 'visited', payload: { number: 1 } },
    );
    expect(state.items[0]!.struck).toEqual(['c']);
    expect(state.current).toBe(1);
  });

  it('keeps struck options in option order', () => {
    const strike = (option: string): SittingFact => ({ type: 'struck', payload: { number: 1, option, on: true } });
    expect(examState(form, strike('d'), strike('a'), strike('c')).items[0]!.struck).toEqual(['a', 'c', 'd']);
  });

  it.each<SittingFact>([
    { type: 'attention', payload: { kind: 'left-window' } },
    { type: 'interrupted', payload: { cause: 'crashed', awayMs: 5 } },
    { type: 'read', payload: { number: 1 } },
  ])('leaves the basis of commands alone at "$type", which comes unasked', (fact) => {
    const before = examState(form);
    const after = examState(form, fact);
    expect([after.seq, after.basis]).toEqual([before.seq + 1, before.basis]);
  });

  it.each<SittingFact>([
    { type: 'visited', payload: { number: 1 } },
    { type: 'responded', payload: { number: 1, options: ['a'] } },
    { type: 'struck', payload: { number: 1, option: 'a', on: true } },
    { type: 'flagged', payload: { number: 1, on: true } },
    { type: 'noted', payload: { number: 1, text: 'x' } },
    { type: 'highlighted', payload: { text: 'stem:1', ranges: [] } },
    { type: 'finished', payload: { cause: 'time' } },
  ])('moves the basis of commands at "$type"', (fact) => {
    const after = examState(form, fact);
    expect(after.basis).toBe(after.seq);
  });

  it('changes neither the state nor the event it is given', () => {
    const before = examState(form, { type: 'struck', payload: { number: 1, option: 'a', on: true } });
    const copy = structuredClone(before);
    const event = journalOf([AGREED, [1, { type: 'responded', payload: { number: 1, options: ['a'] } }]])[2]!;
    apply(before, { ...event, seq: 4 });
    expect(before).toEqual(copy);
  });

  it('keeps interruptions and attention with the charged time at which they were', () => {
    const state = examState(
      form,
      { type: 'attention', payload: { kind: 'left-window' } },
      { type: 'interrupted', payload: { cause: 'left', awayMs: null } },
    );
    expect(state.attention).toMatchObject([{ kind: 'left-window', elapsedMs: 1000 }]);
    expect(state.interruptions).toEqual([{ cause: 'left', awayMs: null, elapsedMs: 2000 }]);
  });

  it('refuses a second start', () => {
    const events = journalOf([AGREED]);
    expect(() => apply(fold(form, events), { ...events[0]!, seq: 3 })).toThrow(TypeError);
  });
});

describe('fold', () => {
  it('refuses an empty journal', () => {
    expect(() => fold(form, [])).toThrow(TypeError);
  });

  it('refuses a journal with a gap and one with an event twice', () => {
    const events = journalOf([
      AGREED,
      [1, { type: 'visited', payload: { number: 1 } }],
      [2, { type: 'visited', payload: { number: 2 } }],
    ]);
    expect(() => fold(form, events.toSpliced(2, 1))).toThrow('jumps from 2 to 4');
    expect(() => fold(form, [...events, events[3]!])).toThrow('jumps from 4 to 4');
  });
});

describe('statusOf', () => {
  it('is complete at exactly the stated count', () => {
    const status = (...response: string[]) => statusOf({ visited: true, response }, 2);
    expect([status(), status('a'), status('a', 'b'), status('a', 'b', 'c')]).toEqual([
      'incomplete',
      'incomplete',
      'complete',
      'incomplete',
    ]);
  });

  it('is unseen until the item is visited', () => {
    expect(statusOf({ visited: false, response: [] }, 1)).toBe('unseen');
    expect(statusOf({ visited: true, response: [] }, 1)).toBe('incomplete');
  });
});
