/** The shipped application on a journal in memory, under clocks that a trace bends, killed and started as it likes. */
import type { ActReply, ClockView } from '../../main/contract.ts';
import type { SittingPhase, SittingCommand } from '../../main/exam/sitting.ts';
import type { SittingSettings } from '../../main/exam/events.ts';
import { Failure } from '../../main/failure.ts';
import type { Library } from '../../main/services/library.ts';
import { createSittings, type Sittings } from '../../main/services/sittings.ts';
import { countSleep } from '../../main/sleep-clock.ts';
import type { Journal } from '../../main/store/journal.ts';
import { FORM_ID, PACK_ID } from '../support/pack.ts';
import { memoryJournal } from './memory-journal.ts';

const NOON = Date.UTC(2026, 10, 22, 12);

/** Hears of every clock that the application shows. */
export type Seen = (phase: SittingPhase, clock: ClockView) => void;

/** A command as it was sent, to be sent again. */
export interface Sent {
  requestId: string;
  seq: number;
  command: SittingCommand;
}

export class ClockStage {
  readonly sittingId = 'sitting-1';
  readonly journal: Journal = memoryJournal();
  /** The running program, `null` while there is none. */
  app: Sittings | null = null;
  finished = false;
  phase: SittingPhase = 'agreement';
  /** The limit of the phase, as last shown. */
  limitMs: number | null = null;
  /** Whether a clock was shown that had no time left, of a sitting that goes on. */
  isOverdue = false;
  #library: Library;
  #seen: Seen;
  /** Stands still while the machine sleeps, or goes on: systems differ. */
  #running = 0;
  #uptime = 0;
  #wall = NOON;
  #seq = 1;
  #requests = 0;
  /** Lets go of the windows that show the sitting. */
  #windows: (() => void)[] = [];

  constructor(library: Library, monotonic: number, seen: Seen) {
    this.#library = library;
    this.#seen = seen;
    this.boot(monotonic);
  }

  /** Starts the program. @param monotonic its clock begins anywhere. */
  boot(monotonic: number): void {
    this.#running = monotonic;
    this.#uptime = monotonic;
    const monotonicMs = countSleep(
      () => this.#running,
      () => this.#uptime,
    );
    this.app = createSittings({
      library: this.#library,
      journal: this.journal,
      history: {
        newestScored: () => [],
        pastOfForms: () => () => undefined,
        lastSeen: () => new Map(),
      },
      clocks: { monotonicMs, wallMs: () => Math.floor(this.#wall) },
      newId: () => this.sittingId,
      newSeed: () => 'seed',
    });
    this.app.subscribe((push) => {
      if (push.type === 'finished') this.finished = true;
      else this.#show(push.progress);
    });
  }

  /** The process is gone, and with it all that was not written. */
  kill(): void {
    this.app = null;
    this.#windows = [];
  }

  /** The program ends as it does when it is asked to. */
  quit(): void {
    this.closeWindows();
    this.app!.shutDown();
    this.kill();
  }

  /** Lets real time pass; nobody reads the clock. */
  pass(ms: number): void {
    this.#running += ms;
    this.#uptime += ms;
    this.#wall += ms;
  }

  /** The machine sleeps. @param counted whether the running clock goes on meanwhile. */
  sleep(ms: number, counted: boolean): void {
    this.#wall += ms;
    this.#uptime += ms;
    if (counted) this.#running += ms;
  }

  /** Sets the wall clock. */
  setWall(byMs: number): void {
    this.#wall += byMs;
  }

  /** The program's own reading of the clock, about once a second. */
  tick(): void {
    this.app!.tick();
  }

  openWindow(): void {
    this.#windows.push(this.app!.hold(this.sittingId));
  }

  /** Closes the newest window. */
  closeWindow(): void {
    this.#windows.pop()?.();
  }

  closeWindows(): void {
    for (const letGo of this.#windows.splice(0)) letGo();
  }

  start(settings: SittingSettings): void {
    const view = this.app!.start({ packId: PACK_ID, formId: FORM_ID, settings });
    this.#seq = view.seq;
    this.#show(view);
  }

  open(): void {
    const view = this.#unlessFinished(() => this.app!.openSitting({ sittingId: this.sittingId }));
    if (!view) return;
    this.#seq = view.seq;
    this.#show(view);
  }

  leave(): void {
    this.app!.leave({ sittingId: this.sittingId });
  }

  /** Asks for the time. @returns what is charged, ms; `null` when the sitting has ended. */
  ask(): number | null {
    const progress = this.#unlessFinished(() => this.app!.clock({ sittingId: this.sittingId }));
    if (!progress) return null;
    this.#show(progress);
    return progress.clock.elapsedMs;
  }

  /** The time left that the hall shows, and the charged time that it stands for; `null` where it shows none. */
  askHall(): { remainingMs: number; chargedMs: number } | null {
    const remainingMs = this.app!.hall().unfinished[0]?.remainingMs ?? null;
    if (remainingMs === null || this.limitMs === null || this.phase !== 'exam') return null;
    return { remainingMs, chargedMs: this.limitMs - remainingMs };
  }

  act(command: SittingCommand): void {
    this.send(this.compose(command));
  }

  compose(command: SittingCommand): Sent {
    return { requestId: `request-${++this.#requests}`, seq: this.#seq, command };
  }

  /** @param replyHeard whether the candidate's page gets the reply. */
  send({ requestId, seq, command }: Sent, replyHeard = true): void {
    try {
      const reply = this.#unlessFinished(() => this.app!.act({ sittingId: this.sittingId, requestId, seq, command }));
      if (reply && replyHeard) this.#hear(reply);
    } catch (error) {
      if (!(error instanceof Failure && error.code === 'refused')) throw error;
    }
  }

  #hear(reply: ActReply): void {
    this.#seq = reply.seq;
    if (reply.phase !== 'finished') this.#show(reply);
  }

  #show({ phase, clock }: { phase: SittingPhase; clock: ClockView }): void {
    this.phase = phase;
    this.limitMs = clock.limitMs;
    this.isOverdue = clock.limitMs !== null && clock.elapsedMs >= clock.limitMs;
    this.#seen(phase, clock);
  }

  #unlessFinished<T>(work: () => T): T | null {
    try {
      return work();
    } catch (error) {
      if (error instanceof Failure && error.code === 'finished' && this.finished) return null;
      throw error;
    }
  }
}
