/** Whether two shares of right answers differ by more than chance. */
import { wilson, type Interval } from '../exam/scoring.ts';

/** The second share less the first, in percentage points. */
export interface Difference {
  points: number;
  /** 95 %, from -100 to 100. */
  interval: Interval;
  /** The interval holds 0: the same candidate could have got both on the same day. */
  withinChance: boolean;
}

export interface Share {
  right: number;
  /** At least 1. */
  of: number;
}

/** How pairs of answers to the same questions came out. */
export interface Pairs {
  bothRight: number;
  /** Right at first, wrong then. */
  lost: number;
  /** Wrong at first, right then. */
  gained: number;
  bothWrong: number;
}

/**
 * The difference of two independent shares: answers to different questions.
 * R. G. Newcombe, "Interval estimation for the difference between independent proportions", Statistics in Medicine 17 (1998)
 * 873-890, method 10: the two Wilson intervals put together.
 */
export function differenceOf(first: Share, second: Share): Difference {
  return together(first, second, 0);
}

/**
 * The difference of two shares over the same questions, which are alike in what makes them hard.
 * R. G. Newcombe, "Improved confidence intervals for the difference between binomial proportions based on paired data",
 * Statistics in Medicine 17 (1998) 2635-2650, method 10: as above, less what the correlation of the pairs explains.
 * @param pairs at least one.
 */
export function pairedDifference({ bothRight, lost, gained, bothWrong }: Pairs): Difference {
  const of = bothRight + lost + gained + bothWrong;
  const first = { right: bothRight + lost, of };
  const second = { right: bothRight + gained, of };
  const product = first.right * (of - first.right) * second.right * (of - second.right);
  const surplus = bothRight * bothWrong - lost * gained;
  // A positive correlation is corrected for continuity, so that few questions do not promise too much.
  const phi = product === 0 ? 0 : (surplus > 0 ? Math.max(surplus - of / 2, 0) : surplus) / Math.sqrt(product);
  return together(first, second, phi);
}

/** @param phi correlation of the pairs; 0 where the shares are independent. */
function together(first: Share, second: Share, phi: number): Difference {
  const from = shareOf(first);
  const to = shareOf(second);
  const points = to.percent - from.percent;
  const reach = (a: number, b: number) => Math.sqrt(Math.max(0, a * a - 2 * phi * a * b + b * b));
  const interval = {
    low: Math.max(-100, points - reach(to.percent - to.low, from.high - from.percent)),
    high: Math.min(100, points + reach(to.high - to.percent, from.percent - from.low)),
  };
  return { points, interval, withinChance: interval.low <= 0 && interval.high >= 0 };
}

function shareOf({ right, of }: Share) {
  return { percent: (right / of) * 100, ...wilson(right, of) };
}
