/** The keys of the practice room: those of the exam that make sense here, Enter, and how sure an answer is. */
import type { Sureness } from '../../main/study/cards.ts';
import { handleExamKey } from './keys.ts';

export interface PracticeKeys {
  choose(option: string): void;
  strike(option: string): void;
  check(): void;
  next(): void;
  say(sureness: Sureness): void;
  help(): void;
}

/** The list shown behind `?`. */
export const PRACTICE_KEYS: readonly (readonly [string, string])[] = [
  ['A–F or 1–6', 'choose or toggle that option'],
  ['Shift + A–F or 1–6', 'strike or restore that option (also right click)'],
  ['G / S', 'I am guessing / I am sure'],
  ['Enter', 'check the answer'],
  ['Alt N', 'next question, when this one is answered'],
  ['?', 'this list'],
  ['Esc', 'close what is open'],
];

const SAYS: Record<string, Sureness> = { KeyG: 'guessed', KeyS: 'sure' };

/** What Enter already presses by itself. */
const PRESSABLE = 'button, a, summary, select, textarea';

/** Does what a key press means. @param sheetOpen a dialog covers the question. */
export function handlePracticeKey(event: KeyboardEvent, keys: PracticeKeys, sheetOpen: boolean): void {
  const plain = !event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.repeat;
  if (plain && !sheetOpen && !event.isComposing) {
    const says = SAYS[event.code];
    if (says) {
      event.preventDefault();
      return keys.say(says);
    }
    if (event.key === 'Enter' && !(event.target instanceof Element && event.target.closest(PRESSABLE))) {
      event.preventDefault();
      return keys.check();
    }
  }
  const nothing = () => {};
  const none = {
    ...{ previous: nothing, first: nothing, last: nothing, flag: nothing, navigator: nothing, review: nothing },
    ...{ note: nothing, highlight: nothing, sayTime: nothing, toggleClock: nothing },
  };
  const { choose, strike, next, help } = keys;
  handleExamKey(
    event,
    { ...none, choose, strike, next: event.repeat || sheetOpen ? nothing : next, help },
    sheetOpen ? 'sheet' : 'none',
  );
}
