import { beforeEach, describe, expect, it, vi } from 'vitest';
import { announcer } from '../../renderer/state/announcer.svelte.ts';
import { SittingSession } from '../../renderer/state/sitting.svelte.ts';
import { FakeHost } from '../support/fake-host.ts';

beforeEach(() => {
  vi.useFakeTimers();
  return () => void vi.useRealTimers();
});

/** A session at its questions on a host with a real application behind it. */
function session(): { session: SittingSession; host: FakeHost } {
  const host = new FakeHost();
  return { session: new SittingSession(host.open(), host), host };
}

describe('a choice', () => {
  it('shows at once and is on its way to main, without Next', async () => {
    const { session: s, host } = session();
    s.choose('b');
    expect(s.state).toMatchObject({ response: ['b'], status: 'complete' });
    expect(host.sent).toMatchObject([{ type: 'respond', number: 1, options: ['b'] }]);
    await host.settle();
    expect(s.save).toBe('saved');
    expect(host.stored().states[0]!.response).toEqual(['b']);
  });

  it('of what is chosen already, or of no option, sends nothing', async () => {
    const { session: s, host } = session();
    s.choose('b');
    await host.settle();
    s.choose('b');
    s.choose('z');
    expect(host.sent).toHaveLength(1);
  });

  it('toggles in a multiple select, in option order, complete at the stated count', async () => {
    const { session: s, host } = session();
    s.visit(5);
    const seen = ['c', 'a', 'b', 'c'].map((option) => {
      s.choose(option);
      return [s.state.response.join(''), s.state.status];
    });
    expect(seen).toEqual([
      ['c', 'incomplete'],
      ['ac', 'complete'],
      ['abc', 'incomplete'],
      ['ab', 'complete'],
    ]);
    await host.settle();
    expect(host.stored().states[4]!.response).toEqual(['a', 'b']);
  });

  it('restores an option that was struck; the chosen one cannot be struck', async () => {
    const { session: s, host } = session();
    s.strike('b');
    expect(s.state.struck).toEqual(['b']);
    s.choose('b');
    s.strike('b');
    expect(s.state).toMatchObject({ response: ['b'], struck: [] });
    await host.settle();
    expect(host.stored().states[0]).toMatchObject({ response: ['b'], struck: [] });
    expect(host.sent.map((command) => command.type)).toEqual(['strike', 'respond']);
  });
});

describe('commands', () => {
  it('are sent one at a time, in order, each with the seq of the reply before', async () => {
    const { session: s, host } = session();
    host.hold();
    s.choose('a');
    s.flag();
    s.visit(2);
    s.note(2, 'look again');
    expect(host.sent.map((command) => command.type)).toEqual(['respond']);
    host.letGo();
    await host.settle();
    expect(host.sent.map((command) => command.type)).toEqual(['respond', 'flag', 'visit', 'note']);
    expect(host.refused).toEqual([]);
    const { current, states } = host.stored();
    expect(current).toBe(2);
    expect(states[0]).toMatchObject({ response: ['a'], flagged: true });
    expect(states[1]!.note).toBe('look again');
  });

  it('show what was done last while earlier ones are still on their way', async () => {
    const { session: s, host } = session();
    host.hold();
    s.choose('a');
    s.choose('b');
    s.choose('c');
    host.letGo();
    await host.settle();
    expect(s.state.response).toEqual(['c']);
    expect(host.stored().states[0]!.response).toEqual(['c']);
  });

  it('keep strikes and notes when the item is left and seen again', async () => {
    const { session: s, host } = session();
    s.strike('d');
    s.visit(2);
    s.visit(1);
    await host.settle();
    expect(s.state.struck).toEqual(['d']);
    expect(host.stored().states[0]!.struck).toEqual(['d']);
  });
});

describe('what could not be saved', () => {
  it.each(['not-saved', 'unreachable'] as const)(
    'stays visible, is shown as not saved, and is sent again (%s)',
    async (code) => {
      const { session: s, host } = session();
      host.failNext(2, code);
      s.choose('b');
      s.flag();
      await host.settle();
      expect(s.save).toBe('not-saved');
      expect(s.trouble).not.toBe('');
      expect(announcer.assertive).toContain('Not saved');
      expect(s.state).toMatchObject({ response: ['b'], flagged: true });
      expect(host.stored().states[0]!.response).toEqual([]);

      await vi.advanceTimersByTimeAsync(500);
      expect(s.save).toBe('not-saved');
      await vi.advanceTimersByTimeAsync(1000);
      expect([s.save, s.trouble, announcer.assertive]).toEqual(['saved', '', '']);
      expect(host.stored().states[0]).toMatchObject({ response: ['b'], flagged: true });
      expect(new Set(host.requestIds).size).toBe(2);
    },
  );

  it('is recorded once where main had saved it and only the reply was lost', async () => {
    const { session: s, host } = session();
    host.loseReplies(1);
    s.choose('b');
    await host.settle();
    await vi.advanceTimersByTimeAsync(500);
    expect(s.save).toBe('saved');
    expect(host.events().filter((type) => type === 'responded')).toHaveLength(1);
  });
});

describe('a page that goes away', () => {
  it('takes nothing with it that was still on its way, and what arrives late is not recorded again', async () => {
    const { session: s, host } = session();
    host.hold();
    s.choose('b');
    s.visit(2);
    s.choose('c');
    await s.flush();
    expect(
      host
        .stored()
        .states.slice(0, 2)
        .map(({ response }) => response),
    ).toEqual([['b'], ['c']]);
    const recorded = host.events();
    host.letGo();
    await host.settle();
    expect(host.events()).toEqual(recorded);
    expect(s.save).toBe('saved');
  });

  it('says nothing when all is saved', async () => {
    const { session: s, host } = session();
    s.choose('b');
    await host.settle();
    const recorded = host.events();
    await s.flush();
    expect(host.events()).toEqual(recorded);
  });
});

describe('another window', () => {
  it('that moved the sitting on makes no choice lost', async () => {
    const { session: s, host } = session();
    host.elsewhere({ type: 'flag', number: 4, on: true });
    s.choose('b');
    await host.settle();
    expect(s.save).toBe('saved');
    expect(host.stored().states[0]!.response).toEqual(['b']);
  });

  it('and what it did is seen here too, this window’s own question kept on screen', async () => {
    const { session: s, host } = session();
    host.elsewhere({ type: 'visit', number: 4 });
    host.elsewhere({ type: 'flag', number: 4, on: true });
    s.choose('b');
    await host.settle();
    expect(s.states[3]).toMatchObject({ flagged: true, visited: true });
    expect(s.states[0]!.response).toEqual(['b']);
    expect(s.current).toBe(1);
  });
});

describe('another window that accepts the agreement', () => {
  it('takes this one into the exam too, with nothing left to accept', async () => {
    const host = new FakeHost({}, 'agreement');
    const s = new SittingSession(host.open(), host);
    expect(s.phase).toBe('agreement');
    host.hall.sittings.subscribe((push) => s.hear(push));
    host.elsewhere({ type: 'agree' });
    await host.settle();
    expect(s.phase).toBe('exam');
    expect(s.clock.limitMs).toBe(600_000);
    s.choose('b');
    await host.settle();
    expect(s.trouble).toBe('');
    expect(host.stored().states[0]!.response).toEqual(['b']);
  });
});

describe('a refused command', () => {
  it('is taken back: what main holds is shown, and why', async () => {
    const { session: s, host } = session();
    host.refuseNext();
    s.choose('b');
    await host.settle();
    expect(s.state.response).toEqual([]);
    expect(s.trouble).toContain('Refused for the test');
    expect(s.save).toBe('saved');
  });

  it('is taken back even where main cannot be asked at once', async () => {
    const { session: s, host } = session();
    host.refuseNext();
    host.cutOff = 2;
    s.choose('b');
    await host.settle();
    expect(s.state.response).toEqual(['b']);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(s.state.response).toEqual([]);
  });

  it('takes nothing back of what was done after it', async () => {
    const { session: s, host } = session();
    host.hold();
    host.refuseNext();
    s.choose('b');
    s.visit(2);
    s.choose('c');
    s.flag();
    s.visit(3);
    host.letGo();
    await host.settle();
    expect(s.current).toBe(3);
    expect(s.states[0]!.response).toEqual([]);
    expect(s.states[1]).toMatchObject({ response: ['c'], flagged: true, status: 'complete' });
    expect(s.states).toEqual(host.stored().states);
  });
});

describe('the end', () => {
  it('comes by End', async () => {
    const { session: s, host } = session();
    s.choose('a');
    await s.end();
    expect(s.phase).toBe('finished');
    expect(host.events().slice(-2)).toEqual(['responded', 'finished']);
  });

  it('by End pressed twice is one result', async () => {
    const { session: s, host } = session();
    await Promise.all([s.end(), s.end()]);
    expect(s.phase).toBe('finished');
    expect(host.hall.results()).toBe(1);
  });

  it('comes by main’s own word; nothing is sent after it', () => {
    const { session: s, host } = session();
    s.hear({ type: 'finished', sittingId: host.sittingId });
    expect(s.phase).toBe('finished');
    s.choose('a');
    s.flag();
    expect(host.sent).toEqual([]);
  });

  it('is found when a command comes too late', async () => {
    const { session: s, host } = session();
    host.timeOut();
    s.choose('a');
    await host.settle();
    expect(s.phase).toBe('finished');
  });

  it('is found when the time is asked for', async () => {
    const { session: s, host } = session();
    host.timeOut();
    await s.syncClock();
    expect(s.phase).toBe('finished');
  });
});

describe('the working order', () => {
  it('leads from neighbour to neighbour and ends', () => {
    const host = new FakeHost({ order: 'cases-first' });
    const s = new SittingSession(host.open(), host);
    expect([s.current, s.previous, s.next]).toEqual([2, null, 3]);
    s.visit(6);
    expect([s.previous, s.next]).toEqual([5, null]);
    s.visit(99);
    expect(s.current).toBe(6);
  });
});
