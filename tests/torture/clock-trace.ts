/** One trace: a sitting through which time passes, stops, is set, sleeps and dies, by a seed; and what came out wrong. */
import type { InterruptionCause } from '../../main/exam/events.ts';
import type { Library } from '../../main/services/library.ts';
import { Books } from './clock-books.ts';
import { ClockStage, type Sent } from './clock-stage.ts';
import { comeBack, STEPS } from './clock-steps.ts';
import { Dice } from './dice.ts';

/** Where the candidate is: at the questions, elsewhere while the program runs, or anywhere while it does not. */
export type Place = 'here' | 'gone' | 'off';

/** What came out of a trace. */
export interface Outcome {
  grewMs: number;
  /** The largest error of charged time beyond what the rules allow. */
  errorMs: number;
  /** The most charged time that a kill lost. */
  givenBackMs: number;
  /** Interruptions that the books hold. */
  interruptions: number;
  notLogged: number;
  /** In the report's log, and never happened. */
  invented: number;
  /** What the application threw. */
  trouble: string | null;
}

const DAY_MS = 86_400_000;

export class ClockTrace {
  readonly dice: Dice;
  readonly books = new Books();
  readonly stage: ClockStage;
  /** Whether the candidate sits at a page that holds a stream; otherwise a program calls the API without one. */
  readonly watched: boolean;
  place: Place = 'here';
  /** What the absence that goes on will be called. */
  absence: InterruptionCause = 'left';
  /** Whether the program still holds the sitting that the window has left. */
  stillOpen = true;
  /** A command whose reply was lost with the program. */
  lost: Sent | null = null;

  constructor(library: Library, seed: string) {
    this.dice = new Dice(seed);
    this.watched = this.dice.chance(0.8);
    this.stage = new ClockStage(library, this.dice.real(0, DAY_MS), (phase, clock) => this.books.see(phase, clock));
    const timeFactor = this.dice.pick([1, 1, 1.25, 1.5, 2, null] as const);
    this.stage.start({ order: 'front-to-back', timeFactor, proctored: true, candidate: '' });
    if (this.watched) this.stage.openWindow();
  }

  /** Plays it to the end of the sitting. */
  play(): Outcome {
    let logged: InterruptionCause[] = [];
    let trouble: string | null = null;
    try {
      const steps = this.dice.whole(10, 40);
      for (let step = 0; step < steps && !this.stage.finished; step++) {
        this.dice.weighted(STEPS[this.place])(this);
        this.settle();
      }
      if (!this.stage.finished) this.#end();
      logged = this.#report();
    } catch (error) {
      trouble = (error as Error).stack ?? String(error);
    }
    return { ...this.#outcome(logged), trouble };
  }

  /** Compares the books with what the application says, where it can be asked without changing anything. */
  settle(): void {
    const { stage, books } = this;
    if (stage.finished || this.place === 'off') return;
    if (this.place === 'here') {
      const charged = stage.ask();
      if (charged === null) return;
      books.settle(charged);
      if (stage.isOverdue) books.interruptionErrorMs = Infinity;
      return;
    }
    const shown = stage.askHall();
    if (!shown) return;
    books.seeInHall(shown.remainingMs);
    books.settle(shown.chargedMs);
  }

  #end(): void {
    if (this.place !== 'here') comeBack(this);
    this.settle();
    const { stage } = this;
    if (!stage.finished) stage.act({ type: stage.phase === 'exam' ? 'end' : 'decline' });
  }

  /** Settles what the sitting ended with. @returns the causes in the report's log. */
  #report(): InterruptionCause[] {
    if (!this.stage.app) this.stage.boot(0);
    const { app, journal, sittingId, phase, limitMs } = this.stage;
    const last = journal.events(sittingId).at(-1)!;
    if (last.type !== 'finished') throw new Error('the sitting was said to have ended, and has not');
    const byTime = last.payload.cause === 'time' || last.payload.cause === 'agreement-time';
    this.books.settle(last.elapsedMs, byTime ? limitMs : null);
    const report = app!.result({ sittingId });
    if (report.elapsedMs !== (phase === 'exam' ? last.elapsedMs : 0))
      throw new Error(`the report says ${report.elapsedMs} ms, the journal ${last.elapsedMs} ms`);
    return report.interruptions.map(({ cause }) => cause);
  }

  #outcome(logged: readonly InterruptionCause[]): Omit<Outcome, 'trouble'> {
    const { due, grewMs, driftMs, interruptionErrorMs, givenBackMs } = this.books;
    const found = inCommon(due, logged);
    return {
      grewMs,
      errorMs: Math.max(driftMs, interruptionErrorMs),
      givenBackMs,
      interruptions: due.length,
      notLogged: due.length - found,
      invented: logged.length - found,
    };
  }
}

/** Length of the longest list that both hold in order. */
function inCommon(a: readonly string[], b: readonly string[]): number {
  let row = new Array<number>(b.length + 1).fill(0);
  for (const one of a) {
    const next = [0];
    b.forEach((other, at) => next.push(one === other ? row[at]! + 1 : Math.max(row[at + 1]!, next[at]!)));
    row = next;
  }
  return row[b.length]!;
}
