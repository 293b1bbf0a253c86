import { beforeEach, describe, expect, it, vi } from 'vitest';
import { announcer } from '../../renderer/state/announcer.svelte.ts';
import type { StudySession } from '../../renderer/state/study-session.svelte.ts';

const MINUTE = 60_000;

function fakeStorage(): Pick<Storage, 'getItem' | 'setItem'> {
  const kept = new Map<string, string>();
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) };
}

let Session: typeof StudySession;
let now: number;
beforeEach(async () => {
  vi.stubGlobal('localStorage', fakeStorage());
  vi.stubGlobal('sessionStorage', fakeStorage());
  ({ StudySession: Session } = await import('../../renderer/state/study-session.svelte.ts'));
  now = 1_000.5;
});

/** Lets time pass second by second, as the room's timer does. */
function pass(session: StudySession, minutes: number, shown = true): void {
  session.tick(now, shown);
  for (let second = 0; second < minutes * 60; second++) session.tick((now += 1000), shown);
}

describe('a study session', () => {
  it('is of 25 minutes unless another length was chosen, which is kept', () => {
    const session = new Session();
    expect(session.minutes).toBe(25);
    session.setMinutes(40);
    expect(new Session().minutes).toBe(40);
    localStorage.setItem('codehall-session-minutes', '7');
    expect(new Session().minutes).toBe(25);
  });

  it('proposes a break once its time has been practised, and says so once', () => {
    const session = new Session();
    session.setMinutes(20);
    pass(session, 19.9);
    expect(session.phase).toBe('working');
    pass(session, 0.2);
    expect(session.phase).toBe('due');
    expect(announcer.polite.trim()).toBe('You have practised for 20 minutes. It is time for a break.');
    announcer.say('something else');
    pass(session, 5);
    expect(session.phase).toBe('due');
    expect(announcer.polite).toBe('something else');
    expect(Math.round(session.workedMs / MINUTE)).toBe(25);
  });

  it('counts neither a window out of sight nor a machine asleep', () => {
    const session = new Session();
    pass(session, 10);
    pass(session, 30, false);
    now += 3 * MINUTE;
    pass(session, 1);
    expect(Math.round(session.workedMs / 1000)).toBe(11 * 60);
  });

  it('takes an absence of five minutes for the break it was', () => {
    const session = new Session();
    pass(session, 24);
    now += 5 * MINUTE;
    pass(session, 2);
    expect(session.phase).toBe('working');
    expect(Math.round(session.workedMs / MINUTE)).toBe(2);
  });

  it('counts a break however it is spent, tells its fifth and tenth minute, and begins anew after it', () => {
    const session = new Session();
    session.setMinutes(20);
    pass(session, 21);
    session.takeBreak();
    pass(session, 4);
    expect(announcer.polite).not.toContain('of your break');
    now += 90_000;
    session.tick(now, false);
    expect(announcer.polite.trim()).toBe('5 minutes of your break are over.');
    pass(session, 6, false);
    expect(announcer.polite.trim()).toBe('10 minutes of your break are over.');
    expect(session.phase).toBe('break');
    session.goOn();
    pass(session, 19);
    expect(session.phase).toBe('working');
    pass(session, 1.1);
    expect(session.phase).toBe('due');
  });

  it('put off comes again after another whole session', () => {
    const session = new Session();
    session.setMinutes(20);
    pass(session, 20);
    session.goOn();
    pass(session, 19);
    expect(session.phase).toBe('working');
    pass(session, 1.1);
    expect(session.phase).toBe('due');
  });

  it('goes on after a reload, whatever else lies in its place', () => {
    const session = new Session();
    pass(session, 12);
    expect(new Session().workedMs).toBe(session.workedMs);
    session.takeBreak();
    expect(new Session().phase).toBe('break');
    for (const broken of ['{', 'null', '5', '{"phase":"asleep"}', '{"workedMs":"x"}', '{"breakMs":-1}']) {
      sessionStorage.setItem('codehall-session-time', broken);
      expect(new Session()).toMatchObject({ phase: 'working', workedMs: 0, breakMs: 0 });
    }
  });
});
