/** Which questions a practice set holds, and in which order they are asked. */
import { SLOW_SHARE } from '../insight/outcomes.ts';
import type { Item } from '../exam/pack.ts';
import { seeded, shuffled } from '../exam/random.ts';
import { isCorrect } from '../exam/scoring.ts';
import type { Day } from './days.ts';

/**
 * - `wrong`: the latest answer was wrong, or there was none
 * - `slow`: it took more than one and a half times its fair share
 * - `struck`: the key, or part of it, stood struck out
 * - `due`: by spaced repetition its day has come
 * - `area`: of one area of the current outline, as far as the candidate has met it
 */
export type PracticeSet = { kind: 'wrong' | 'slow' | 'struck' | 'due' } | { kind: 'area'; area: string };

/** What came of an item when it was met, in a sitting or in practice. */
export interface Encounter {
  itemId: string;
  /** When the sitting ended, or the practice answer was given, ms since 1970. */
  at: number;
  correct: boolean;
  slow: boolean;
  keyStruck: boolean;
}

/** An answer given in practice. */
export interface PracticeResponse {
  at: number;
  options: readonly string[];
  struck: readonly string[];
  timeMs: number;
}

/** In practice there is no working time to share out; the authors' expected time is the fair one. */
export function practiceEncounter(item: Item, { at, options, struck, timeMs }: PracticeResponse): Encounter {
  return {
    itemId: item.id,
    at,
    correct: isCorrect(item, options),
    slow: timeMs > SLOW_SHARE * item.seconds * 1000,
    keyStruck: item.key.some((option) => struck.includes(option)),
  };
}

/** Of each item the later of its latest encounters in sittings and in practice; of two at one moment the practised one. */
export function latestOf(sat: readonly Encounter[], practised: readonly Encounter[]): Map<string, Encounter> {
  const latest = new Map(sat.map((one) => [one.itemId, one]));
  for (const one of practised) {
    const before = latest.get(one.itemId);
    if (!before || before.at <= one.at) latest.set(one.itemId, one);
  }
  return latest;
}

/** What a set is picked from. */
export interface SetSource {
  /** The pack's items; what is not in it is left out of every set. */
  items: ReadonlyMap<string, Pick<Item, 'id' | 'area' | 'scenario'>>;
  latest: ReadonlyMap<string, Encounter>;
  /** The day each practised item is due. */
  due: ReadonlyMap<string, Day>;
  today: Day;
}

/** Whether an item of the pack belongs to a set. */
function isIn(set: PracticeSet, item: Pick<Item, 'id' | 'area'>, { latest, due, today }: SetSource): boolean {
  const last = latest.get(item.id);
  if (set.kind === 'due') return (due.get(item.id) ?? '9') <= today;
  if (!last) return false;
  switch (set.kind) {
    case 'wrong':
      return !last.correct;
    case 'slow':
      return last.slow;
    case 'struck':
      return last.keyStruck;
    case 'area':
      return item.area === set.area;
  }
}

/** Ids of the items a set holds now, in the order of the pack. */
export function itemsIn(set: PracticeSet, source: SetSource): string[] {
  return [...source.items.values()].filter((item) => isIn(set, item, source)).map(({ id }) => id);
}

/**
 * Picks the questions of a practice and puts them in order.
 *
 * What was missed most recently comes first, by day; what is due comes longest overdue first; an area begins with its
 * misses and goes on with what was met longest ago. Within a day the order is shuffled: the items of a sitting share one
 * moment, and in the order of the form their neighbours would give them away, and the first ten would be the same each time.
 * Items of one scenario follow each other, so that its record is read once.
 * @param seed of the shuffle; the same seed gives the same order. @param dayOf the local day of a moment.
 */
export function pickSet(
  set: PracticeSet,
  source: SetSource,
  { size, seed, dayOf }: { size: number; seed: string; dayOf(at: number): Day },
): string[] {
  const ids = shuffled(itemsIn(set, source), seeded(seed));
  const rank = (id: string): string => {
    if (set.kind === 'due') return source.due.get(id)!;
    const { at, correct } = source.latest.get(id)!;
    return set.kind === 'area' && correct ? `1 ${dayOf(at)}` : `0 ${reversed(dayOf(at))}`;
  };
  const ranked = ids.map((id) => [rank(id), id] as const).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const picked = ranked.slice(0, size).map(([, id]) => id);
  return togetherByScenario(picked, source.items);
}

/** A text that sorts the other way round: of days, the latest first. */
function reversed(day: Day): string {
  return day.replace(/\d/g, (digit) => String(9 - Number(digit)));
}

function togetherByScenario(ids: readonly string[], items: SetSource['items']): string[] {
  const groups = new Map<string, string[]>();
  for (const id of ids) {
    const group = items.get(id)!.scenario ?? `item ${id}`;
    groups.set(group, [...(groups.get(group) ?? []), id]);
  }
  return [...groups.values()].flat();
}
