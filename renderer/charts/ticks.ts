/** Where ticks stand on an axis of time, which has its own round values. */

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const STEPS = [1, 2, 5, 10, 15, 30]
  .flatMap((count) => [count * SECOND, count * MINUTE])
  .concat(HOUR, 2 * HOUR, 6 * HOUR, DAY)
  .sort((a, b) => a - b);

/**
 * Round moments from 0 to `highMs`, at most about `count` of them.
 * @param highMs length of the axis, ms.
 */
export function timeTicks(highMs: number, count: number): number[] {
  const step =
    STEPS.find((one) => highMs / one <= Math.max(1, count)) ?? Math.ceil(highMs / Math.max(1, count) / DAY) * DAY;
  return Array.from({ length: Math.floor(highMs / step) + 1 }, (_, index) => index * step);
}

/** A tick's text: `1:30` in hours and minutes on an axis of an hour or more, else in minutes and seconds. */
export function timeTickText(highMs: number): (ms: number) => string {
  const [whole, part] = highMs >= HOUR ? [HOUR, MINUTE] : [MINUTE, SECOND];
  return (ms) => `${Math.floor(ms / whole)}:${String(Math.floor((ms % whole) / part)).padStart(2, '0')}`;
}

/** What the ticks of {@link timeTickText} are in. */
export function timeTickUnit(highMs: number): string {
  return highMs >= HOUR ? 'hours:minutes' : 'minutes:seconds';
}
