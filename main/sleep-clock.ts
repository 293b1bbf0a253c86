/** A monotonic clock that notices sleep, where the system's own stands still meanwhile. */
import { MAX_STEP_MS } from './exam/clock.ts';

/**
 * @param runningMs a monotonic clock that stands still while the machine sleeps.
 * @param uptimeMs time since the machine was started, sleep included. Neither follows the wall clock.
 * @returns a monotonic clock that jumps ahead by each sleep that is an interruption ({@link MAX_STEP_MS}) when it is next read.
 */
export function countSleep(runningMs: () => number, uptimeMs: () => number): () => number {
  let leadMs = uptimeMs() - runningMs();
  let sleptMs = 0;
  return () => {
    const now = runningMs();
    const gainedMs = uptimeMs() - now - leadMs;
    leadMs += gainedMs;
    if (gainedMs > MAX_STEP_MS) sleptMs += gainedMs;
    return now + sleptMs;
  };
}
