/** The list of finished sittings: what of it is asked for, how much is shown, what is chosen, and what was deleted last. */
import { api } from '../client.ts';
import type { HistoryEntry, HistoryPage, Input } from '../../main/contract.ts';

/** Sittings shown at first, and more at each asking. */
const STEP = 50;
/** Most that main tells at once. */
const PAGE_MAX = 200;

type Asked = Pick<Input<'history.page'>, 'examCode' | 'form' | 'sort'>;

const EVERYTHING: Asked = { examCode: null, form: null, sort: 'newest' };

/** Kept while the program runs, so that the way back from a report leads to the same list. */
let kept: Asked = EVERYTHING;

export class HistoryList {
  #asked = $state.raw<Asked>(kept);
  #page = $state.raw<HistoryPage | null>(null);
  #trouble = $state.raw('');
  #damaged = $state.raw(false);
  #chosen = $state.raw<readonly HistoryEntry[]>([]);
  #deleted = $state.raw<HistoryEntry | null>(null);
  /** Replies to older questions are let go. */
  #question = 0;

  constructor() {
    void this.load(STEP);
  }

  get asked(): Asked {
    return this.#asked;
  }
  /** `null` until main has answered. */
  get page(): HistoryPage | null {
    return this.#page;
  }
  /** Why the last question or change failed. */
  get trouble(): string {
    return this.#trouble;
  }
  /** Whether that is because the history cannot be read: asking again is of no use, a backup is. */
  get damaged(): boolean {
    return this.#damaged;
  }
  /** Up to two, to be compared. */
  get chosen(): readonly HistoryEntry[] {
    return this.#chosen;
  }
  /** The sitting that was deleted last, as long as nothing else has been done. */
  get deleted(): HistoryEntry | null {
    return this.#deleted;
  }

  /** Asks for the list anew. @param wanted how many entries, as far as there are so many. */
  async load(wanted = Math.max(STEP, this.#page?.entries.length ?? 0)): Promise<void> {
    const question = ++this.#question;
    const entries: HistoryEntry[] = [];
    for (;;) {
      const count = Math.min(PAGE_MAX, wanted - entries.length);
      const reply = await api.call('history.page', { ...this.#asked, from: entries.length, count });
      if (question !== this.#question) return;
      this.#trouble = reply.ok ? '' : reply.message;
      this.#damaged = !reply.ok && reply.code === 'damaged';
      if (!reply.ok) return;
      entries.push(...reply.value.entries);
      if (entries.length >= wanted || reply.value.entries.length < count) {
        this.#page = { ...reply.value, entries };
        return;
      }
    }
  }

  async ask(change: Partial<Asked>): Promise<void> {
    const next = { ...this.#asked, ...change };
    // A form belongs to its exam.
    if (change.examCode !== undefined) next.form = null;
    kept = this.#asked = next;
    this.#deleted = null;
    await this.load(STEP);
  }

  more(): Promise<void> {
    this.#deleted = null;
    return this.load((this.#page?.entries.length ?? 0) + STEP);
  }

  isChosen({ sittingId }: HistoryEntry): boolean {
    return this.#chosen.some((one) => one.sittingId === sittingId);
  }

  /** Why a sitting cannot be chosen beside what is chosen; empty when it can. */
  obstacle(entry: HistoryEntry): string {
    if (entry.points === null) return 'not scored';
    if (this.isChosen(entry)) return '';
    if (this.#chosen.length >= 2) return 'two are chosen';
    const [other] = this.#chosen;
    return other && other.examCode !== entry.examCode ? 'another exam' : '';
  }

  choose(entry: HistoryEntry, on: boolean): void {
    const others = this.#chosen.filter(({ sittingId }) => sittingId !== entry.sittingId);
    this.#chosen = on && this.obstacle(entry) === '' ? [...others, entry] : others;
    this.#deleted = null;
  }

  chooseNone(): void {
    this.#chosen = [];
  }

  /** @returns whether it is deleted. */
  async delete(entry: HistoryEntry): Promise<boolean> {
    this.#deleted = null;
    const reply = await api.call('history.delete', { sittingId: entry.sittingId });
    if (!reply.ok) {
      this.#trouble = reply.message;
      return false;
    }
    this.#chosen = this.#chosen.filter(({ sittingId }) => sittingId !== entry.sittingId);
    this.#deleted = entry;
    await this.load();
    return true;
  }

  /** Puts a deleted sitting back. @returns whether it is back. */
  async restore({ sittingId }: Pick<HistoryEntry, 'sittingId'>): Promise<boolean> {
    const reply = await api.call('history.restore', { sittingId });
    if (!reply.ok) {
      this.#trouble = reply.message;
      return false;
    }
    this.#deleted = null;
    await this.load();
    return true;
  }
}
