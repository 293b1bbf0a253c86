/** Two sittings side by side, and whether what differs is more than chance. */
import { recordOf, type FormEdition } from '../exam/edition.ts';
import type { SittingEvent } from '../exam/events.ts';
import { OUTLINES, type Item, type OutlineName, type RecordText } from '../exam/pack.ts';
import { areaOf, isCorrect, isScored, score, wilson, type AreaScore, type Interval } from '../exam/scoring.ts';
import { fold } from '../exam/sitting.ts';
import { differenceOf, pairedDifference, type Difference, type Pairs } from './difference.ts';

export interface ComparedSide {
  points: number;
  scored: number;
  percent: number;
  /** Wilson, 95 %. */
  interval: Interval;
  answered: number;
  items: number;
}

export interface ComparedArea {
  id: string;
  title: string;
  /** `null` where the form has no scored question of it. */
  sides: [AreaScore | null, AreaScore | null];
  /** `null` where one of them has too few questions for a percent. */
  difference: Difference | null;
}

/** A scored question that both sittings asked. */
export interface SharedQuestion {
  id: string;
  topic: string;
  /** Its number in each. */
  numbers: [number, number];
}

export interface Comparison {
  sides: [ComparedSide, ComparedSide];
  difference: Difference;
  /** Both asked the same scored questions: the difference is that of pairs. */
  paired: boolean;
  outlineTitles: Record<OutlineName, string>;
  areas: Record<OutlineName, ComparedArea[]>;
  /** By what became of them; `null` where the sittings have no question in common. */
  shared: Record<keyof Pairs, SharedQuestion[]> | null;
}

export interface SatForm {
  edition: FormEdition;
  events: readonly SittingEvent[];
}

interface Answer {
  item: Item;
  number: number;
  right: boolean;
  /** What makes it the same question in another form; see {@link identityOf}. */
  identity: string;
}

/**
 * Compares two scored sittings. The order of the two is the caller's: differences are the second less the first.
 * @returns `null` when one of them ended unscored.
 * @throws TypeError when a journal is not that of a finished sitting.
 */
export function compare(first: SatForm, second: SatForm): Comparison | null {
  const [a, b] = [told(first), told(second)];
  if (!a || !b) return null;
  const pairs = pairsOf(a.answers, b.answers);
  const paired = pairs.length === a.answers.length && pairs.length === b.answers.length;
  const difference = (belongs: (item: Item) => boolean): Difference => {
    const own = pairs.filter((pair) => pair.every(({ item }) => belongs(item)));
    const [from, to] = [shareOf(a.answers, belongs), shareOf(b.answers, belongs)];
    // A question may have been put into another area in between.
    const samePairs = paired && own.length === from.of && own.length === to.of;
    return samePairs ? pairedDifference(countsOf(own)) : differenceOf(from, to);
  };
  const areasOf = (outline: OutlineName): ComparedArea[] => {
    const sides = [a.areas[outline], b.areas[outline]] as const;
    const ids = new Set(sides.flat().map(({ id }) => id));
    return [...ids].map((id) => {
      const [one = null, other = null] = sides.map((areas) => areas.find((area) => area.id === id));
      const tells = one !== null && other !== null && one.percent !== null && other.percent !== null;
      return {
        ...{ id, title: (other ?? one)!.title, sides: [one, other] },
        difference: tells ? difference((item) => areaOf(item, outline) === id) : null,
      };
    });
  };
  const { outlines } = second.edition.blueprint;
  return {
    sides: [a.side, b.side],
    difference: difference(() => true),
    paired,
    outlineTitles: { current: outlines.current.title, classic: outlines.classic.title },
    areas: Object.fromEntries(OUTLINES.map((outline) => [outline, areasOf(outline)])) as Comparison['areas'],
    shared: pairs.length === 0 ? null : sorted(pairs),
  };
}

function told({ edition, events }: SatForm) {
  const state = fold(edition, events);
  if (!state.finished) throw new TypeError('a sitting that has not ended cannot be compared');
  if (!isScored(state.finished.cause)) return null;
  const responses = state.items.map(({ response }) => response);
  const { points, scored, percent, answered, areas } = score(edition, responses);
  const answers = edition.items
    .map((item, index): Answer => ({
      ...{ item, number: index + 1, right: isCorrect(item, responses[index]!) },
      identity: identityOf(item, recordOf(edition, item)),
    }))
    .filter(({ item }) => item.scored);
  const items = edition.items.length;
  const side: ComparedSide = { points, scored, percent, interval: wilson(points, scored), answered, items };
  return { side, areas, answers };
}

type Pair = readonly [Answer, Answer];

/** Questions of both sittings. */
function pairsOf(first: readonly Answer[], second: readonly Answer[]): Pair[] {
  const asked = new Map(first.map((answer) => [answer.identity, answer]));
  return second.flatMap((answer): Pair[] => {
    const before = asked.get(answer.identity);
    return before ? [[before, answer]] : [];
  });
}

/** One that was reworded or given another record or key in between is not the same. */
function identityOf({ id, stem, options, key }: Item, record: RecordText | undefined): string {
  return JSON.stringify([id, stem, record, options, key]);
}

function fateOf([before, after]: Pair): keyof Pairs {
  if (before.right) return after.right ? 'bothRight' : 'lost';
  return after.right ? 'gained' : 'bothWrong';
}

function sorted(pairs: readonly Pair[]): Record<keyof Pairs, SharedQuestion[]> {
  const all: Record<keyof Pairs, SharedQuestion[]> = { bothRight: [], lost: [], gained: [], bothWrong: [] };
  for (const pair of pairs) {
    const [before, { item, number }] = pair;
    all[fateOf(pair)].push({ id: item.id, topic: item.topic, numbers: [before.number, number] });
  }
  return all;
}

function countsOf(pairs: readonly Pair[]): Pairs {
  const { bothRight, lost, gained, bothWrong } = sorted(pairs);
  return { bothRight: bothRight.length, lost: lost.length, gained: gained.length, bothWrong: bothWrong.length };
}

function shareOf(answers: readonly Answer[], belongs: (item: Item) => boolean) {
  const own = answers.filter(({ item }) => belongs(item));
  return { right: own.filter(({ right }) => right).length, of: own.length };
}
