/**
 * Clock arithmetic. Time is charged by a monotonic clock while the sitting is open and never by the wall clock,
 * so that setting the machine's time changes nothing. A step too long to be the program's own (the machine was
 * suspended) is an interruption: reported, not charged, as a test centre restores unused time.
 */

/** A running count of charged time. All values in milliseconds. */
export interface ExamClock {
  /** Charged so far in the present phase of the sitting. */
  elapsedMs: number;
  /** The monotonic reading up to which `elapsedMs` is charged. */
  readMs: number;
}

/** The clock is read every second; a longer step than this means that the program was not running. */
export const MAX_STEP_MS = 10_000;

/** How much longer than standard time a sitting lasts; `null` is untimed. */
export type TimeFactor = 1 | 1.25 | 1.5 | 2 | null;

/** The time for the questions in ms, `null` when untimed. */
export function limitMs(minutes: number, factor: TimeFactor): number | null {
  return factor === null ? null : Math.round(minutes * factor * 60_000);
}

/**
 * Reads the clock at a monotonic time.
 * @returns the new clock and `gapMs`: the length of a step that was not charged, else 0.
 */
export function advance(clock: ExamClock, monotonicMs: number): { clock: ExamClock; gapMs: number } {
  const step = Math.max(0, monotonicMs - clock.readMs);
  const charged = step <= MAX_STEP_MS ? step : 0;
  return {
    clock: { elapsedMs: clock.elapsedMs + charged, readMs: Math.max(clock.readMs, monotonicMs) },
    gapMs: step - charged,
  };
}

/** Time left, never below 0; `null` when untimed. */
export function remainingMs(elapsedMs: number, limit: number | null): number | null {
  return limit === null ? null : Math.max(0, limit - elapsedMs);
}

/** Whether time is up. */
export function isTimeUp(elapsedMs: number, limit: number | null): boolean {
  return limit !== null && elapsedMs >= limit;
}
