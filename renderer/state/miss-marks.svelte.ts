/**
 * The marks on the questions of one sitting, on screen. A mark shows at once and is sent to main; it counts as saved when
 * main has it. What could not be saved stays visible, is shown as not saved, and is sent again. A mark is always sent as
 * a whole, so that sending it twice does no harm.
 */
import type { ExamApi } from '../../main/contract.ts';
import type { MissMark, MissTag } from '../../main/insight/misses.ts';
import { announcer } from './announcer.svelte.ts';
import type { SaveState } from './command-queue.svelte.ts';

/** How long after the last key a note is sent, ms. */
const SETTLE_MS = 500;
/** Waits between tries to save, ms; the last one repeats. */
const RETRY_MS = [500, 1_000, 2_000, 5_000];

/** Those with marks that main has not yet got, by sitting: a candidate who leaves the screen comes back to them. */
const unsaved = new Map<string, MissMarks>();

/** The marks of a sitting, on top of what main holds. */
export function missMarksOf(api: Pick<ExamApi, 'call'>, sittingId: string, held: readonly MissMark[]): MissMarks {
  const marks = unsaved.get(sittingId) ?? new MissMarks(api, sittingId);
  marks.adopt(held);
  return marks;
}

export class MissMarks {
  #api: Pick<ExamApi, 'call'>;
  #sittingId: string;
  #marks = $state.raw<ReadonlyMap<number, MissMark>>(new Map());
  #save = $state<SaveState>('saved');
  #trouble = $state('');
  #touched = $state(false);
  /** Numbers whose mark is not yet on its way. */
  #waiting = new Set<number>();
  #onItsWay: number | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #pumping: Promise<void> | null = null;

  constructor(api: Pick<ExamApi, 'call'>, sittingId: string) {
    this.#api = api;
    this.#sittingId = sittingId;
  }

  get save(): SaveState {
    return this.#save;
  }
  /** Why something could not be saved, or was refused. */
  get trouble(): string {
    return this.#trouble;
  }
  /** Whether anything was marked since this was opened. */
  get touched(): boolean {
    return this.#touched;
  }
  get all(): readonly MissMark[] {
    return [...this.#marks.values()];
  }

  of(number: number): MissMark {
    return this.#marks.get(number) ?? { number, tags: [], note: '' };
  }

  toggle(number: number, tag: MissTag): void {
    const { tags } = this.of(number);
    this.#put(number, { tags: tags.includes(tag) ? tags.filter((one) => one !== tag) : [...tags, tag] });
    void this.send();
  }

  /** Shows the note at once and sends it when the typing pauses. @param text at most 4,000 characters. */
  write(number: number, text: string): void {
    this.#put(number, { note: text });
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.send(), SETTLE_MS);
  }

  /** Sends what waits now. @returns when main has all of it. */
  send(): Promise<void> {
    clearTimeout(this.#timer);
    if (this.#waiting.size === 0 && !this.#pumping) return Promise.resolve();
    this.#pumping ??= this.#pump().finally(() => (this.#pumping = null));
    return this.#pumping;
  }

  /** Last words of a page that goes away and may not hear the replies. */
  flush(): void {
    clearTimeout(this.#timer);
    for (const number of this.#waiting) void this.#call(number);
  }

  /** Shows what main holds, and over it what main has not got yet. */
  adopt(held: readonly MissMark[]): void {
    const marks = new Map(held.map((mark) => [mark.number, mark]));
    for (const number of [...this.#waiting, ...(this.#onItsWay === null ? [] : [this.#onItsWay])])
      marks.set(number, this.of(number));
    this.#marks = marks;
  }

  #put(number: number, change: Partial<MissMark>): void {
    this.#marks = new Map(this.#marks).set(number, { ...this.of(number), ...change });
    this.#waiting.add(number);
    this.#touched = true;
    if (this.#save === 'saved') {
      this.#save = 'saving';
      this.#trouble = '';
    }
    unsaved.set(this.#sittingId, this);
  }

  #call(number: number) {
    const { tags, note } = this.of(number);
    return this.#api.call('marks.set', { sittingId: this.#sittingId, number, tags, note });
  }

  async #pump(): Promise<void> {
    let tries = 0;
    for (let [number] = this.#waiting; number !== undefined; [number] = this.#waiting) {
      this.#waiting.delete(number);
      this.#onItsWay = number;
      const reply = await this.#call(number);
      this.#onItsWay = null;
      if (reply.ok) {
        tries = 0;
      } else if (reply.code === 'not-saved' || reply.code === 'unreachable') {
        this.#waiting.add(number);
        this.#save = 'not-saved';
        this.#trouble = reply.message;
        if (tries === 0) announcer.interrupt('Not saved. Codehall is trying again.');
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS[Math.min(tries++, RETRY_MS.length - 1)]));
      } else {
        await this.#refused(reply.message);
      }
    }
    if (this.#save === 'not-saved') {
      this.#trouble = '';
      announcer.interrupt('');
      announcer.say('Everything is saved.');
    }
    this.#save = 'saved';
    unsaved.delete(this.#sittingId);
  }

  /** It will not be kept however often it is sent: shows what main holds. */
  async #refused(message: string): Promise<void> {
    this.#trouble = message;
    announcer.interrupt(message);
    const reply = await this.#api.call('marks.show', { sittingId: this.#sittingId });
    if (reply.ok) this.adopt(reply.value.marks);
  }
}
