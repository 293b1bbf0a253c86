/**
 * A practice on screen: the question with what is chosen and struck so far, and main's word on the answer. An answer
 * counts as given when main has it; one that could not be saved stays chosen and can be checked again.
 */
import type { ExamApi, PracticeView, Reply } from '../../main/contract.ts';
import type { CandidateItem } from '../../main/exam/candidate-view.ts';
import type { Sureness } from '../../main/study/cards.ts';
import { announcer } from './announcer.svelte.ts';
import type { ShownItem, ShownQuestion } from './sitting.svelte.ts';
import { Stopwatch } from './stopwatch.ts';

export type InPractice = Exclude<PracticeView, { state: 'over' }>;

export class PracticeRun implements ShownQuestion {
  /** The time the question has been on screen. */
  readonly watch: Stopwatch;
  #api: Pick<ExamApi, 'call'>;
  #view = $state.raw<PracticeView>() as PracticeView;
  #item = $state.raw<CandidateItem>() as CandidateItem;
  #response = $state.raw<string[]>([]);
  #struck = $state.raw<string[]>([]);
  #sureness = $state<Sureness>('fair');
  #trouble = $state('');
  #asking = false;

  /** @param nowMs a monotonic clock. */
  constructor(view: InPractice, api: Pick<ExamApi, 'call'>, nowMs: () => number) {
    this.#api = api;
    this.watch = new Stopwatch(nowMs);
    this.#adopt(view);
  }

  get view(): PracticeView {
    return this.#view;
  }
  /** The question on screen; once the practice is over, the last one. */
  get item(): CandidateItem {
    return this.#item;
  }
  /** One at a time: the others are not known here. */
  get items(): readonly CandidateItem[] {
    return [this.#item];
  }
  get current(): number {
    return this.#item.number;
  }
  get state(): ShownItem {
    const complete = this.#response.length === this.#item.select;
    return {
      ...{ visited: true, response: this.#response, struck: this.#struck, flagged: false, note: '', read: true },
      status: complete ? 'complete' : 'incomplete',
    };
  }
  get highlights(): Record<string, never> {
    return {};
  }
  get sureness(): Sureness {
    return this.#sureness;
  }
  /** Why the last step could not be taken; empty when it could. */
  get trouble(): string {
    return this.#trouble;
  }

  choose(option: string): void {
    const { type, options } = this.#item;
    if (this.#view.state !== 'question' || !options.some(({ id }) => id === option)) return;
    const held = this.#response;
    this.#response =
      type === 'single'
        ? [option]
        : options.map(({ id }) => id).filter((id) => (id === option ? !held.includes(id) : held.includes(id)));
    this.#struck = this.#struck.filter((id) => !this.#response.includes(id));
    this.#trouble = '';
  }

  /** Strikes an option out or restores it. The chosen option is not struck. */
  strike(option: string): void {
    if (this.#view.state !== 'question' || !this.#item.options.some(({ id }) => id === option)) return;
    const name = `Option ${option.toUpperCase()}`;
    if (this.#response.includes(option))
      return announcer.say(`${name} is your answer. Choose another before striking it out.`);
    const on = !this.#struck.includes(option);
    this.#struck = on ? [...this.#struck, option].sort() : this.#struck.filter((id) => id !== option);
    announcer.say(`${name} ${on ? 'struck out' : 'restored'}.`);
  }

  /** Says how sure the answer is, or takes that back. */
  say(sureness: Sureness): void {
    if (this.#view.state === 'question') this.#sureness = this.#sureness === sureness ? 'fair' : sureness;
  }

  /** Nothing hangs on it here. */
  markRead(): void {}

  /** Gives the answer. @returns whether main has it, and the key is on screen. */
  async check(): Promise<boolean> {
    const view = this.#view;
    if (view.state !== 'question') return false;
    const { select } = this.#item;
    if (this.#response.length !== select) {
      this.#say(select === 1 ? 'Choose an option first.' : `Choose ${select} options first.`);
      return false;
    }
    const { practiceId, position } = view;
    const timeMs = Math.round(this.watch.ms);
    const given = { options: [...this.#response], struck: [...this.#struck], sureness: this.#sureness, timeMs };
    return this.#take(() => this.#api.call('practice.answer', { practiceId, position, ...given }));
  }

  /** Goes to the next question, or to the summary after the last. @returns whether it is on screen. */
  async next(): Promise<boolean> {
    const view = this.#view;
    if (view.state !== 'answered') return false;
    const { practiceId, feedback } = view;
    const position = feedback.next;
    return this.#take(() => this.#api.call('practice.show', { practiceId, ...(position !== null && { position }) }));
  }

  /** Ends the practice here. @returns whether its summary is on screen. */
  end(): Promise<boolean> {
    return this.#take(() => this.#api.call('practice.end', { practiceId: this.#view.practiceId }));
  }

  /** One step at a time: a second press of the key is not a second answer. */
  async #take(ask: () => Promise<Reply<PracticeView>>): Promise<boolean> {
    if (this.#asking) return false;
    this.#asking = true;
    const reply = await ask();
    this.#asking = false;
    if (reply.ok) this.#adopt(reply.value);
    else this.#say(reply.code === 'not-saved' ? `Not saved. ${reply.message} Try again.` : reply.message);
    return reply.ok;
  }

  #say(trouble: string): void {
    this.#trouble = trouble;
    announcer.say(trouble);
  }

  #adopt(view: PracticeView): void {
    this.#trouble = '';
    if (view.state !== 'over') this.#item = view.item;
    if (view.state === 'question') {
      this.#response = [];
      this.#struck = [];
      this.#sureness = 'fair';
      this.watch.reset();
    } else if (view.state === 'answered') {
      const ids = (is: 'chosen' | 'struck') => view.feedback.options.filter((one) => one[is]).map(({ id }) => id);
      this.#response = ids('chosen');
      this.#struck = ids('struck');
      this.#sureness = view.feedback.sureness;
    }
    this.#view = view;
  }
}
