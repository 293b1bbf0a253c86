import { describe, expect, it } from 'vitest';
import type { Parsed } from '../../main/contract.ts';
import { createPlans } from '../../main/services/plans.ts';
import { StoreError } from '../../main/store/errors.ts';
import { createPlanStore } from '../../main/store/plans.ts';
import { failureOf, Hall, NOON } from '../support/hall.ts';
import { libraryOf, soundPack } from '../support/pack.ts';

const DAY = 24 * 60 * 60 * 1000;
const HOUR = 60 * 60 * 1000;
/** 2026-11-22 is a Sunday; the mocks stand on Saturdays from 2026-11-28 on. */
const PLAN: Parsed<'plan.set'> = {
  ...{ examCode: 'SML', beginsOn: '2026-11-22', examOn: '2027-02-06' },
  settings: { days: [1, 3, 5], hours: 6, mockDay: 6, moves: [] },
};

/** The plans of a hall whose candidate lives so many hours ahead of UTC. */
function plansOf(hall: Hall, hoursAhead = 0) {
  const { outcomes } = hall.application;
  return createPlans({
    library: libraryOf(soundPack()),
    store: createPlanStore(hall.db),
    outcomes,
    clocks: { wallMs: () => hall.wall },
    localDay: (at) => new Date(at + hoursAhead * HOUR).toISOString().slice(0, 10),
  });
}

/** Sits the form at a moment of the wall clock, three of its five scored questions on screen. @returns its id. */
function sitAt(hall: Hall, at: number, right = 0): string {
  hall.wall = at;
  const id = hall.exam();
  if (right > 0) hall.act(id, { type: 'respond', number: 1, options: ['a'] });
  for (const number of [2, 3, 4]) hall.act(id, { type: 'visit', number });
  hall.act(id, { type: 'end' });
  return id;
}

const states = (view: ReturnType<ReturnType<typeof plansOf>['show']>, kind: string) =>
  view.plan!.weeks.flatMap(({ tasks }) => tasks.filter((task) => task.kind === kind).map(({ state }) => state));

describe('a plan', () => {
  it('is not there at first, is kept over a restart, replaced and cleared', () => {
    const hall = new Hall();
    const { plans } = hall.application;
    expect(plans.show({ examCode: 'SML' }).plan).toBeNull();
    plans.set(PLAN);
    plans.set({ ...PLAN, examOn: '2027-02-13', settings: { ...PLAN.settings, days: [5, 1, 5] } });
    hall.crash();
    const { plan } = hall.application.plans.show({ examCode: 'SML' });
    expect(plan).toMatchObject({
      beginsOn: '2026-11-22',
      examOn: '2027-02-13',
      settings: { days: [1, 5], hours: 6, mockDay: 6, moves: [] },
      length: 'usual',
    });
    expect(hall.application.plans.clear({ examCode: 'SML' }).plan).toBeNull();
    expect(hall.application.plans.show({ examCode: 'SML' }).plan).toBeNull();
  });

  it.each<[string, Partial<Parsed<'plan.set'>>, string]>([
    ['for no exam', { examCode: 'XYZ' }, 'examCode: there is no exam XYZ.'],
    ['on a day that is not', { examOn: '2027-02-29' }, 'examOn: 2027-02-29 is not in the calendar.'],
    ['from a day that is not', { beginsOn: '2026-13-01' }, 'beginsOn: 2026-13-01 is not in the calendar.'],
    ['for today', { examOn: '2026-11-22', beginsOn: '2026-11-20' }, 'examOn: the exam must be tomorrow or later.'],
    ['that begins at its end', { beginsOn: '2027-02-06' }, 'beginsOn: the plan must begin before the exam.'],
    ['for far away', { examOn: '2028-11-22' }, 'examOn: the exam is more than two years away.'],
    ['from long ago', { beginsOn: '2020-01-01' }, 'beginsOn: this is more than two years ago.'],
    [
      'with a move to a day that is not',
      { settings: { ...PLAN.settings, moves: [{ mock: 1, to: '2026-11-31' }] } },
      'settings.moves.0.to: 2026-11-31 is not in the calendar.',
    ],
  ])('%s is refused and says where; nothing is kept', (_, change, message) => {
    const hall = new Hall();
    expect(failureOf(() => plansOf(hall).set({ ...PLAN, ...change })).message).toBe(message);
    expect(plansOf(hall).show({ examCode: 'SML' }).plan).toBeNull();
  });

  it('that cannot be written is an error of the store, and the one before stays', () => {
    const hall = new Hall();
    plansOf(hall).set(PLAN);
    hall.db.pragma('query_only = ON');
    expect(() => plansOf(hall).set({ ...PLAN, examOn: '2027-01-30' })).toThrow(StoreError);
    expect(() => plansOf(hall).clear({ examCode: 'SML' })).toThrow(StoreError);
    hall.db.pragma('query_only = OFF');
    expect(plansOf(hall).show({ examCode: 'SML' }).plan).toMatchObject({ examOn: '2027-02-06' });
  });

  it('is ticked off by what was sat, gone through and practised, and by nothing deleted or unscored', () => {
    const hall = new Hall();
    const plans = plansOf(hall);
    plans.set(PLAN);
    const { sittingId: declined } = hall.start();
    hall.act(declined, { type: 'decline' });
    expect(states(plans.show({ examCode: 'SML' }), 'mock')[0]).toBe('ahead');
    const id = sitAt(hall, NOON + 6 * DAY);
    expect(states(plans.show({ examCode: 'SML' }), 'mock')).toEqual(['done', 'ahead', 'ahead', 'ahead']);
    expect(states(plans.show({ examCode: 'SML' }), 'review')[0]).toBe('ahead');
    hall.application.marks.set({ sittingId: id, number: 2, tags: ['misread'], note: '' });
    expect(states(plans.show({ examCode: 'SML' }), 'review')[0]).toBe('done');

    hall.db.exec(`
      INSERT INTO item (no, pack_id, id) VALUES (900, 'small', 'x');
      INSERT INTO practice VALUES (1, 'p1', 'small', 'SML', 'area', NULL, ${hall.wall}, NULL, '["x"]');
      INSERT INTO practice VALUES (2, 'p2', 'small', 'SML', 'area', NULL, ${hall.wall}, NULL, '["x"]');
      INSERT INTO practice_answer VALUES (1, 1, 900, ${hall.wall}, '["a"]', 1, 5);
    `);
    const week = plans.show({ examCode: 'SML' }).plan!.weeks.find(({ startsOn }) => startsOn === '2026-11-28')!;
    // The second was opened and nothing answered in it.
    expect(week.tasks.filter(({ kind, state }) => kind === 'practice' && state === 'done')).toHaveLength(1);

    hall.db.prepare('INSERT INTO deleted_sitting SELECT no, 1 FROM sitting WHERE id = ?').run(id);
    expect(states(plans.show({ examCode: 'SML' }), 'mock')[0]).toBe('today');
  });

  it('is not ticked off by a sitting that was only looked at, and offers its form again', () => {
    const hall = new Hall((parts) => {
      parts.forms.push({ ...parts.forms[0]!, id: 'b', title: 'Form B' });
    });
    const { plans } = hall.application;
    plans.set(PLAN);
    hall.wall = NOON + 6 * DAY;
    const id = hall.exam();
    hall.act(id, { type: 'visit', number: 2 });
    hall.act(id, { type: 'end' });
    const { plan } = plans.show({ examCode: 'SML' });
    const mock = plan!.weeks.flatMap(({ tasks }) => tasks).find((task) => task.kind === 'mock');
    expect(mock).toMatchObject({ state: 'today', form: { formId: 'a' }, sat: null });
    sitAt(hall, hall.wall);
    expect(states(plans.show({ examCode: 'SML' }), 'mock')[0]).toBe('done');
  });

  it('names the forms not sat yet first, and the weakest areas that can be told', () => {
    const hall = new Hall((parts) => {
      parts.forms.push({ ...parts.forms[0]!, id: 'b', title: 'Form B' });
    });
    const { plans } = hall.application;
    plans.set(PLAN);
    const forms = () =>
      plans
        .show({ examCode: 'SML' })
        .plan!.weeks.flatMap(({ tasks }) => tasks.flatMap((task) => (task.kind === 'mock' ? [task.form?.formId] : [])));
    expect(forms()).toEqual(['a', 'b', 'a', 'b']);
    expect(plans.show({ examCode: 'SML' }).weakAreas).toEqual([]);
    sitAt(hall, NOON + 6 * DAY, 1);
    expect(forms()).toEqual([undefined, 'b', 'a', 'b']);
    sitAt(hall, NOON + 7 * DAY, 1);
    sitAt(hall, NOON + 8 * DAY, 1);
    // Three sittings: 3 of 6 right in one area, 0 of 9 in the other.
    expect(plans.show({ examCode: 'SML' }).weakAreas).toEqual(['AREA-Cases', 'AREA-Surgery']);
  });
});

describe('the day', () => {
  it("is that of the candidate's place, a sitting by the moment it ended", () => {
    const hall = new Hall();
    // Half past three in the morning of the 29th in UTC.
    const at = NOON + 6 * DAY + 15.5 * HOUR;
    hall.wall = NOON;
    plansOf(hall).set(PLAN);
    sitAt(hall, at);
    const seen = (hoursAhead: number) => {
      const { today, plan } = plansOf(hall, hoursAhead).show({ examCode: 'SML' });
      return [today, plan!.weeks.flatMap(({ tasks }) => tasks).find(({ id }) => id === 'mock-1')!.on];
    };
    expect(seen(0)).toEqual(['2026-11-29', '2026-11-29']);
    expect(seen(-5)).toEqual(['2026-11-28', '2026-11-28']);
    expect(seen(-3.5)).toEqual(['2026-11-29', '2026-11-29']);
    expect(seen(-3.51)).toEqual(['2026-11-28', '2026-11-28']);
  });

  it('turns at midnight, and a task of today is missed after it', () => {
    const hall = new Hall();
    plansOf(hall).set(PLAN);
    hall.wall = Date.UTC(2026, 10, 28, 23, 59, 59, 999);
    expect(states(plansOf(hall).show({ examCode: 'SML' }), 'mock')[0]).toBe('today');
    hall.wall += 1;
    expect(states(plansOf(hall).show({ examCode: 'SML' }), 'mock')[0]).toBe('missed');
  });

  it('by the machine follows its clock changes: the day of 25 hours stays one day', () => {
    const zone = process.env['TZ'];
    try {
      process.env['TZ'] = 'America/New_York';
      const hall = new Hall();
      const { plans } = hall.application;
      // The clocks go back on 2027-11-07 at 2:00 in the morning.
      hall.wall = Date.UTC(2027, 10, 1, 12);
      plans.set({ ...PLAN, beginsOn: '2027-11-01', examOn: '2028-01-15' });
      const at = (iso: string) => {
        hall.wall = Date.parse(iso);
        return plans.show({ examCode: 'SML' }).today;
      };
      expect(at('2027-11-07T03:59:59Z')).toBe('2027-11-06');
      expect(at('2027-11-07T04:00:00Z')).toBe('2027-11-07');
      expect(at('2027-11-08T04:59:59Z')).toBe('2027-11-07');
      expect(at('2027-11-08T05:00:00Z')).toBe('2027-11-08');
    } finally {
      if (zone === undefined) delete process.env['TZ'];
      else process.env['TZ'] = zone;
    }
  });
});
