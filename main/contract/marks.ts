/** Why questions were missed, as the candidate sees it on going through a finished sitting. */
import * as v from 'valibot';
import { MISS_TAGS } from '../exam/miss-tags.ts';
import type { MissMark, MissTotals } from '../insight/misses.ts';
import { number, OneSitting, shortId, sittingId } from './common.ts';

const tag = v.picklist(MISS_TAGS);

export const MARKS_METHODS = {
  'marks.show': OneSitting,
  /** The whole of what is kept on a question; no tag and an empty note take it away. */
  'marks.set': v.strictObject({
    sittingId,
    number,
    tags: v.pipe(v.array(tag), v.maxLength(5)),
    note: v.pipe(v.string(), v.maxLength(4000)),
  }),
  /** Over all sittings of an exam, or of all exams. */
  'marks.totals': v.strictObject({ examCode: v.nullable(shortId) }),
} as const;

export interface MarksOutputs {
  'marks.show': MarksView;
  /** As it is kept now. */
  'marks.set': MissMark;
  'marks.totals': MissTotals;
}

export interface MarksView {
  sittingId: string;
  /** In the order of their numbers; questions without a mark are left out. */
  marks: MissMark[];
}
