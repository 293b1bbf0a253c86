/** Which questions of a finished sitting are shown. */
import type { MissMark, MissTag } from '../../main/insight/misses.ts';
import type { ReviewItem } from '../../main/insight/report.ts';
import { MISS_KINDS } from './misses.ts';

export interface ReviewFilter {
  label: string;
  /** `No question of this sitting …` */
  none: string;
  shows: (item: ReviewItem, mark: MissMark) => boolean;
}

const MISSED = (item: ReviewItem) => item.scored && !item.correct;

/** A half made multiple select is no answer yet, so that completing it is no change. */
function isChanged({ choices, select }: ReviewItem): boolean {
  return new Set(choices.filter((choice) => choice.length === select).map((choice) => choice.join())).size > 1;
}

export const FILTERS: Record<string, ReviewFilter> = {
  all: { label: 'All', none: 'is there', shows: () => true },
  missed: { label: 'Missed', none: 'was missed', shows: MISSED },
  wrong: { label: 'Wrong', none: 'was answered wrong', shows: (item) => MISSED(item) && item.answered },
  flagged: { label: 'Flagged', none: 'is flagged', shows: (item) => item.flagged },
  unanswered: { label: 'Unanswered', none: 'is unanswered', shows: (item) => !item.answered },
  changed: { label: 'Changed', none: 'had its answer changed', shows: isChanged },
  slow: {
    label: 'Slow',
    none: 'took over one and a half times its fair share of the time',
    shows: (item) => item.slow,
  },
  struck: {
    label: 'Struck the key',
    none: 'has its key struck out',
    shows: (item) => item.options.some((option) => option.keyed && option.struck),
  },
  tagged: { label: 'Tagged', none: 'carries a tag yet', shows: (_, mark) => mark.tags.length > 0 },
};

/** Under "Tagged": by kind of miss, and the misses that still have none. */
export const TAG_FILTERS: Record<string, ReviewFilter> = {
  tagged: { ...FILTERS['tagged']!, label: 'Any tag' },
  ...Object.fromEntries(
    MISS_KINDS.map(({ tag, label }) => [
      tagFilter(tag),
      { label, none: `is tagged ${label.toLowerCase()}`, shows: (_, mark) => mark.tags.includes(tag) } as ReviewFilter,
    ]),
  ),
  untagged: {
    label: 'Missed, no tag yet',
    none: 'that you missed is without a tag',
    shows: (item, mark) => MISSED(item) && mark.tags.length === 0,
  },
};

/** The name of the filter for one kind of miss. */
export function tagFilter(tag: MissTag): string {
  return `tag-${tag}`;
}
