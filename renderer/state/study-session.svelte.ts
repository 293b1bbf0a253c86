/**
 * How long the candidate has practised, and when a break is due. It asks for nothing: the reminder stands beside the
 * question, which stays as it is. The length is kept on this machine, the time in this window.
 */
import { announcer } from './announcer.svelte.ts';
import { plural } from './format.ts';

/** Minutes after which a break can be asked for; these and the length of a break are our choice. */
export const SESSION_MINUTES = [20, 25, 30, 40, 50] as const;

const STANDARD_MINUTES = 25;
/** A break of 5 to 10 minutes. */
const BREAK_MS = 5 * 60_000;
const LONG_BREAK_MS = 10 * 60_000;
/** Two readings further apart than this were not both in practice: the machine slept, or another screen was shown. */
const GAP_MS = 10_000;

const LENGTH_KEY = 'codehall-session-minutes';
const TIME_KEY = 'codehall-session-time';

/** - `working`: no reminder - `due`: it is time for a break - `break`: in one */
export type SessionPhase = 'working' | 'due' | 'break';

export class StudySession {
  #minutes = $state(readMinutes());
  #phase = $state<SessionPhase>('working');
  #workedMs = $state(0);
  #breakMs = $state(0);
  #lastMs: number | null = null;

  constructor() {
    const kept = readTime();
    this.#workedMs = kept.workedMs;
    this.#phase = kept.phase;
    this.#breakMs = kept.breakMs;
  }

  get minutes(): number {
    return this.#minutes;
  }
  get phase(): SessionPhase {
    return this.#phase;
  }
  /** Practised since the last break, ms. */
  get workedMs(): number {
    return this.#workedMs;
  }
  /** Length of the present break so far, ms. */
  get breakMs(): number {
    return this.#breakMs;
  }

  setMinutes(minutes: number): void {
    this.#minutes = minutes;
    localStorage.setItem(LENGTH_KEY, String(minutes));
  }

  /**
   * To be called about once a second while practice is on screen.
   * @param nowMs of a monotonic clock. @param shown whether the window is in view.
   */
  tick(nowMs: number, shown: boolean): void {
    const passed = this.#lastMs === null ? 0 : Math.max(0, nowMs - this.#lastMs);
    this.#lastMs = nowMs;
    if (this.#phase === 'break') this.#rest(passed);
    // Whoever was away for as long as a break has had one.
    else if (passed >= BREAK_MS) this.goOn();
    else if (shown && passed <= GAP_MS) this.#work(passed);
    this.#keep();
  }

  takeBreak(): void {
    this.#phase = 'break';
    this.#breakMs = 0;
    this.#keep();
  }

  /** Ends the break, or leaves it for later: the next reminder comes after another whole session. */
  goOn(): void {
    this.#phase = 'working';
    this.#workedMs = 0;
    this.#keep();
  }

  #work(passed: number): void {
    this.#workedMs += passed;
    if (this.#phase === 'due' || this.#workedMs < this.#minutes * 60_000) return;
    this.#phase = 'due';
    announcer.say(`You have practised for ${plural(this.#minutes, 'minute')}. It is time for a break.`);
  }

  #rest(passed: number): void {
    const before = this.#breakMs;
    this.#breakMs += passed;
    for (const length of [BREAK_MS, LONG_BREAK_MS])
      if (before < length && this.#breakMs >= length)
        announcer.say(`${plural(length / 60_000, 'minute')} of your break are over.`);
  }

  /** What is kept is for a reload only. */
  #keep(): void {
    const kept: KeptTime = { workedMs: this.#workedMs, phase: this.#phase, breakMs: this.#breakMs };
    sessionStorage.setItem(TIME_KEY, JSON.stringify(kept));
  }
}

interface KeptTime {
  workedMs: number;
  phase: SessionPhase;
  breakMs: number;
}

function readMinutes(): number {
  const kept = Number(localStorage.getItem(LENGTH_KEY));
  return (SESSION_MINUTES as readonly number[]).includes(kept) ? kept : STANDARD_MINUTES;
}

function readTime(): KeptTime {
  const none: KeptTime = { workedMs: 0, phase: 'working', breakMs: 0 };
  try {
    const kept = { ...none, ...(JSON.parse(sessionStorage.getItem(TIME_KEY) ?? '{}') as Partial<KeptTime>) };
    const known = ['working', 'due', 'break'].includes(kept.phase);
    return known && kept.workedMs >= 0 && kept.breakMs >= 0 ? kept : none;
  } catch {
    return none;
  }
}

export const studySession = new StudySession();
