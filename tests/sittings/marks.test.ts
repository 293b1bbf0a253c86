import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MISS_TAGS, missTotals, type MissTag, type TaggedGroup } from '../../main/insight/misses.ts';
import { outcomesOf } from '../../main/insight/outcomes.ts';
import { StoreError } from '../../main/store/errors.ts';
import { failureOf, Hall } from '../support/hall.ts';

/** A finished sitting in which the given numbers were answered right and the others left open. @returns its id. */
function sit(hall: Hall, ...right: number[]): string {
  const id = hall.exam();
  for (const number of right) {
    hall.act(id, { type: 'visit', number });
    hall.act(id, { type: 'respond', number, options: [['a'], ['b'], ['c'], ['d'], ['a', 'c'], ['b']][number - 1]! });
  }
  hall.act(id, { type: 'end' });
  return id;
}

const shown = (hall: Hall, sittingId: string) => hall.application.marks.show({ sittingId }).marks;
const set = (hall: Hall, sittingId: string, number: number, tags: MissTag[], note = '') =>
  hall.application.marks.set({ sittingId, number, tags, note });

describe('a mark', () => {
  it('is kept as a whole, tags once each and in order, also over a restart', () => {
    const hall = new Hall();
    const id = sit(hall, 1);
    const kept = { number: 3, tags: ['misread', 'time'], note: 'laterality\nin line 2' };
    expect(set(hall, id, 3, ['time', 'misread', 'time'], 'laterality\nin line 2')).toEqual(kept);
    set(hall, id, 2, ['knowledge']);
    set(hall, id, 2, ['careless']);
    hall.crash();
    expect(shown(hall, id)).toEqual([{ number: 2, tags: ['careless'], note: '' }, kept]);
    expect(hall.db.prepare('SELECT DISTINCT at FROM miss_mark').pluck().all()).toEqual([hall.wall]);
  });

  it('without tag and note is taken away', () => {
    const hall = new Hall();
    const id = sit(hall);
    set(hall, id, 1, ['time'], 'x');
    set(hall, id, 1, []);
    expect(shown(hall, id)).toEqual([]);
    expect(hall.db.prepare('SELECT count(*) FROM miss_mark').pluck().get()).toBe(0);
  });

  it('belongs to its sitting only', () => {
    const hall = new Hall();
    const [one, two] = [sit(hall), sit(hall)];
    set(hall, one, 1, ['time']);
    expect(shown(hall, two)).toEqual([]);
  });

  it('is refused where there is no such question, sitting or miss, and says so', () => {
    const hall = new Hall();
    const id = sit(hall, 1);
    expect(failureOf(() => set(hall, id, 7, []))).toMatchObject({
      code: 'refused',
      message: 'number: there is no question 7; this form has 6.',
    });
    expect(failureOf(() => set(hall, id, 1, ['time']))).toMatchObject({
      code: 'refused',
      message: 'tags: question 1 was answered right; it can carry a note only.',
    });
    expect(set(hall, id, 1, [], 'a lucky guess')).toMatchObject({ note: 'a lucky guess' });
    expect(failureOf(() => set(hall, 'nobody', 1, []))).toMatchObject({ code: 'not-found' });
    const running = hall.exam();
    expect(failureOf(() => set(hall, running, 1, ['time']))).toMatchObject({ code: 'not-finished' });
    expect(failureOf(() => shown(hall, running))).toMatchObject({ code: 'not-finished' });
  });

  it('that cannot be written is an error of the store, and what was kept stays', () => {
    const hall = new Hall();
    const id = sit(hall);
    set(hall, id, 1, ['time']);
    hall.db.pragma('query_only = ON');
    expect(() => set(hall, id, 1, ['careless'])).toThrow(StoreError);
    hall.db.pragma('query_only = OFF');
    expect(shown(hall, id)).toMatchObject([{ tags: ['time'] }]);
  });
});

describe('totals', () => {
  it('add up tags and areas over the sittings of an exam that are not deleted', () => {
    const hall = new Hall();
    const [one, two, gone] = [sit(hall), sit(hall, 2), sit(hall)];
    set(hall, one, 1, ['knowledge', 'time']);
    set(hall, one, 2, ['look-up']);
    set(hall, two, 1, ['knowledge']);
    set(hall, two, 3, [], 'a note alone explains no miss');
    set(hall, gone, 4, ['careless']);
    hall.db.prepare('INSERT INTO deleted_sitting SELECT no, 1 FROM sitting WHERE id = ?').run(gone);
    const none = { knowledge: 0, misread: 0, 'look-up': 0, time: 0, careless: 0 };
    const totals = {
      sittings: 2,
      questions: 3,
      tags: { ...none, knowledge: 2, time: 1, 'look-up': 1 },
      areas: [
        {
          ...{ examCode: 'SML', area: 'surgery', title: 'AREA-Surgery', questions: 2 },
          tags: { ...none, knowledge: 2, time: 1 },
        },
        {
          ...{ examCode: 'SML', area: 'cases', title: 'AREA-Cases', questions: 1 },
          tags: { ...none, 'look-up': 1 },
        },
      ],
    };
    const { marks } = hall.application;
    expect(marks.totals({ examCode: null })).toEqual(totals);
    expect(marks.totals({ examCode: 'SML' })).toEqual(totals);
    expect(marks.totals({ examCode: 'CPC' })).toEqual({ sittings: 0, questions: 0, tags: none, areas: [] });
  });

  it('of any groups are what counting one question after the other gives', () => {
    const group = fc.record<TaggedGroup>({
      examCode: fc.constantFrom('CPC', 'CCS'),
      area: fc.constantFrom('a', 'b', 'c'),
      title: fc.constant('T'),
      tags: fc.subarray([...MISS_TAGS]),
      count: fc.integer({ min: 1, max: 5 }),
    });
    fc.assert(
      fc.property(fc.array(group), (groups) => {
        const totals = missTotals(groups, 1);
        const single = groups
          .flatMap((one) => Array<TaggedGroup>(one.count).fill(one))
          .filter((one) => one.tags.length);
        expect(totals.questions).toBe(single.length);
        for (const tag of MISS_TAGS)
          expect(totals.tags[tag]).toBe(single.filter((one) => one.tags.includes(tag)).length);
        for (const { examCode, area, questions, tags } of totals.areas) {
          const own = single.filter((one) => one.examCode === examCode && one.area === area);
          expect(questions).toBe(own.length);
          for (const tag of MISS_TAGS) expect(tags[tag]).toBe(own.filter((one) => one.tags.includes(tag)).length);
        }
        expect(totals.areas.reduce((sum, one) => sum + one.questions, 0)).toBe(single.length);
      }),
    );
  });
});

it('the question review calls slow what the outcomes call slow', () => {
  const hall = new Hall();
  const id = hall.exam();
  for (const [number, seconds] of [
    [1, 40],
    [2, 3],
    [5, 12],
    [4, 20],
  ] as const) {
    hall.act(id, { type: 'visit', number });
    hall.pass(seconds);
  }
  hall.act(id, { type: 'end' });
  const edition = hall.journal.edition(hall.journal.sitting(id)!.editionHash);
  const slow = hall.sittings.review({ sittingId: id }).map((item) => item.slow);
  expect(slow).toEqual(outcomesOf(edition, hall.journal.events(id)).items.map((item) => item.slow));
  expect(slow).toContain(true);
  expect(slow).toContain(false);
});
