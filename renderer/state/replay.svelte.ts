/**
 * A finished sitting on screen as it was at one of its moments. Main tells each moment when it is gone to; while it does,
 * the last one stays on screen, and of moments passed over quickly only the one stopped at is asked for. Played, it goes
 * through them by the time that was charged.
 */
import type { ExamApi, ReplayMoment, ReplayView, SittingView, StillView } from '../../main/contract.ts';
import type { CandidateItem } from '../../main/exam/candidate-view.ts';
import type { ShownItem, ShownQuestion } from './sitting.svelte.ts';

/** How many times as fast as it was. A whole exam takes 4 minutes at the last one. */
export const SPEEDS = [1, 10, 60] as const;
export type Speed = (typeof SPEEDS)[number];

/**
 * Calls `beat` again and again with the time since the last call, ms.
 * @returns what stops it.
 */
export type Beats = (beat: (sinceMs: number) => void) => () => void;

export class Replay {
  readonly view: ReplayView;
  #api: Pick<ExamApi, 'call'>;
  #beats: Beats;
  /** When each moment was, ms of charged time since the beginning of the sitting, its agreement included. */
  #times: readonly number[];
  #first: number;
  #index = $state(0);
  /** Time gone by in play since the present moment, ms. */
  #sinceMs = $state(0);
  #speed = $state<Speed>(10);
  #playing = $state(false);
  #stop = () => {};
  #still = $state.raw<StillView | null>(null);
  #trouble = $state('');
  #asking = false;

  /** Goes to the first question. */
  constructor(view: ReplayView, api: Pick<ExamApi, 'call'>, beats: Beats) {
    this.view = view;
    this.#api = api;
    this.#beats = beats;
    this.#times = timesOf(view.moments);
    this.#first = Math.max(
      0,
      view.moments.findIndex(({ type }) => type === 'visited'),
    );
    this.go(this.#first);
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

  get playing(): boolean {
    return this.#playing;
  }
  get speed(): Speed {
    return this.#speed;
  }
  /** Time gone by in play since the moment on screen, ms: the clock as it ran on from there. */
  get sinceMs(): number {
    return this.#still?.seq === this.moment.seq ? this.#sinceMs : 0;
  }

  /** Goes there and stops playing. @param index from 0; one beyond the ends goes to the end. */
  go(index: number): void {
    this.pause();
    this.#show(index);
  }

  /** Plays on from the present moment; at the end, from the first question. */
  play(): void {
    if (this.#playing) return;
    if (this.#index === this.last) this.#show(this.#first);
    this.#playing = true;
    this.#stop = this.#beats((sinceMs) => this.#beat(sinceMs));
  }

  /** Stands still at the moment that has come; the clock keeps what has gone by since. */
  pause(): void {
    this.#stop();
    this.#stop = () => {};
    this.#playing = false;
  }

  setSpeed(speed: Speed): void {
    this.#speed = speed;
  }

  #show(index: number): void {
    this.#index = Math.min(Math.max(index, 0), this.last);
    this.#sinceMs = 0;
    void this.#ask();
  }

  #beat(sinceMs: number): void {
    if (this.#trouble !== '') return this.pause();
    const now = this.#times[this.#index]! + this.#sinceMs + sinceMs * this.#speed;
    let index = this.#index;
    while (index < this.last && this.#times[index + 1]! <= now) index += 1;
    if (index !== this.#index) this.#show(index);
    if (index === this.last) this.pause();
    else this.#sinceMs = now - this.#times[index]!;
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

/** The clock begins anew where the agreement is accepted; here it runs on. */
function timesOf(moments: readonly ReplayMoment[]): number[] {
  let began = 0;
  let before = 0;
  return moments.map(({ elapsedMs }) => {
    if (elapsedMs < before) began += before;
    before = elapsedMs;
    return began + elapsedMs;
  });
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
