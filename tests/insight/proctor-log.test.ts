import { expect, it } from 'vitest';
import type { AttentionKind } from '../../main/exam/events.ts';
import { proctorLog } from '../../main/insight/report.ts';

const log = (...entries: [AttentionKind, seconds: number][]) =>
  proctorLog(entries.map(([kind, seconds]) => ({ kind, elapsedMs: seconds * 1000, at: 0 })));

it('gives each leaving the time until the coming back', () => {
  expect(log(['left-window', 10], ['returned', 13], ['left-window', 20], ['returned', 21])).toEqual([
    { kind: 'left-window', elapsedMs: 10_000, lengthMs: 3000 },
    { kind: 'left-window', elapsedMs: 20_000, lengthMs: 1000 },
  ]);
});

it('keeps the window and full screen apart', () => {
  expect(log(['left-full-screen', 10], ['left-window', 11], ['entered-full-screen', 15], ['returned', 18])).toEqual([
    { kind: 'left-full-screen', elapsedMs: 10_000, lengthMs: 5000 },
    { kind: 'left-window', elapsedMs: 11_000, lengthMs: 7000 },
  ]);
});

it('gives a leaving without a coming back no length', () => {
  expect(log(['left-window', 10], ['entered-full-screen', 12])).toEqual([
    { kind: 'left-window', elapsedMs: 10_000, lengthMs: null },
  ]);
});

it('counts no absence twice: a leaving that is followed by another one has no known end', () => {
  // The window was closed while it was left; the new one was left and came back.
  expect(log(['left-window', 10], ['left-window', 50], ['returned', 60])).toEqual([
    { kind: 'left-window', elapsedMs: 10_000, lengthMs: null },
    { kind: 'left-window', elapsedMs: 50_000, lengthMs: 10_000 },
  ]);
});

it('gives a locked screen and sleep, over which the clock stands, a time and no length', () => {
  expect(log(['screen-locked', 5], ['computer-slept', 9], ['returned', 9])).toEqual([
    { kind: 'screen-locked', elapsedMs: 5000, lengthMs: null },
    { kind: 'computer-slept', elapsedMs: 9000, lengthMs: null },
  ]);
});

it('gives displays a time and no length', () => {
  expect(log(['display-added', 5], ['display-removed', 9])).toEqual([
    { kind: 'display-added', elapsedMs: 5000, lengthMs: null },
    { kind: 'display-removed', elapsedMs: 9000, lengthMs: null },
  ]);
});

it('makes no entry of a coming back alone', () => {
  expect(log(['returned', 1], ['entered-full-screen', 2])).toEqual([]);
});

it('never gives a negative length where the agreement’s time ended in between', () => {
  expect(log(['left-window', 50], ['returned', 2])[0]!.lengthMs).toBe(0);
});
