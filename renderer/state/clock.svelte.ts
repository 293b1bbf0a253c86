/**
 * The clock as it is shown. Main owns the time; this extrapolates between its messages by the browser's monotonic
 * clock, so that a throttled background tab shows the right time when it is looked at again. It never decides that
 * time is up.
 */
import type { ClockView } from '../../main/contract.ts';

/** How often the display is refreshed. */
const DISPLAY_MS = 250;

/** A longer step between two looks means that the page was not running: the machine slept, or the tab was put to rest. */
const HELD_UP_MS = 10_000;

export class ShownClock {
  #anchor: { view: ClockView; at: number };
  #elapsedS = $state(0);
  #timer: ReturnType<typeof setInterval> | undefined;
  #onSecond: () => void;
  #askMain: () => Promise<void>;
  #lookedAt = performance.now();
  #asking = false;

  /**
   * @param onSecond called whenever the shown second changes.
   * @param askMain called after the page was held up, when only main knows whether that time counts: `sync`s the clock
   *   where main can be reached, and resolves in any case.
   */
  constructor(view: ClockView, onSecond: () => void, askMain: () => Promise<void>) {
    this.#onSecond = onSecond;
    this.#askMain = askMain;
    this.#anchor = { view, at: performance.now() };
    this.#elapsedS = Math.floor(view.elapsedMs / 1000);
  }

  start(): void {
    this.#lookedAt = performance.now();
    this.#timer ??= setInterval(() => this.#look(), DISPLAY_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** Takes what main says. */
  sync(view: ClockView): void {
    this.#anchor = { view, at: performance.now() };
    this.#show();
  }

  get limitMs(): number | null {
    return this.#anchor.view.limitMs;
  }

  /** Whole seconds shown as used, in ms. */
  get elapsedMs(): number {
    return this.#elapsedS * 1000;
  }

  /** Time left in ms, `null` when untimed. */
  get remainingMs(): number | null {
    const limit = this.#anchor.view.limitMs;
    return limit === null ? null : Math.max(0, limit - this.elapsedMs);
  }

  /** Ahead (positive) or behind the even pace for what is left, ms; `null` when untimed. */
  get paceMs(): number | null {
    const { budgetLeftMs } = this.#anchor.view;
    const left = this.remainingMs;
    return budgetLeftMs === null || left === null ? null : left - budgetLeftMs;
  }

  #look(): void {
    const now = performance.now();
    const heldUp = now - this.#lookedAt > HELD_UP_MS;
    this.#lookedAt = now;
    if (heldUp) void this.#ask();
    else if (!this.#asking) this.#show();
  }

  /** Holds back a time that may be wrong, and the notices it would set off, until main has been asked. */
  async #ask(): Promise<void> {
    this.#asking = true;
    await this.#askMain();
    this.#asking = false;
    if (this.#timer !== undefined) this.#show();
  }

  #show(): void {
    const { view, at } = this.#anchor;
    const elapsedS = Math.floor((view.elapsedMs + performance.now() - at) / 1000);
    if (elapsedS === this.#elapsedS) return;
    this.#elapsedS = elapsedS;
    this.#onSecond();
  }
}
