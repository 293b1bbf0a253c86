/** Adds up the time it runs; it can be stopped and goes on where it was. */
export class Stopwatch {
  #nowMs: () => number;
  #ms = 0;
  #since: number | null = null;

  /** @param nowMs a monotonic clock. */
  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  get ms(): number {
    return this.#ms + (this.#since === null ? 0 : this.#nowMs() - this.#since);
  }

  run(on: boolean): void {
    this.#ms = this.ms;
    this.#since = on ? this.#nowMs() : null;
  }

  /** Starts from zero, running or stopped as before. */
  reset(): void {
    this.#ms = 0;
    if (this.#since !== null) this.#since = this.#nowMs();
  }
}
