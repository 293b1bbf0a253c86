import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ClockView } from '../../main/contract.ts';
import { ShownClock } from '../../renderer/state/clock.svelte.ts';

const view = (elapsedMs: number, limitMs: number | null = 600_000, budgetLeftMs: number | null = null): ClockView => ({
  elapsedMs,
  remainingMs: limitMs === null ? null : limitMs - elapsedMs,
  limitMs,
  budgetLeftMs,
});

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('the shown clock', () => {
  it('goes on between main’s messages, second by second', () => {
    const seconds: number[] = [];
    const clock: ShownClock = new ShownClock(view(1000), () => seconds.push(clock.elapsedMs));
    clock.start();
    vi.advanceTimersByTime(3000);
    clock.stop();
    vi.advanceTimersByTime(3000);
    expect(seconds).toEqual([2000, 3000, 4000]);
    expect(clock.remainingMs).toBe(596_000);
  });

  it('shows the right time at once when its timer was held up, as in a background tab', () => {
    const clock = new ShownClock(view(0), () => {});
    clock.start();
    // The browser lets time pass without running the page's timers.
    const now = performance.now();
    vi.spyOn(performance, 'now').mockReturnValue(now + 95_000);
    vi.advanceTimersToNextTimer();
    expect(clock.elapsedMs).toBe(95_000);
    clock.stop();
  });

  it('takes main’s word over its own, back or forward', () => {
    const clock = new ShownClock(view(0), () => {});
    clock.start();
    vi.advanceTimersByTime(10_000);
    clock.sync(view(4000));
    expect(clock.elapsedMs).toBe(4000);
    clock.sync(view(60_000));
    expect(clock.elapsedMs).toBe(60_000);
    clock.stop();
  });

  it('stands at 0 when time is up, and leaves the ending to main', () => {
    const clock = new ShownClock(view(599_000), () => {});
    clock.start();
    vi.advanceTimersByTime(5000);
    expect(clock.remainingMs).toBe(0);
    clock.stop();
  });

  it('has neither time left nor pace in an untimed sitting', () => {
    const clock = new ShownClock(view(5000, null), () => {});
    expect([clock.remainingMs, clock.paceMs, clock.limitMs]).toEqual([null, null, null]);
  });

  it('tells how far ahead of an even pace the candidate is', () => {
    expect(new ShownClock(view(100_000, 600_000, 450_000), () => {}).paceMs).toBe(50_000);
    expect(new ShownClock(view(100_000, 600_000, 550_000), () => {}).paceMs).toBe(-50_000);
  });
});
