/** How the kinds of miss are named, and what helps against each. */
import type { MissTag } from '../../main/insight/misses.ts';

export interface MissKind {
  tag: MissTag;
  label: string;
  /** When it applies. */
  about: string;
  /** What to do about it. */
  remedy: string;
}

/** In the order in which they are shown; digit 1 stands for the first. */
export const MISS_KINDS: readonly MissKind[] = [
  {
    tag: 'knowledge',
    label: 'Knowledge',
    about: 'I did not know the rule or the term',
    remedy: 'learn the rule, then be asked it again after some days',
  },
  {
    tag: 'misread',
    label: 'Misread',
    about: 'I overlooked or misread a word',
    remedy: 'read the question before the record, and the options last',
  },
  {
    tag: 'look-up',
    label: 'Look-up',
    about: 'I did not find the place in the book',
    remedy: 'practise the way through index and tables, and tab the book',
  },
  {
    tag: 'time',
    label: 'Time',
    about: 'I ran out of it or hurried',
    remedy: 'flag and move on sooner; practise by the clock',
  },
  {
    tag: 'careless',
    label: 'Careless',
    about: 'I knew it and chose otherwise',
    remedy: 'check letter, side and units before you leave a question',
  },
];
