/**
 * Readiness: the share of points to be expected on a new form, from all full sittings, with how sure that is.
 * The method in words and formulas, its limits and how it was tried: docs/readiness.md.
 */
import { betaOf, betaQuantiles, chanceOfAtLeast, logGamma, type Beta } from './beta.ts';

/** An answer counts half as much as one given this many days later. Our choice. */
export const HALF_LIFE_DAYS = 42;

/** What an answer to a question that was seen before counts, against 1 for a new one. */
export const REPEAT_WEIGHT = 0.03;

/** Sittings whose age leaves them less weight than this are left out. */
export const MIN_WEIGHT = 0.01;

/** An estimate is given from so many first-seen questions on. Our choice. */
export const MIN_FIRST_SEEN = 150;

/** A sitting is full when at least this part of its scored questions was on screen; else it was looked at, not sat. */
export const FULL_SHARE = 0.5;

/** Whether a sitting was a whole one: see {@link FULL_SHARE}. @param scored its scored questions. @param seen those of them on screen. */
export function isFullSitting({ scored, seen }: { scored: number; seen: number }): boolean {
  return scored > 0 && seen >= FULL_SHARE * scored;
}

/** The interval holds this part of what is thought possible. */
export const SURE = 0.8;

const DAY_MS = 86_400_000;

/** How old a sitting may be, against the newest, before it is left out, ms. */
export const WINDOW_MS = HALF_LIFE_DAYS * Math.log2(1 / MIN_WEIGHT) * DAY_MS;

/**
 * How alike a candidate's areas may be: the areas' shares lie around the candidate's own as a beta distribution of so
 * many questions does. From 4 (areas that differ by 20 points) to 256 (by 3).
 */
const ALIKE = [4, 8, 16, 32, 64, 128, 256] as const;

/** The shares tried for the candidate's own: the middles of so many equal steps from 0 to 1. */
const SHARES = 100;

/** A scored question of a full sitting. */
export interface PastAnswer {
  /** Tells the question from all others of the exam. */
  item: number;
  /** Area of the current outline. */
  area: string;
  /** An unanswered question is wrong. */
  correct: boolean;
  /** It was on screen in this sitting. */
  seen: boolean;
  /** It was on screen before, in an earlier sitting or in practice. */
  seenBefore: boolean;
  /** When its sitting was started, ms since 1970. */
  at: number;
}

/** What is estimated for: the blueprint's areas and its line. */
export interface Target {
  areas: readonly { id: string; title: string; items: number }[];
  linePercent: number;
}

/** A share in percent, from 0 to 100, with the interval it lies in 4 times in 5. */
export interface Estimate {
  percent: number;
  low: number;
  high: number;
}

export interface AreaEstimate extends Estimate {
  id: string;
  title: string;
  /** Questions of the area in a form. */
  items: number;
  /** What the weighted answers of the area are worth, in questions that all count alike. */
  effectiveItems: number;
}

export interface ReadinessEstimate extends Estimate {
  /** The chance, from 0 to 1, of reaching the line on one new form. */
  chance: number;
  effectiveItems: number;
  /** In the order of the blueprint. */
  areas: AreaEstimate[];
}

export interface Readiness {
  /** Questions on screen for the first time in the sittings that count. */
  firstSeen: number;
  /** `null` below {@link MIN_FIRST_SEEN} first-seen questions. */
  estimate: ReadinessEstimate | null;
}

/** The weighted answers of one area, as a number of questions that all count alike. */
export interface AreaEvidence {
  /**
   * Effective sample size (Kish, 1965): the sum of the weights, squared, by the sum of their squares. Answers to the same
   * question are taken to say the same, so that their weights are added first; it is at most the number of questions.
   */
  items: number;
  /** How many of them are right. */
  right: number;
}

/**
 * What an answer counts.
 * @param newest when the newest sitting that counts was started, ms since 1970.
 */
export function weightOf({ at, seenBefore }: Pick<PastAnswer, 'at' | 'seenBefore'>, newest: number): number {
  const recency = 2 ** ((at - newest) / DAY_MS / HALF_LIFE_DAYS);
  return recency < MIN_WEIGHT ? 0 : recency * (seenBefore ? REPEAT_WEIGHT : 1);
}

/**
 * The estimate, or how much is missing for one.
 * @param answers scored questions of full sittings; of areas that the blueprint has not, they are left out.
 */
export function readiness({ areas, linePercent }: Target, answers: readonly PastAnswer[]): Readiness {
  const tested = areas.filter(({ items }) => items > 0);
  const known = new Set(tested.map(({ id }) => id));
  const newest = answers.reduce((latest, { at }) => Math.max(latest, at), -Infinity);
  const counting = answers.filter((answer) => known.has(answer.area) && weightOf(answer, newest) > 0);
  const firstSeen = counting.filter(({ seen, seenBefore }) => seen && !seenBefore).length;
  if (firstSeen < MIN_FIRST_SEEN) return { firstSeen, estimate: null };

  const evidence = evidenceByArea(counting, newest);
  const of = tested.map(({ id }) => evidence.get(id) ?? { items: 0, right: 0 });
  const length = tested.reduce((sum, { items }) => sum + items, 0);
  const beliefs = areaBeliefs(of);
  const whole = wholeBelief(
    of,
    beliefs,
    tested.map(({ items }) => items / length),
  );
  return {
    firstSeen,
    estimate: {
      ...estimateOf(whole),
      chance: chanceOfAtLeast(Math.ceil((linePercent * length) / 100), length, whole),
      effectiveItems: of.reduce((sum, { items }) => sum + items, 0),
      areas: tested.map(({ id, title, items }, index) => ({
        id,
        title,
        items,
        effectiveItems: of[index]!.items,
        ...estimateOf(betaOf(beliefs[index]!.mean, beliefs[index]!.variance)),
      })),
    },
  };
}

/** The evidence of each area that has any. @param newest see {@link weightOf}. */
export function evidenceByArea(answers: readonly PastAnswer[], newest: number): Map<string, AreaEvidence> {
  const sums = new Map<string, { items: Map<number, number>; right: number }>();
  for (const answer of answers) {
    const weight = weightOf(answer, newest);
    if (weight === 0) continue;
    const sum = sums.get(answer.area) ?? { items: new Map<number, number>(), right: 0 };
    sum.items.set(answer.item, (sum.items.get(answer.item) ?? 0) + weight);
    if (answer.correct) sum.right += weight;
    sums.set(answer.area, sum);
  }
  return new Map(
    [...sums].map(([area, { items: weights, right }]) => {
      let weight = 0;
      let squares = 0;
      for (const one of weights.values()) {
        weight += one;
        squares += one * one;
      }
      const items = (weight * weight) / squares;
      return [area, { items, right: (items * right) / weight }];
    }),
  );
}

/** What is thought of a share: its mean and variance. */
export interface Belief {
  mean: number;
  variance: number;
}

/**
 * The belief in each area's share: areas are taken to lie around the candidate's own share, and how closely they do is
 * learned from them (a beta-binomial hierarchy, summed over a grid of both unknowns).
 */
export function areaBeliefs(evidence: readonly AreaEvidence[]): Belief[] {
  const nodes: { logLikelihood: number; alike: number; share: number }[] = [];
  for (const alike of ALIKE) {
    const same = evidence.reduce((sum, { items }) => sum + logGamma(alike) - logGamma(alike + items), 0);
    for (let step = 0; step < SHARES; step++) {
      const share = (step + 0.5) / SHARES;
      const [right, wrong] = [alike * share, alike * (1 - share)];
      const none = logGamma(right) + logGamma(wrong);
      // Jeffreys' prior for the candidate's own share.
      let logLikelihood = same - 0.5 * Math.log(share) - 0.5 * Math.log1p(-share);
      for (const area of evidence)
        if (area.items > 0)
          logLikelihood += logGamma(right + area.right) + logGamma(wrong + area.items - area.right) - none;
      nodes.push({ logLikelihood, alike, share });
    }
  }
  const top = Math.max(...nodes.map(({ logLikelihood }) => logLikelihood));

  const each = evidence.map(mixture);
  for (const { logLikelihood, alike, share } of nodes) {
    const part = Math.exp(logLikelihood - top);
    // Nodes of no weight are most of the grid.
    if (part < 1e-9) continue;
    evidence.forEach(({ items, right }, index) => {
      const own = (alike * share + right) / (alike + items);
      each[index]!.add(part, own, (own * (1 - own)) / (alike + items + 1));
    });
  }
  return each.map((one) => one.belief());
}

/**
 * The belief in the share of points on a form. Its middle is each area's own share of right answers, weighed as on the form:
 * not the beliefs in the areas, which lean on each other and would draw it away from what was answered.
 * These only tell how much the sum may vary, as a number of questions; Jeffreys' half a point is added to both sides.
 * @param beliefs in the areas; they also stand for areas without any answer. @param weights add up to 1.
 */
export function wholeBelief(
  evidence: readonly AreaEvidence[],
  beliefs: readonly Belief[],
  weights: readonly number[],
): Beta {
  let share = 0;
  let believed = 0;
  let variance = 0;
  evidence.forEach(({ items, right }, index) => {
    const weight = weights[index]!;
    const { mean, variance: own } = beliefs[index]!;
    share += weight * (items > 0 ? right / items : mean);
    believed += weight * mean;
    variance += weight ** 2 * (items > 0 ? (mean * (1 - mean)) / items : own);
  });
  const items = (believed * (1 - believed)) / variance;
  return { right: share * items + 0.5, wrong: (1 - share) * items + 0.5 };
}

/** Mean and variance of a mixture, added up part by part. */
function mixture() {
  let parts = 0;
  let means = 0;
  let squares = 0;
  return {
    add(part: number, mean: number, variance: number): void {
      parts += part;
      means += part * mean;
      squares += part * (variance + mean * mean);
    },
    belief(): Belief {
      const mean = means / parts;
      return { mean, variance: squares / parts - mean * mean };
    },
  };
}

function estimateOf(beta: Beta): Estimate {
  const [low, high] = betaQuantiles(beta, [(1 - SURE) / 2, (1 + SURE) / 2]);
  return { percent: (beta.right / (beta.right + beta.wrong)) * 100, low: low! * 100, high: high! * 100 };
}
