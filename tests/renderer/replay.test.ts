import { describe, expect, it } from 'vitest';
import type { ExamApi, Input, ReplayMoment } from '../../main/contract.ts';
import { Replay, StillQuestion } from '../../renderer/state/replay.svelte.ts';
import { FakeHost } from '../support/fake-host.ts';

/**
 * A replay of: question 1 seen, B chosen 5 s later; 3 s later question 2 seen, C struck out; the end 12 s later.
 * @param interruptedMs the agreement was left after so long, ms.
 */
async function replay(interruptedMs: number | null = null) {
  const host = new FakeHost();
  const { hall, sittingId } = host;
  hall.act(sittingId, { type: 'visit', number: 1 });
  hall.pass(5);
  hall.act(sittingId, { type: 'respond', number: 1, options: ['b'] });
  hall.pass(3);
  hall.act(sittingId, { type: 'visit', number: 2 });
  hall.act(sittingId, { type: 'strike', number: 2, option: 'c', on: true });
  hall.pass(12);
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
  /** The timer of the test; `null` while nothing is played. */
  let beat: ((sinceMs: number) => void) | null = null;
  const [began, ...rest] = reply.value.moments as [ReplayMoment, ...ReplayMoment[]];
  const between = interruptedMs === null ? [] : [{ ...began, elapsedMs: interruptedMs }];
  const shown = new Replay({ ...reply.value, moments: [began, ...between, ...rest] }, api, (given) => {
    beat = given;
    return () => (beat = null);
  });
  return {
    ...{ shown, question: new StillQuestion(shown), asked, cut: (times: number) => (cutOff = times) },
    /** Lets time pass in the room. */
    async pass(seconds: number) {
      beat?.(seconds * 1_000);
      await settled();
    },
    ticking: () => beat !== null,
  };
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

  it('plays by the charged time: as fast as it was, and faster', async () => {
    const { shown, pass } = await replay();
    await settled();
    shown.setSpeed(1);
    shown.play();
    const seen = [];
    for (const seconds of [4.9, 0.1, 2, 1, 11]) {
      await pass(seconds);
      seen.push([shown.moment.text, shown.sinceMs, shown.playing]);
    }
    // Two moments at the same time come together.
    expect(seen).toEqual([
      ['Question 1 came on screen', 4_900, true],
      ['Question 1: chose B', 0, true],
      ['Question 1: chose B', 2_000, true],
      ['Question 2: struck out C', 0, true],
      ['Question 2: struck out C', 11_000, true],
    ]);
    shown.setSpeed(10);
    await pass(0.1);
    expect([shown.index, shown.playing, shown.sinceMs]).toEqual([shown.last, false, 0]);
  });

  it('stops at the end, and begins there anew', async () => {
    const { shown, pass, ticking } = await replay();
    shown.setSpeed(60);
    shown.play();
    await pass(1);
    expect([shown.index, shown.playing, ticking()]).toEqual([shown.last, false, false]);
    shown.play();
    expect([shown.moment.text, shown.playing]).toEqual(['Question 1 came on screen', true]);
  });

  it('stops where the candidate goes by hand, and goes on from a pause where it stood', async () => {
    const { shown, pass, ticking } = await replay();
    await settled();
    shown.setSpeed(1);
    shown.play();
    await pass(3);
    shown.pause();
    await pass(60);
    expect([shown.sinceMs, ticking()]).toEqual([3_000, false]);
    shown.play();
    shown.play();
    await pass(2);
    expect(shown.moment.text).toBe('Question 1: chose B');
    for (const byHand of [() => shown.go(4), () => shown.goToQuestion(-1)]) {
      shown.play();
      byHand();
      expect([shown.playing, ticking(), shown.sinceMs]).toEqual([false, false, 0]);
    }
  });

  it('plays from the agreement into the exam, whose clock begins anew', async () => {
    const { shown, pass } = await replay(7_000);
    shown.go(0);
    shown.setSpeed(1);
    shown.play();
    await pass(6.5);
    expect(shown.index).toBe(0);
    await pass(0.5);
    expect(shown.moment.text).toBe('Question 1 came on screen');
    await pass(5);
    expect(shown.moment.text).toBe('Question 1: chose B');
  });

  it('does not play over a moment that cannot be shown', async () => {
    const { shown, pass, cut } = await replay();
    await settled();
    cut(1);
    shown.setSpeed(1);
    shown.play();
    await pass(5);
    expect(shown.trouble).toBe('The line is cut.');
    await pass(5);
    expect([shown.moment.text, shown.playing]).toEqual(['Question 1: chose B', false]);
  });
});
