/** Practice sets and days in words. */
import type { NamedSet } from '../../main/contract.ts';
import { dayText, daysUntil } from './days.ts';
import { plural } from './format.ts';

/** The sets that are not areas, in the order they are offered. */
export const SETS = [
  { kind: 'due', title: 'Due today', about: 'Practised before, and their day has come' },
  { kind: 'wrong', title: 'Missed last time', about: 'Wrong or left open when you last saw them' },
  { kind: 'slow', title: 'Slow last time', about: 'Took over one and a half times their fair share' },
  { kind: 'struck', title: 'Key struck out', about: 'You had ruled out what was right' },
] as const;

export function setTitle({ kind, areaTitle }: NamedSet): string {
  return SETS.find((set) => set.kind === kind)?.title ?? areaTitle ?? 'One area';
}

/** `tomorrow`, `Tue, Nov 24, in 2 days`. */
export function dueText(from: string, due: string): string {
  const days = daysUntil(from, due) ?? 0;
  return days <= 1 ? 'tomorrow' : `${dayText(due)}, in ${plural(days, 'day')}`;
}
