/**
 * Every figure of the insight once more, slowly and in the most obvious way: second by second, and by looking through
 * all events anew for each question that is asked of them.
 */
import type { FormEdition } from '../../main/exam/edition.ts';
import type { SittingEvent } from '../../main/exam/events.ts';
import type { Pass } from '../../main/insight/passes.ts';

type Responded = Extract<SittingEvent, { type: 'responded' }>;

/** @param events of a sitting whose charged times are whole seconds and which ended in its questions. */
export class SlowInsight {
  readonly #edition: FormEdition;
  readonly #events: readonly SittingEvent[];
  readonly endMs: number;

  constructor(edition: FormEdition, events: readonly SittingEvent[]) {
    this.#edition = edition;
    this.#events = events.slice(events.findIndex(({ type }) => type === 'agreed') + 1);
    this.endMs = events.at(-1)!.elapsedMs;
  }

  get numbers(): number[] {
    return this.#edition.items.map((_, index) => index + 1);
  }

  get scored(): number[] {
    return this.numbers.filter((number) => this.#item(number).scored);
  }

  #item(number: number) {
    return this.#edition.items[number - 1]!;
  }

  #choices(number: number): Responded[] {
    return this.#events.filter(
      (event): event is Responded => event.type === 'responded' && event.payload.number === number,
    );
  }

  isRight(number: number, options: readonly string[] | undefined): boolean {
    return options !== undefined && [...options].sort().join() === [...this.#item(number).key].sort().join();
  }

  isComplete(number: number, options: readonly string[] | undefined): boolean {
    return options?.length === this.#item(number).select;
  }

  answer(number: number): string[] | undefined {
    return this.#choices(number).at(-1)?.payload.options;
  }

  isFlagged(number: number, before = Infinity): boolean {
    const last = this.#events.findLast(
      (event) => event.type === 'flagged' && event.payload.number === number && event.seq < before,
    );
    return last?.type === 'flagged' && last.payload.on;
  }

  isUnread(number: number): boolean {
    const has = (type: SittingEvent['type']) =>
      this.#events.some((event) => event.type === type && 'number' in event.payload && event.payload.number === number);
    return (has('visited') || has('responded')) && !has('read');
  }

  /** What stands struck out at the end: choosing an option restores it. */
  struck(number: number): string[] {
    return this.#item(number)
      .options.map(({ id }) => id)
      .filter((option) => {
        const last = this.#events.findLast(
          (event) =>
            (event.type === 'struck' && event.payload.number === number && event.payload.option === option) ||
            (event.type === 'responded' && event.payload.number === number && event.payload.options.includes(option)),
        );
        return last?.type === 'struck' && last.payload.on;
      });
  }

  /** Each second belongs to the item that came on screen last. */
  timeMs(number: number): number {
    let seconds = 0;
    for (let second = 0; second * 1000 < this.endMs; second++) {
      const last = this.#events.findLast(({ type, elapsedMs }) => type === 'visited' && elapsedMs <= second * 1000);
      if (last?.type === 'visited' && last.payload.number === number) seconds += 1;
    }
    return seconds * 1000;
  }

  fairMs(number: number): number {
    const all = this.#edition.items.reduce((sum, { seconds }) => sum + seconds, 0);
    return this.endMs * (this.#item(number).seconds / all);
  }

  middleShare(right: boolean): number | null {
    const shares = this.scored
      .filter((number) => this.isRight(number, this.answer(number)) === right)
      .filter((number) => this.timeMs(number) > 0)
      .map((number) => this.timeMs(number) / this.fairMs(number))
      .sort((a, b) => a - b);
    if (shares.length === 0) return null;
    return (shares[Math.floor((shares.length - 1) / 2)]! + shares[Math.ceil((shares.length - 1) / 2)]!) / 2;
  }

  answeredAfter(seq: number): number {
    return this.numbers.filter((number) =>
      this.isComplete(number, this.#choices(number).findLast((event) => event.seq <= seq)?.payload.options),
    ).length;
  }

  /** Part of the exam that stands answered after an event, percent by the authors' seconds. */
  shareAfter(seq: number): number {
    const secondsOf = (numbers: number[]) => numbers.reduce((sum, number) => sum + this.#item(number).seconds, 0);
    const answered = this.numbers.filter((number) =>
      this.isComplete(number, this.#choices(number).findLast((event) => event.seq <= seq)?.payload.options),
    );
    return (secondsOf(answered) / secondsOf(this.numbers)) * 100;
  }

  curve(): { elapsedMs: number; answered: number; share: number }[] {
    return this.#events
      .filter(({ type }) => type === 'responded')
      .map(({ elapsedMs, seq }) => ({ elapsedMs, answered: this.answeredAfter(seq), share: this.shareAfter(seq) }));
  }

  /** The last event up to a time, or before it. */
  seqAt(ms: number, including: boolean): number {
    return this.#events.findLast(({ elapsedMs }) => (including ? elapsedMs <= ms : elapsedMs < ms))?.seq ?? 0;
  }

  /** The second farthest behind an even pace, judged by what stood before it. */
  worst(limitMs: number): { elapsedMs: number; aheadMs: number } {
    let worst = { elapsedMs: 0, aheadMs: 0 };
    for (let ms = 1000; ms <= this.endMs; ms += 1000) {
      const aheadMs = (limitMs * this.shareAfter(this.seqAt(ms, false))) / 100 - ms;
      if (aheadMs < worst.aheadMs - 1e-6) worst = { elapsedMs: ms, aheadMs };
    }
    return worst;
  }

  /** Answered scored items by the quarter of the time in which their last choice fell. */
  quarter(index: number): number[] {
    return this.scored.filter((number) => {
      if (!this.isComplete(number, this.answer(number))) return false;
      const at = this.#choices(number).at(-1)!.elapsedMs;
      const begins = (this.endMs * index) / 4;
      const ends = (this.endMs * (index + 1)) / 4;
      // With no time at all everything fell into the first; the very end belongs to the last.
      if (this.endMs === 0) return index === 0;
      return at >= begins && (at < ends || (index === 3 && at === this.endMs));
    });
  }

  changes(): { number: number; kind: string; from: string[]; to: string[]; elapsedMs: number }[] {
    const found = this.scored.flatMap((number) => {
      const complete = this.#choices(number).filter(({ payload }) => this.isComplete(number, payload.options));
      return complete.slice(1).flatMap((after, index) => {
        const from = complete[index]!.payload.options;
        const to = after.payload.options;
        if (from.join() === to.join()) return [];
        const word = (options: string[]) => (this.isRight(number, options) ? 'right' : 'wrong');
        return [{ seq: after.seq, number, kind: `${word(from)}-to-${word(to)}`, from, to, elapsedMs: after.elapsedMs }];
      });
    });
    return found.sort((a, b) => a.seq - b.seq).map(({ seq: _, ...change }) => change);
  }

  keyStruck(): number[] {
    return this.numbers.filter((number) =>
      this.struck(number).some((option) => this.#item(number).key.includes(option)),
    );
  }

  /** Answered single-answer scored items with something struck, by how many options were left. */
  withLeft(left: number): number[] {
    return this.scored.filter((number) => {
      const { type, options } = this.#item(number);
      const out = this.struck(number).length;
      return (
        type === 'single' && out > 0 && options.length - out === left && this.isComplete(number, this.answer(number))
      );
    });
  }

  right(numbers: readonly number[]): number {
    return numbers.filter((number) => this.isRight(number, this.answer(number))).length;
  }

  /** Items as they came on screen, one after the other, in a stretch of events. */
  visits(from: number, to: number) {
    const all = this.#events
      .filter((event) => event.type === 'visited')
      .map(({ payload, elapsedMs, seq }) => ({ number: payload.number, elapsedMs, seq }));
    const changed = all.filter(({ number }, index) => number !== all[index - 1]?.number);
    return changed.slice(from, to);
  }

  /** What a pass must say of the visits it is made of. */
  passOf(visits: ReturnType<SlowInsight['visits']>, first: boolean): Omit<Pass, 'startMs' | 'endMs'> {
    const ups = visits.filter(({ number }, index) => index > 0 && number > visits[index - 1]!.number).length;
    const downs = visits.length - 1 - ups;
    const direction = downs > ups ? ('down' as const) : ('up' as const);
    const numbers = [...new Set(visits.map(({ number }) => number))].sort((a, b) => a - b);
    const ends = [numbers[0]!, numbers.at(-1)!];
    const [from, to] = (direction === 'up' ? ends : ends.reverse()) as [number, number];
    const when = (number: number) => visits.find((visit) => visit.number === number)!.seq;
    const wasFlagged = (number: number) => this.isFlagged(number, when(number));
    const wasOpen = (number: number) =>
      !this.isComplete(number, this.#choices(number).findLast(({ seq }) => seq < when(number))?.payload.options);
    const nearlyAll = (test: (number: number) => boolean) => numbers.filter(test).length / numbers.length >= 0.9;
    const only = nearlyAll(wasFlagged) ? ('flagged' as const) : !first && nearlyAll(wasOpen) ? ('open' as const) : null;
    return { from, to, direction, items: numbers.length, only };
  }
}
