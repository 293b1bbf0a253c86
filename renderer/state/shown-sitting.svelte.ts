/**
 * What the screen shows of a sitting: what main holds, and over it the outcome of commands that are still on their way.
 * `$state.raw` throughout: views are replaced, never changed.
 */
import type { SittingView } from '../../main/contract.ts';
import type { ItemStatus, SittingCommand } from '../../main/exam/sitting.ts';

export type ShownItem = SittingView['states'][number];

export class ShownSitting {
  #view: SittingView;
  #states = $state.raw<readonly ShownItem[]>([]);
  #highlights = $state.raw<SittingView['highlights']>({});
  #current = $state(1);

  constructor(view: SittingView) {
    this.#view = view;
    this.adopt(view);
  }

  get view(): SittingView {
    return this.#view;
  }
  get states(): readonly ShownItem[] {
    return this.#states;
  }
  get highlights(): SittingView['highlights'] {
    return this.#highlights;
  }
  /** Number of the item on screen, from 1. */
  get current(): number {
    return this.#current;
  }

  /** Takes what main holds. */
  adopt(view: SittingView): void {
    this.#view = view;
    this.#states = view.states;
    this.#highlights = view.highlights;
    this.#current = view.current;
  }

  /** Stays on the item that is on screen, whatever main says. */
  stayOn(number: number): void {
    this.#current = number;
  }

  /** Takes what main says of one item. */
  put(number: number, state: ShownItem): void {
    const states = this.#states.slice();
    states[number - 1] = state;
    this.#states = states;
  }

  /** Shows a command's outcome before main has acknowledged it. */
  foresee(command: SittingCommand): void {
    if (command.type === 'highlight') this.#highlights = { ...this.#highlights, [command.text]: command.ranges };
    if (!('number' in command)) return;
    const { number } = command;
    const { struck } = this.#states[number - 1]!;
    switch (command.type) {
      case 'visit':
        this.#current = number;
        return this.#patch(number, { visited: true });
      case 'respond':
        return this.#patch(number, {
          visited: true,
          response: command.options,
          struck: struck.filter((id) => !command.options.includes(id)),
        });
      case 'strike': {
        const others = struck.filter((id) => id !== command.option);
        return this.#patch(number, { struck: command.on ? [...others, command.option].sort() : others });
      }
      case 'flag':
        return this.#patch(number, { flagged: command.on });
      case 'note':
        return this.#patch(number, { note: command.text });
      case 'read':
        return this.#patch(number, { read: true });
    }
  }

  #patch(number: number, change: Partial<ShownItem>): void {
    const after = { ...this.#states[number - 1]!, ...change };
    after.status = shownStatus(after, this.#view.items[number - 1]!.select);
    this.put(number, after);
  }
}

function shownStatus(state: ShownItem, select: number): ItemStatus {
  if (state.response.length === select) return 'complete';
  return state.visited ? 'incomplete' : 'unseen';
}
