/** What the candidate is told about the time left, each once, and whether the clock is hidden. */
import { announcer } from './announcer.svelte.ts';
import { plural } from './format.ts';

/** Minutes left at which a hidden clock shows itself. */
const CLOCK_RETURNS_AT_MINUTES = 5;

export class TimeNotices {
  #text = $state('');
  #clockHidden = $state(false);
  #clockReturned = false;
  #atMinutes: readonly number[];
  #given = new Set<number>();

  /** @param leftMs time left when the exam is resumed with it: notices for more were given before; `null` where it begins. */
  constructor(atMinutes: readonly number[], leftMs: number | null) {
    this.#atMinutes = atMinutes;
    for (const minutes of atMinutes) if (leftMs !== null && leftMs <= minutes * 60_000) this.#given.add(minutes);
  }

  /** The notice on screen; empty when there is none. */
  get text(): string {
    return this.#text;
  }
  get clockHidden(): boolean {
    return this.#clockHidden;
  }

  dismiss(): void {
    this.#text = '';
  }

  hideClock(hidden: boolean): void {
    this.#clockHidden = hidden;
  }

  /** To be called whenever the shown second changes. @param leftMs time left, ms. */
  watch(leftMs: number): void {
    for (const minutes of this.#atMinutes)
      if (leftMs <= minutes * 60_000 && !this.#given.has(minutes)) {
        this.#given.add(minutes);
        this.#text = `${plural(minutes, 'minute')} left.`;
        announcer.say(this.#text);
      }
    if (leftMs <= CLOCK_RETURNS_AT_MINUTES * 60_000 && !this.#clockReturned) {
      this.#clockReturned = true;
      this.#clockHidden = false;
    }
  }
}
