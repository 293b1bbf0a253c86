/** The check of a whole form, seen to catch planted errors. */
import { describe, expect, it } from 'vitest';
import type { FormEdition } from '../../main/exam/edition.ts';
import { checkForm } from '../../scripts/exams/check-form.ts';
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
  return checkForm(form).join('\n');
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
    ['a stem told twice', (f) => (f.items[9]!.stem = f.items[2]!.stem), /item-9, stem: 100 % of item-2 again/],
    [
      'an item solved once',
      (f) => (f.items[5]!.verification = { ...f.items[5]!.verification, blindSolves: 1 }),
      /item-5, verification\.blindSolves: 1, two are needed/,
    ],
    ['more work than time', (f) => f.items.forEach((i) => (i.seconds = 300)), /add up to 120 of 60 minutes/],
    [
      'a scenario torn apart',
      (f) => [1, 4].forEach((at) => (f.items[at]!.scenario = 'stay')),
      /item-4, scenario: its items do not stand together/,
    ],
  ])('names %s', (_, change, expected) => {
    expect(spoilt(change)).toMatch(expected);
  });
});
