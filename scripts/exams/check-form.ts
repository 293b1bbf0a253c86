/** Checks a form as a whole: what no single item can show. */
import type { FormEdition } from '../../main/exam/edition.ts';
import { recordOf } from '../../main/exam/edition.ts';
import { OUTLINES, type Item } from '../../main/exam/pack.ts';
import { areaOf } from '../../main/exam/scoring.ts';
import { optionClues } from './option-clues.ts';

/** Reading speed for records and stems, words per minute: that of careful reading. */
const WORDS_PER_MINUTE = 200;
/** Each key position of single-answer items stands this often at least and at most, as a share of an even spread. */
const KEY_SHARE = { least: 0.7, most: 1.3 };
const LONGEST_KEY_RUN = 3;
/** What is wrong in a form: in one of its items, or in the form itself. */
export interface FormProblem {
  item?: string;
  field: string;
  message: string;
}

/** @returns the problems of a form, none when it is sound. */
export function checkForm(edition: FormEdition): FormProblem[] {
  return [
    ...blueprintCounts(edition),
    ...keyBalance(edition.items),
    ...optionClues(edition.items),
    ...verification(edition.items),
    ...workingTime(edition),
    ...scenariosTogether(edition.items),
  ];
}

function blueprintCounts({ blueprint, items }: FormEdition): FormProblem[] {
  const scored = items.filter((item) => item.scored);
  const problems: FormProblem[] = [];
  if (scored.length !== blueprint.scored)
    problems.push({ field: 'items', message: `${scored.length} scored, the blueprint says ${blueprint.scored}` });
  if (items.length - scored.length !== blueprint.pretest)
    problems.push({
      field: 'items',
      message: `${items.length - scored.length} pretest, the blueprint says ${blueprint.pretest}`,
    });
  for (const outline of OUTLINES)
    for (const area of blueprint.outlines[outline].areas) {
      const count = scored.filter((item) => areaOf(item, outline) === area.id).length;
      if (count !== area.items)
        problems.push({
          field: 'items',
          message: `${outline} outline, ${area.id}: ${count} items, the blueprint says ${area.items}`,
        });
    }
  return problems;
}

function keyBalance(items: readonly Item[]): FormProblem[] {
  const keys = items.filter((item) => item.type === 'single' && item.options.length === 4).map((item) => item.key[0]!);
  const problems: FormProblem[] = [];
  for (const letter of 'abcd') {
    const share = (keys.filter((key) => key === letter).length * 4) / keys.length;
    if (share < KEY_SHARE.least || share > KEY_SHARE.most)
      problems.push({
        field: 'items',
        message: `keys: ${letter} stands ${Math.round(share * 100)} % of an even share`,
      });
  }
  let run = 1;
  keys.forEach((key, index) => {
    run = key === keys[index - 1] ? run + 1 : 1;
    if (run === LONGEST_KEY_RUN + 1) problems.push({ field: 'items', message: `keys: ${run} times ${key} in a row` });
  });
  return problems;
}

function verification(items: readonly Item[]): FormProblem[] {
  return items
    .filter((item) => item.verification.blindSolves < 2)
    .map(({ id, verification: { blindSolves } }) => ({
      item: id,
      field: 'verification.blindSolves',
      message: `is ${blindSolves}, two are needed`,
    }));
}

function workingTime(edition: FormEdition): FormProblem[] {
  const words = edition.items.reduce((sum, item) => {
    const record =
      recordOf(edition, item)
        ?.sections.map((section) => section.text)
        .join(' ') ?? '';
    return sum + `${record} ${item.stem} ${item.options.map((option) => option.text).join(' ')}`.split(/\s+/).length;
  }, 0);
  const working = edition.items.reduce((sum, item) => sum + item.seconds, 0) / 60;
  const problems: FormProblem[] = [];
  if (words / WORDS_PER_MINUTE > edition.blueprint.minutes)
    problems.push({
      field: 'items',
      message: `reading alone takes ${Math.round(words / WORDS_PER_MINUTE)} of ${edition.blueprint.minutes} minutes`,
    });
  if (working > edition.blueprint.minutes)
    problems.push({
      field: 'items',
      message: `the authors' seconds add up to ${Math.round(working)} of ${edition.blueprint.minutes} minutes`,
    });
  return problems;
}

function scenariosTogether(items: readonly Item[]): FormProblem[] {
  return items.flatMap((item, index) => {
    const first = item.scenario ? items.findIndex((other) => other.scenario === item.scenario) : index;
    const apart = items.slice(first, index).some((between) => between.scenario !== item.scenario);
    return item.scenario && apart
      ? [{ item: item.id, field: 'scenario', message: 'its items do not stand together' }]
      : [];
  });
}
