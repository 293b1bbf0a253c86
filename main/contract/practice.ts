/** Practice: sets of questions answered one by one, each with its key shown after it. Apart from exam results. */
import * as v from 'valibot';
import type { CandidateItem } from '../exam/candidate-view.ts';
import type { Item } from '../exam/pack.ts';
import type { DayCount, Sureness } from '../study/cards.ts';
import type { PracticeSet } from '../study/sets.ts';
import { Nothing, option, requestId, shortId } from './common.ts';

const practiceId = v.pipe(v.string(), v.minLength(1), v.maxLength(64));
/** Where a question stands in its practice, from 1. */
const position = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100));
const options = v.pipe(v.array(option), v.maxLength(12));

export const PRACTICE_METHODS = {
  'practice.offer': Nothing,
  /** Ends the practice that is under way, if any, and starts another. */
  'practice.start': v.strictObject({
    /** The practice's id: a retry with the same one gets the practice that was begun after all. */
    requestId,
    packId: shortId,
    set: v.variant('kind', [
      v.strictObject({ kind: v.picklist(['wrong', 'slow', 'struck', 'due']) }),
      v.strictObject({ kind: v.literal('area'), area: shortId }),
    ]),
    size: v.picklist([5, 10, 20]),
  }),
  /** Without a position: the first question not answered, or the summary. */
  'practice.show': v.strictObject({ practiceId, position: v.optional(position) }),
  /** A second answer to the same position gets the reply of the first and records nothing. */
  'practice.answer': v.strictObject({
    practiceId,
    position,
    options,
    struck: options,
    sureness: v.picklist(['guessed', 'fair', 'sure']),
    /** With the question on screen, ms; main caps it. */
    timeMs: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER)),
  }),
  'practice.end': v.strictObject({ practiceId }),
} as const;

export interface PracticeOutputs {
  'practice.offer': PracticeOffer;
  'practice.start': PracticeView;
  'practice.show': PracticeView;
  'practice.answer': PracticeView;
  'practice.end': PracticeView;
}

/** A set as it is named on screen. */
export interface NamedSet {
  kind: PracticeSet['kind'];
  /** Of the area, where the set is one. */
  areaId: string | null;
  areaTitle: string | null;
}

export interface PracticeSummary {
  practiceId: string;
  packId: string;
  examCode: string;
  set: NamedSet;
  startedAt: number;
  items: number;
  answered: number;
  right: number;
}

export interface PracticeOffer {
  /** Where the candidate is, YYYY-MM-DD. */
  today: string;
  unfinished: PracticeSummary | null;
  exams: PracticeExam[];
  /** Practices in which something was answered, newest first, at most 10. */
  past: PracticeSummary[];
}

export interface PracticeExam {
  packId: string;
  examCode: string;
  title: string;
  /** Questions met in a sitting or in practice. */
  met: number;
  counts: Record<'wrong' | 'slow' | 'struck' | 'due', number>;
  /** Those in which something was met; `wrong` as the set of that name counts. */
  areas: { id: string; title: string; met: number; wrong: number }[];
  /** What comes due on each of the next 7 days. */
  ahead: DayCount[];
}

/** What is known of a practice while a question of it is on screen. */
interface InPractice {
  practiceId: string;
  packId: string;
  examCode: string;
  set: NamedSet;
  /** How many questions the practice has. */
  items: number;
  position: number;
  /** Answers up to this position, this one's included. */
  answered: number;
  right: number;
  /** `number` is the one shown, from 1 without gaps. No key, rationale or area is in it. */
  item: CandidateItem;
}

export type PracticeView =
  | (InPractice & { state: 'question' })
  | (InPractice & { state: 'answered'; feedback: Feedback })
  | (PracticeSummary & { state: 'over'; areas: { title: string; items: number; right: number }[]; back: DayCount[] });

export interface Feedback {
  correct: boolean;
  options: { id: string; text: string; rationale: string; keyed: boolean; chosen: boolean; struck: boolean }[];
  sureness: Sureness;
  timeMs: number;
  /** The local day on which the question is to come again, by this answer. */
  due: string;
  /** The local day of the answer. */
  on: string;
  itemId: string;
  areaTitle: string;
  topic: string;
  references: string[];
  verification: Item['verification'];
  past: ItemPast;
  /** Position of the next question, `null` after the last. */
  next: number | null;
}

/** What came of an item before this answer. */
export interface ItemPast {
  sittings: { met: number; right: number };
  practice: { met: number; right: number };
  /** The latest time before, `null` where there was none. */
  last: { at: number; where: 'sitting' | 'practice'; correct: boolean } | null;
}
