/**
 * The sitting that is open: its state in memory, its clock, and the one path by which an event becomes durable and
 * then part of the state.
 */
import type { ActReply, ClockView, SittingProgress, SittingView } from './contract.ts';
import { budgetLeftMs, candidateItems } from './exam/candidate-view.ts';
import { advance, isTimeUp, limitMs, remainingMs, type ExamClock } from './exam/clock.ts';
import type { FormEdition } from './exam/edition.ts';
import type { FinishCause, InterruptionCause, SittingEvent, SittingFact } from './exam/events.ts';
import { isScored, score } from './exam/scoring.ts';
import { apply, fold, statusOf, type SittingState } from './exam/sitting.ts';
import { workingSequence } from './exam/working-order.ts';
import type { Journal } from './store/journal.ts';

/** Where the application reads time; injected, so that tests own it. */
export interface Clocks {
  /** Never set back, unaffected by the wall clock, ms. */
  monotonicMs(): number;
  /** Wall clock, ms since 1970; for display only. */
  wallMs(): number;
}

/** Charged time is written down at least this often. */
export const HEARTBEAT_MS = 5_000;

export class OpenSitting {
  readonly id: string;
  readonly edition: FormEdition;
  #journal: Journal;
  #clocks: Clocks;
  #state: SittingState;
  #clock: ExamClock;
  #running = true;
  #writtenMs: number;

  /**
   * Opens a stored sitting and resumes its clock. Where it was interrupted, that is recorded first.
   * @throws StoreError when the interruption cannot be recorded.
   */
  constructor(id: string, journal: Journal, clocks: Clocks, fresh: boolean) {
    const stored = journal.sitting(id);
    if (!stored) throw new RangeError(`no sitting ${id}`);
    this.id = id;
    this.edition = journal.edition(stored.editionHash);
    this.#journal = journal;
    this.#clocks = clocks;
    const events = journal.events(id);
    this.#state = fold(this.edition, events);
    const lastBeat = journal.heartbeat(id);
    const heartbeat = lastBeat?.seq === this.#state.seq ? lastBeat : null;
    const elapsedMs = Math.max(this.#state.elapsedMs, heartbeat?.elapsedMs ?? 0);
    this.#clock = { elapsedMs, readMs: clocks.monotonicMs() };
    this.#writtenMs = elapsedMs;
    if (!fresh && !this.#state.finished)
      this.#interrupted(heartbeat?.leftHall ? 'left' : 'crashed', heartbeat?.at ?? events.at(-1)!.at);
  }

  get state(): SittingState {
    return this.#state;
  }

  /** The limit of the present phase in ms, `null` when it has none. */
  get limitMs(): number | null {
    const { minutes, agreementMinutes } = this.edition.blueprint;
    if (this.#state.phase !== 'agreement') return limitMs(minutes, this.#state.settings.timeFactor);
    return agreementMinutes === 0 ? null : limitMs(agreementMinutes, this.#state.settings.timeFactor);
  }

  /** Reads the clock. Ends the sitting when its time is up. @throws StoreError */
  tick(): void {
    if (this.#state.finished || !this.#running) return;
    const { clock, gapMs } = advance(this.#clock, this.#clocks.monotonicMs());
    this.#clock = clock;
    if (gapMs > 0)
      this.#record({ type: 'interrupted', payload: { cause: 'suspended', awayMs: Math.round(gapMs) } }, null);
    if (isTimeUp(clock.elapsedMs, this.limitMs)) {
      this.#clock = { ...clock, elapsedMs: this.limitMs! };
      this.finish(this.#state.phase === 'agreement' ? 'agreement-time' : 'time', null);
    } else if (clock.elapsedMs - this.#writtenMs >= HEARTBEAT_MS) this.#beat(false);
  }

  /** Appends an event, then takes it into the state. @throws StoreError; then nothing has changed. */
  record(fact: SittingFact, requestId: string | null): void {
    if (fact.type === 'finished') this.finish(fact.payload.cause, requestId);
    else this.#record(fact, requestId);
  }

  /** Ends the sitting: last event, result and seal in one transaction. @throws StoreError */
  finish(cause: FinishCause, requestId: string | null): void {
    const event = this.#next({ type: 'finished', payload: { cause } });
    const responses = this.#state.items.map((item) => item.response);
    const result = score(this.edition, responses);
    this.#journal.finish(this.id, event, requestId, {
      finishedAt: event.at,
      cause,
      elapsedMs: this.#state.phase === 'exam' ? event.elapsedMs : 0,
      points: isScored(cause) ? result.points : null,
      scored: result.scored,
    });
    this.#state = apply(this.#state, event);
  }

  /** Stops the clock because the candidate's window has gone. @throws StoreError */
  pause(): void {
    if (this.#state.finished || !this.#running) return;
    this.tick();
    if (this.#state.finished) return;
    this.#running = false;
    this.#beat(true);
  }

  /** Lets the clock run again after {@link pause}, recording the interruption. @throws StoreError */
  resume(): void {
    if (this.#running || this.#state.finished) return;
    const heartbeat = this.#journal.heartbeat(this.id);
    this.#interrupted('left', heartbeat?.at ?? null);
    this.#clock = { ...this.#clock, readMs: this.#clocks.monotonicMs() };
    this.#running = true;
  }

  progress(): SittingProgress {
    return {
      seq: this.#state.basis,
      phase: this.#state.phase,
      current: this.#state.current,
      clock: this.#clockView(),
    };
  }

  reply(number: number | null): ActReply {
    return { ...this.progress(), state: number === null ? null : this.#itemView(number) };
  }

  view(): SittingView {
    const { edition } = this;
    return {
      ...this.progress(),
      sittingId: this.id,
      exam: { code: edition.pack.exam.code, name: edition.pack.exam.name, codeYear: edition.pack.codeYear },
      form: edition.form,
      blueprintVersion: edition.blueprint.version,
      agreementMinutes: edition.blueprint.agreementMinutes,
      noticesAtMinutes: edition.blueprint.noticesAtMinutes,
      settings: this.#state.settings,
      sequence: workingSequence(edition.items, this.#state.settings.order),
      items: candidateItems(edition),
      states: edition.items.map((_, index) => this.#itemView(index + 1)!),
      highlights: this.#state.highlights,
    };
  }

  #itemView(number: number): ActReply['state'] {
    const held = this.#state.items[number - 1];
    const item = this.edition.items[number - 1];
    return held && item ? { ...held, status: statusOf(held, item.select) } : null;
  }

  #clockView(): ClockView {
    const limit = this.limitMs;
    const elapsedMs = Math.floor(this.#clock.elapsedMs);
    return {
      elapsedMs,
      remainingMs: remainingMs(elapsedMs, limit),
      limitMs: limit,
      budgetLeftMs: this.#state.phase === 'agreement' ? null : budgetLeftMs(this.edition, this.#state, limit),
    };
  }

  #next(fact: SittingFact): SittingEvent {
    return {
      ...fact,
      seq: this.#state.seq + 1,
      elapsedMs: Math.floor(this.#clock.elapsedMs),
      at: this.#clocks.wallMs(),
    };
  }

  #record(fact: SittingFact, requestId: string | null): void {
    const event = this.#next(fact);
    this.#journal.append(this.id, event, requestId);
    this.#state = apply(this.#state, event);
    this.#writtenMs = this.#state.elapsedMs;
    if (fact.type === 'agreed') this.#clock = { ...this.#clock, elapsedMs: 0 };
  }

  #beat(leftHall: boolean): void {
    this.#journal.beat(this.id, {
      seq: this.#state.seq,
      elapsedMs: Math.floor(this.#clock.elapsedMs),
      at: this.#clocks.wallMs(),
      leftHall,
    });
    this.#writtenMs = this.#clock.elapsedMs;
  }

  #interrupted(cause: InterruptionCause, since: number | null): void {
    const awayMs = since === null ? null : this.#clocks.wallMs() - since;
    this.#record(
      { type: 'interrupted', payload: { cause, awayMs: awayMs !== null && awayMs >= 0 ? awayMs : null } },
      null,
    );
  }
}
