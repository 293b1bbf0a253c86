/** Checks a form as a whole: what no single item can show. Each problem names the form, or the item and field. */
import type { FormEdition } from '../../main/exam/edition.ts';
import { recordOf } from '../../main/exam/edition.ts';
import { OUTLINES, type Item } from '../../main/exam/pack.ts';
import { areaOf } from '../../main/exam/scoring.ts';

/** Reading speed for records and stems, words per minute: that of careful reading. */
const WORDS_PER_MINUTE = 200;
/** Each key position of single-answer items stands this often at least and at most, as a share of an even spread. */
const KEY_SHARE = { least: 0.7, most: 1.3 };
const LONGEST_KEY_RUN = 3;
/** Share of word triples two stems may have in common. */
const NEAR_DUPLICATE = 0.5;
/** Among items with options of unequal length, the key may be the longest no more often than this. */
const LONGEST_IS_KEY = 0.35;

/** @returns the problems of a form, none when it is sound. */
export function checkForm(edition: FormEdition): string[] {
  return [
    ...blueprintCounts(edition),
    ...keyBalance(edition.items),
    ...optionLengths(edition.items),
    ...nearDuplicates(edition.items),
    ...verification(edition.items),
    ...workingTime(edition),
    ...scenariosTogether(edition.items),
  ];
}

function blueprintCounts({ blueprint, items }: FormEdition): string[] {
  const scored = items.filter((item) => item.scored);
  const problems: string[] = [];
  if (scored.length !== blueprint.scored)
    problems.push(`items: ${scored.length} scored, the blueprint says ${blueprint.scored}`);
  if (items.length - scored.length !== blueprint.pretest)
    problems.push(`items: ${items.length - scored.length} pretest, the blueprint says ${blueprint.pretest}`);
  for (const outline of OUTLINES)
    for (const area of blueprint.outlines[outline].areas) {
      const count = scored.filter((item) => areaOf(item, outline) === area.id).length;
      if (count !== area.items)
        problems.push(`${outline} outline, ${area.id}: ${count} items, the blueprint says ${area.items}`);
    }
  return problems;
}

function keyBalance(items: readonly Item[]): string[] {
  const keys = items.filter((item) => item.type === 'single' && item.options.length === 4).map((item) => item.key[0]!);
  const problems: string[] = [];
  for (const letter of 'abcd') {
    const share = (keys.filter((key) => key === letter).length * 4) / keys.length;
    if (share < KEY_SHARE.least || share > KEY_SHARE.most)
      problems.push(`keys: ${letter} stands ${Math.round(share * 100)} % of an even share`);
  }
  let run = 1;
  keys.forEach((key, index) => {
    run = key === keys[index - 1] ? run + 1 : 1;
    if (run === LONGEST_KEY_RUN + 1) problems.push(`keys: ${run} times ${key} in a row`);
  });
  return problems;
}

function optionLengths(items: readonly Item[]): string[] {
  const telling = items.filter(
    (item) => item.type === 'single' && new Set(item.options.map((option) => option.text.length)).size > 1,
  );
  const keyLongest = telling.filter((item) => {
    const longest = item.options.toSorted((a, b) => b.text.length - a.text.length);
    return longest[0]!.text.length > longest[1]!.text.length && item.key.includes(longest[0]!.id);
  });
  return keyLongest.length > telling.length * LONGEST_IS_KEY
    ? [`options: the key is the longest in ${keyLongest.length} of ${telling.length} items`]
    : [];
}

function triples(text: string): Set<string> {
  const words = text.toLowerCase().match(/[a-z0-9.]+/g) ?? [];
  return new Set(words.slice(2).map((word, index) => `${words[index]} ${words[index + 1]} ${word}`));
}

/** Items of scenarios ask alike of different records, and are not compared. */
function nearDuplicates(items: readonly Item[]): string[] {
  const seen = items
    .filter((item) => !item.scenario)
    .map((item) => ({
      id: item.id,
      own: triples(item.stem + (item.record?.sections.map((s) => s.text).join(' ') ?? '')),
    }));
  return seen.flatMap((one, index) =>
    seen.slice(index + 1).flatMap((other) => {
      const shared = [...one.own].filter((triple) => other.own.has(triple)).length;
      const share = shared / Math.max(1, Math.min(one.own.size, other.own.size));
      return share > NEAR_DUPLICATE ? [`${other.id}, stem: ${Math.round(share * 100)} % of ${one.id} again`] : [];
    }),
  );
}

function verification(items: readonly Item[]): string[] {
  return items
    .filter((item) => item.verification.blindSolves < 2)
    .map((item) => `${item.id}, verification.blindSolves: ${item.verification.blindSolves}, two are needed`);
}

function workingTime(edition: FormEdition): string[] {
  const words = edition.items.reduce((sum, item) => {
    const record =
      recordOf(edition, item)
        ?.sections.map((section) => section.text)
        .join(' ') ?? '';
    return sum + `${record} ${item.stem} ${item.options.map((option) => option.text).join(' ')}`.split(/\s+/).length;
  }, 0);
  const working = edition.items.reduce((sum, item) => sum + item.seconds, 0) / 60;
  const problems: string[] = [];
  if (words / WORDS_PER_MINUTE > edition.blueprint.minutes)
    problems.push(
      `items: reading alone takes ${Math.round(words / WORDS_PER_MINUTE)} of ${edition.blueprint.minutes} minutes`,
    );
  if (working > edition.blueprint.minutes)
    problems.push(
      `items: the authors' seconds add up to ${Math.round(working)} of ${edition.blueprint.minutes} minutes`,
    );
  return problems;
}

function scenariosTogether(items: readonly Item[]): string[] {
  return items.flatMap((item, index) => {
    const first = item.scenario ? items.findIndex((other) => other.scenario === item.scenario) : index;
    const apart = items.slice(first, index).some((between) => between.scenario !== item.scenario);
    return item.scenario && apart ? [`${item.id}, scenario: its items do not stand together`] : [];
  });
}
