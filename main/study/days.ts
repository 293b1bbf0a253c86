/**
 * Calendar days as `YYYY-MM-DD`, and arithmetic on them. A day has no hours here, so that neither time zones nor clock
 * changes can move it; which day it is now is told by the host (`localDay` in main/local-day.ts).
 */

/** `YYYY-MM-DD`. */
export type Day = string;

/** Of the week: 1 is Monday, 7 is Sunday (ISO 8601). */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

const DAY_MS = 24 * 60 * 60 * 1000;

/** Days since 1970-01-01, counted in UTC, where each has 24 hours. */
function numberOf(day: Day): number {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  return Date.UTC(year, month - 1, date) / DAY_MS;
}

/** Whether the text is a day of the calendar, from 2000 to 2199. */
export function isDay(text: string): boolean {
  if (!/^2[01]\d\d-\d\d-\d\d$/.test(text)) return false;
  const number = numberOf(text);
  return Number.isInteger(number) && dayOf(number) === text;
}

function dayOf(number: number): Day {
  return new Date(number * DAY_MS).toISOString().slice(0, 10);
}

/** @param days may be negative. */
export function addDays(day: Day, days: number): Day {
  return dayOf(numberOf(day) + days);
}

/** How many days lie from one day to another; negative when `to` is the earlier one. */
export function daysBetween(from: Day, to: Day): number {
  return numberOf(to) - numberOf(from);
}

export function weekdayOf(day: Day): Weekday {
  // 1970-01-01 was a Thursday.
  return (((((numberOf(day) + 3) % 7) + 7) % 7) + 1) as Weekday;
}

/** The days from one to another, both included; none when `to` is the earlier one. */
export function daysFromTo(from: Day, to: Day): Day[] {
  return Array.from({ length: Math.max(0, daysBetween(from, to) + 1) }, (_, index) => addDays(from, index));
}
