/** Readiness in words: no promise, no discouragement, no more precision than there is. */
import type { Estimate, ExamReadiness } from '../../main/contract.ts';
import { plural } from './format.ts';

const whole = (percent: number) => `${Math.round(percent)}%`;

/** `69% and 79%`, for "between". */
export function rangeText({ low, high }: Estimate): string {
  return `${whole(low)} and ${whole(high)}`;
}

/** `69–79%`, for a table. */
export function shortRange({ low, high }: Estimate): string {
  return `${Math.round(low)}–${whole(high)}`;
}

/** A chance as so many of ten forms; never none and never all of them. @param chance from 0 to 1. */
export function formsOfTen(chance: number): string {
  const forms = Math.round(chance * 10);
  if (forms < 1) return 'fewer than 1 of 10';
  return forms > 9 ? 'more than 9 of 10' : `about ${forms} of 10`;
}

/** What stands between the candidate and an estimate. */
export function missingText({
  firstSeen,
  needed,
  unseen,
  formLength,
}: Pick<ExamReadiness, 'firstSeen' | 'needed' | 'unseen' | 'formLength'>): string {
  const missing = needed - firstSeen;
  if (unseen < missing)
    return unseen === 0
      ? 'You have seen all questions that are installed; another exam pack would bring new ones.'
      : `Of the installed questions ${unseen} ${unseen === 1 ? 'is' : 'are'} new to you; another exam pack would bring more.`;
  const sittings = Math.ceil(missing / formLength);
  return sittings === 1
    ? 'About one more full sitting with new questions will do.'
    : `About ${plural(sittings, 'more full sitting')} with new questions will do.`;
}

/** The areas with the lowest estimates, the lowest first; never all of them. */
export function weakest<T extends Estimate>(areas: readonly T[], count = 3): T[] {
  return [...areas].sort((a, b) => a.percent - b.percent).slice(0, Math.min(count, areas.length - 1));
}
