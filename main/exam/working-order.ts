/** The order in which a candidate works through a form. Numbers stay the form's own; only Next and Previous follow it. */
import { isCase } from './edition.ts';
import type { Item } from './pack.ts';

export type WorkingOrder = 'front-to-back' | 'back-to-front' | 'cases-first' | 'cases-last';

export const WORKING_ORDERS = ['front-to-back', 'back-to-front', 'cases-first', 'cases-last'] as const;

/** The item numbers (from 1) in working order. Items of one scenario stay in their own order in all of them but back to front. */
export function workingSequence(items: readonly Pick<Item, 'record' | 'scenario'>[], order: WorkingOrder): number[] {
  const numbers = items.map((_, index) => index + 1);
  const ofCases = (wanted: boolean) => numbers.filter((number) => isCase(items[number - 1]!) === wanted);
  switch (order) {
    case 'front-to-back':
      return numbers;
    case 'back-to-front':
      return numbers.reverse();
    case 'cases-first':
      return [...ofCases(true), ...ofCases(false)];
    case 'cases-last':
      return [...ofCases(false), ...ofCases(true)];
  }
}
