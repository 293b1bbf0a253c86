/** What the insight into a sitting says, each chart in one plain sentence. */
import type { InsightView } from '../../main/contract.ts';
import { hoursText, plural, spanText } from './format.ts';

/** Less than this behind is on pace, as on the exam screen, ms. */
const ON_PACE_MS = 60_000;
/** A quarter of fewer questions says nothing of its own. */
const MIN_ITEMS = 5;

type Estimate = InsightView['quarters'][number];

/** Whole percent. */
export function percentOf(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((part / whole) * 100);
}

/** `40 s`, `40 minutes`, `4 hours`, `2 h 56 min`. @param ms duration in ms. */
export function lengthText(ms: number): string {
  return ms < 60_000 ? spanText(ms) : hoursText(Math.round(ms / 60_000));
}

export function paceText({
  items,
  pace,
  limitMs,
  elapsedMs,
}: Pick<InsightView, 'items' | 'pace' | 'limitMs' | 'elapsedMs'>): string {
  const answered = pace.curve.at(-1)?.answered ?? 0;
  const done = `${answered} of ${plural(items.length, 'question')} answered in ${lengthText(elapsedMs)}`;
  if (limitMs === null || !pace.worst) return `${done}, without a limit.`;
  const behindMs = -pace.worst.aheadMs;
  const behind =
    behindMs < ON_PACE_MS ? 'never behind an even pace' : `at most ${spanText(behindMs)} behind an even pace`;
  return `${done} of ${lengthText(limitMs)}, ${behind}.`;
}

/** `4 min ahead`, `on pace`. @param aheadMs negative when behind. */
export function aheadText(aheadMs: number): string {
  if (Math.abs(aheadMs) < ON_PACE_MS) return 'on pace';
  return `${spanText(Math.abs(aheadMs))} ${aheadMs > 0 ? 'ahead' : 'behind'}`;
}

const times = (share: number) => `${share.toFixed(1)} times`;

export function timeText({ right, wrong }: InsightView['pacing']): string {
  const parts = [
    ...(right === null ? [] : [`a typical right answer took ${times(right)} its fair share`]),
    ...(wrong === null
      ? []
      : [
          right === null ? `a typical wrong answer took ${times(wrong)} its fair share` : `a wrong one ${times(wrong)}`,
        ]),
  ].join(', ');
  return parts === '' ? 'No question took any time.' : `${parts.replace(/^a/, 'A')}.`;
}

export function staminaText(quarters: readonly Estimate[]): string {
  const [first, last] = [quarters[0]!, quarters.at(-1)!];
  if (first.items < MIN_ITEMS || last.items < MIN_ITEMS || !first.interval || !last.interval)
    return 'Too few answers at the start or the end to tell how you held out.';
  const [from, to] = [percentOf(first.right, first.items), percentOf(last.right, last.items)];
  const both = `${from}% right in the first quarter of your time, ${to}% in the last`;
  // Intervals that lie apart are a stricter sign than a test at 5 % (Schenker and Gentleman 2001, The American Statistician 55,
  // 182-186); ones that overlap say nothing for sure.
  const apart = first.interval.low > last.interval.high || last.interval.low > first.interval.high;
  return apart
    ? `${both}: more of a difference than chance is likely to make.`
    : `${both}: the intervals overlap, so it may be chance.`;
}

export function eliminationText(left: InsightView['eliminations']['left']): string {
  const most = left.toSorted((a, b) => b.items - a.items)[0];
  if (!most) return 'You struck nothing out in a question with one answer that you answered.';
  const byChance = (most.items * most.chance).toFixed(most.items * most.chance < 10 ? 1 : 0).replace(/\.0$/, '');
  return `With ${plural(most.left, 'option')} left you were right in ${most.right} of ${most.items}; guessing among them gives about ${byChance} where the right one is left.`;
}

export function changesText(changes: InsightView['changes']): string {
  const count = (kind: InsightView['changes'][number]['kind']) => changes.filter((one) => one.kind === kind).length;
  const net = count('wrong-to-right') - count('right-to-wrong');
  const made = `${plural(changes.length, 'change')} in all`;
  if (net === 0) return `${made}, which neither won nor lost you a point.`;
  return `${made}, which ${net > 0 ? 'won' : 'lost'} you ${plural(Math.abs(net), 'point')}.`;
}

/** The route of a pass, `1 to 100, 98 questions, open ones only`. */
export function passText(pass: InsightView['passes'][number]): string {
  const route = pass.from === pass.to ? `question ${pass.from}` : `${pass.from} to ${pass.to}`;
  const only = { flagged: ', flagged ones only', open: ', open ones only' } as const;
  return `${route}, ${plural(pass.items, 'question')}${pass.only ? only[pass.only] : ''}`;
}

export const INTERRUPTIONS: Readonly<Record<InsightView['interruptions'][number]['cause'], string>> = {
  left: 'left the exam room, or closed or reloaded its window',
  crashed: 'the program stopped',
  suspended: 'the computer slept or stood still',
};

export function outcomeText({ correct, answered }: { correct: boolean; answered: boolean }): string {
  return correct ? 'right' : answered ? 'wrong' : 'not answered';
}
