import { describe, expect, it, vi } from 'vitest';
import type { ExamApi, PracticeView, Reply } from '../../main/contract.ts';
import { handlePracticeKey, type PracticeKeys } from '../../renderer/state/practice-keys.ts';
import { PracticeRun, type InPractice } from '../../renderer/state/practice.svelte.ts';

const SHOWN = {
  ...{
    practiceId: 'p',
    packId: 'small',
    examCode: 'SML',
    set: { kind: 'wrong' as const, areaId: null, areaTitle: null },
  },
  ...{ items: 2, position: 1, answered: 0, right: 0 },
} as const;

function question(select = 1, position = 1): InPractice {
  const options = ['a', 'b', 'c', 'd'].map((id) => ({ id, text: id }));
  const item = {
    ...{ number: position, type: select === 1 ? ('single' as const) : ('multiple' as const), select, stem: 'Which?' },
    ...{ stemTextId: `stem:${position}`, options, record: null, scenario: null },
  };
  return { ...SHOWN, position, state: 'question', item };
}

/** A host whose replies the test gives, and a room over it. */
function room(view = question()) {
  const calls: [string, unknown][] = [];
  const replies: Reply<PracticeView>[] = [];
  let clock = 0;
  const call = ((method: string, input: unknown) => {
    calls.push([method, input]);
    return Promise.resolve(replies.shift()!);
  }) as ExamApi['call'];
  const run = new PracticeRun(view, { call }, () => clock);
  return { run, calls, replies, wait: (ms: number) => (clock += ms) };
}

describe('the room', () => {
  it('chooses one option, or toggles those of a multiple-select question in their order', () => {
    const { run } = room();
    run.choose('b');
    run.choose('c');
    run.choose('z');
    expect(run.state.response).toEqual(['c']);
    const { run: multiple } = room(question(2));
    for (const option of ['d', 'b', 'c', 'd']) multiple.choose(option);
    expect(multiple.state).toMatchObject({ response: ['b', 'c'], status: 'complete' });
  });

  it('strikes what is not chosen, and a choice restores what was struck', () => {
    const { run } = room();
    run.choose('a');
    for (const option of ['a', 'b', 'c', 'b', 'z']) run.strike(option);
    expect(run.state.struck).toEqual(['c']);
    run.choose('c');
    expect(run.state).toMatchObject({ struck: [], response: ['c'] });
  });

  it('asks for a complete answer before it gives one', async () => {
    const { run, calls } = room(question(2));
    run.choose('a');
    expect(await run.check()).toBe(false);
    expect(run.trouble).toBe('Choose 2 options first.');
    expect(calls).toEqual([]);
    run.choose('b');
    expect(run.trouble).toBe('');
  });

  it('gives the answer with its strikes, how sure it is, and the time it ran, once for two presses', async () => {
    const { run, calls, replies, wait } = room();
    run.watch.run(true);
    wait(4_000.4);
    run.watch.run(false);
    wait(60_000);
    run.watch.run(true);
    wait(1_000);
    run.choose('b');
    run.strike('c');
    run.say('sure');
    run.say('sure');
    run.say('guessed');
    replies.push({ ok: true, value: { ...question(), state: 'answered', feedback: feedback() } as PracticeView });
    const both = [run.check(), run.check()];
    expect(await Promise.all(both)).toEqual([true, false]);
    expect(calls).toEqual([
      [
        'practice.answer',
        { practiceId: 'p', position: 1, options: ['b'], struck: ['c'], sureness: 'guessed', timeMs: 5_000 },
      ],
    ]);
    expect(run.view.state).toBe('answered');
    // What was answered stays as it is.
    run.choose('a');
    run.strike('d');
    run.say('sure');
    expect(run).toMatchObject({ sureness: 'guessed', state: { response: ['b'], struck: ['c'] } });
  });

  it('keeps an answer that was not saved, says so, and gives it again', async () => {
    const { run, calls, replies } = room();
    run.choose('b');
    replies.push({ ok: false, code: 'not-saved', message: 'The disk is full.' });
    expect(await run.check()).toBe(false);
    expect(run.trouble).toBe('Not saved. The disk is full. Try again.');
    expect(run.state.response).toEqual(['b']);
    replies.push({ ok: true, value: { ...question(), state: 'answered', feedback: feedback() } as PracticeView });
    expect(await run.check()).toBe(true);
    expect(calls[1]).toEqual(calls[0]);
    expect(run.trouble).toBe('');
  });

  it('goes to the next question as it is new, and to the summary after the last', async () => {
    const { run, replies, calls, wait } = room({
      ...question(),
      state: 'answered',
      feedback: feedback(2),
    } as InPractice);
    expect(run.state).toMatchObject({ response: ['b'], struck: ['c'] });
    run.watch.run(true);
    wait(9_000);
    replies.push({ ok: true, value: question(1, 2) });
    expect(await run.next()).toBe(true);
    expect(run.state).toMatchObject({ response: [], struck: [] });
    expect(run).toMatchObject({ sureness: 'fair', current: 2 });
    wait(100);
    expect(run.watch.ms).toBe(100);
    expect(await run.next()).toBe(false);
    const {
      run: last,
      calls: asked,
      replies: told,
    } = room({
      ...{ ...question(), state: 'answered', feedback: feedback(null) },
    } as InPractice);
    told.push({ ok: true, value: { state: 'over', practiceId: 'p' } as PracticeView });
    expect(await last.next()).toBe(true);
    expect(last.view.state).toBe('over');
    expect(calls.concat(asked)).toEqual([
      ['practice.show', { practiceId: 'p', position: 2 }],
      ['practice.show', { practiceId: 'p' }],
    ]);
  });
});

function feedback(next: number | null = 2) {
  const options = ['a', 'b', 'c', 'd'].map((id) => ({
    ...{ id, text: id, rationale: '', keyed: id === 'a', chosen: id === 'b', struck: id === 'c' },
  }));
  return { correct: false, sureness: 'guessed', options, next };
}

describe('a key', () => {
  class FakeElement {
    pressable: boolean;
    constructor(pressable: boolean) {
      this.pressable = pressable;
    }
    closest() {
      return this.pressable ? this : null;
    }
  }

  function press(code: string, more: Partial<Record<keyof KeyboardEvent, unknown>> = {}, sheetOpen = false): string {
    for (const name of ['HTMLTextAreaElement', 'HTMLSelectElement', 'HTMLInputElement']) vi.stubGlobal(name, class {});
    vi.stubGlobal('Element', FakeElement);
    const did: string[] = [];
    const keys = new Proxy({} as PracticeKeys, {
      get: (_, name: string) => (what?: string) => void did.push(what ? `${name} ${what}` : name),
    });
    const event = { code, key: code, target: null, preventDefault: () => {}, ...more };
    handlePracticeKey(event as unknown as KeyboardEvent, keys, sheetOpen);
    return did.join();
  }

  it.each([
    ['KeyB', {}, 'choose b'],
    ['Digit3', {}, 'choose c'],
    ['KeyB', { shiftKey: true }, 'strike b'],
    ['KeyG', {}, 'say guessed'],
    ['KeyS', {}, 'say sure'],
    ['Enter', {}, 'check'],
    ['KeyN', { altKey: true }, 'next'],
    ['Slash', { key: '?', shiftKey: true }, 'help'],
    ['KeyG', { altKey: true }, ''],
    ['KeyS', { ctrlKey: true }, ''],
    ['KeyP', { altKey: true }, ''],
    ['KeyN', { altKey: true, repeat: true }, ''],
    ['Enter', { repeat: true }, ''],
    ['Enter', { target: new FakeElement(true) }, ''],
    ['Enter', { target: new FakeElement(false) }, 'check'],
  ])('%s %j does "%s"', (code, more, did) => expect(press(code, more)).toBe(did));

  it('does nothing behind a sheet', () => {
    for (const code of ['KeyB', 'KeyG', 'Enter']) expect(press(code, {}, true)).toBe('');
    expect(press('KeyN', { altKey: true }, true)).toBe('');
  });
});
