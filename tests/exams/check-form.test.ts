/** The check of a whole form, seen to catch planted errors. */
import { describe, expect, it } from 'vitest';
import type { FormEdition } from '../../main/exam/edition.ts';
import { checkForm } from '../../scripts/exams/check-form.ts';
import { nearDuplicates } from '../../scripts/exams/near-duplicates.ts';
import { chanceBySharing } from '../../scripts/exams/option-clues.ts';
import { item } from '../support/pack.ts';
import { edition } from '../support/pack.ts';

/** A sound form of 24 items with evenly spread keys, to be spoilt by a test. */
function sound(): FormEdition {
  const base = edition();
  const items = Array.from({ length: 24 }, (_, index) =>
    item(`item-${index}`, {
      key: ['abcd'[(index * 3) % 4]!],
      stem: `Case ${index}: ${Array.from({ length: 30 }, (_, word) => `w${index * 100 + word}`).join(' ')}`,
      verification: { authorityChecked: 'local', blindSolves: 2, agreedAtFirst: 2, rewritten: false },
    }),
  );
  const areas = (id: string) => [{ id, title: id, items: 24 }];
  return {
    ...base,
    items,
    blueprint: {
      ...base.blueprint,
      scored: 24,
      pretest: 0,
      minutes: 60,
      outlines: { current: { title: 'c', areas: areas('surgery') }, classic: { title: 'k', areas: areas('all') } },
    },
  };
}

function spoilt(change: (form: FormEdition) => void): string {
  const form = sound();
  change(form);
  return checkForm(form)
    .map(({ item: id, field, message }) => [id, field, message].filter(Boolean).join(', '))
    .join('\n');
}

describe('the check of a form', () => {
  it('passes a sound one', () => {
    expect(checkForm(sound())).toEqual([]);
  });

  it.each<[string, (form: FormEdition) => void, RegExp]>([
    ['an area with one item too few', (f) => (f.items[3]!.area = 'cases'), /surgery: 23 items, the blueprint says 24/],
    ['a pretest item too many', (f) => (f.items[3]!.scored = false), /1 pretest, the blueprint says 0/],
    ['keys that lean to one letter', (f) => f.items.slice(0, 12).forEach((i) => (i.key = ['a'])), /keys: a stands/],
    ['four keys alike in a row', (f) => [0, 1, 2, 3].forEach((at) => (f.items[at]!.key = ['c'])), /4 times c in a row/],
    [
      'keys that are the longest option',
      (f) => f.items.forEach((i) => (i.options.find((o) => o.id === i.key[0])!.text += ', and more')),
      /the key is the longest in 24 of 24/,
    ],
    [
      'an item solved once',
      (f) => (f.items[5]!.verification = { ...f.items[5]!.verification, blindSolves: 1 }),
      /item-5, verification\.blindSolves, is 1, two are needed/,
    ],
    [
      'keys that share most codes with the other options',
      (f) =>
        f.items.forEach((i) => {
          const wrong = ['11401, 12031', '11402, 12032', '11403, 12033'];
          i.options.forEach((o) => (o.text = o.id === i.key[0] ? '11401, 12032' : wrong.pop()!));
        }),
      /taking the option that shares most codes finds 100 % of 24 keys/,
    ],
    [
      'options of two kinds',
      (f) => (f.items[7]!.options[1]!.text = '99213, 11042-59'),
      /item-7, options, some are codes only and some are not/,
    ],
    [
      'an option of another length',
      (f) => (f.items[7]!.options[1]!.text = 'nine words are too many beside options of two'),
      /item-7, options, are of 2 to 9 words/,
    ],
    ['more work than time', (f) => f.items.forEach((i) => (i.seconds = 300)), /add up to 120 of 60 minutes/],
    [
      'a scenario torn apart',
      (f) => [1, 4].forEach((at) => (f.items[at]!.scenario = 'stay')),
      /item-4, scenario, its items do not stand together/,
    ],
  ])('names %s', (_, change, expected) => {
    expect(spoilt(change)).toMatch(expected);
  });
});

describe('a guess at the option that shares most codes', () => {
  const chance = (key: string, ...texts: string[]) =>
    chanceBySharing({ key: [key], options: texts.map((text, index) => ({ id: 'abcd'[index]!, text })) });

  it('finds a key that the distractors are built around', () => {
    expect(chance('a', '11401, 12032', '11402, 12032', '11401, 12031', '11403, 12033')).toBe(1);
    expect(chance('b', '11401, 12032', '11402, 12032', '11401, 12031', '11403, 12033')).toBe(0);
  });

  it('is chance where two decisions are crossed', () => {
    expect(chance('c', 'I10, N18.3', 'I10, N18.4', 'I12.9, N18.3', 'I12.9, N18.4')).toBe(0.25);
  });

  it('tells modifiers apart', () => {
    expect(chance('a', '11042-59, 97597', '11042-59, 97598', '11042, 97597', '11043, 97599')).toBe(1);
  });

  it('says nothing of words and of single codes', () => {
    expect(chance('a', 'the first', 'the second', 'the third', 'the last')).toBeNull();
    expect(chance('a', '11401', '11402', '11403', '11404')).toBeNull();
  });
});

describe('stems', () => {
  const stem = (from: number) => Array.from({ length: 30 }, (_, word) => `w${from + word}`).join(' ');

  it('that say the same are named, wherever they stand, with how much', () => {
    const [one, other, third] = [
      item('one', { stem: stem(0) }),
      item('two', { stem: stem(100) }),
      item('three', { stem: stem(8) }),
    ];
    expect(nearDuplicates([one!, other!, third!])).toEqual([{ item: third, of: 'one', share: 20 / 28 }]);
  });

  it('of scenarios are not compared', () => {
    const twins = ['one', 'two'].map((id) => item(id, { stem: stem(0), scenario: 'stay' }));
    expect(nearDuplicates(twins)).toEqual([]);
  });
});
