import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, daysBetween, type Weekday } from '../../main/study/days.ts';
import { studyPlan, type PlanInput, type PlanTask } from '../../main/study/plan.ts';

const FORMS = ['a', 'b'].map((id) => ({ packId: 'p', formId: id, title: `Form ${id.toUpperCase()}` }));
/** Mocks on 2026-11-28, 12-19, 2027-01-02 and 01-23; see schedule.test.ts. */
const base: PlanInput = {
  ...{ beginsOn: '2026-11-22', examOn: '2027-02-06', days: [1, 3, 5], hours: 6, mockDay: 6, moves: [] },
  ...{ mockMinutes: 240, today: '2026-11-22', forms: FORMS, weakAreas: [], sat: [], practised: [] },
};
const plan = (change: Partial<PlanInput> = {}) => studyPlan({ ...base, ...change });
const tasksOf = (change: Partial<PlanInput> = {}) => plan(change).weeks.flatMap(({ tasks }) => tasks);
const task = (id: string, change: Partial<PlanInput> = {}) => tasksOf(change).find((one) => one.id === id)!;
const sat = (on: string, reviewed = false) => ({ sittingId: `sat-${on}`, formTitle: 'Form A', on, reviewed });
const states = (kind: PlanTask['kind'], change: Partial<PlanInput> = {}) =>
  tasksOf(change).flatMap((one) => (one.kind === kind ? [one.state] : []));

describe('a mock', () => {
  it('is ahead, today, missed or done', () => {
    expect(task('mock-1')).toMatchObject({ on: '2026-11-28', state: 'ahead' });
    expect(task('mock-1', { today: '2026-11-28' }).state).toBe('today');
    expect(task('mock-1', { today: '2026-11-29' }).state).toBe('missed');
    expect(task('mock-1', { today: '2026-11-29', sat: [sat('2026-11-28')] })).toMatchObject({
      state: 'done',
      sat: { sittingId: 'sat-2026-11-28' },
    });
  });

  it('is ticked off by a sitting some days early or late, and stands where it was sat', () => {
    expect(task('mock-1', { sat: [sat('2026-11-22')] })).toMatchObject({ on: '2026-11-22', state: 'done' });
    const late = { today: '2026-12-20', sat: [sat('2026-12-05')] };
    expect(task('mock-1', late)).toMatchObject({ on: '2026-12-05', state: 'done' });
    expect(task('review-1', late)).toMatchObject({ on: '2026-12-07', state: 'open' });
  });

  it('without room before the next is left out, and the sitting is the next one', () => {
    const change = { today: '2026-12-17', sat: [sat('2026-12-16')] };
    expect(task('mock-1', change).state).toBe('missed');
    expect(task('mock-2', change)).toMatchObject({ state: 'done', on: '2026-12-16' });
    expect(task('mock-1', { today: '2026-12-17', sat: [sat('2026-12-15')] }).state).toBe('done');
  });

  it('is not ticked off by a second sitting soon after the last', () => {
    const change = { today: '2026-12-02', sat: [sat('2026-11-28'), sat('2026-12-01')] };
    expect(states('mock', change)).toEqual(['done', 'ahead', 'ahead', 'ahead']);
    const nearer = { today: '2026-12-12', sat: [sat('2026-11-28'), sat('2026-12-11')] };
    expect(states('mock', nearer)).toEqual(['done', 'done', 'ahead', 'ahead']);
  });

  it('is not ticked off by a sitting before the plan', () => {
    expect(states('mock', { sat: [sat('2026-11-21')] })).toEqual(['ahead', 'ahead', 'ahead', 'ahead']);
  });

  it('names the forms in turn, and none where there is none', () => {
    const named = (change: Partial<PlanInput>) =>
      tasksOf(change).flatMap((one) => (one.kind === 'mock' ? [one.form?.formId ?? null] : []));
    expect(named({})).toEqual(['a', 'b', 'a', 'b']);
    expect(named({ sat: [sat('2026-11-22')] })).toEqual([null, 'a', 'b', 'a']);
    expect(named({ forms: [] })).toEqual([null, null, null, null]);
  });
});

describe('a review', () => {
  it('is done when its sitting has been gone through, and waits for a mock that was not sat', () => {
    const today = '2026-12-02';
    expect(task('review-1', { today, sat: [sat('2026-11-28', true)] }).state).toBe('done');
    expect(task('review-1', { today, sat: [sat('2026-11-28')] }).state).toBe('open');
    expect(task('review-1', { today: '2026-11-30', sat: [sat('2026-11-28')] }).state).toBe('today');
    expect(task('review-1', { today }).state).toBe('waits');
    expect(task('review-1').state).toBe('ahead');
  });
});

describe('practice', () => {
  it('is ticked off by the sessions held in its week, whatever the day', () => {
    const week3 = (practised: string[]) =>
      plan({ today: '2026-12-10', practised }).weeks[2]!.tasks.filter(({ kind }) => kind === 'practice');
    expect(week3([]).map(({ state }) => state)).toEqual([...Array(5).fill('missed'), ...Array(3).fill('ahead')]);
    expect(week3(['2026-12-05', '2026-12-10', '2026-12-04', '2026-12-12']).map(({ state }) => state)).toEqual([
      'done',
      'done',
      ...Array(3).fill('missed'),
      ...Array(3).fill('ahead'),
    ]);
  });

  it('turns between the three weakest areas, what is due, and mixed sets', () => {
    const areas = (weakAreas: string[]) =>
      tasksOf({ weakAreas })
        .flatMap((one) => (one.kind === 'practice' ? [one.focus] : []))
        .map((focus) => (focus.kind === 'area' ? focus.title : focus.kind))
        .slice(0, 8);
    expect(areas(['A', 'B', 'C', 'D'])).toEqual(['A', 'due', 'B', 'mixed', 'C', 'due', 'A', 'mixed']);
    expect(areas(['A'])).toEqual(['A', 'due', 'A', 'mixed', 'A', 'due', 'A', 'mixed']);
    expect(areas([])).toEqual(Array(8).fill('mixed'));
  });
});

describe('catching up', () => {
  const caught = (change: Partial<PlanInput>) => plan(change).catchUp.filter(({ kind }) => kind !== 'sessions');

  it('proposes the next day on which a missed mock fits', () => {
    expect(caught({ today: '2026-11-29' })).toEqual([{ kind: 'move', mock: 1, from: '2026-11-28', to: '2026-12-05' }]);
    // The next Saturday is the next mock's; a study day must do.
    expect(caught({ today: '2026-12-13' })).toEqual([{ kind: 'move', mock: 1, from: '2026-11-28', to: '2026-12-14' }]);
    expect(caught({ today: '2026-12-16' })).toEqual([
      { kind: 'skip', mock: 1, from: '2026-11-28', next: '2026-12-19' },
    ]);
    expect(
      caught({ today: '2027-01-31', sat: [sat('2026-11-28', true), sat('2026-12-19', true), sat('2027-01-02', true)] }),
    ).toEqual([{ kind: 'skip', mock: 4, from: '2027-01-23', next: null }]);
  });

  it('says nothing any more of a mock that a later one has replaced', () => {
    expect(caught({ today: '2026-12-20', sat: [sat('2026-12-19', true)] })).toEqual([]);
  });

  it('names reviews still open and the sessions of the last seven days', () => {
    const change = { today: '2026-12-08', sat: [sat('2026-11-28')] };
    expect(plan(change).catchUp).toEqual([
      { kind: 'review', mock: 1, sittingId: 'sat-2026-11-28' },
      { kind: 'sessions', count: 4 },
    ]);
  });

  it('proposes only what the plan then takes', () => {
    const mockDay = fc.constantFrom<Weekday>(1, 2, 3, 4, 5, 6, 7);
    fc.assert(
      fc.property(mockDay, fc.integer({ min: 8, max: 130 }), fc.integer({ min: 0, max: 130 }), (day, length, gone) => {
        const given: PlanInput = {
          ...base,
          mockDay: day,
          examOn: addDays(base.beginsOn, length),
          today: addDays(base.beginsOn, Math.min(gone, length)),
        };
        for (const one of studyPlan(given).catchUp) {
          if (one.kind !== 'move') continue;
          expect(daysBetween(given.today, one.to)).toBeGreaterThanOrEqual(0);
          const after = studyPlan({ ...given, moves: [{ mock: one.mock, to: one.to }] });
          const mock = after.weeks.flatMap(({ tasks }) => tasks).find(({ id }) => id === `mock-${one.mock}`)!;
          expect(mock.on).toBe(one.to);
          expect(after.catchUp.some(({ kind }) => kind === 'move')).toBe(false);
          // Sat on that day without moving it first, it is ticked off as well.
          const done = studyPlan({ ...given, today: one.to, sat: [sat(one.to)] });
          expect(done.weeks.flatMap(({ tasks }) => tasks).find(({ id }) => id === `mock-${one.mock}`)!.state).toBe(
            'done',
          );
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('a plan', () => {
  it('has every task once, in the week of its day, in order', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 120 }),
        fc.integer({ min: -10, max: 130 }),
        fc.array(fc.integer({ min: -10, max: 130 }), { maxLength: 6 }),
        (length, now, days) => {
          const examOn = addDays(base.beginsOn, length);
          const sittings = days.sort((a, b) => a - b).map((day) => sat(addDays(base.beginsOn, day)));
          const given = { ...base, examOn, today: addDays(base.beginsOn, now), sat: sittings };
          const told = studyPlan(given);
          expect(studyPlan(structuredClone(given))).toEqual(told);
          const all = told.weeks.flatMap(({ tasks }) => tasks);
          expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
          for (const week of told.weeks)
            for (const { on } of week.tasks) {
              expect(on >= week.startsOn).toBe(true);
              expect(on <= (week.light ? examOn : week.endsOn)).toBe(true);
            }
          expect(all.map(({ on }) => on)).toEqual(all.map(({ on }) => on).sort());
          expect(all.filter(({ kind }) => kind === 'exam')).toHaveLength(1);
          const mocks = all.filter(({ kind }) => kind === 'mock').length;
          expect(all.filter(({ kind }) => kind === 'review')).toHaveLength(mocks);
          const inPlan = given.today >= told.startsOn && given.today <= examOn;
          expect(told.weeks.filter(({ when }) => when === 'now')).toHaveLength(inPlan ? 1 : 0);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('tells what is next, how much is done, and when it is over', () => {
    expect(plan().next).toMatchObject({ id: 'practice-1-1' });
    const done = plan({ today: '2026-11-29', sat: [sat('2026-11-28', true)] });
    expect(done).toMatchObject({ done: 2, over: false, next: { kind: 'practice' } });
    expect(plan({ today: '2027-02-06' })).toMatchObject({ over: false, next: { kind: 'exam', state: 'today' } });
    expect(plan({ today: '2027-02-07' })).toMatchObject({ over: true, next: null, catchUp: [] });
  });
});
