/**
 * Whether a candidate sits in front of the open sitting, in Electron: its clock is held running while the window shows
 * it, the screen is kept awake, and displays that come and go are written into a proctored sitting's log.
 */
import type { PowerSaveBlocker } from 'electron';
import type { Reply, SittingView } from './contract.ts';
import type { Dispatch } from './dispatch.ts';
import type { Sittings } from './sittings.ts';

export interface PresenceParts {
  dispatch: Dispatch;
  sittings: Pick<Sittings, 'hold'>;
  powerSaveBlocker: Pick<PowerSaveBlocker, 'start' | 'stop'>;
  /** 8 to 40 letters, digits, `-` or `_`. */
  newRequestId(): string;
  /** Hears of what could not be written down. */
  logFault(error: unknown): void;
}

export class Presence {
  #parts: PresenceParts;
  /** The sitting the window shows; it stays set while the machine sleeps. */
  #shown: Pick<SittingView, 'sittingId' | 'seq' | 'settings'> | null = null;
  #held: { release(): void; blocker: number } | null = null;

  constructor(parts: PresenceParts) {
    this.#parts = parts;
  }

  /** Follows what the window asks for: a sitting's own calls mean that it is shown, another screen's that it is not. */
  follow(method: string, reply: Reply<unknown>): void {
    if (!method.startsWith('sitting.') || method === 'sitting.leave') this.hide();
    else if (reply.ok && (method === 'sitting.start' || method === 'sitting.open'))
      this.#show(reply.value as SittingView);
    else if (reply.ok && this.#shown && !this.#held) this.#hold(this.#shown.sittingId);
  }

  /** The window shows no sitting any more: it was closed, reloaded or has gone to another screen. */
  hide(): void {
    this.#shown = null;
    this.#letGo();
  }

  /** The sitting has ended by itself. */
  finished(sittingId: string): void {
    if (this.#shown?.sittingId === sittingId) this.hide();
  }

  /** The machine goes to sleep: the clock stops, and the next call of the sitting's screen starts it again. */
  sleep(): void {
    this.#letGo();
  }

  /** Writes a display that came or went into the log of a proctored sitting. */
  displayChanged(kind: 'display-added' | 'display-removed'): void {
    // A lid that closes takes its display away: that is the machine's sleep, and logging it would start the clock again.
    if (!this.#held || !this.#shown?.settings.proctored) return;
    const { sittingId, seq } = this.#shown;
    const requestId = this.#parts.newRequestId();
    const reply = this.#parts.dispatch('sitting.act', { sittingId, requestId, seq, command: { type: 'attend', kind } });
    if (!reply.ok) this.#parts.logFault(new Error(`${kind} was not logged: ${reply.message}`));
  }

  #show(view: SittingView): void {
    const before = this.#held;
    this.#shown = view;
    // The new hold comes before the old one goes, so that the clock of a sitting opened again does not stop between.
    this.#hold(view.sittingId);
    this.#end(before);
  }

  #hold(sittingId: string): void {
    this.#held = {
      release: this.#parts.sittings.hold(sittingId),
      blocker: this.#parts.powerSaveBlocker.start('prevent-display-sleep'),
    };
  }

  #letGo(): void {
    const before = this.#held;
    this.#held = null;
    this.#end(before);
  }

  #end(held: { release(): void; blocker: number } | null): void {
    if (!held) return;
    this.#parts.powerSaveBlocker.stop(held.blocker);
    try {
      held.release();
    } catch (error) {
      // The stop of the clock could not be written down now; the program's next ticks try again.
      this.#parts.logFault(error);
    }
  }
}
