import { describe, expect, it } from 'vitest';
import type { ExamApi, Input } from '../../main/contract.ts';
import { Replay, StillQuestion } from '../../renderer/state/replay.svelte.ts';
import { FakeHost } from '../support/fake-host.ts';

/** A replay of: question 1 seen, B chosen; question 2 seen, C struck out; the end. */
async function replay() {
  const host = new FakeHost();
  const { hall, sittingId } = host;
  hall.act(sittingId, { type: 'visit', number: 1 });
  hall.act(sittingId, { type: 'respond', number: 1, options: ['b'] });
  hall.act(sittingId, { type: 'visit', number: 2 });
  hall.act(sittingId, { type: 'strike', number: 2, option: 'c', on: true });
  hall.act(sittingId, { type: 'end' });
  const asked: number[] = [];
  let cutOff = 0;
  const api: Pick<ExamApi, 'call'> = {
    call: async (method, input) => {
      asked.push((input as Input<'insight.at'>).seq);
      await Promise.resolve();
      if (cutOff-- > 0) return { ok: false, code: 'unreachable', message: 'The line is cut.' };
      return host.call(method, input);
    },
  };
  const reply = await host.call('insight.replay', { sittingId });
  if (!reply.ok) throw new Error(reply.message);
  const shown = new Replay(reply.value, api);
  return { shown, question: new StillQuestion(shown), asked, cut: (times: number) => (cutOff = times) };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

describe('a replay', () => {
  it('begins at the first question and goes through the moments to the end', async () => {
    const { shown, question } = await replay();
    await settled();
    expect([shown.index, shown.moment.text, question.item.number]).toEqual([2, 'Question 1 came on screen', 1]);
    shown.go(3);
    await settled();
    expect(question.state).toMatchObject({ response: ['b'], status: 'complete' });
    shown.go(99);
    await settled();
    expect(shown.index).toBe(shown.last);
    expect(shown.still).toMatchObject({ phase: 'finished', current: 2 });
    expect(question.state.struck).toEqual(['c']);
    shown.go(-5);
    await settled();
    expect([shown.index, shown.still!.phase]).toEqual([0, 'agreement']);
  });

  it('leaps from question to question, and to the ends', async () => {
    const { shown } = await replay();
    const places = ([1, 1, 1, -1, -1, -1, -1] as const).map((direction) => {
      shown.goToQuestion(direction);
      return shown.moment.text;
    });
    expect(places).toEqual([
      'Question 2 came on screen',
      'Ended the exam',
      'Ended the exam',
      'Question 2 came on screen',
      'Question 1 came on screen',
      'The agreement came on screen',
      'The agreement came on screen',
    ]);
  });

  it('asks only for the moment it stops at, and shows no other in its place', async () => {
    const { shown, asked } = await replay();
    for (const index of [3, 4, 5, 6]) shown.go(index);
    await settled();
    expect(asked).toEqual([3, 7]);
    expect(shown.still!.seq).toBe(7);
  });

  it('says why a moment cannot be shown, keeps the last one, and asks again when told to', async () => {
    const { shown, cut } = await replay();
    await settled();
    cut(1);
    shown.go(3);
    await settled();
    expect([shown.trouble, shown.index, shown.still!.seq]).toEqual(['The line is cut.', 3, 3]);
    shown.tryAgain();
    await settled();
    expect([shown.trouble, shown.still!.seq]).toEqual(['', 4]);
  });
});
