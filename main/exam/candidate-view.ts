/** What a candidate may see of a form during the sitting: no key, no rationale, no area, no sign of pretest. */
import type { FormEdition } from './edition.ts';
import { recordOf, recordTextId, stemTextId } from './edition.ts';
import type { Item, RecordText } from './pack.ts';
import type { SittingState } from './sitting.ts';
import { statusOf } from './sitting.ts';

export interface CandidateItem {
  number: number;
  type: 'single' | 'multiple';
  select: number;
  stem: string;
  stemTextId: string;
  options: { id: string; text: string }[];
  /** The record beside the item; `textId` is shared by the items of a scenario. */
  record: { textId: string; title: string; sections: RecordText['sections'] } | null;
  /** Where the item stands in its scenario, when it has one. */
  scenario: { part: number; of: number } | null;
}

/** The items of a form as the candidate sees them. */
export function candidateItems(edition: FormEdition): CandidateItem[] {
  return edition.items.map((item, index) => {
    const siblings = item.scenario ? edition.items.filter((other) => other.scenario === item.scenario) : [];
    const scenario = item.scenario ? { part: siblings.indexOf(item) + 1, of: siblings.length } : null;
    return candidateItem(item, index + 1, recordOf(edition, item), scenario);
  });
}

/** One item as the candidate sees it. @param record its own, or its scenario's. */
export function candidateItem(
  item: Item,
  number: number,
  record: RecordText | undefined,
  scenario: CandidateItem['scenario'],
): CandidateItem {
  return {
    number,
    type: item.type,
    select: item.select,
    stem: item.stem,
    stemTextId: stemTextId(number),
    options: item.options.map(({ id, text }) => ({ id, text })),
    record: record ? { textId: recordTextId(number, item), title: record.title, sections: record.sections } : null,
    scenario,
  };
}

/**
 * The share of the exam's time, in ms, that the items without a complete answer would take at an even pace,
 * weighted by their authors' expected seconds. `null` when untimed.
 */
export function budgetLeftMs(edition: FormEdition, state: SittingState, limit: number | null): number | null {
  if (limit === null) return null;
  let all = 0;
  let open = 0;
  edition.items.forEach((item, index) => {
    all += item.seconds;
    if (statusOf(state.items[index]!, item.select) !== 'complete') open += item.seconds;
  });
  return Math.round((limit * open) / all);
}
