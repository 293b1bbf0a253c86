import { describe, expect, it } from 'vitest';
import type { FinishCause } from '../../main/exam/events.ts';
import { report, reviewItems } from '../../main/insight/report.ts';
import { AGREED, journalOf, type Timed } from '../support/journals.ts';
import { edition, KEYS } from '../support/pack.ts';

const form = edition();
const visit = (seconds: number, number: number): Timed => [seconds, { type: 'visited', payload: { number } }];
const respond = (seconds: number, number: number, ...options: string[]): Timed => [
  seconds,
  { type: 'responded', payload: { number, options } },
];
const finish = (seconds: number, cause: FinishCause = 'candidate'): Timed => [
  seconds,
  { type: 'finished', payload: { cause } },
];
/** All right but number 1: key, then wrong. 10 s on each item. */
const sat = journalOf(
  [
    AGREED,
    ...KEYS.flatMap((key, index): Timed[] => [
      visit(index * 10, index + 1),
      respond(index * 10 + 5, index + 1, ...key),
    ]),
    visit(60, 1),
    respond(62, 1, 'b'),
    [63, { type: 'struck', payload: { number: 2, option: 'a', on: true } }],
    [64, { type: 'flagged', payload: { number: 2, on: true } }],
    [65, { type: 'noted', payload: { number: 2, text: 'look again' } }],
    [66, { type: 'interrupted', payload: { cause: 'crashed', awayMs: 12_345 } }],
    finish(70),
  ],
  { timeFactor: 1.5, candidate: 'Ada' },
);

describe('report', () => {
  it('tells exam, form, settings, cause, times and limit', () => {
    expect(report(form, sat)).toMatchObject({
      exam: { code: 'SML', name: 'Small exam', codeYear: 2026, packId: 'small' },
      form: { id: 'a', title: 'Form A' },
      blueprintVersion: 'SML 1',
      settings: { timeFactor: 1.5, candidate: 'Ada' },
      cause: 'candidate',
      startedAt: 1_000_000,
      finishedAt: sat.at(-1)!.at,
      elapsedMs: 70_000,
      limitMs: 900_000,
      interruptions: [{ cause: 'crashed', awayMs: 12_345, elapsedMs: 66_000 }],
      flagged: 1,
      line: { percent: 70, published: true },
      outlineTitles: { current: 'Current outline', classic: 'Classic outline' },
    });
  });

  it('scores what stood at the end', () => {
    expect(report(form, sat).score).toMatchObject({ points: 4, scored: 5, percent: 80, answered: 6, pretest: 1 });
  });

  it('tells the median time and the changes to wrong per area, of scored items only', () => {
    const { current, classic } = report(form, sat).score!.areas;
    // Surgery: number 1 twice (10 s and 10 s), number 5 once; number 6 is pretest.
    expect(current).toMatchObject([
      { id: 'surgery', medianMs: 15_000, changedToWrong: 1 },
      { id: 'cases', medianMs: 10_000, changedToWrong: 0 },
    ]);
    expect(classic).toMatchObject([{ id: 'all', medianMs: 10_000, changedToWrong: 1 }]);
  });

  it.each([
    ['the key given back', [['b'], ['a']], 0],
    ['wrong from the start', [['b'], ['c']], 0],
    ['the key lost by way of another wrong choice', [['a'], ['b'], ['c']], 1],
    ['the key cleared', [['a'], []], 1],
  ])('counts as change to wrong: %s', (_, choices, changed) => {
    const timed = [
      AGREED,
      visit(0, 1),
      ...choices.map((options, index) => respond(index + 1, 1, ...options)),
      finish(9),
    ];
    expect(report(form, journalOf(timed)).score!.areas.current[0]!.changedToWrong).toBe(changed);
  });

  it.each(['declined', 'agreement-time'] as const)(
    'has neither score nor charged time when it ended as %s',
    (cause) => {
      expect(report(form, journalOf([finish(40, cause)]))).toMatchObject({ cause, score: null, elapsedMs: 0 });
    },
  );

  it('says that an untimed sitting had no limit', () => {
    expect(report(form, journalOf([AGREED, finish(1)], { timeFactor: null })).limitMs).toBeNull();
  });

  it('is refused for a sitting that has not ended', () => {
    expect(() => report(form, journalOf([AGREED]))).toThrow(TypeError);
  });
});

describe('reviewItems', () => {
  const items = reviewItems(form, sat);

  it('shows key, rationale and the candidate’s work', () => {
    expect(items[0]).toMatchObject({
      number: 1,
      id: 'one',
      correct: false,
      answered: true,
      visits: 2,
      timeMs: 20_000,
      choices: [['a'], ['b']],
      areaTitle: 'AREA-Surgery',
      topic: 'TOPIC-one',
      record: null,
    });
    expect(items[0]!.options[0]).toEqual({
      id: 'a',
      text: 'one a',
      rationale: 'RATIONALE-one-a',
      keyed: true,
      chosen: false,
      struck: false,
    });
    expect(items[1]).toMatchObject({
      correct: true,
      flagged: true,
      note: 'look again',
      record: { title: 'Visit note' },
    });
    expect(items[1]!.options.map((option) => option.struck)).toEqual([true, false, false, false]);
  });

  it('says which items were not scored', () => {
    expect(items.map((one) => one.scored)).toEqual([true, true, true, true, true, false]);
  });

  it('calls a multiple select with too few or too many options unanswered and wrong', () => {
    const work = (...options: string[]) =>
      reviewItems(form, journalOf([AGREED, visit(0, 5), respond(1, 5, ...options), finish(2)]))[4];
    expect(work('a')).toMatchObject({ answered: false, correct: false });
    expect(work('a', 'b', 'c')).toMatchObject({ answered: false, correct: false });
    expect(work('a', 'c')).toMatchObject({ answered: true, correct: true });
  });
});
