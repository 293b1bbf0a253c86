import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ClockView } from '../../main/contract.ts';
import { ShownClock } from '../../renderer/state/clock.svelte.ts';

const view = (elapsedMs: number, limitMs: number | null = 600_000, budgetLeftMs: number | null = null): ClockView => ({
  elapsedMs,
  remainingMs: limitMs === null ? null : limitMs - elapsedMs,
  limitMs,
  budgetLeftMs,
});

const unasked = () => Promise.reject(new Error('main was asked'));

/** Lets time pass without the page's timers running, then runs the next one. */
function holdUp(ms: number): void {
  const now = performance.now();
  vi.spyOn(performance, 'now').mockReturnValue(now + ms);
  vi.advanceTimersToNextTimer();
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('the shown clock', () => {
  it('goes on between main’s messages, second by second', () => {
    const seconds: number[] = [];
    const clock: ShownClock = new ShownClock(view(1000), () => seconds.push(clock.elapsedMs), unasked);
    clock.start();
    vi.advanceTimersByTime(3000);
    clock.stop();
    vi.advanceTimersByTime(3000);
    expect(seconds).toEqual([2000, 3000, 4000]);
    expect(clock.remainingMs).toBe(596_000);
  });

  it('shows the right time at once when its timer was late, as in a background tab', () => {
    const clock = new ShownClock(view(0), () => {}, unasked);
    clock.start();
    holdUp(9_500);
    expect(clock.elapsedMs).toBe(9_000);
    clock.stop();
  });

  it('asks main after the page was held up for long, and shows nothing of its own before the answer', async () => {
    const seconds: number[] = [];
    const asked = Promise.withResolvers<void>();
    const clock: ShownClock = new ShownClock(
      view(0),
      () => seconds.push(clock.elapsedMs),
      () => asked.promise,
    );
    clock.start();
    holdUp(400_000);
    vi.advanceTimersToNextTimer();
    expect(clock.elapsedMs).toBe(0);
    clock.sync(view(2_000));
    asked.resolve();
    await asked.promise;
    await Promise.resolve();
    expect(seconds).toEqual([2_000]);
    clock.stop();
  });

  it('goes by its own reckoning when main cannot be asked', async () => {
    const clock = new ShownClock(
      view(0),
      () => {},
      () => Promise.resolve(),
    );
    clock.start();
    holdUp(95_000);
    await Promise.resolve();
    await Promise.resolve();
    expect(clock.elapsedMs).toBe(95_000);
    clock.stop();
  });

  it('takes main’s word over its own, back or forward', () => {
    const clock = new ShownClock(view(0), () => {}, unasked);
    clock.start();
    vi.advanceTimersByTime(10_000);
    clock.sync(view(4000));
    expect(clock.elapsedMs).toBe(4000);
    clock.sync(view(60_000));
    expect(clock.elapsedMs).toBe(60_000);
    clock.stop();
  });

  it('stands at 0 when time is up, and leaves the ending to main', () => {
    const clock = new ShownClock(view(599_000), () => {}, unasked);
    clock.start();
    vi.advanceTimersByTime(5000);
    expect(clock.remainingMs).toBe(0);
    clock.stop();
  });

  it('has neither time left nor pace in an untimed sitting', () => {
    const clock = new ShownClock(view(5000, null), () => {}, unasked);
    expect([clock.remainingMs, clock.paceMs, clock.limitMs]).toEqual([null, null, null]);
  });

  it('tells how far ahead of an even pace the candidate is', () => {
    expect(new ShownClock(view(100_000, 600_000, 450_000), () => {}, unasked).paceMs).toBe(50_000);
    expect(new ShownClock(view(100_000, 600_000, 550_000), () => {}, unasked).paceMs).toBe(-50_000);
  });
});
