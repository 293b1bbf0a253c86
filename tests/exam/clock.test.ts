import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { advance, isTimeUp, limitMs, MAX_STEP_MS, remainingMs, type ExamClock } from '../../main/exam/clock.ts';

const START: ExamClock = { elapsedMs: 1000, readMs: 50_000 };

describe('limitMs', () => {
  it.each([
    [240, 1, 14_400_000],
    [240, 1.25, 18_000_000],
    [235, 1.5, 21_150_000],
    [240, 2, 28_800_000],
  ] as const)('gives %d minutes at factor %d as %d ms', (minutes, factor, ms) => {
    expect(limitMs(minutes, factor)).toBe(ms);
  });

  it('gives an untimed sitting no limit', () => {
    expect(limitMs(240, null)).toBeNull();
  });
});

describe('advance', () => {
  it('charges a step in full', () => {
    expect(advance(START, 51_234)).toEqual({ clock: { elapsedMs: 2234, readMs: 51_234 }, gapMs: 0 });
  });

  it('charges the longest step that is still the program’s own', () => {
    expect(advance(START, 50_000 + MAX_STEP_MS)).toEqual({
      clock: { elapsedMs: 1000 + MAX_STEP_MS, readMs: 50_000 + MAX_STEP_MS },
      gapMs: 0,
    });
  });

  it('charges nothing of a longer step and reports its length', () => {
    expect(advance(START, 50_001 + MAX_STEP_MS)).toEqual({
      clock: { elapsedMs: 1000, readMs: 50_001 + MAX_STEP_MS },
      gapMs: MAX_STEP_MS + 1,
    });
  });

  it('ignores a reading from before the last one', () => {
    expect(advance(START, 49_000)).toEqual({ clock: START, gapMs: 0 });
  });

  it('accounts for all time that passed, and never gives any back', () => {
    const steps = fc.array(fc.integer({ min: -20_000, max: 40_000 }), { maxLength: 60 });
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 300_000 }), (all, limit) => {
        let clock: ExamClock = { elapsedMs: 0, readMs: 0 };
        let now = 0;
        let latest = 0;
        let gaps = 0;
        for (const step of all) {
          now += step;
          latest = Math.max(latest, now);
          const left = remainingMs(clock.elapsedMs, limit)!;
          const next = advance(clock, now);
          gaps += next.gapMs;
          clock = next.clock;
          expect(remainingMs(clock.elapsedMs, limit)!).toBeLessThanOrEqual(left);
          expect(clock.elapsedMs + gaps).toBe(latest);
        }
      }),
    );
  });
});

describe('remainingMs and isTimeUp', () => {
  it('count down to 0 and not below', () => {
    expect([remainingMs(0, 10), remainingMs(9, 10), remainingMs(10, 10), remainingMs(99, 10)]).toEqual([10, 1, 0, 0]);
  });

  it('say that time is up exactly when none is left', () => {
    expect([isTimeUp(9, 10), isTimeUp(10, 10), isTimeUp(11, 10)]).toEqual([false, true, true]);
  });

  it('never end an untimed sitting', () => {
    expect(remainingMs(Number.MAX_SAFE_INTEGER, null)).toBeNull();
    expect(isTimeUp(Number.MAX_SAFE_INTEGER, null)).toBe(false);
  });
});
