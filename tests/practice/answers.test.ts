/** Answering: what is told before and after, that an answer is kept before it is acknowledged, and where a practice goes on. */
import { describe, expect, it } from 'vitest';
import type { PracticeView } from '../../main/contract.ts';
import { machineDay } from '../../main/local-day.ts';
import { StoreError } from '../../main/store/errors.ts';
import { cardAfter } from '../../main/study/cards.ts';
import { failureOf, Hall } from '../support/hall.ts';
import { answer, itemOf, itemsOf, next, sit, start } from './support.ts';

const WRONG = { kind: 'wrong' } as const;

/** A hall with one sitting in which everything was wrong, and a practice of it. */
function practising(): { hall: Hall; view: PracticeView } {
  const hall = new Hall();
  sit(hall);
  hall.sleep(60);
  return { hall, view: start(hall, WRONG) };
}

const count = (hall: Hall, table: string) => hall.db.prepare(`SELECT count(*) FROM ${table}`).pluck().get() as number;
const offer = (hall: Hall) => hall.application.practices.offer();

describe('a question', () => {
  it('tells no key, rationale, reference, topic or area before its answer', () => {
    const { hall, view: first } = practising();
    let view = first;
    for (let step = 0; view.state === 'question'; step++) {
      const told = JSON.stringify(view);
      for (const secret of ['RATIONALE', 'REFERENCE', 'TOPIC', 'AREA', '"key', 'keyed', 'correct', 'past'])
        expect(told).not.toContain(secret);
      expect(view.item.number).toBe(step + 1);
      answer(hall, view, step % 2 === 0);
      view = next(hall, view);
    }
    expect(view).toMatchObject({ state: 'over', answered: 6, right: 3 });
  });

  it('of a scenario, and a case, comes with its record', () => {
    const { hall, view: first } = practising();
    let view = first;
    const records = new Map<string, string | undefined>();
    while (view.state === 'question') {
      records.set(itemOf(view), view.item.record?.title);
      answer(hall, view, true);
      view = next(hall, view);
    }
    expect(Object.fromEntries(records)).toEqual({
      ...{ one: undefined, two: 'Visit note', three: 'Inpatient stay', four: 'Inpatient stay' },
      ...{ five: undefined, six: undefined },
    });
  });
});

describe('an answer', () => {
  it('is followed by the key, why each option, the references, when it comes again, and what came of it before', () => {
    const { hall, view } = practising();
    hall.wall += 1000;
    const told = answer(hall, view, false, { sureness: 'sure', timeMs: 12_345 });
    if (told.state !== 'answered') throw new Error(told.state);
    const id = itemOf(view);
    const { feedback } = told;
    expect(feedback).toMatchObject({
      ...{ correct: false, itemId: id, topic: `TOPIC-${id}`, references: [`REFERENCE-${id}`], timeMs: 12_345 },
      past: {
        sittings: { met: 1, right: 0 },
        practice: { met: 0, right: 0 },
        last: { where: 'sitting', correct: false },
      },
    });
    expect(feedback.areaTitle).toMatch(/^AREA-/);
    for (const option of feedback.options) expect(option.rationale).toBe(`RATIONALE-${id}-${option.id}`);
    expect(feedback.options.filter(({ keyed }) => keyed).length).toBe(told.item.select);
    const day = machineDay(hall.wall);
    expect(feedback.on).toBe(day);
    expect(feedback.due).toBe(cardAfter([{ correct: false, sureness: 'sure', on: day }])!.due);
    expect(told).toMatchObject({ answered: 1, right: 0 });

    // Right the next time, days later.
    hall.application.practices.end(told);
    hall.sleep(4 * 86_400);
    let again = start(hall, WRONG);
    while (again.state === 'question' && itemOf(again) !== id) {
      answer(hall, again, true);
      again = next(hall, again);
    }
    const later = answer(hall, again, true);
    expect(later).toMatchObject({
      state: 'answered',
      feedback: {
        correct: true,
        past: {
          ...{ sittings: { met: 1, right: 0 }, practice: { met: 1, right: 0 } },
          last: { where: 'practice', correct: false },
        },
      },
    });
  });

  it('given again, by a retry or another window, gets the same reply and is recorded once', () => {
    const { hall, view } = practising();
    const first = answer(hall, view, true, { sureness: 'guessed', timeMs: 5_000 });
    const second = next(hall, view);
    hall.sleep(86_400);
    expect(answer(hall, view, true, { sureness: 'guessed', timeMs: 5_000 })).toEqual(first);
    expect(answer(hall, view, false, { sureness: 'sure', timeMs: 9_000 })).toEqual(first);
    answer(hall, second, false);
    hall.application.practices.end(view);
    hall.crash();
    expect(answer(hall, view, false)).toEqual(first);
    expect(count(hall, 'practice_answer')).toBe(2);
    expect(count(hall, 'review_card')).toBe(2);
  });

  it('that is none to this question is refused, says why, and records nothing', () => {
    const { hall, view } = practising();
    if (view.state !== 'question') throw new Error(view.state);
    const refusal = (change: object) => failureOf(() => answer(hall, view, true, change)).message;
    const { select } = view.item;
    expect(refusal({ options: [] })).toMatch(select === 1 ? /^Choose one option/ : /^Choose 2 options/);
    expect(refusal({ options: ['a', 'b', 'c'] })).toMatch(/^Choose/);
    expect(refusal({ options: ['z'] })).toBe('options: this question has no option "z".');
    expect(refusal({ struck: ['z'] })).toBe('struck: this question has no option "z".');
    expect(refusal({ options: ['a', 'a'] })).toBe('options: an option is named twice.');
    expect(refusal({ struck: ['a', 'b', 'c', 'd'] })).toBe('struck: a chosen option is not struck out.');
    const { practiceId } = view;
    const given = { options: ['a'], struck: [], sureness: 'fair' as const, timeMs: 1 };
    const at = (position: number, id = practiceId) =>
      failureOf(() => hall.application.practices.answer({ practiceId: id, position, ...given }));
    expect(at(2)).toMatchObject({ code: 'refused', message: 'position: question 2 is not the next one.' });
    expect(at(7)).toMatchObject({ code: 'not-found' });
    expect(at(1, 'nobody')).toMatchObject({ code: 'not-found' });
    expect(count(hall, 'practice_answer')).toBe(0);
    hall.application.practices.end(view);
    expect(at(1)).toMatchObject({ code: 'finished' });
  });

  it('that cannot be written is not acknowledged and changes nothing; tried again it is recorded', () => {
    const { hall, view } = practising();
    hall.db.pragma('query_only = ON');
    expect(() => answer(hall, view, true)).toThrow(StoreError);
    hall.db.pragma('query_only = OFF');
    expect(next(hall, view)).toEqual(view);
    expect(answer(hall, view, true)).toMatchObject({ state: 'answered', answered: 1 });
  });

  it('takes no longer than an hour, whatever the page says', () => {
    const { hall, view } = practising();
    expect(answer(hall, view, true, { timeMs: Number.MAX_SAFE_INTEGER })).toMatchObject({
      feedback: { timeMs: 3_600_000 },
    });
  });
});

describe('a practice', () => {
  it('goes on after a crash where it was, at every step', () => {
    const { hall, view: first } = practising();
    let view = first;
    for (let step = 0; view.state === 'question'; step++) {
      hall.crash();
      expect(next(hall, view)).toEqual(view);
      expect(offer(hall).unfinished).toMatchObject({ practiceId: view.practiceId, answered: step, items: 6 });
      const told = answer(hall, view, step % 3 === 0);
      hall.crash();
      expect(hall.application.practices.show({ practiceId: view.practiceId, position: view.position })).toEqual(told);
      view = next(hall, view);
    }
    expect(view.state).toBe('over');
    expect(offer(hall).unfinished).toBeNull();
  });

  it('is begun once however often its start is tried', () => {
    const { hall, view } = practising();
    const again = start(hall, { kind: 'slow' }, 5, view.practiceId);
    expect(again).toEqual(view);
    expect(count(hall, 'practice')).toBe(1);
  });

  it('ends early with what was answered, and ends when another is begun', () => {
    const { hall, view } = practising();
    answer(hall, view, true);
    const { practices } = hall.application;
    const over = practices.end(view);
    expect(over).toMatchObject({ state: 'over', answered: 1, right: 1, items: 6 });
    expect(practices.end(view)).toEqual(over);
    expect(next(hall, view)).toEqual(over);
    expect(failureOf(() => practices.show({ practiceId: view.practiceId, position: 2 }))).toMatchObject({
      code: 'finished',
    });
    const second = start(hall, WRONG);
    const third = start(hall, WRONG);
    expect(next(hall, second)).toMatchObject({ state: 'over', answered: 0 });
    expect(offer(hall).unfinished).toMatchObject({ practiceId: third.practiceId });
    // Only what something was answered in is worth a line.
    practices.end(third);
    expect(offer(hall).past.map(({ practiceId }) => practiceId)).toEqual([view.practiceId]);
  });

  it('passes over questions that left their pack, and ends when none is left', () => {
    const { hall, view } = practising();
    const items = itemsOf(hall, view.practiceId);
    answer(hall, view, true);
    const keep = (...ids: string[]) => {
      hall.changePack((parts) => {
        parts.items = parts.items.filter(({ id }) => ids.includes(id));
        parts.forms[0]!.items = parts.forms[0]!.items.filter((id) => ids.includes(id));
      });
      hall.crash();
    };
    keep(items[2]!, items[4]!);
    const shown = next(hall, view);
    expect(shown).toMatchObject({ state: 'question', position: 3, items: 3, item: { number: 2 } });
    answer(hall, shown, false);
    keep(items[5]!);
    const last = next(hall, view);
    expect(last).toMatchObject({ position: 6, items: 3, item: { number: 3 } });
    answer(hall, last, true);
    expect(next(hall, view)).toMatchObject({
      ...{ state: 'over', answered: 3, right: 2, items: 3 },
      areas: expect.arrayContaining([{ title: 'No longer in the pack', items: 2, right: 1 }]) as never,
    });
    expect(offer(hall).unfinished).toBeNull();
  });

  it('is summed up by area and by the days on which its questions come again', () => {
    const { hall, view: first } = practising();
    let view = first;
    const areas = new Map<string, [number, number]>();
    const back = new Map<string, number>();
    for (let step = 0; view.state === 'question'; step++) {
      hall.sleep(30);
      const told = answer(hall, view, step % 2 === 0);
      if (told.state !== 'answered') throw new Error(told.state);
      const { areaTitle, correct, due } = told.feedback;
      const [items, right] = areas.get(areaTitle) ?? [0, 0];
      areas.set(areaTitle, [items + 1, right + Number(correct)]);
      back.set(due, (back.get(due) ?? 0) + 1);
      view = next(hall, view);
    }
    if (view.state !== 'over') throw new Error(view.state);
    expect(view.areas).toEqual([...areas].sort().map(([title, [items, right]]) => ({ title, items, right })));
    expect(view.back).toEqual([...back].sort().map(([on, n]) => ({ on, count: n })));
    expect(back.size).toBe(2);
    // And so the offer counts them, each once.
    const [exam] = offer(hall).exams;
    expect(exam!.counts.due).toBe(0);
    for (const { on, count: n } of exam!.ahead) expect(n).toBe(back.get(on) ?? 0);
    expect(offer(hall).past).toMatchObject([{ answered: 6, right: 3, set: { kind: 'wrong' } }]);
  });

  it('of what is due holds each question until it is answered, and not again on that day', () => {
    const { hall, view: first } = practising();
    let view = first;
    while (view.state === 'question') {
      answer(hall, view, true);
      view = next(hall, view);
    }
    const { ahead, counts } = offer(hall).exams[0]!;
    expect(counts).toMatchObject({ wrong: 0, due: 0 });
    const days = ahead.findIndex(({ count: n }) => n > 0);
    hall.sleep((days + 1) * 86_400);
    expect(offer(hall).exams[0]!.counts.due).toBe(6);
    view = start(hall, { kind: 'due' });
    answer(hall, view, true);
    expect(offer(hall).exams[0]!.counts.due).toBe(5);
    view = next(hall, view);
    answer(hall, view, false);
    expect(offer(hall).exams[0]!.counts.due).toBe(4);
    expect(offer(hall).exams[0]!.ahead[0]!.count).toBe(1);
  });

  it('leaves results, history and the hall as they were', () => {
    const { hall, view: first } = practising();
    let view = first;
    const told = () =>
      JSON.stringify([
        hall.sittings.hall().standing,
        hall.sittings.result({ sittingId: 'sitting-1' }),
        hall.sittings.review({ sittingId: 'sitting-1' }),
        hall.application.history.areas({ examCode: 'SML' }),
        hall.db.prepare('SELECT * FROM item_outcome').all(),
        hall.db.prepare('SELECT * FROM area_total').all(),
      ]);
    const before = told();
    while (view.state === 'question') {
      answer(hall, view, true);
      view = next(hall, view);
    }
    expect(told()).toBe(before);
  });
});
