import { describe, expect, it } from 'vitest';
import {
  clockText,
  hoursText,
  isCodes,
  minuteText,
  numbersText,
  percentText,
  plural,
  spanText,
  spokenTime,
} from '../../renderer/state/format.ts';

describe('times', () => {
  it.each([
    [9_667_000, '2:41:07'],
    [14_400_000, '4:00:00'],
    [59_999, '0:00:59'],
    [0, '0:00:00'],
    [-5000, '0:00:00'],
    [360_000_000, '100:00:00'],
  ])('%d ms on the clock is %s', (ms, text) => expect(clockText(ms)).toBe(text));

  it.each([
    [112_000, '1:52'],
    [0, '0:00'],
    [59_600, '1:00'],
    [3_600_000, '60:00'],
  ])('%d ms on an item is %s', (ms, text) => expect(minuteText(ms)).toBe(text));

  it.each([
    [9_660_000, '2 hours 41 minutes'],
    [3_600_000, '1 hour'],
    [119_000, '1 minute 59 seconds'],
    [120_000, '2 minutes'],
    [1000, '1 second'],
    [0, '0 seconds'],
    [-1, '0 seconds'],
  ])('%d ms is spoken as %s', (ms, text) => expect(spokenTime(ms)).toBe(text));

  it.each([
    [999, 'under 1 s'],
    [1000, '1 s'],
    [18_400, '18 s'],
    [59_400, '59 s'],
    [59_600, '1 min'],
    [180_000, '3 min'],
    [3_599_999, '1 h 0 min'],
    [7_500_000, '2 h 5 min'],
  ])('an absence of %d ms is %s', (ms, text) => expect(spanText(ms)).toBe(text));

  it.each([
    [240, '4 hours'],
    [60, '1 hour'],
    [235, '3 h 55 min'],
    [45, '45 minutes'],
    [1, '1 minute'],
  ])('%d minutes are %s', (minutes, text) => expect(hoursText(minutes)).toBe(text));
});

it.each([
  [69.7, 70, '69%'],
  [69.2, 70, '69%'],
  [70, 70, '70%'],
  [70.4, 70, '70%'],
  [69.7, 69.5, '70%'],
  [83.5, 70, '84%'],
])('%d percent against a line at %d is %s: what is under it does not look as if it were not', (percent, line, text) =>
  expect(percentText(percent, line)).toBe(text),
);

it.each([
  [[], ''],
  [[7], '7'],
  [[1, 2, 4], '1, 2, 4'],
  [[1, 2, 3, 5, 8, 9, 10, 11], '1 to 3, 5, 8 to 11'],
])('numbers %j are told as %j', (numbers, text) => expect(numbersText(numbers)).toBe(text));

it('counts in words', () => {
  expect([plural(0, 'item'), plural(1, 'item'), plural(2, 'item')]).toEqual(['0 items', '1 item', '2 items']);
});

describe('an option of code numbers only', () => {
  it.each(['99213', '99213-25, 36415', 'J1885 x2', 'E11.65, Z79.4', '0DTJ4ZZ', '11042 × 3'])('is "%s"', (text) =>
    expect(isCodes(text)).toBe(true),
  );

  it.each(['', 'Modifier 25', 'CPT', 'a', '99213 with modifier 25', '-25'])('is not "%s"', (text) =>
    expect(isCodes(text)).toBe(false),
  );
});
