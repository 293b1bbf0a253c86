import { beforeEach, expect, it, vi } from 'vitest';
import { announcer } from '../../renderer/state/announcer.svelte.ts';
import { SittingSession } from '../../renderer/state/sitting.svelte.ts';
import { FakeHost } from '../support/fake-host.ts';

beforeEach(() => {
  vi.useFakeTimers();
  return () => void vi.useRealTimers();
});

/** A session of 10 minutes with a notice at 5, its clock going. */
function running(): SittingSession {
  const host = new FakeHost();
  const session = new SittingSession(host.open(), host);
  session.clock.start();
  return session;
}

it('tells once that 5 minutes are left', () => {
  const session = running();
  vi.advanceTimersByTime(299_000);
  expect(session.notice).toBe('');
  vi.advanceTimersByTime(1000);
  expect(session.notice).toBe('5 minutes left.');
  expect(announcer.polite.trim()).toBe('5 minutes left.');
  session.dismissNotice();
  vi.advanceTimersByTime(60_000);
  expect(session.notice).toBe('');
});

it('does not tell again, after a resume, what was told before', () => {
  const host = new FakeHost();
  host.hall.pass(400);
  const session = new SittingSession(host.open(), host);
  session.clock.start();
  vi.advanceTimersByTime(5000);
  expect(session.notice).toBe('');
});

it('brings a hidden clock back once for the last 5 minutes', () => {
  const session = running();
  session.hideClock(true);
  vi.advanceTimersByTime(299_000);
  expect(session.clockHidden).toBe(true);
  vi.advanceTimersByTime(1000);
  expect(session.clockHidden).toBe(false);
  session.hideClock(true);
  vi.advanceTimersByTime(30_000);
  expect(session.clockHidden).toBe(true);
});

it('says the time on demand and not every second', () => {
  const session = running();
  const say = vi.spyOn(announcer, 'say');
  const interrupt = vi.spyOn(announcer, 'interrupt');
  vi.advanceTimersByTime(240_000);
  expect(say).not.toHaveBeenCalled();
  expect(interrupt).not.toHaveBeenCalled();
  expect(session.timeInWords()).toBe('6 minutes left.');
});
