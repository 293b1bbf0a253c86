import { describe, expect, it } from 'vitest';
import { formsOfTen, missingText, rangeText, shortRange, weakest } from '../../renderer/state/readiness.ts';

describe('a chance in words', () => {
  it.each([
    [0, 'fewer than 1 of 10'],
    [0.049, 'fewer than 1 of 10'],
    [0.05, 'about 1 of 10'],
    [0.5, 'about 5 of 10'],
    [0.84, 'about 8 of 10'],
    [0.949, 'about 9 of 10'],
    [0.96, 'more than 9 of 10'],
    [1, 'more than 9 of 10'],
  ])('of %d is %s', (chance, words) => expect(formsOfTen(chance)).toBe(words));
});

describe('what is missing', () => {
  const of = (firstSeen: number, unseen: number) => missingText({ firstSeen, needed: 150, unseen, formLength: 100 });

  it('is so many sittings while there are enough new questions', () => {
    expect(of(62, 155)).toBe('About one more full sitting with new questions will do.');
    expect(of(50, 100)).toBe('About one more full sitting with new questions will do.');
    expect(of(49, 217)).toBe('About 2 more full sittings with new questions will do.');
  });

  it('is other questions where there are not', () => {
    expect(of(62, 87)).toBe('Of the installed questions 87 are new to you; another exam pack would bring more.');
    expect(of(62, 1)).toBe('Of the installed questions 1 is new to you; another exam pack would bring more.');
    expect(of(62, 0)).toBe('You have seen all questions that are installed; another exam pack would bring new ones.');
  });
});

describe('the weakest areas', () => {
  const area = (percent: number) => ({ percent, low: percent - 5, high: percent + 5 });

  it('are the three with the lowest estimates, and never all there are', () => {
    const percents = (...given: number[]) => weakest(given.map(area)).map(({ percent }) => percent);
    expect(percents(80, 60, 70, 90, 65)).toEqual([60, 65, 70]);
    expect(percents(80, 60)).toEqual([60]);
    expect(percents(80)).toEqual([]);
  });
});

it('ranges are whole percents', () => {
  const range = { percent: 74, low: 68.6, high: 79.4 };
  expect(rangeText(range)).toBe('69% and 79%');
  expect(shortRange(range)).toBe('69–79%');
});
