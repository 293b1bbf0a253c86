/** Whether options give their key away: by length, by what they share with each other, or by being of another kind. */
import type { Item } from '../../main/exam/pack.ts';
import type { FormProblem } from './check-form.ts';

/** Among items with options of unequal length, the key may be the longest no more often than this. */
const LONGEST_IS_KEY = 0.35;
/** The longest option of an item in words may be this many times as long as the shortest. */
const LENGTH_RATIO = 4;
/** Among items whose options are code sets, a guess at the one that shares most with the others may be right no more often. */
const SHARING_IS_KEY = 0.4;
/** Fewer items than this say too little about a guess. */
const ENOUGH_ITEMS = 15;

/** @returns the problems of a form's options, none when they tell nothing. */
export function optionClues(items: readonly Item[]): FormProblem[] {
  const single = items.filter((item) => item.type === 'single');
  return [...longestIsKey(single), ...sharingIsKey(single), ...items.flatMap(oneKind)];
}

function longestIsKey(items: readonly Item[]): FormProblem[] {
  const telling = items.filter((item) => new Set(item.options.map((option) => option.text.length)).size > 1);
  const keyLongest = telling.filter((item) => {
    const longest = item.options.toSorted((a, b) => b.text.length - a.text.length);
    return longest[0]!.text.length > longest[1]!.text.length && item.key.includes(longest[0]!.id);
  });
  return keyLongest.length > telling.length * LONGEST_IS_KEY
    ? [{ field: 'options', message: `the key is the longest in ${keyLongest.length} of ${telling.length} items` }]
    : [];
}

/** How often a test-wise guess is right, which knows nothing and takes the option most like the others. */
function sharingIsKey(items: readonly Item[]): FormProblem[] {
  const chances = items.map(chanceBySharing).filter((chance) => chance !== null);
  const share = chances.reduce((sum, chance) => sum + chance, 0) / chances.length;
  return chances.length >= ENOUGH_ITEMS && share > SHARING_IS_KEY
    ? [
        {
          field: 'options',
          message: `taking the option that shares most codes finds ${Math.round(share * 100)} % of ${chances.length} keys`,
        },
      ]
    : [];
}

/**
 * The chance that the option which shares most codes with the others is the key; with several of them, one is taken at
 * random. `null` for an item whose options are no sets of codes.
 */
export function chanceBySharing({ options, key }: Pick<Item, 'options' | 'key'>): number | null {
  const sets = options.map(({ text }) => codesIn(text));
  if (sets.some((codes) => codes.size === 0) || sets.every((codes) => codes.size < 2)) return null;
  const shared = sets.map((own) =>
    sets.reduce((sum, other) => sum + (other === own ? 0 : [...own].filter((code) => other.has(code)).length), 0),
  );
  const top = options.filter((_, index) => shared[index] === Math.max(...shared));
  return top.some(({ id }) => key.includes(id)) ? 1 / top.length : 0;
}

/** Codes with their modifiers; words have no digit. */
function codesIn(text: string): Set<string> {
  return new Set(text.match(/\b(?=[A-Z0-9.]*\d)[A-Z0-9][A-Z0-9.]{2,}(?:-[A-Z0-9]{2})*/g) ?? []);
}

function oneKind({ id, options }: Item): FormProblem[] {
  const problems: FormProblem[] = [];
  const kinds = new Set(options.map(({ text }) => /^[A-Z0-9.,;: x-]+$/.test(text) && /\d/.test(text)));
  if (kinds.size > 1) problems.push({ item: id, field: 'options', message: 'some are codes only and some are not' });
  const words = options.map(({ text }) => text.split(/\s+/).length);
  if (Math.max(...words) > LENGTH_RATIO * Math.max(2, Math.min(...words)))
    problems.push({
      item: id,
      field: 'options',
      message: `are of ${Math.min(...words)} to ${Math.max(...words)} words`,
    });
  return problems;
}
