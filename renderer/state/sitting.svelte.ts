/**
 * A sitting on screen. A choice shows at once and is sent to main in order, one command at a time; it counts as saved
 * when main has acknowledged it. What could not be saved stays visible, is shown as not saved, and is sent again.
 */
import type { ActReply, ExamApi, Push, SittingView } from '../../main/contract.ts';
import type { TextRange } from '../../main/exam/events.ts';
import type { CandidateItem } from '../../main/exam/candidate-view.ts';
import type { SittingCommand } from '../../main/exam/sitting.ts';
import { announcer } from './announcer.svelte.ts';
import { ShownClock } from './clock.svelte.ts';
import { CommandQueue, type QueueOwner, type SaveState } from './command-queue.svelte.ts';
import { spokenTime } from './format.ts';
import { TimeNotices } from './notices.svelte.ts';
import { ShownSitting, type ShownItem } from './shown-sitting.svelte.ts';

export type { ShownItem };

/** What the question on screen needs of a sitting: one that runs, or one that is replayed. */
export type ShownQuestion = Pick<
  SittingSession,
  'items' | 'item' | 'state' | 'current' | 'highlights' | 'choose' | 'strike' | 'markRead'
>;

/** How long after a failure main is asked again what it holds, ms. */
const ASK_AGAIN_MS = 2_000;

export class SittingSession {
  readonly clock: ShownClock;
  #api: Pick<ExamApi, 'call'>;
  #shown: ShownSitting;
  #phase = $state<SittingView['phase']>('agreement');
  #seq: number;
  #queue: CommandQueue;
  #notices: TimeNotices;

  constructor(view: SittingView, api: Pick<ExamApi, 'call'>) {
    this.#api = api;
    this.#shown = new ShownSitting(view);
    this.#seq = view.seq;
    this.clock = new ShownClock(
      view.clock,
      () => this.#watchTime(),
      () => this.syncClock(),
    );
    // The agreement has a clock of its own, which gives no notices.
    this.#notices = new TimeNotices(view.noticesAtMinutes, view.phase === 'exam' ? this.clock.remainingMs : null);
    this.#queue = new CommandQueue(api, view.sittingId, this.#asOwner());
    this.#adopt(view);
  }

  get view(): SittingView {
    return this.#shown.view;
  }
  get phase(): SittingView['phase'] {
    return this.#phase;
  }
  get items(): readonly CandidateItem[] {
    return this.view.items;
  }
  get states(): readonly ShownItem[] {
    return this.#shown.states;
  }
  get current(): number {
    return this.#shown.current;
  }
  get item(): CandidateItem {
    return this.view.items[this.current - 1]!;
  }
  get state(): ShownItem {
    return this.states[this.current - 1]!;
  }
  get highlights(): SittingView['highlights'] {
    return this.#shown.highlights;
  }
  get save(): SaveState {
    return this.#queue.save;
  }
  /** Why something could not be saved, or was refused. */
  get trouble(): string {
    return this.#queue.trouble;
  }
  /** A notice about the time left; empty when there is none. */
  get notice(): string {
    return this.#notices.text;
  }
  get clockHidden(): boolean {
    return this.#notices.clockHidden;
  }
  get answered(): number {
    return this.states.filter((state) => state.status === 'complete').length;
  }
  get flagged(): number {
    return this.states.filter((state) => state.flagged).length;
  }
  /** The number Next goes to, `null` at the end of the working order. */
  get next(): number | null {
    return this.#neighbour(1);
  }
  get previous(): number | null {
    return this.#neighbour(-1);
  }

  agree(): Promise<void> {
    return this.#do({ type: 'agree' });
  }
  decline(): Promise<void> {
    return this.#do({ type: 'decline' });
  }
  end(): Promise<void> {
    return this.#do({ type: 'end' });
  }

  visit(number: number): void {
    if (!this.view.items[number - 1]) return;
    this.#give({ type: 'visit', number });
  }

  /** Chooses an option of a single-answer item, or toggles one of a multiple-select item. */
  choose(option: string): void {
    const { number, type, options } = this.item;
    if (!options.some((candidate) => candidate.id === option)) return;
    const held = this.state.response;
    const chosen =
      type === 'single'
        ? [option]
        : options.map(({ id }) => id).filter((id) => (id === option ? !held.includes(id) : held.includes(id)));
    if (chosen.join() === held.join()) return;
    this.#give({ type: 'respond', number, options: chosen });
  }

  /** Strikes an option out or restores it. The chosen option is not struck. */
  strike(option: string): void {
    const { number, options } = this.item;
    if (!options.some((candidate) => candidate.id === option)) return;
    const { response, struck } = this.state;
    if (response.includes(option)) {
      announcer.say(`Option ${option.toUpperCase()} is your answer. Choose another before striking it out.`);
      return;
    }
    const on = !struck.includes(option);
    this.#give({ type: 'strike', number, option, on });
    announcer.say(`Option ${option.toUpperCase()} ${on ? 'struck out' : 'restored'}.`);
  }

  flag(): void {
    const on = !this.state.flagged;
    this.#give({ type: 'flag', number: this.current, on });
    announcer.say(on ? 'Flagged for review.' : 'Flag removed.');
  }

  /** @param text at most 4,000 characters. */
  note(number: number, text: string): void {
    if (this.states[number - 1]?.note === text) return;
    this.#give({ type: 'note', number, text });
  }

  highlight(text: string, ranges: TextRange[]): void {
    this.#give({ type: 'highlight', text, ranges });
  }

  /** The current item has been scrolled to its end. */
  markRead(): void {
    if (this.state.read) return;
    this.#give({ type: 'read', number: this.current });
  }

  attend(kind: Extract<SittingCommand, { type: 'attend' }>['kind']): void {
    void this.#do({ type: 'attend', kind });
  }

  hideClock(hidden: boolean): void {
    this.#notices.hideClock(hidden);
  }

  dismissNotice(): void {
    this.#notices.dismiss();
  }

  dismissTrouble(): void {
    this.#queue.dismissTrouble();
  }

  /** Last words of a page that goes away: what was on its way to main is not to be lost with it. */
  flush(): Promise<void> {
    return this.#queue.flush();
  }

  /** What main says by itself. */
  hear(push: Push): void {
    if (push.type === 'finished') return this.#finish();
    if (this.#queue.waiting.length > 0) return;
    if (push.progress.phase === this.#phase) this.clock.sync(push.progress.clock);
    // Another window has accepted the agreement.
    else void this.#showHeld();
  }

  /** Asks main for the time; also brings a time-out to light. */
  async syncClock(): Promise<void> {
    const reply = await this.#api.call('sitting.clock', { sittingId: this.view.sittingId });
    if (reply.ok) this.clock.sync(reply.value.clock);
    else if (reply.code === 'finished') this.#finish();
  }

  #neighbour(step: number): number | null {
    const { sequence } = this.view;
    return sequence[sequence.indexOf(this.current) + step] ?? null;
  }

  #adopt(view: SittingView): void {
    this.#shown.adopt(view);
    this.#seq = view.seq;
    this.#phase = view.phase;
    this.clock.sync(view.clock);
  }

  /** Shows what main holds, and over it what is still on its way to it. */
  #catchUp(view: SittingView): void {
    this.#adopt(view);
    for (const command of this.#queue.waiting) this.#shown.foresee(command);
  }

  /** Shows a command's outcome before main has acknowledged it, and sends it. */
  #give(command: SittingCommand): void {
    this.#shown.foresee(command);
    void this.#do(command);
  }

  /** @returns when the command, and all before it, are acknowledged. */
  #do(command: SittingCommand): Promise<void> {
    return this.#phase === 'finished' ? Promise.resolve() : this.#queue.send(command);
  }

  #asOwner(): QueueOwner {
    const seq = () => this.#seq;
    return {
      get seq() {
        return seq();
      },
      acknowledge: (command, reply) => this.#acknowledge(command, reply),
      catchUp: (view) => {
        const { current } = this;
        this.#catchUp(view);
        this.#shown.stayOn(current);
      },
      refused: () => this.#showHeld(),
      finish: () => this.#finish(),
    };
  }

  #acknowledge(command: SittingCommand, reply: ActReply): void {
    this.#seq = reply.seq;
    if (reply.phase === 'finished') {
      this.#finish();
      return;
    }
    if (reply.phase !== this.#phase) this.#phase = reply.phase;
    if (this.#queue.waiting.length > 0) return;
    this.clock.sync(reply.clock);
    if (reply.state && 'number' in command) this.#shown.put(command.number, reply.state);
  }

  /** Shows what main holds in place of what was shown, as soon as that can be had. */
  async #showHeld(): Promise<void> {
    for (;;) {
      const reply = await this.#api.call('sitting.open', { sittingId: this.view.sittingId });
      if (reply.ok) return this.#catchUp(reply.value);
      if (reply.code === 'finished') return this.#finish();
      if (reply.code !== 'unreachable' && reply.code !== 'not-saved') return;
      await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
    }
  }

  #finish(): void {
    this.#queue.clear();
    this.clock.stop();
    this.#phase = 'finished';
  }

  #watchTime(): void {
    const left = this.clock.remainingMs;
    if (left === null || this.#phase !== 'exam') return;
    this.#notices.watch(left);
    if (left === 0) void this.syncClock();
  }

  /** The time left in words. */
  timeInWords(): string {
    const left = this.clock.remainingMs;
    return left === null ? `Untimed. ${spokenTime(this.clock.elapsedMs)} used.` : `${spokenTime(left)} left.`;
  }
}
