/**
 * What a trace knows of time by itself, against what the application says. The rules are those of ARCHITECTURE.md, "The
 * clock", and stand here in figures of their own, so that a changed rule shows.
 */
import type { ClockView } from '../../main/contract.ts';
import type { InterruptionCause } from '../../main/exam/events.ts';
import type { SittingPhase } from '../../main/exam/sitting.ts';

/** A longer step between two readings of the clock is an interruption and is not charged. */
export const LONGEST_STEP_MS = 10_000;
/** Charged time that a kill may lose, in the candidate's favour: what the next heartbeat would have written. */
export const HEARTBEAT_MS = 5_000;
/** A program without a window keeps the clock running this long after its last call. */
export const WITHOUT_WINDOW_MS = 30_000;
/** The same where a window was held and has gone. */
export const LAST_WORDS_MS = 2_000;
/** What an interruption may cost besides: the second between two readings in which it fell. */
export const GOAL_MS = 1_000;

/** Charged time is stored and shown in whole milliseconds. */
const ROUNDING_MS = 2;

/** An interruption of charged time: how far off the charge may be by the rule for it. */
export interface Allowance {
  lessMs?: number;
  moreMs?: number;
}

export class Books {
  /** Interruptions that must be in the report, in order. */
  readonly due: InterruptionCause[] = [];
  /** By how much the time left grew at most, beyond what a kill gives back. */
  grewMs = 0;
  /** The largest error at one interruption or at the end of time, beyond its allowance. */
  interruptionErrorMs = 0;
  /** The largest sum of the errors of all time in which nothing interrupted. */
  driftMs = 0;
  /** The most that a kill gave back. */
  givenBackMs = 0;

  #phase: SittingPhase = 'agreement';
  #charged = 0;
  #left = Infinity;
  #leftInHall = Infinity;
  #mayGrowMs = 0;
  #drift = 0;
  #present = 0;
  #lastPresent = 0;
  #less = 0;
  #more = 0;
  #interruptions = 0;

  /** The candidate was there and is to be charged. */
  present(ms: number): void {
    this.#present += ms;
    this.#lastPresent = ms;
  }

  interrupted({ lessMs = 0, moreMs = 0 }: Allowance = {}): void {
    this.#less += lessMs;
    this.#more += moreMs;
    this.#interruptions += 1;
  }

  /** The program was killed while the clock ran. */
  killed(): void {
    this.interrupted({ lessMs: HEARTBEAT_MS });
    this.#mayGrowMs = HEARTBEAT_MS;
  }

  /** A clock that was shown to the candidate. */
  see(phase: SittingPhase, clock: ClockView): void {
    if (phase !== this.#phase) this.#enter(phase);
    const left = clock.remainingMs ?? -clock.elapsedMs;
    this.#grow(left - this.#left - this.#mayGrowMs);
    this.#left = left;
    this.#mayGrowMs = 0;
    if (clock.limitMs !== null && clock.remainingMs !== Math.max(0, clock.limitMs - clock.elapsedMs))
      this.grewMs = Infinity;
  }

  /** The time left that the hall shows, which is the stored one. */
  seeInHall(left: number): void {
    this.#grow(left - this.#leftInHall);
    this.#grow(left - this.#left - HEARTBEAT_MS);
    this.#leftInHall = left;
  }

  /** Compares with the charged time, all that has happened since the last time. @param limit where the sitting has ended by it. */
  settle(charged: number, limit: number | null = null): void {
    const upToLimit = limit === null ? Infinity : limit - this.#charged;
    const due = Math.min(this.#present, upToLimit);
    // The end comes with the first reading after the limit.
    const overrun = this.#present - upToLimit - this.#lastPresent - ROUNDING_MS;
    this.interruptionErrorMs = Math.max(this.interruptionErrorMs, overrun);
    const difference = charged - this.#charged - due;
    if (this.#interruptions === 0) {
      this.#drift += difference;
      this.driftMs = Math.max(this.driftMs, Math.abs(this.#drift));
    } else {
      const error = difference < 0 ? -difference - this.#less : difference - this.#more;
      // Where several have fallen together, each of them has its second.
      const others = (this.#interruptions - 1) * GOAL_MS;
      this.interruptionErrorMs = Math.max(this.interruptionErrorMs, error - others - ROUNDING_MS);
    }
    if (this.#less > 0) this.givenBackMs = Math.max(this.givenBackMs, -difference);
    this.#charged = charged;
    this.#present = 0;
    this.#less = 0;
    this.#more = 0;
    this.#interruptions = 0;
  }

  /** The charge since the last {@link settle} belonged to a phase that is over. */
  #enter(phase: SittingPhase): void {
    this.#phase = phase;
    this.#charged = 0;
    this.#left = Infinity;
    this.#mayGrowMs = 0;
  }

  #grow(ms: number): void {
    this.grewMs = Math.max(this.grewMs, ms);
  }
}
