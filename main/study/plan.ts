/** The plan to an exam date as it stands today: the schedule, what of it is done, and what to do about what was missed. */
import { addDays, daysBetween, daysFromTo, weekdayOf, type Day } from './days.ts';
import {
  LAST_MOCK_BEFORE,
  REVIEW_MINUTES,
  REVIEW_WITHIN,
  reviewDay,
  schedule,
  type Schedule,
  type ScheduleInput,
  type Week,
} from './schedule.ts';

/** A form a mock can be sat on. */
export interface PlanForm {
  packId: string;
  formId: string;
  title: string;
}

/** A whole sitting of the exam that was scored, by the rule readiness has for it. */
export interface SatMock {
  sittingId: string;
  formTitle: string;
  on: Day;
  /** A miss of it carries a tag or a note, or there was none to miss. */
  reviewed: boolean;
}

export interface PlanInput extends ScheduleInput {
  today: Day;
  /** Forms not sat yet first. */
  forms: readonly PlanForm[];
  /** Titles, the weakest first. */
  weakAreas: readonly string[];
  /** Oldest first. */
  sat: readonly SatMock[];
  /** The day of each practice session that was held. */
  practised: readonly Day[];
}

/**
 * `waits`: a review whose mock has not been sat. `open`: its day has gone by and it can still be done. `past`: there is no
 * record of whether it was done.
 */
export type TaskState = 'done' | 'today' | 'ahead' | 'missed' | 'open' | 'waits' | 'past';

export type Focus = { kind: 'area'; title: string } | { kind: 'due' } | { kind: 'mixed' };

interface Task {
  /** Unique in the plan. */
  id: string;
  on: Day;
  state: TaskState;
}

export type PlanTask = Task &
  (
    | { kind: 'mock'; mock: number; minutes: number; form: PlanForm | null; sat: SatMock | null }
    | { kind: 'review'; mock: number; minutes: number; sat: SatMock | null }
    | { kind: 'practice'; minutes: number; focus: Focus }
    /** The day before the exam: books and papers, no practice. */
    | { kind: 'ready' }
    | { kind: 'exam' }
  );

export type CatchUp =
  /** A mock was missed and fits on another day. */
  | { kind: 'move'; mock: number; from: Day; to: Day }
  /** It does not fit any more; `next` is the next mock, `null` where there is none. */
  | { kind: 'skip'; mock: number; from: Day; next: Day | null }
  | { kind: 'review'; mock: number; sittingId: string }
  /** So many sessions of the last seven days were not held. */
  | { kind: 'sessions'; count: number };

export interface PlanWeek extends Week {
  when: 'past' | 'now' | 'ahead';
  tasks: PlanTask[];
}

export interface StudyPlan {
  startsOn: Day;
  length: Schedule['length'];
  /** The exam's day has gone by. */
  over: boolean;
  weeks: PlanWeek[];
  catchUp: CatchUp[];
  /** The first thing to do from today on; `null` when there is none. */
  next: PlanTask | null;
  /** Of the tasks that can be ticked off. */
  done: number;
  tasks: number;
}

/** Areas a week's practice turns between. */
const FOCUS_AREAS = 3;

/**
 * The plan as it stands. The same input gives the same plan.
 * @throws RangeError as {@link schedule} does.
 */
export function studyPlan(input: PlanInput): StudyPlan {
  const { examOn, today } = input;
  const laid = schedule(input);
  const mocks = mockTasks(input, laid);
  const reviews = mocks.map((mock, index) => reviewTask(mock, laid.reviews[index]!, input));
  const practice = practiceTasks(input, laid);
  const noRecord = (on: Day): TaskState => (on === today ? 'today' : on < today ? 'past' : 'ahead');
  const dayBefore = addDays(examOn, -1);
  const last: PlanTask[] = [
    ...(dayBefore >= laid.startsOn
      ? [{ kind: 'ready', id: 'ready', on: dayBefore, state: noRecord(dayBefore) } as const]
      : []),
    { kind: 'exam', id: 'exam', on: examOn, state: noRecord(examOn) },
  ];
  const all = [...mocks, ...reviews, ...practice, ...last].sort((a, b) => daysBetween(b.on, a.on));
  const weeks = laid.weeks.map((week): PlanWeek => {
    // The exam itself belongs to the last week.
    const end = week.light ? examOn : week.endsOn;
    return {
      ...week,
      when: end < today ? 'past' : week.startsOn > today ? 'ahead' : 'now',
      tasks: all.filter(({ on }) => on >= week.startsOn && on <= end),
    };
  });
  const ticked = all.filter(({ kind }) => kind !== 'ready' && kind !== 'exam');
  return {
    startsOn: laid.startsOn,
    length: laid.length,
    over: today > examOn,
    weeks,
    catchUp: today > examOn ? [] : catchUp(input, mocks, reviews, practice),
    next: all.find(({ state }) => state === 'today' || state === 'ahead') ?? null,
    done: ticked.filter(({ state }) => state === 'done').length,
    tasks: ticked.length,
  };
}

type MockTask = Extract<PlanTask, { kind: 'mock' }>;
type ReviewTask = Extract<PlanTask, { kind: 'review' }>;

/** A sitting ticks off the mock that is next in turn: see {@link satMocks}. */
function mockTasks({ today, examOn, forms, sat, mockMinutes }: PlanInput, { mocks, startsOn }: Schedule): MockTask[] {
  const taken = satMocks(
    mocks,
    sat.filter(({ on }) => on >= startsOn && on <= examOn),
  );
  let form = 0;
  return mocks.map((day, index) => {
    const done = taken.get(index) ?? null;
    const on = done?.on ?? day;
    const state = done ? 'done' : on === today ? 'today' : on < today ? 'missed' : 'ahead';
    return {
      ...{ kind: 'mock', id: `mock-${index + 1}`, mock: index + 1, on, state, minutes: mockMinutes, sat: done },
      form: state === 'today' || state === 'ahead' ? (forms[form++ % Math.max(1, forms.length)] ?? null) : null,
    };
  });
}

/**
 * Which sitting stands for which mock. A sitting is the next mock in turn, late or early, but not one that leaves no room
 * before the mock after it, and not one it is further from than from the last: then it is one more than planned.
 * @param sat oldest first. @returns by the mock's index.
 */
function satMocks(mocks: readonly Day[], sat: readonly SatMock[]): Map<number, SatMock> {
  const taken = new Map<number, SatMock>();
  let next = 0;
  for (const one of sat) {
    while (mocks[next + 1] !== undefined && daysBetween(one.on, mocks[next + 1]!) <= REVIEW_WITHIN) next += 1;
    const planned = mocks[next];
    if (planned === undefined) break;
    const last = taken.get(next - 1)?.on ?? mocks[next - 1];
    if (last !== undefined && daysBetween(last, one.on) < daysBetween(one.on, planned)) continue;
    taken.set(next, one);
    next += 1;
  }
  return taken;
}

/** A mock that was sat on another day than planned takes its review along. */
function reviewTask({ mock, state, sat }: MockTask, planned: Day, { today, days, examOn }: PlanInput): ReviewTask {
  const after = sat ? reviewDay(sat.on, days) : planned;
  const on = after < examOn ? after : examOn;
  const own = (): TaskState => {
    if (sat?.reviewed) return 'done';
    if (state === 'missed') return 'waits';
    return on === today ? 'today' : on > today ? 'ahead' : sat ? 'open' : 'waits';
  };
  return { kind: 'review', id: `review-${mock}`, mock, on, state: own(), minutes: REVIEW_MINUTES, sat };
}

/** The sessions of a week are ticked off in order by those held in it, whatever the day. */
function practiceTasks({ today, examOn, practised, weakAreas }: PlanInput, { weeks, sessions }: Schedule): PlanTask[] {
  const areas = weakAreas.slice(0, FOCUS_AREAS);
  let turn = 0;
  return weeks.flatMap((week, at) => {
    const end = week.light ? examOn : week.endsOn;
    const held = practised.filter((day) => day >= week.startsOn && day <= end).length;
    return sessions[at]!.map(({ on, minutes }, index): PlanTask => {
      const state = index < held ? 'done' : on === today ? 'today' : on < today ? 'missed' : 'ahead';
      const focus = week.light ? lightFocus(index) : focusOf(turn++, areas);
      return { kind: 'practice', id: `practice-${week.number}-${index + 1}`, on, minutes, focus, state };
    });
  });
}

/** Every other session a weak area, in turn; between them what is due to come again, and mixed sets. */
function focusOf(turn: number, areas: readonly string[]): Focus {
  const area = areas[(turn >> 1) % Math.max(1, areas.length)];
  // Before the first sitting there is nothing to come again either.
  if (area === undefined) return { kind: 'mixed' };
  if (turn % 2 === 0) return { kind: 'area', title: area };
  return turn % 4 === 1 ? { kind: 'due' } : { kind: 'mixed' };
}

function lightFocus(index: number): Focus {
  return index % 2 === 0 ? { kind: 'due' } : { kind: 'mixed' };
}

function catchUp(
  input: PlanInput,
  mocks: readonly MockTask[],
  reviews: readonly ReviewTask[],
  practice: readonly PlanTask[],
): CatchUp[] {
  const { today, moves } = input;
  const found: CatchUp[] = [];
  // Of several, the latest: two whole mocks at once would be no practice for the exam.
  const missed = mocks.findLast(({ state }) => state === 'missed');
  const later = mocks.filter(({ mock }) => missed && mock > missed.mock);
  // A later one that was put on another day has caught up for it.
  const caughtUp = moves.some(({ mock }) => missed && mock > missed.mock);
  if (missed && !caughtUp && later.every(({ state }) => state === 'ahead')) {
    const next = later[0]?.on ?? null;
    const to = roomFor(input, mocks[missed.mock - 2]?.on ?? null, next);
    const { mock, on: from } = missed;
    found.push(to === null ? { kind: 'skip', mock, from, next } : { kind: 'move', mock, from, to });
  }
  for (const { state, mock, sat } of reviews)
    if (state === 'open' && sat) found.push({ kind: 'review', mock, sittingId: sat.sittingId });
  const weekAgo = addDays(today, -7);
  const count = practice.filter(({ state, on }) => state === 'missed' && on >= weekAgo).length;
  if (count > 0) found.push({ kind: 'sessions', count });
  return found;
}

/** The next day a missed mock fits on, with room for the reviews around it; one on which whole sittings fit, if any. */
function roomFor({ today, examOn, mockDay, days }: PlanInput, before: Day | null, next: Day | null): Day | null {
  const possible = daysFromTo(today, addDays(examOn, -LAST_MOCK_BEFORE)).filter(
    (day) =>
      (before === null || daysBetween(before, day) > REVIEW_WITHIN) &&
      (next === null || daysBetween(day, next) > REVIEW_WITHIN),
  );
  return (
    possible.find((day) => weekdayOf(day) === mockDay) ?? possible.find((day) => days.includes(weekdayOf(day))) ?? null
  );
}
