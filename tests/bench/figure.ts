/** What a figure of the bench is, and the arithmetic all of them share. */

/** One measured value against its goal. */
export interface Result {
  name: string;
  value: number;
  /** The value must not be larger. */
  goal: number;
  ok: boolean;
}

/** One side's percentiles of one round, in the unit of the figure, for the reader of the table. */
export interface Sides {
  ours: number;
  other: number;
}

export interface Row extends Result {
  unit: '' | 'ms' | 'MB';
  /** What lies behind the ratio in the median round, in words. */
  detail: string;
}

export interface Figure {
  /** For `--only`. */
  name: string;
  /** What is measured against what. */
  title: string;
  measure(say: (line: string) => void): Promise<Row[]>;
}

export const ROUNDS = 3;

/** @param share 0.5 is the median, 0.95 the value that 95 % do not exceed. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  if (sorted.length === 0) throw new RangeError('nothing was measured');
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)]!;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  if (sorted.length === 0) throw new RangeError('nothing was measured');
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Two series taken alternately in one round. */
export interface Round {
  ours: number[];
  other: number[];
}

/**
 * The ratio of two interleaved series at one percentile: the median over the rounds of each round's own ratio.
 * @param unit of the single values, for the detail.
 */
export function ratioRow(name: string, goal: number, share: number, rounds: readonly Round[], unit: string): Row {
  const each = rounds
    .map(({ ours, other }) => ({ ours: percentile(ours, share), other: percentile(other, share) }))
    .sort((a, b) => a.ours / a.other - b.ours / b.other);
  const value = median(each.map(({ ours, other }) => ours / other));
  const middle = each[each.length >> 1]!;
  const all = each.map(({ ours, other }) => (ours / other).toFixed(2)).join(', ');
  const detail = `${digits(middle.ours)} / ${digits(middle.other)} ${unit}; rounds ${all}`;
  return { name, value, goal, ok: value <= goal, unit: '', detail };
}

/** An absolute value: the median of several runs. */
export function absoluteRow(name: string, goal: number, values: readonly number[], unit: 'ms' | 'MB'): Row {
  const value = median(values);
  const detail = `runs ${values.map(digits).join(', ')} ${unit}`;
  return { name, value, goal, ok: value <= goal, unit, detail };
}

export function digits(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(3);
}

/** Runs `first` and `second` in alternating order, so that neither always follows the other. */
export async function alternate(
  turn: number,
  first: () => Promise<void> | void,
  second: () => Promise<void> | void,
): Promise<void> {
  if (turn % 2 === 0) {
    await first();
    await second();
  } else {
    await second();
    await first();
  }
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
