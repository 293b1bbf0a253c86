/**
 * When a practised question is to come again: FSRS (ts-fsrs), by whole days, on the day the model's chance of recall has
 * fallen to 90 %, its default. Its standard weights come from other people's flashcards, not from exam questions. A
 * question's card is a fold over its practice answers, so that the same answers always give the same day; nothing in it is
 * left to chance.
 */
import { createEmptyCard, fsrs, Rating, type Card, type Grade } from 'ts-fsrs';
import { addDays, daysBetween, type Day } from './days.ts';

/** What the candidate says of an answer before it is checked; `fair` where nothing is said. */
export type Sureness = 'guessed' | 'fair' | 'sure';

export interface CardAnswer {
  correct: boolean;
  sureness: Sureness;
  /** The local day on which it was given. */
  on: Day;
}

/** When the question is to come again, and the memory model's state behind that. */
export interface ReviewCard {
  due: Day;
  /** Days from the last answer to the next. */
  interval: number;
  state: Card;
}

const DAY_MS = 24 * 60 * 60 * 1000;
const EPOCH: Day = '1970-01-01';

/**
 * No steps within a day: who has just read the key and its reasons would only show that they can still see them. No fuzz:
 * it spreads thousands of cards over days, and there are hundreds here.
 */
const scheduler = fsrs({ enable_fuzz: false, enable_short_term: false });

/** The grade of an answer: a wrong one is forgotten however sure it was; a right guess was hard to come by. */
export function gradeOf({ correct, sureness }: Pick<CardAnswer, 'correct' | 'sureness'>): Grade {
  if (!correct) return Rating.Again;
  return { guessed: Rating.Hard, fair: Rating.Good, sure: Rating.Easy }[sureness] as Grade;
}

/**
 * The card after a question's practice answers.
 * @param answers in the order they were given; the memory model takes a day before that of an earlier answer (the clock
 * was set back) for that one.
 * @returns `null` before the first answer.
 */
export function cardAfter(answers: readonly CardAnswer[]): ReviewCard | null {
  let card: ReviewCard | null = null;
  let last = EPOCH;
  for (const answer of answers) {
    const on: Day = daysBetween(last, answer.on) < 0 ? last : answer.on;
    // The days are handed over as midnights in UTC, in which the scheduler counts them.
    const now = new Date(dayMs(on));
    const state: Card = scheduler.next(card?.state ?? createEmptyCard(now), now, gradeOf(answer)).card;
    // From the answer's own day: one that a clock years ahead has dated would else put all that follow off for years.
    card = { due: addDays(answer.on, state.scheduled_days), interval: state.scheduled_days, state };
    last = on;
  }
  return card;
}

/** A day as a number that SQLite can compare: its midnight in UTC, ms since 1970. */
export function dayMs(day: Day): number {
  return daysBetween(EPOCH, day) * DAY_MS;
}

/** The day of {@link dayMs}. */
export function dayOfMs(ms: number): Day {
  return addDays(EPOCH, Math.floor(ms / DAY_MS));
}

/**
 * How many cards are due by today, and on each of the following days; each card is counted once.
 * @param due the day each card is due.
 */
export function dueCounts(due: readonly Day[], today: Day, ahead: number): { now: number; days: DayCount[] } {
  const days = Array.from({ length: ahead }, (_, index) => ({ on: addDays(today, index + 1), count: 0 }));
  let now = 0;
  for (const day of due) {
    const away = daysBetween(today, day);
    if (away <= 0) now += 1;
    else if (away <= ahead) days[away - 1]!.count += 1;
  }
  return { now, days };
}

export interface DayCount {
  on: Day;
  count: number;
}
