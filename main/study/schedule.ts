/**
 * Where full mocks, reviews and practice stand on the way to an exam date.
 *
 * What it rests on, and no more than that:
 * - Study spread over days is remembered longer than the same time at once (Cepeda, Pashler, Vul, Wixted and Rohrer 2006,
 *   Psychological Bulletin 132, 354-380: words and facts). Days later, not at once, more is left of what one was tested on
 *   than of what one read again (Roediger and Karpicke 2006, Psychological Science 17, 249-255: prose). A review of ten
 *   learning techniques rates these two highest for use (Dunlosky, Rawson, Marsh, Nathan and Willingham 2013, Psychological
 *   Science in the Public Interest 14, 4-58). Hence sessions on many days, made of questions.
 * - Feedback after a multiple-choice test adds to its good and takes from its bad, the remembering of wrong options (Butler
 *   and Roediger 2008, Memory & Cognition 36, 604-616). Hence a review after each mock.
 * - Mixing kinds of problem helps to tell them apart with pictures most, with sums a little, with texts unclearly, and with
 *   words it harms (Brunmair and Richter 2019, Psychological Bulletin 145, 1029-1052). Areas in turn and mixed sets are
 *   a choice that this allows, no more.
 * None was tried on coding exams, and none shows that 8 to 13 weeks, 20 to 50 minutes, or this number of mocks is best:
 * those are our choice. Guides for candidates differ, from 6 weeks to 16 and more.
 */
import { addDays, daysBetween, daysFromTo, weekdayOf, type Day, type Weekday } from './days.ts';

export const MIN_WEEKS = 8;
export const MAX_WEEKS = 13;
/** The last day for a mock is this many days before the exam: the week before it stays light. */
export const LAST_MOCK_BEFORE = 8;
/** A review follows its mock by this many days at most. */
export const REVIEW_WITHIN = 3;
/** Length of a practice session, minutes. */
export const SESSION = { min: 20, max: 50 } as const;
export const REVIEW_MINUTES = 90;

/** Weeks between two mocks, as near as they can be spread. */
const MOCK_EVERY = 2.5;
/** A session of the light week, minutes, and how many there are at most. */
const LIGHT = { minutes: 20, sessions: 3 } as const;
const MOST_SESSIONS_A_DAY = 3;

export interface StudySettings {
  /** Days of the week for practice and reviews, at least one. */
  days: readonly Weekday[];
  /** Hours a week, all counted. */
  hours: number;
  /** The day of the week on which a whole sitting fits. */
  mockDay: Weekday;
  /** Mocks put on another day, by their number from 1. */
  moves: readonly { mock: number; to: Day }[];
}

export interface ScheduleInput extends StudySettings {
  beginsOn: Day;
  examOn: Day;
  /** A whole sitting, minutes. */
  mockMinutes: number;
}

export interface Week {
  /** From 1. */
  number: number;
  startsOn: Day;
  /** The day before the next week begins; the exam itself lies behind the last week. */
  endsOn: Day;
  /** The last one before the exam. */
  light: boolean;
}

export interface Session {
  on: Day;
  minutes: number;
}

export interface Schedule {
  /** Where the plan begins: later than asked where the exam is more than {@link MAX_WEEKS} weeks away. */
  startsOn: Day;
  length: 'usual' | 'short' | 'starts-later';
  weeks: Week[];
  mocks: Day[];
  /** `reviews[n]` follows `mocks[n]`. */
  reviews: Day[];
  /** By week, index 0 being week 1. */
  sessions: Session[][];
}

/**
 * Lays the way out. The same input gives the same schedule.
 * @throws RangeError when the exam is not after the beginning, or no study day is given.
 */
export function schedule(input: ScheduleInput): Schedule {
  const { beginsOn, examOn } = input;
  if (daysBetween(beginsOn, examOn) < 1) throw new RangeError('the exam must be after the beginning');
  if (input.days.length === 0) throw new RangeError('there must be a study day');
  const earliest = addDays(examOn, -7 * MAX_WEEKS);
  const startsOn = daysBetween(beginsOn, earliest) > 0 ? earliest : beginsOn;
  const weeks = weeksOf(startsOn, examOn);
  const mocks = moved(mockDays(startsOn, examOn, input), startsOn, examOn, input.moves);
  const reviews = mocks.map((mock) => reviewDay(mock, input.days));
  return {
    startsOn,
    length: startsOn !== beginsOn ? 'starts-later' : daysBetween(startsOn, examOn) < 7 * MIN_WEEKS ? 'short' : 'usual',
    weeks,
    mocks,
    reviews,
    sessions: weeks.map((week) => sessionsOf(week, examOn, mocks, reviews, input)),
  };
}

/** Weeks end the day before the exam's day of the week, so that the last one is whole; the first may be short. */
function weeksOf(startsOn: Day, examOn: Day): Week[] {
  const count = Math.ceil(daysBetween(startsOn, examOn) / 7);
  return Array.from({ length: count }, (_, index) => {
    const from = addDays(examOn, -7 * (count - index));
    return {
      number: index + 1,
      startsOn: daysBetween(from, startsOn) > 0 ? startsOn : from,
      endsOn: addDays(from, 6),
      light: index === count - 1,
    };
  });
}

/** A baseline within the first seven days, one as late as may be, and others evenly between. */
function mockDays(startsOn: Day, examOn: Day, { mockDay, days }: StudySettings): Day[] {
  const last = addDays(examOn, -LAST_MOCK_BEFORE);
  const possible = daysFromTo(startsOn, last).filter((day) => weekdayOf(day) === mockDay);
  if (possible.length === 0) {
    // Less than a week for it: any study day must do.
    const any = daysFromTo(startsOn, last);
    const day = any.find((one) => days.includes(weekdayOf(one))) ?? any[0];
    return day === undefined ? [] : [day];
  }
  const span = possible.length - 1;
  const steps = span === 0 ? 0 : Math.max(1, Math.round(span / MOCK_EVERY));
  return Array.from(
    { length: steps + 1 },
    (_, index) => possible[steps === 0 ? 0 : Math.round((index * span) / steps)]!,
  );
}

/** Puts mocks where the candidate has put them, as far as that leaves room for their reviews and keeps the last week light. */
function moved(mocks: Day[], startsOn: Day, examOn: Day, moves: StudySettings['moves']): Day[] {
  const days = [...mocks];
  for (const { mock, to } of moves) {
    if (days[mock - 1] === undefined) continue;
    const after = days[mock - 2];
    const before = days[mock];
    const inOrder =
      (after === undefined || daysBetween(after, to) > REVIEW_WITHIN) &&
      (before === undefined || daysBetween(to, before) > REVIEW_WITHIN);
    const inRange = daysBetween(startsOn, to) >= 0 && daysBetween(to, examOn) >= LAST_MOCK_BEFORE;
    if (inOrder && inRange) days[mock - 1] = to;
  }
  return days;
}

/** The first study day after a mock, the next day where none comes in time. */
export function reviewDay(mock: Day, days: readonly Weekday[]): Day {
  const possible = daysFromTo(addDays(mock, 1), addDays(mock, REVIEW_WITHIN));
  return possible.find((day) => days.includes(weekdayOf(day))) ?? possible[0]!;
}

/** Practice of one week: what its hours leave beside mock and review, in sessions spread over its free study days. */
function sessionsOf(week: Week, examOn: Day, mocks: Day[], reviews: Day[], input: ScheduleInput): Session[] {
  const inWeek = (day: Day) => day >= week.startsOn && day <= week.endsOn;
  const taken = new Set([...mocks, ...reviews, addDays(examOn, -1)]);
  const free = daysFromTo(week.startsOn, week.endsOn).filter(
    (day) => input.days.includes(weekdayOf(day)) && !taken.has(day),
  );
  if (week.light)
    return spread(free, Math.min(LIGHT.sessions, free.length)).map((on) => ({ on, minutes: LIGHT.minutes }));
  const share = (daysBetween(week.startsOn, week.endsOn) + 1) / 7;
  const minutes =
    input.hours * 60 * share -
    mocks.filter(inWeek).length * input.mockMinutes -
    reviews.filter(inWeek).length * REVIEW_MINUTES;
  if (minutes < SESSION.min || free.length === 0) return [];
  const wanted = Math.ceil(minutes / SESSION.max);
  // One on each free day rather than two on some, as long as none gets too short.
  const count = Math.min(
    free.length * MOST_SESSIONS_A_DAY,
    Math.max(wanted, Math.min(free.length, Math.floor(minutes / SESSION.min))),
  );
  const length = Math.min(SESSION.max, Math.max(SESSION.min, Math.floor(minutes / count / 5) * 5));
  const each = Math.floor(count / free.length);
  const more = new Set(spread(free, count % free.length));
  return free.flatMap((on) => Array<Session>(each + (more.has(on) ? 1 : 0)).fill({ on, minutes: length }));
}

/** So many of the days, evenly over them. */
function spread(days: readonly Day[], count: number): Day[] {
  return Array.from({ length: count }, (_, index) => days[Math.floor(((index + 0.5) * days.length) / count)]!);
}
