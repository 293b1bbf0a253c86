import { beforeEach, describe, expect, it, vi } from 'vitest';
import { handleExamKey, type Cover, type ExamKeys } from '../../renderer/state/keys.ts';

class FakeTextArea {}
class FakeSelect {}
class FakeInput {
  type: string;
  constructor(type: string) {
    this.type = type;
  }
}

beforeEach(() => {
  vi.stubGlobal('HTMLTextAreaElement', FakeTextArea);
  vi.stubGlobal('HTMLSelectElement', FakeSelect);
  vi.stubGlobal('HTMLInputElement', FakeInput);
});

/** What a key press did, as `next` or `choose b`, and whether the browser's own use of it was prevented. */
function press(code: string, more: Partial<KeyboardEvent> & { key?: string } = {}, cover: Cover = 'none') {
  const did: string[] = [];
  const keys = new Proxy({} as ExamKeys, {
    get: (_, name: string) => (option?: string) => void did.push(option ? `${name} ${option}` : name),
  });
  const preventDefault = vi.fn();
  const event = { code, key: 'x', target: null, ...more, preventDefault };
  handleExamKey(event as unknown as KeyboardEvent, keys, cover);
  return { did: did.join(), prevented: preventDefault.mock.calls.length > 0 };
}

describe('options', () => {
  it.each([
    ['KeyA', 'choose a'],
    ['KeyF', 'choose f'],
    ['Digit1', 'choose a'],
    ['Digit6', 'choose f'],
    ['Numpad2', 'choose b'],
  ])('%s chooses', (code, did) => expect(press(code)).toEqual({ did, prevented: true }));

  it.each([
    ['KeyB', 'strike b'],
    ['Digit3', 'strike c'],
  ])('Shift %s strikes', (code, did) => expect(press(code, { shiftKey: true })).toEqual({ did, prevented: true }));

  it.each(['KeyG', 'Digit7', 'Digit0', 'Tab', 'Space', 'ArrowDown', 'Enter'])('%s does nothing', (code) =>
    expect(press(code)).toEqual({ did: '', prevented: false }),
  );

  it('are not chosen again and again by a key held down', () => {
    expect(press('KeyA', { repeat: true }).did).toBe('');
  });
});

describe('Alt', () => {
  it.each([
    ['KeyN', 'next'],
    ['KeyP', 'previous'],
    ['Home', 'first'],
    ['End', 'last'],
    ['KeyF', 'flag'],
    ['KeyG', 'navigator'],
    ['KeyR', 'review'],
    ['KeyM', 'note'],
    ['KeyL', 'highlight'],
    ['KeyT', 'sayTime'],
    ['KeyH', 'toggleClock'],
  ])('%s: %s, instead of what the browser would do', (code, did) =>
    expect(press(code, { altKey: true })).toEqual({ did, prevented: true }),
  );

  it('goes by the key’s place, whatever sign Option makes of it', () => {
    expect(press('KeyN', { altKey: true, key: '˜' }).did).toBe('next');
  });

  it('chooses no option', () => {
    expect(press('KeyA', { altKey: true })).toEqual({ did: '', prevented: false });
  });

  it('held down goes on through the questions, and flags once', () => {
    expect(press('KeyN', { altKey: true, repeat: true }).did).toBe('next');
    expect(press('KeyF', { altKey: true, repeat: true })).toEqual({ did: '', prevented: true });
  });
});

it('shows the list of keys at ?, on every layout', () => {
  expect(press('Slash', { key: '?', shiftKey: true })).toEqual({ did: 'help', prevented: true });
  expect(press('Minus', { key: '?', shiftKey: true }).did).toBe('help');
});

describe('left to others', () => {
  it.each([
    ['Ctrl', { ctrlKey: true }],
    ['Cmd', { metaKey: true }],
    ['AltGr, which is Ctrl and Alt', { ctrlKey: true, altKey: true }],
    ['an input method', { isComposing: true }],
  ])('are keys with %s', (_, more) => expect(press('KeyA', more)).toEqual({ did: '', prevented: false }));

  it.each([new FakeTextArea(), new FakeSelect(), new FakeInput('text'), new FakeInput('number')])(
    'are letters typed into a field',
    (target) => {
      expect(press('KeyA', { target: target as never }).did).toBe('');
      expect(press('Slash', { key: '?', target: target as never }).did).toBe('');
      expect(press('KeyN', { altKey: true, target: target as never }).did).toBe('next');
    },
  );

  it('but not on a radio button or checkbox', () => {
    for (const type of ['radio', 'checkbox'])
      expect(press('KeyB', { target: new FakeInput(type) as never }).did).toBe('choose b');
  });

  it('are letters while a sheet is open, and Alt keys are not', () => {
    expect(press('KeyA', {}, 'sheet').did).toBe('');
    expect(press('KeyN', { altKey: true }, 'sheet').did).toBe('next');
  });

  it('are all but the time while something must be answered; the browser gets none of them', () => {
    expect(press('KeyA', {}, 'asked').did).toBe('');
    expect(press('Slash', { key: '?' }, 'asked').did).toBe('');
    expect(press('KeyN', { altKey: true }, 'asked')).toEqual({ did: '', prevented: true });
    expect(press('Home', { altKey: true }, 'asked')).toEqual({ did: '', prevented: true });
    expect(press('KeyT', { altKey: true }, 'asked').did).toBe('sayTime');
  });
});
