/** Times, dates and counts as they are shown. */

/** `2:41:07`; negative values show as zero. @param ms duration in ms. */
export function clockText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (value: number) => String(value).padStart(2, '0');
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

/** `1:52` for one item's time. @param ms duration in ms. */
export function minuteText(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** `2 hours 41 minutes`, as spoken; under two minutes with seconds. @param ms duration in ms. */
export function spokenTime(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  const parts: string[] = [];
  if (hours > 0) parts.push(plural(hours, 'hour'));
  if (minutes > 0) parts.push(plural(minutes, 'minute'));
  if (seconds < 120) parts.push(plural(seconds % 60, 'second'));
  return parts.join(' ') || plural(0, 'second');
}

/** A length of absence: `18 s`, `3 min`, `2 h 5 min`. @param ms duration in ms. */
export function spanText(ms: number): string {
  if (ms < 1_000) return 'under 1 s';
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(ms / 60_000);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** `240 minutes` as `4 hours`, `235` as `3 h 55 min`. */
export function hoursText(minutes: number): string {
  if (minutes % 60 === 0) return plural(minutes / 60, 'hour');
  return minutes < 60 ? plural(minutes, 'minute') : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** `340 kB`, `1.2 MB`. */
export function sizeText(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1000))} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** Whole percent. What is under the line is not rounded up to it: `69%` of 69.7 against 70. */
export function percentText(percent: number, line: number): string {
  const rounded = Math.round(percent);
  return `${percent < line && rounded >= line ? Math.ceil(line) - 1 : rounded}%`;
}

/** `1, 3 to 6, 9`: three or more in a row are put together. @param numbers in rising order. */
export function numbersText(numbers: readonly number[]): string {
  const runs: [first: number, last: number][] = [];
  for (const number of numbers) {
    const run = runs.at(-1);
    if (run && number === run[1] + 1) run[1] = number;
    else runs.push([number, number]);
  }
  return runs
    .map(([first, last]) => {
      if (last - first >= 2) return `${first} to ${last}`;
      return first === last ? first : `${first}, ${last}`;
    })
    .join(', ');
}

/** `1 item`, `2 items`. @param many the plural where it is not made with an s. */
export function plural(count: number, noun: string, many = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : many}`;
}

const DATE = new Intl.DateTimeFormat(undefined, { dateStyle: 'long' });
const DATE_TIME = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

/** @param at ms since 1970. */
export function dateText(at: number): string {
  return DATE.format(at);
}

/** @param at ms since 1970. */
export function dateTimeText(at: number): string {
  return DATE_TIME.format(at);
}

/** Whether an option is code numbers only, to be set in the code font. */
export function isCodes(text: string): boolean {
  return /^(?=.*\d)[A-Z0-9][A-Z0-9.,;:x×+\- ]*$/.test(text);
}
