import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { ErrorCode, ExamApi, Input, MarksView, Reply } from '../../main/contract.ts';
import type { MissMark } from '../../main/insight/misses.ts';
import type { MissMarks } from '../../renderer/state/miss-marks.svelte.ts';
import { missMarksOf } from '../../renderer/state/miss-marks.svelte.ts';

beforeEach(() => {
  vi.useFakeTimers();
  return () => void vi.useRealTimers();
});

/** Main, as far as marks go, on a line that can be troubled. */
class Line implements Pick<ExamApi, 'call'> {
  readonly held = new Map<number, MissMark>();
  readonly sent: MissMark[] = [];
  failing: ErrorCode | null = null;
  /** Replies are held back while set. */
  gate: Promise<void> | null = null;

  call = async (method: string, input: unknown): Promise<Reply<never>> => {
    if (method === 'marks.show') {
      const value: MarksView = { sittingId: 's', marks: [...this.held.values()] };
      return { ok: true, value: value as never };
    }
    const { number, tags, note } = input as Input<'marks.set'>;
    this.sent.push({ number, tags, note });
    const { failing } = this;
    await this.gate;
    if (failing) return { ok: false, code: failing, message: 'The disk is full.' };
    this.held.set(number, { number, tags, note });
    return { ok: true, value: { number, tags, note } as never };
  };
}

let sittings = 0;
function open(): { marks: MissMarks; line: Line; sittingId: string } {
  const line = new Line();
  const sittingId = `sitting-${++sittings}`;
  return { line, sittingId, marks: missMarksOf(line, sittingId, []) };
}
const settle = () => vi.advanceTimersByTimeAsync(0);

describe('a tag', () => {
  it('shows and is sent at once, and counts as saved when main has it', async () => {
    const { marks, line } = open();
    expect(marks.touched).toBe(false);
    marks.toggle(3, 'time');
    expect(marks.of(3).tags).toEqual(['time']);
    expect(marks.save).toBe('saving');
    expect(line.sent).toEqual([{ number: 3, tags: ['time'], note: '' }]);
    await settle();
    expect(marks.save).toBe('saved');
    marks.toggle(3, 'time');
    await settle();
    expect(line.held.get(3)).toEqual({ number: 3, tags: [], note: '' });
  });

  it('set twice while the first is on its way arrives as it stands at last', async () => {
    const { marks, line } = open();
    let letGo = () => {};
    line.gate = new Promise((resolve) => (letGo = resolve));
    marks.toggle(3, 'time');
    marks.toggle(3, 'misread');
    marks.toggle(4, 'careless');
    letGo();
    await settle();
    expect(line.sent).toHaveLength(3);
    expect(line.held.get(3)!.tags).toEqual(['time', 'misread']);
    expect(line.held.get(4)!.tags).toEqual(['careless']);
    expect(marks.save).toBe('saved');
  });
});

describe('a note', () => {
  it('is sent when the typing pauses, once', async () => {
    const { marks, line } = open();
    for (const text of ['l', 'le', 'left']) {
      marks.write(1, text);
      await vi.advanceTimersByTimeAsync(300);
    }
    expect(line.sent).toEqual([]);
    expect(marks.save).toBe('saving');
    await vi.advanceTimersByTimeAsync(300);
    expect(line.sent).toEqual([{ number: 1, tags: [], note: 'left' }]);
    expect(marks.save).toBe('saved');
  });

  it('is sent at once when the field or the question is left, and when the page goes away', async () => {
    const { marks, line } = open();
    marks.write(1, 'left');
    await marks.send();
    expect(line.held.get(1)!.note).toBe('left');
    marks.write(1, 'left kidney');
    marks.write(2, 'other');
    marks.flush();
    await settle();
    expect([line.held.get(1)!.note, line.held.get(2)!.note]).toEqual(['left kidney', 'other']);
  });
});

describe('what cannot be saved', () => {
  it.each<ErrorCode>(['not-saved', 'unreachable'])(
    '(%s) stays visible, is shown as not saved and sent again',
    async (code) => {
      const { marks, line } = open();
      line.failing = code;
      marks.toggle(1, 'time');
      marks.write(1, 'note');
      await vi.advanceTimersByTimeAsync(4_000);
      expect(marks.save).toBe('not-saved');
      expect(marks.trouble).toBe('The disk is full.');
      expect(marks.of(1)).toEqual({ number: 1, tags: ['time'], note: 'note' });
      line.failing = null;
      await vi.advanceTimersByTimeAsync(5_000);
      expect(marks.save).toBe('saved');
      expect(marks.trouble).toBe('');
      expect(line.held.get(1)).toEqual({ number: 1, tags: ['time'], note: 'note' });
    },
  );

  it('is there again for a candidate who left the screen and comes back', async () => {
    const { marks, line, sittingId } = open();
    line.failing = 'not-saved';
    marks.toggle(1, 'time');
    await settle();
    const again = missMarksOf(line, sittingId, [
      { number: 1, tags: [], note: 'old' },
      { number: 2, tags: ['careless'], note: '' },
    ]);
    expect(again.of(1).tags).toEqual(['time']);
    expect(again.of(2).tags).toEqual(['careless']);
    expect(again.save).toBe('not-saved');
    line.failing = null;
    await vi.advanceTimersByTimeAsync(5_000);
    expect(line.held.get(1)!.tags).toEqual(['time']);
    expect(missMarksOf(line, sittingId, [...line.held.values()])).not.toBe(again);
  });

  it('because it is refused is said, and what main holds is shown', async () => {
    const { marks, line } = open();
    marks.toggle(1, 'careless');
    await settle();
    line.failing = 'refused';
    marks.toggle(1, 'time');
    await settle();
    expect(marks.of(1).tags).toEqual(['careless']);
    expect(marks.trouble).toBe('The disk is full.');
    expect(marks.save).toBe('saved');
  });
});
