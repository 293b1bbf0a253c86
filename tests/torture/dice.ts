/** Choices that a seed makes, the same each time. */
import { seeded } from '../../main/exam/random.ts';

export class Dice {
  #random: () => number;

  constructor(seed: string) {
    this.#random = seeded(seed);
  }

  /** A number from `least` up to, not with, `most`. */
  real(least: number, most: number): number {
    return least + this.#random() * (most - least);
  }

  /** The same with as many small ones as large ones: each power of ten is as likely as the next. */
  size(least: number, most: number): number {
    return least * (most / least) ** this.#random();
  }

  /** A whole number from `least` to `most`, both included. */
  whole(least: number, most: number): number {
    return Math.floor(this.real(least, most + 1));
  }

  chance(probability: number): boolean {
    return this.#random() < probability;
  }

  pick<T>(values: readonly T[]): T {
    return values[this.whole(0, values.length - 1)]!;
  }

  /** One of the values, each as likely as its weight says. */
  weighted<T>(values: readonly (readonly [weight: number, value: T])[]): T {
    let left = this.real(
      0,
      values.reduce((sum, [weight]) => sum + weight, 0),
    );
    for (const [weight, value] of values) {
      left -= weight;
      if (left < 0) return value;
    }
    return values.at(-1)![1];
  }
}
