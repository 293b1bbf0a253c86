/**
 * Whether a candidate sits in front of the open sitting, in Electron: its clock is held running while the window shows
 * it and can be seen, the screen is kept awake, and what a proctor would want to know of the machine is written into a
 * proctored sitting's log.
 */
import type { PowerSaveBlocker } from 'electron';
import type { Reply, SittingView } from '../contract.ts';
import type { Dispatch } from '../dispatch.ts';
import type { AttentionKind, InterruptionCause } from '../exam/events.ts';
import type { Sittings } from '../services/sittings.ts';

/** What is kept of the sitting that the window shows. */
export type ShownSitting = Pick<SittingView, 'sittingId' | 'seq' | 'settings'>;

export interface PresenceParts {
  dispatch: Dispatch;
  sittings: Pick<Sittings, 'hold'>;
  powerSaveBlocker: Pick<PowerSaveBlocker, 'start' | 'stop'>;
  /** 8 to 40 letters, digits, `-` or `_`. */
  newRequestId(): string;
  /** Hears when the window comes to show a sitting, another one, or none. */
  shows(sitting: ShownSitting | null): void;
  /** Hears of what could not be written down. */
  logFault(error: unknown): void;
}

interface Held {
  release(cause: InterruptionCause): void;
  blocker: number;
}

/** What only a candidate who is there asks for. The page asks for the time, and tells of its focus, by itself. */
const CANDIDATE_CALLS = new Set(['sitting.start', 'sitting.open', 'sitting.act']);

export class Presence {
  #parts: PresenceParts;
  /** The sitting the window shows; it stays set while the machine sleeps or is locked. */
  #shown: ShownSitting | null = null;
  #held: Held | null = null;
  /** While one of them is set, the window is there and nobody can see it. */
  #asleep = false;
  #locked = false;

  constructor(parts: PresenceParts) {
    this.#parts = parts;
  }

  /**
   * Whether a call may go on to the program. The page's own timer asks for the time whether or not anybody is there, and
   * a machine may wake for its own ends behind a locked screen: that must not start the clock.
   */
  admits(method: string): boolean {
    return method !== 'sitting.clock' || !(this.#asleep || this.#locked);
  }

  /** Follows what the window asks for: a sitting's own calls mean that it is shown, another screen's that it is not. */
  follow(method: string, input: unknown, reply: Reply<unknown>): void {
    // What is asked about the program itself can be asked on any screen.
    if (method.startsWith('app.')) return;
    if (!method.startsWith('sitting.') || method === 'sitting.leave') return this.hide();
    if (!reply.ok) return;
    const attends = method === 'sitting.act' && (input as { command: { type: string } }).command.type === 'attend';
    if (CANDIDATE_CALLS.has(method) && !attends) {
      // Where the system did not say that it is awake again, the candidate does.
      this.#asleep = false;
      this.#locked = false;
    }
    if (method === 'sitting.start' || method === 'sitting.open') this.#show(reply.value as SittingView);
    else this.#holdAgain();
  }

  /** The window shows no sitting any more: it was closed, reloaded or has gone to another screen. */
  hide(): void {
    const shown = this.#shown;
    this.#shown = null;
    this.#letGo('left');
    if (shown) this.#parts.shows(null);
  }

  /** The sitting has ended by itself. */
  finished(sittingId: string): void {
    if (this.#shown?.sittingId === sittingId) this.hide();
  }

  /** The machine goes to sleep: the clock stops. */
  sleep(): void {
    this.attend('computer-slept');
    this.#asleep = true;
    this.#letGo('suspended');
  }

  /** The machine is awake: the clock goes on, unless the screen is locked. */
  wake(): void {
    this.#asleep = false;
    this.#holdAgain();
  }

  /** The screen is locked: nobody can see the exam, and the clock stops as if its window were closed. */
  lock(): void {
    this.attend('screen-locked');
    this.#locked = true;
    this.#letGo('left');
  }

  /** The screen is unlocked, and whoever did so is there: the clock goes on. */
  unlock(): void {
    this.#locked = false;
    this.wake();
  }

  /** Writes something the proctor would see into the log of a proctored sitting. */
  attend(kind: AttentionKind): void {
    // A lid that closes takes its display away: that is the machine's sleep, and logging it would start the clock again.
    if (!this.#held || !this.#shown?.settings.proctored) return;
    const { sittingId, seq } = this.#shown;
    const requestId = this.#parts.newRequestId();
    const reply = this.#parts.dispatch('sitting.act', { sittingId, requestId, seq, command: { type: 'attend', kind } });
    if (!reply.ok) this.#parts.logFault(new Error(`${kind} was not logged: ${reply.message}`));
  }

  #show({ sittingId, seq, settings }: SittingView): void {
    const before = this.#held;
    this.#shown = { sittingId, seq, settings };
    // The new hold comes before the old one goes, so that the clock of a sitting opened again does not stop between.
    this.#held = this.#hold(sittingId);
    this.#end(before, 'left');
    this.#parts.shows(this.#shown);
  }

  #holdAgain(): void {
    if (this.#shown && !this.#held && !this.#asleep && !this.#locked) this.#held = this.#hold(this.#shown.sittingId);
  }

  /** @returns null when the interruption before it cannot be written down; the sitting's next call tries again. */
  #hold(sittingId: string): Held | null {
    try {
      const release = this.#parts.sittings.hold(sittingId);
      return { release, blocker: this.#parts.powerSaveBlocker.start('prevent-display-sleep') };
    } catch (error) {
      this.#parts.logFault(error);
      return null;
    }
  }

  #letGo(cause: InterruptionCause): void {
    const before = this.#held;
    this.#held = null;
    this.#end(before, cause);
  }

  #end(held: Held | null, cause: InterruptionCause): void {
    if (!held) return;
    this.#parts.powerSaveBlocker.stop(held.blocker);
    try {
      held.release(cause);
    } catch (error) {
      // The stop of the clock could not be written down now; the program's next ticks try again.
      this.#parts.logFault(error);
    }
  }
}
