/**
 * Why a question was missed. Each kind of miss has a remedy of its own: a rule not known, a stem or record misread, the
 * right place in the book not found, too little time, or an answer one knew better.
 */
export type MissTag = 'knowledge' | 'misread' | 'look-up' | 'time' | 'careless';

/** In the order in which they are shown and stored. */
export const MISS_TAGS: readonly MissTag[] = ['knowledge', 'misread', 'look-up', 'time', 'careless'];
