/**
 * The sitting that is open: its state in memory, its clock, and the one path by which an event becomes durable and
 * then part of the state.
 */
import type { ActReply, ClockView, SittingProgress, SittingView } from '../contract.ts';
import { budgetLeftMs, candidateItems } from '../exam/candidate-view.ts';
import { advance, isTimeUp, remainingMs, type ExamClock } from '../exam/clock.ts';
import type { FormEdition } from '../exam/edition.ts';
import type { FinishCause, InterruptionCause, SittingEvent, SittingFact } from '../exam/events.ts';
import { resultOf } from '../exam/scoring.ts';
import { apply, fold, phaseLimitMs, statusOf, type SittingState } from '../exam/sitting.ts';
import { workingSequence } from '../exam/working-order.ts';
import { damagedRecord } from '../store/errors.ts';
import type { Journal } from '../store/journal.ts';

/** Where the application reads time; injected, so that tests own it. */
export interface Clocks {
  /** Never set back, unaffected by the wall clock, ms. */
  monotonicMs(): number;
  /** Wall clock, ms since 1970; for display only. */
  wallMs(): number;
}

/** Charged time is written down at the first reading, a second apart, that finds the last one this old: a crash costs under 5 s. */
export const HEARTBEAT_MS = 3_000;

export class OpenSitting {
  readonly id: string;
  readonly edition: FormEdition;
  #journal: Journal;
  #clocks: Clocks;
  #state: SittingState;
  #clock: ExamClock;
  #running = true;
  #writtenMs: number;
  /** Time that was not charged and is not in the journal yet, ms. */
  #gapMs = 0;
  /** Wall clock at which the candidate left, `null` while present. */
  #leftAt: number | null = null;
  #leftFor: InterruptionCause = 'left';
  #leavingWritten = true;

  /**
   * Opens a stored sitting and resumes its clock. Where it was interrupted, that is recorded first.
   * @throws StoreError when the interruption cannot be recorded, or 'damaged' when the record is not as it was written.
   */
  constructor(id: string, journal: Journal, clocks: Clocks, fresh: boolean) {
    const stored = journal.sitting(id);
    if (!stored) throw new RangeError(`no sitting ${id}`);
    if (!journal.isUnbroken(id)) throw damagedRecord();
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
    return phaseLimitMs(this.edition, this.#state);
  }

  /**
   * Reads the clock and writes down what is due. Ends the sitting when its time is up.
   * @throws StoreError; then the next call writes what this one could not.
   */
  tick(): void {
    if (this.#state.finished) return;
    if (this.#running) this.#readClock();
    this.#writeDown();
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
    const result = resultOf(this.edition, responses, { cause, at: event.at }, event.elapsedMs);
    this.#journal.finish(this.id, event, requestId, result);
    this.#state = apply(this.#state, event);
  }

  /**
   * Stops the clock because the candidate's window has gone, or the machine goes to sleep under it.
   * @param cause what the interruption is called when the candidate is back; after a crash it is 'left' all the same.
   * @throws StoreError; the clock stands still even then, and {@link tick} writes down what this could not.
   */
  pause(cause: InterruptionCause = 'left'): void {
    if (this.#state.finished) return;
    if (this.#running) {
      this.#leftFor = cause;
      this.#readClock();
      this.#running = false;
      this.#leftAt = this.#clocks.wallMs();
      this.#leavingWritten = false;
    }
    this.#writeDown();
  }

  /** Lets the clock run again after {@link pause}, recording the interruption. @throws StoreError */
  resume(): void {
    if (this.#running || this.#state.finished) return;
    this.#interrupted(this.#leftFor, this.#leftAt);
    this.#clock = { ...this.#clock, readMs: this.#clocks.monotonicMs() };
    this.#running = true;
    this.#leftAt = null;
    this.#leavingWritten = true;
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
    // The word of the candidate's leaving follows an event that is not the last one any more.
    this.#leavingWritten = this.#leftAt === null;
    if (fact.type === 'agreed') this.#clock = { ...this.#clock, elapsedMs: 0 };
  }

  #readClock(): void {
    const { clock, gapMs } = advance(this.#clock, this.#clocks.monotonicMs());
    // Nothing is recorded past the limit, not even what could not be written down before it.
    this.#clock = { ...clock, elapsedMs: Math.min(clock.elapsedMs, this.limitMs ?? Infinity) };
    this.#gapMs += gapMs;
  }

  /** Puts what the clock has shown into the store: a gap, the end of time, or a heartbeat. */
  #writeDown(): void {
    if (this.#gapMs > 0) {
      this.#record({ type: 'interrupted', payload: { cause: 'suspended', awayMs: Math.round(this.#gapMs) } }, null);
      this.#gapMs = 0;
    }
    if (isTimeUp(this.#clock.elapsedMs, this.limitMs))
      this.finish(this.#state.phase === 'agreement' ? 'agreement-time' : 'time', null);
    else if (!this.#leavingWritten || this.#clock.elapsedMs - this.#writtenMs >= HEARTBEAT_MS) this.#beat();
  }

  #beat(): void {
    this.#journal.beat(this.id, {
      seq: this.#state.seq,
      elapsedMs: Math.floor(this.#clock.elapsedMs),
      at: this.#leftAt ?? this.#clocks.wallMs(),
      leftHall: this.#leftAt !== null,
    });
    this.#writtenMs = this.#clock.elapsedMs;
    this.#leavingWritten = true;
  }

  #interrupted(cause: InterruptionCause, since: number | null): void {
    const awayMs = since === null ? null : this.#clocks.wallMs() - since;
    this.#record(
      { type: 'interrupted', payload: { cause, awayMs: awayMs !== null && awayMs >= 0 ? awayMs : null } },
      null,
    );
  }
}
