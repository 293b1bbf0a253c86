import { describe, expect, it } from 'vitest';
import type { SittingCommand } from '../../main/exam/sitting.ts';
import { begin, fold } from '../../main/exam/sitting.ts';
import { AGREED, examState, factOf, journalOf, refusalOf } from '../support/journals.ts';
import { edition } from '../support/pack.ts';

const form = edition();
const exam = examState(form);
const agreement = begin(form, journalOf([])[0]!);
const ended = fold(form, journalOf([AGREED, [9, { type: 'finished', payload: { cause: 'candidate' } }]]));

const QUESTIONS: SittingCommand[] = [
  { type: 'visit', number: 1 },
  { type: 'respond', number: 1, options: ['a'] },
  { type: 'strike', number: 1, option: 'a', on: true },
  { type: 'flag', number: 1, on: true },
  { type: 'note', number: 1, text: 'x' },
  { type: 'highlight', text: 'stem:1', ranges: [] },
  { type: 'read', number: 1 },
];
const ALL: SittingCommand[] = [
  ...QUESTIONS,
  { type: 'agree' },
  { type: 'decline' },
  { type: 'attend', kind: 'left-window' },
  { type: 'end' },
];

describe('before the agreement', () => {
  it.each([...QUESTIONS, { type: 'end' } as const])('refuses to $type', (command) => {
    expect(refusalOf(form, agreement, command)).toBe('not-agreed');
  });

  it('takes the agreement, its declining and what the proctor sees', () => {
    expect(factOf(form, agreement, { type: 'agree' })).toEqual({ type: 'agreed', payload: {} });
    expect(factOf(form, agreement, { type: 'decline' })).toEqual({ type: 'finished', payload: { cause: 'declined' } });
    expect(factOf(form, agreement, { type: 'attend', kind: 'returned' })).toEqual({
      type: 'attention',
      payload: { kind: 'returned' },
    });
  });
});

describe('after the agreement', () => {
  it.each([{ type: 'agree' }, { type: 'decline' }] as const)('refuses to $type again', (command) => {
    expect(refusalOf(form, exam, command)).toBe('already-agreed');
  });

  it('ends by the candidate', () => {
    expect(factOf(form, exam, { type: 'end' })).toEqual({ type: 'finished', payload: { cause: 'candidate' } });
  });
});

describe('after the end', () => {
  it.each(ALL)('refuses to $type', (command) => {
    expect(refusalOf(form, ended, command)).toBe('finished');
  });
});

describe('items and options', () => {
  it.each([0, 7, -1, 1.5, NaN])('refuses item number %d', (number) => {
    expect(refusalOf(form, exam, { type: 'visit', number })).toBe('unknown-item');
  });

  it.each(['e', 'A', '', '__proto__', 'constructor'])('refuses option "%s"', (option) => {
    expect(refusalOf(form, exam, { type: 'respond', number: 1, options: [option] })).toBe('unknown-option');
    expect(refusalOf(form, exam, { type: 'strike', number: 1, option, on: true })).toBe('unknown-option');
  });

  it('refuses two answers to a single-answer item, even the same one twice', () => {
    expect(refusalOf(form, exam, { type: 'respond', number: 1, options: ['a', 'b'] })).toBe('too-many');
    expect(refusalOf(form, exam, { type: 'respond', number: 1, options: ['a', 'a'] })).toBe('too-many');
  });

  it('takes a multiple select in option order, each option once, even more than asked for', () => {
    expect(factOf(form, exam, { type: 'respond', number: 5, options: ['d', 'a', 'a', 'b'] })).toEqual({
      type: 'responded',
      payload: { number: 5, options: ['a', 'b', 'd'] },
    });
  });

  it('refuses to strike the chosen option, and lets it be restored', () => {
    const chosen = examState(form, { type: 'responded', payload: { number: 1, options: ['b'] } });
    expect(refusalOf(form, chosen, { type: 'strike', number: 1, option: 'b', on: true })).toBe('option-chosen');
    expect(factOf(form, chosen, { type: 'strike', number: 1, option: 'b', on: false })).toBeNull();
    expect(factOf(form, chosen, { type: 'strike', number: 1, option: 'a', on: true })).not.toBeNull();
  });
});

describe('a command for what already is', () => {
  const held = examState(
    form,
    { type: 'visited', payload: { number: 2 } },
    { type: 'responded', payload: { number: 1, options: ['b'] } },
    { type: 'struck', payload: { number: 1, option: 'c', on: true } },
    { type: 'flagged', payload: { number: 1, on: true } },
    { type: 'noted', payload: { number: 1, text: 'x' } },
    { type: 'read', payload: { number: 1 } },
    { type: 'highlighted', payload: { text: 'stem:1', ranges: [{ start: 0, end: 4 }] } },
  );
  const again: SittingCommand[] = [
    { type: 'visit', number: 2 },
    { type: 'respond', number: 1, options: ['b'] },
    { type: 'strike', number: 1, option: 'c', on: true },
    { type: 'flag', number: 1, on: true },
    { type: 'note', number: 1, text: 'x' },
    { type: 'read', number: 1 },
    { type: 'highlight', text: 'stem:1', ranges: [{ start: 0, end: 4 }] },
  ];

  it.each(again)('records no second $type', (command) => {
    expect(factOf(form, held, command)).toBeNull();
    expect(factOf(form, exam, command)).not.toBeNull();
  });

  it('visits again an item that is not the one on screen', () => {
    const elsewhere = examState(
      form,
      { type: 'visited', payload: { number: 2 } },
      { type: 'visited', payload: { number: 3 } },
    );
    expect(factOf(form, elsewhere, { type: 'visit', number: 2 })).not.toBeNull();
  });
});

describe('highlights', () => {
  const mark = (text: string, ...ranges: [number, number][]): SittingCommand => ({
    type: 'highlight',
    text,
    ranges: ranges.map(([start, end]) => ({ start, end })),
  });
  const length = form.items[0]!.stem.length;

  it.each(['stem:7', 'stem:0', 'record:1:0', 'record:2:2', 'scenario:stay', 'scenario:other:0', '__proto__', ''])(
    'refuses the text "%s"',
    (text) => {
      expect(refusalOf(form, exam, mark(text, [0, 1]))).toBe('unknown-text');
    },
  );

  it.each(['stem:1', 'record:2:0', 'record:2:1', 'scenario:stay:0', 'scenario:stay:1'])(
    'takes the text "%s"',
    (text) => {
      expect(refusalOf(form, exam, mark(text, [0, 1]))).toBeNull();
    },
  );

  it('takes ranges that touch, up to the last character', () => {
    expect(refusalOf(form, exam, mark('stem:1', [0, 4], [4, length]))).toBeNull();
  });

  it.each([
    ['past the end', [[0, length + 1]]],
    ['empty', [[3, 3]]],
    ['turned round', [[4, 3]]],
    ['out of order', [[6, 8], [0, 2]]], // prettier-ignore
    ['overlapping', [[0, 4], [3, 8]]], // prettier-ignore
  ] as [string, [number, number][]][])('refuses ranges that are %s', (_, ranges) => {
    expect(refusalOf(form, exam, mark('stem:1', ...ranges))).toBe('bad-range');
  });
});
