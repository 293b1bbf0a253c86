/** Why questions were missed: the candidate's own tags, and how they add up. */

import { MISS_TAGS, type MissTag } from '../exam/miss-tags.ts';

export { MISS_TAGS, type MissTag };

export interface MissMark {
  number: number;
  /** Each at most once, in the order of {@link MISS_TAGS}. */
  tags: MissTag[];
  note: string;
}

export type TagCounts = Record<MissTag, number>;

export interface MissArea {
  examCode: string;
  area: string;
  title: string;
  /** Tagged questions of the area. */
  questions: number;
  tags: TagCounts;
}

export interface MissTotals {
  /** Sittings with a tagged question. */
  sittings: number;
  /** Tagged questions; a question tagged in two sittings counts twice. */
  questions: number;
  /** A question with two tags counts under both, so that these may add up to more than `questions`. */
  tags: TagCounts;
  /** By area of the current outline, most tagged questions first. */
  areas: MissArea[];
}

/** So many questions of an area that carry the same tags. */
export interface TaggedGroup {
  examCode: string;
  area: string;
  title: string;
  tags: readonly MissTag[];
  count: number;
}

/** The tags given, each once and in the order of {@link MISS_TAGS}. */
export function inOrder(tags: readonly MissTag[]): MissTag[] {
  return MISS_TAGS.filter((tag) => tags.includes(tag));
}

/** Adds up groups of tagged questions; those without a tag count nothing. @param sittings that they come from. */
export function missTotals(groups: readonly TaggedGroup[], sittings: number): MissTotals {
  const all = { questions: 0, tags: noTags() };
  const areas = new Map<string, MissArea>();
  for (const { examCode, area, title, tags, count } of groups) {
    if (tags.length === 0) continue;
    const key = `${examCode} ${area}`;
    const own = areas.get(key) ?? { examCode, area, title, questions: 0, tags: noTags() };
    areas.set(key, own);
    for (const sum of [all, own]) {
      sum.questions += count;
      for (const tag of tags) sum.tags[tag] += count;
    }
  }
  const mostFirst = (a: MissArea, b: MissArea) => b.questions - a.questions || (a.title < b.title ? -1 : 1);
  return { sittings, ...all, areas: [...areas.values()].sort(mostFirst) };
}

function noTags(): TagCounts {
  return { knowledge: 0, misread: 0, 'look-up': 0, time: 0, careless: 0 };
}
