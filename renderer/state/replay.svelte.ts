/**
 * A finished sitting on screen as it was at one of its moments. Main tells each moment when it is gone to; while it does,
 * the last one stays on screen, and of moments passed over quickly only the one stopped at is asked for.
 */
import type { ExamApi, ReplayMoment, ReplayView, SittingView, StillView } from '../../main/contract.ts';
import type { CandidateItem } from '../../main/exam/candidate-view.ts';
import type { ShownItem, ShownQuestion } from './sitting.svelte.ts';

export class Replay {
  readonly view: ReplayView;
  #api: Pick<ExamApi, 'call'>;
  #index = $state(0);
  #still = $state.raw<StillView | null>(null);
  #trouble = $state('');
  #asking = false;

  /** Goes to the first question. */
  constructor(view: ReplayView, api: Pick<ExamApi, 'call'>) {
    this.view = view;
    this.#api = api;
    const first = view.moments.findIndex(({ type }) => type === 'visited');
    this.go(Math.max(0, first));
  }

  /** Of the moment gone to, from 0. */
  get index(): number {
    return this.#index;
  }
  get last(): number {
    return this.view.moments.length - 1;
  }
  get moment(): ReplayMoment {
    return this.view.moments[this.#index]!;
  }
  /** What was on screen at the moment; `null` until main has told the first one. */
  get still(): StillView | null {
    return this.#still;
  }
  /** Why the moment cannot be shown. */
  get trouble(): string {
    return this.#trouble;
  }

  /** @param index from 0; one beyond the ends goes to the end. */
  go(index: number): void {
    this.#index = Math.min(Math.max(index, 0), this.last);
    void this.#ask();
  }

  /** The nearest moment at which a question came on screen, before or after the present one; else the end. */
  goToQuestion(direction: 1 | -1): void {
    const { moments } = this.view;
    let index = this.#index + direction;
    while (index > 0 && index < this.last && moments[index]!.type !== 'visited') index += direction;
    this.go(index);
  }

  /** Asks main again after it could not tell the moment. */
  tryAgain(): void {
    void this.#ask();
  }

  async #ask(): Promise<void> {
    if (this.#asking) return;
    this.#asking = true;
    this.#trouble = '';
    while (this.#still?.seq !== this.moment.seq && this.#trouble === '') {
      const { seq } = this.moment;
      const reply = await this.#api.call('insight.at', { sittingId: this.view.sittingId, seq });
      if (reply.ok) this.#still = reply.value;
      else this.#trouble = reply.message;
    }
    this.#asking = false;
  }
}

/** The question of a still, for the part that shows a running one; nothing can be done to it. */
export class StillQuestion implements ShownQuestion {
  #replay: Replay;

  constructor(replay: Replay) {
    this.#replay = replay;
  }

  get items(): readonly CandidateItem[] {
    return this.#replay.view.items;
  }
  get current(): number {
    return this.#replay.still?.current ?? 1;
  }
  get item(): CandidateItem {
    return this.items[this.current - 1]!;
  }
  get state(): ShownItem {
    return this.#replay.still!.states[this.current - 1]!;
  }
  get highlights(): SittingView['highlights'] {
    return this.#replay.still?.highlights ?? {};
  }
  choose(): void {}
  strike(): void {}
  markRead(): void {}
}
