/**
 * The keys of the exam screen. Read by `event.code`, so that Alt works on every keyboard layout and Option on macOS.
 */

export interface ExamKeys {
  choose(option: string): void;
  strike(option: string): void;
  next(): void;
  previous(): void;
  first(): void;
  last(): void;
  flag(): void;
  navigator(): void;
  review(): void;
  note(): void;
  highlight(): void;
  sayTime(): void;
  toggleClock(): void;
  help(): void;
}

type Act = Exclude<keyof ExamKeys, 'choose' | 'strike'>;

const ALT_KEYS: Record<string, Act> = {
  KeyN: 'next',
  KeyP: 'previous',
  Home: 'first',
  End: 'last',
  KeyF: 'flag',
  KeyG: 'navigator',
  KeyR: 'review',
  KeyM: 'note',
  KeyL: 'highlight',
  KeyT: 'sayTime',
  KeyH: 'toggleClock',
};

/** The list shown behind `?`. */
export const KEY_LIST: readonly (readonly [string, string])[] = [
  ['A–F or 1–6', 'choose or toggle that option'],
  ['Shift + A–F or 1–6', 'strike or restore that option (also right click)'],
  ['Alt N / Alt P', 'next / previous in the working order'],
  ['Alt Home / Alt End', 'first / last number'],
  ['Alt F', 'flag or unflag'],
  ['Alt G', 'navigator; then type a number, Enter'],
  ['Alt R', 'review screen'],
  ['Alt M', 'note'],
  ['Alt L', 'highlight the selected words, or remove the mark'],
  ['Alt T', 'say the time left'],
  ['Alt H', 'hide or show the clock'],
  ['?', 'this list'],
  ['Esc', 'close what is open'],
];

/** Option letter of a letter or digit key, `null` for other keys. */
function optionOf(code: string): string | null {
  const letter = /^Key([A-F])$/.exec(code)?.[1];
  if (letter) return letter.toLowerCase();
  const digit = /^(?:Digit|Numpad)([1-6])$/.exec(code)?.[1];
  return digit ? 'abcdef'[Number(digit) - 1]! : null;
}

/** Whether a key pressed there types or chooses by itself. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    (target instanceof HTMLInputElement && !['radio', 'checkbox', 'button'].includes(target.type))
  );
}

/**
 * What lies over the question.
 * - `none` - `sheet`: a dialog that can be left for anything else: then only Alt keys act
 * - `asked`: something must be answered first: then only the time can be asked for
 */
export type Cover = 'none' | 'sheet' | 'asked';

/** Does what a key press means. */
export function handleExamKey(event: KeyboardEvent, keys: ExamKeys, cover: Cover): void {
  if (event.ctrlKey || event.metaKey || event.isComposing) return;
  if (event.altKey) {
    const act = ALT_KEYS[event.code];
    if (!act) return;
    // The browser's own use of the key (its menu, its home page) is not wanted in the exam.
    event.preventDefault();
    if (cover === 'asked' && act !== 'sayTime') return;
    if (!event.repeat || act === 'next' || act === 'previous') keys[act]();
    return;
  }
  if (cover !== 'none' || isTyping(event.target) || event.repeat) return;
  if (event.key === '?') {
    event.preventDefault();
    keys.help();
    return;
  }
  const option = optionOf(event.code);
  if (!option) return;
  event.preventDefault();
  if (event.shiftKey) keys.strike(option);
  else keys.choose(option);
}
