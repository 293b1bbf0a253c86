import { describe, expect, it } from 'vitest';
import type { FormSpec } from '../../main/exam/pack.ts';
import { readiness, WINDOW_MS } from '../../main/insight/readiness.ts';
import { createReadinessStore } from '../../main/store/readiness.ts';
import { Hall, SETTINGS } from '../support/hall.ts';
import { item, PACK_ID, type PackParts } from '../support/pack.ts';

const DAY_S = 86_400;

/** Goes through the given questions of the small form and ends, unless told otherwise. */
function sit(hall: Hall, seen: readonly number[], end = true): string {
  const id = hall.exam();
  for (const number of seen) hall.act(id, { type: 'visit', number });
  if (end) hall.act(id, { type: 'end' });
  return id;
}

/** Numbers of the scored questions that were seen before, and of all on screen, of one sitting. */
function told(hall: Hall, sittingId: string): { seenBefore: number[]; seen: number[] } {
  hall.application.outcomes.catchUp();
  const no = hall.db.prepare<[string], number>('SELECT no FROM sitting WHERE id = ?').pluck().get(sittingId)!;
  const answers = createReadinessStore(hall.db).answers([no]);
  expect(answers.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5]);
  const numbers = (of: 'seen' | 'seenBefore') => answers.filter((one) => one[of]).map(({ number }) => number);
  return { seen: numbers('seen'), seenBefore: numbers('seenBefore') };
}

describe('a question was seen before', () => {
  it('when it was on screen in a sitting that was started earlier', () => {
    const hall = new Hall();
    const first = sit(hall, [1, 3]);
    hall.sleep(DAY_S);
    const second = sit(hall, [2, 3]);
    hall.sleep(DAY_S);
    const third = sit(hall, []);
    expect(told(hall, first)).toEqual({ seen: [1, 3], seenBefore: [] });
    expect(told(hall, second)).toEqual({ seen: [2, 3], seenBefore: [1, 3] });
    expect(told(hall, third)).toEqual({ seen: [], seenBefore: [1, 2, 3] });
  });

  it('by the order in which sittings were started, not in which they ended', () => {
    const hall = new Hall();
    const first = sit(hall, [2], false);
    hall.sleep(DAY_S);
    const second = sit(hall, [3]);
    hall.sleep(DAY_S);
    hall.act(first, { type: 'visit', number: 4 });
    hall.act(first, { type: 'end' });
    expect(told(hall, first)).toEqual({ seen: [2, 4], seenBefore: [] });
    expect(told(hall, second).seenBefore).toEqual([2, 4]);
  });

  it('also in a sitting that has not ended, and in practice, as far as that was earlier', () => {
    const hall = new Hall();
    const unfinished = sit(hall, [4], false);
    hall.act(unfinished, { type: 'respond', number: 1, options: ['a'] });
    hall.sleep(60);
    const before = sit(hall, [2]);
    expect(told(hall, before).seenBefore).toEqual([1, 4]);
    hall.db.exec(`
      INSERT INTO practice (no, id, pack_id, exam_code, kind, started_at, items)
      VALUES (1, 'p', '${PACK_ID}', 'SML', 'area', ${hall.wall}, '["five"]');
      INSERT INTO practice_answer (practice_no, position, item_no, at, response, correct, time_ms)
      SELECT 1, 1, no, ${hall.wall + 1_000}, '[]', 0, 0 FROM item WHERE id = 'five'`);
    hall.sleep(60);
    const after = sit(hall, []);
    expect(told(hall, before).seenBefore).toEqual([1, 4]);
    expect(told(hall, after).seenBefore).toEqual([1, 2, 4, 5]);
  });

  it('not in a sitting that is deleted', () => {
    const hall = new Hall();
    const gone = sit(hall, [2, 3]);
    const unfinished = sit(hall, [4], false);
    hall.sleep(60);
    const kept = sit(hall, [1]);
    expect(told(hall, kept).seenBefore).toEqual([2, 3, 4]);
    const remove = hall.db.prepare('INSERT INTO deleted_sitting SELECT no, 0 FROM sitting WHERE id = ?');
    for (const id of [gone, unfinished]) remove.run(id);
    expect(told(hall, kept).seenBefore).toEqual([]);
    expect(createReadinessStore(hall.db).recent(WINDOW_MS, hall.wall)).toHaveLength(1);
    expect(createReadinessStore(hall.db).seenItems(PACK_ID)).toEqual(['one']);
  });
});

describe('the sittings that count', () => {
  it('are scored ones, full, and not much older than the newest', () => {
    const hall = new Hall();
    sit(hall, [2, 3, 4, 5]);
    hall.sleep(Math.ceil(WINDOW_MS / 1000) + DAY_S);
    sit(hall, [2, 3, 4]);
    hall.sleep(DAY_S);
    // Two of five on screen.
    sit(hall, [1, 2]);
    hall.act(hall.start().sittingId, { type: 'decline' });
    const { complete, exams } = hall.application.readiness.show();
    expect(complete).toBe(true);
    expect(exams).toEqual([
      {
        examCode: 'SML',
        line: { percent: 70, published: true },
        formLength: 5,
        sittings: 1,
        leftOut: 1,
        asOf: hall.wall - DAY_S * 1000,
        firstSeen: 0,
        needed: 150,
        unseen: 0,
        estimate: null,
      },
    ]);
  });

  it('are not driven out by one that a clock running ahead has dated in the future', () => {
    const hall = new Hall();
    const now = hall.wall;
    sit(hall, [2, 3, 4]);
    hall.wall = now + 4_000 * DAY_S * 1000;
    sit(hall, [1, 2, 3, 4, 5]);
    hall.wall = now + DAY_S * 1000;
    expect(hall.application.readiness.show().exams).toMatchObject([{ sittings: 2, leftOut: 0, asOf: hall.wall }]);
  });

  it('are none where none was sat', () => {
    expect(new Hall().application.readiness.show()).toEqual({ complete: true, exams: [] });
  });

  it('are told of only when all are counted', () => {
    const hall = new Hall();
    for (let n = 0; n < 21; n++) sit(hall, []);
    expect(hall.application.readiness.show()).toEqual({ complete: false, exams: [] });
    expect(hall.application.readiness.show()).toMatchObject({ complete: true, exams: [{ leftOut: 21 }] });
  });
});

/** Two forms of 80 questions without one in common, 60 of the one area and 20 of the other. */
function large({ blueprint, forms, items, scenarios }: PackParts): void {
  blueprint.scored = 80;
  blueprint.pretest = 0;
  blueprint.minutes = 200;
  blueprint.outlines.current.areas = [
    { id: 'surgery', title: 'AREA-Surgery', items: 60 },
    { id: 'cases', title: 'AREA-Cases', items: 20 },
  ];
  blueprint.outlines.classic.areas[0]!.items = 80;
  const form = (id: string): FormSpec => ({
    id,
    title: `Form ${id}`,
    items: Array.from({ length: 80 }, (_, n) => `${id}${n + 1}`),
  });
  forms.splice(0, forms.length, form('a'), form('b'));
  items.splice(0, items.length, ...forms.flatMap(({ items: ids }) => ids.map(place)));
  scenarios.splice(0);
}

const place = (id: string, index: number) => item(id, { area: index < 60 ? 'surgery' : 'cases' });

/** Sits a form of the large pack: so many of each area right, the others wrong but for the last, which is left open. */
function sitLarge(hall: Hall, formId: string, right: readonly [surgery: number, cases: number]): void {
  const { sittingId } = hall.sittings.start({ packId: PACK_ID, formId, settings: SETTINGS });
  hall.sittings.hold(sittingId);
  hall.act(sittingId, { type: 'agree' });
  for (let number = 1; number <= 80; number++) {
    hall.act(sittingId, { type: 'visit', number });
    const keyed = number <= 60 ? number <= right[0] : number - 60 <= right[1];
    if (number < 80) hall.act(sittingId, { type: 'respond', number, options: [keyed ? 'a' : 'b'] });
  }
  hall.act(sittingId, { type: 'end' });
}

describe('the estimate over real sittings', () => {
  it('is that of the pure part over their questions, and says what is missing before', () => {
    const hall = new Hall(large);
    const started = hall.wall;
    sitLarge(hall, 'a', [45, 10]);
    expect(hall.application.readiness.show().exams).toMatchObject([
      { sittings: 1, firstSeen: 80, unseen: 80, estimate: null },
    ]);
    hall.sleep(20 * DAY_S);
    sitLarge(hall, 'b', [50, 12]);
    hall.sleep(DAY_S);
    sitLarge(hall, 'a', [60, 19]);

    const areas = [
      { id: 'surgery', title: 'AREA-Surgery', items: 60 },
      { id: 'cases', title: 'AREA-Cases', items: 20 },
    ];
    const sat = (from: number, day: number, right: readonly [number, number], seenBefore: boolean) =>
      Array.from({ length: 80 }, (_, n) => ({
        item: from + n,
        area: n < 60 ? 'surgery' : 'cases',
        correct: n < 60 ? n < right[0] : n - 60 < right[1],
        seen: true,
        seenBefore,
        at: started + day * DAY_S * 1000,
      }));
    const wanted = readiness({ areas, linePercent: 70 }, [
      ...sat(0, 0, [45, 10], false),
      ...sat(1_000, 20, [50, 12], false),
      ...sat(0, 21, [60, 19], true),
    ]);
    const [shown] = hall.application.readiness.show().exams;
    expect(shown).toMatchObject({ sittings: 3, leftOut: 0, firstSeen: 160, unseen: 0 });
    const { estimate } = shown!;
    expect(estimate!.percent).toBeCloseTo(wanted.estimate!.percent, 8);
    expect(estimate!.low).toBeCloseTo(wanted.estimate!.low, 8);
    expect(estimate!.high).toBeCloseTo(wanted.estimate!.high, 8);
    expect(estimate!.chance).toBeCloseTo(wanted.estimate!.chance, 8);
    expect(estimate!.areas.map(({ id }) => id)).toEqual(['surgery', 'cases']);
  });

  it('stays as it was when the pack is gone or has other questions: the areas are those of the forms as sat', () => {
    const hall = new Hall(large);
    sitLarge(hall, 'a', [45, 10]);
    sitLarge(hall, 'b', [50, 12]);
    const before = hall.application.readiness.show().exams[0]!;
    expect(before.estimate).not.toBeNull();
    hall.changePack((parts) => Object.assign(parts.info, { id: 'another' }));
    hall.crash();
    expect(hall.application.readiness.show().exams).toEqual([{ ...before, unseen: 6 - 1 }]);
  });
});
