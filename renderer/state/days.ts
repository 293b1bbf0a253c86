/** Calendar days, `YYYY-MM-DD`, as they are shown. They have no hours, so that no time zone can move them. */

const SHORT = new Intl.DateTimeFormat(undefined, {
  ...{ weekday: 'short', month: 'short', day: 'numeric' },
  timeZone: 'UTC',
});
const LONG = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeZone: 'UTC' });
const SPAN = new Intl.DateTimeFormat(undefined, { month: 'short', day: 'numeric', timeZone: 'UTC' });
const DAY_MS = 24 * 60 * 60 * 1000;

const at = (day: string) => Date.parse(`${day}T00:00:00Z`);

/** `Sat, Dec 19`. */
export function dayText(day: string): string {
  return SHORT.format(at(day));
}

/** `Saturday, December 19, 2026`. */
export function longDayText(day: string): string {
  return LONG.format(at(day));
}

/** `Dec 13 – 19`, `Dec 26 – Jan 1`. */
export function daySpanText(from: string, to: string): string {
  // Over the turn of the year a range would name both years.
  const sameYear = from.slice(0, 4) === to.slice(0, 4);
  return sameYear ? SPAN.formatRange(at(from), at(to)) : `${SPAN.format(at(from))} – ${SPAN.format(at(to))}`;
}

/** How many days lie between two days; `null` where one is not complete. */
export function daysUntil(from: string, to: string): number | null {
  const days = (at(to) - at(from)) / DAY_MS;
  return Number.isInteger(days) ? days : null;
}

/** Monday first, as the plan counts them: 1 to 7. 2024-01-01 was a Monday. */
export const WEEKDAYS = ([1, 2, 3, 4, 5, 6, 7] as const).map((value) => {
  const day = Date.UTC(2024, 0, value);
  const name = (weekday: 'short' | 'long') =>
    new Intl.DateTimeFormat(undefined, { weekday, timeZone: 'UTC' }).format(day);
  return { value, short: name('short'), long: name('long') };
});
