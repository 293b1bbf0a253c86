/** The clock runs while a window shows the sitting, and stands while none does. */
import { describe, expect, it, vi } from 'vitest';
import { StoreError } from '../../main/store/errors.ts';
import { PUSH_CHANNEL } from '../../main/electron/host.ts';
import { Started, valueOf } from './started.ts';

/** Longer than the program waits for a call when nobody holds the sitting, s. */
const LONG = 120;
const LONG_MS = LONG * 1000;

const navigate = (started: Started, isMainFrame: boolean, isSameDocument: boolean) =>
  started.contents.emit('did-start-navigation', { isMainFrame, isSameDocument });

describe('the clock', () => {
  it('runs while the candidate reads without a call, with the screen awake', async () => {
    const started = await Started.host();
    const sittingId = started.sit();
    started.hall.pass(LONG);
    expect(started.elapsedMs(sittingId)).toBeGreaterThanOrEqual(LONG_MS - 5_000);
    expect(started.electron.awake.size).toBe(1);
  });

  const endings: [string, (started: Started, sittingId: string) => void][] = [
    ['the window closes', ({ electron }) => electron.window.close()],
    ['the page is loaded anew', (started) => navigate(started, true, false)],
    ['its renderer dies', ({ contents }) => contents.emit('render-process-gone', {}, { reason: 'crashed' })],
    ['the machine goes to sleep', ({ electron }) => electron.powerMonitor.emit('suspend')],
    ['the candidate leaves', (started, sittingId) => void valueOf(started.call('sitting.leave', { sittingId }))],
    ['the screen goes back to the hall', (started) => void valueOf(started.call('hall.show', {}))],
  ];
  it.each(endings)('stops at once when %s', async (_what, end) => {
    const started = await Started.host();
    const sittingId = started.sit();
    started.hall.pass(7);
    end(started, sittingId);
    const stoppedAt = started.elapsedMs(sittingId);
    expect(stoppedAt).toBeGreaterThanOrEqual(7_000);
    started.hall.pass(LONG);
    expect(started.elapsedMs(sittingId)).toBe(stoppedAt);
    expect(started.electron.awake.size).toBe(0);
  });

  it.each([
    ['the address changes inside the page', true, true],
    ['a frame inside it is loaded', false, false],
  ])('goes on when %s', async (_what, isMainFrame, isSameDocument) => {
    const started = await Started.host();
    const sittingId = started.sit();
    navigate(started, isMainFrame, isSameDocument);
    started.hall.pass(LONG);
    expect(started.elapsedMs(sittingId)).toBeGreaterThanOrEqual(LONG_MS - 5_000);
  });

  it('runs again for a reloaded page that opens the sitting', async () => {
    const started = await Started.host();
    const sittingId = started.sit();
    started.hall.pass(10);
    navigate(started, true, false);
    started.hall.pass(LONG);
    const view = valueOf(started.call('sitting.open', { sittingId }));
    expect(view.clock.elapsedMs).toBeLessThan(11_000);
    started.hall.pass(LONG);
    expect(started.elapsedMs(sittingId)).toBeGreaterThanOrEqual(LONG_MS);
    expect(started.hall.types(sittingId)).toContain('interrupted');
    expect(started.electron.awake.size).toBe(1);
  });

  it('does not stop for a sitting that is opened again on the same page', async () => {
    const started = await Started.host();
    const sittingId = started.sit();
    valueOf(started.call('sitting.open', { sittingId }));
    started.hall.pass(LONG);
    expect(started.elapsedMs(sittingId)).toBeGreaterThanOrEqual(LONG_MS - 5_000);
    expect(started.hall.types(sittingId)).not.toContain('interrupted');
    expect(started.electron.awake.size).toBe(1);
  });

  it('runs on as soon as the machine is awake, without a call, and tells that it slept', async () => {
    const started = await Started.host();
    const sittingId = started.sit();
    started.electron.powerMonitor.emit('suspend');
    started.hall.sleep(3_600);
    started.electron.powerMonitor.emit('resume');
    expect(started.elapsedMs(sittingId)).toBeLessThan(1_000);
    expect(started.interruptions(sittingId)).toEqual([{ cause: 'suspended', awayMs: 3_600_000 }]);
    started.hall.pass(LONG);
    expect(started.elapsedMs(sittingId)).toBeGreaterThanOrEqual(LONG_MS - 5_000);
    expect(started.electron.awake.size).toBe(1);
  });

  it('stands behind a locked screen, and runs on when it is unlocked', async () => {
    const started = await Started.host();
    const sittingId = started.sit();
    started.electron.powerMonitor.emit('lock-screen');
    expect(started.electron.awake.size).toBe(0);
    started.hall.pass(LONG);
    expect(started.elapsedMs(sittingId)).toBeLessThan(1_000);
    started.electron.powerMonitor.emit('unlock-screen');
    expect(started.interruptions(sittingId)).toEqual([{ cause: 'left', awayMs: LONG_MS }]);
    started.hall.pass(LONG);
    expect(started.elapsedMs(sittingId)).toBeGreaterThanOrEqual(LONG_MS - 5_000);
    expect(started.electron.awake.size).toBe(1);
  });

  it.each([
    ['sleeps', ['suspend']],
    ['is locked', ['lock-screen']],
    ['wakes for its own ends, still locked', ['lock-screen', 'suspend', 'resume']],
    ['is locked when it wakes', ['suspend', 'lock-screen', 'resume']],
  ])('is not started by the page asking for the time while the machine %s', async (_what, events) => {
    const started = await Started.host();
    const sittingId = started.sit();
    for (const event of events) started.electron.powerMonitor.emit(event);
    for (let times = 0; times < 6; times++) {
      started.hall.pass(20);
      expect(started.call('sitting.clock', { sittingId })).toMatchObject({ ok: false, code: 'refused' });
    }
    expect(started.elapsedMs(sittingId)).toBeLessThan(1_000);
    expect(started.interruptions(sittingId)).toEqual([]);
    expect(started.electron.awake.size).toBe(0);
  });

  it('is not started by the page telling that it lost the focus, as it does when the screen is locked', async () => {
    const started = await Started.host();
    const sittingId = started.sit();
    started.electron.powerMonitor.emit('lock-screen');
    started.act(sittingId, { type: 'attend', kind: 'left-window' });
    started.hall.pass(LONG);
    expect(started.elapsedMs(sittingId)).toBeLessThan(1_000);
    expect(started.electron.awake.size).toBe(0);
  });

  it('runs on with what the candidate does, where the system never said that it is awake', async () => {
    const started = await Started.host();
    const sittingId = started.sit();
    started.electron.powerMonitor.emit('suspend');
    started.hall.sleep(3_600);
    started.act(sittingId, { type: 'visit', number: 2 });
    started.hall.pass(LONG);
    expect(started.elapsedMs(sittingId)).toBeGreaterThanOrEqual(LONG_MS - 5_000);
    expect(started.electron.awake.size).toBe(1);
    expect(started.call('sitting.clock', { sittingId }).ok).toBe(true);
  });

  it('is started by the next call when the interruption could not be written down at once', async () => {
    const logged = vi.spyOn(console, 'error').mockReturnValue();
    const started = await Started.host();
    const sittingId = started.sit();
    started.electron.powerMonitor.emit('suspend');
    started.hall.sleep(60);
    started.hall.failing.add('append');
    started.electron.powerMonitor.emit('resume');
    expect(logged.mock.calls).toEqual([[expect.any(StoreError)]]);
    expect(started.electron.awake.size).toBe(0);
    started.hall.failing.clear();
    valueOf(started.call('sitting.clock', { sittingId }));
    expect(started.electron.awake.size).toBe(1);
    started.hall.pass(LONG);
    expect(started.elapsedMs(sittingId)).toBeGreaterThanOrEqual(LONG_MS - 5_000);
  });

  it('is not touched by sleep and waking where no sitting is shown', async () => {
    const started = await Started.host();
    for (const event of ['suspend', 'resume', 'lock-screen', 'unlock-screen'])
      started.electron.powerMonitor.emit(event);
    expect(started.electron.awake.size).toBe(0);
  });

  it('goes on when the page asks about the program, and when a command is refused', async () => {
    const started = await Started.host();
    const sittingId = started.sit();
    valueOf(started.call('app.diagnostics', {}));
    const input = { sittingId, seq: 1, requestId: 'a-request-1', command: { type: 'flag', number: 99, on: true } };
    expect(started.call('sitting.act', input as never).ok).toBe(false);
    started.hall.pass(LONG);
    expect(started.elapsedMs(sittingId)).toBeGreaterThanOrEqual(LONG_MS - 5_000);
  });

  it('of another sitting is not stopped when one ends', async () => {
    const started = await Started.host();
    started.sit();
    const other = started.hall.exam();
    started.hall.act(other, { type: 'end' });
    expect(started.electron.awake.size).toBe(1);
  });

  it('is not started again by a call of the page that has gone', async () => {
    const started = await Started.host();
    const sittingId = started.sit();
    navigate(started, true, false);
    valueOf(started.call('sitting.clock', { sittingId }));
    expect(started.electron.awake.size).toBe(0);
  });

  it('lets the screen sleep when the sitting has ended by itself', async () => {
    const started = await Started.host();
    const sittingId = started.sit();
    const { limitMs } = valueOf(started.call('sitting.clock', { sittingId })).clock;
    started.hall.pass(limitMs! / 1000 + 2);
    expect(started.hall.results()).toBe(1);
    expect(started.electron.awake.size).toBe(0);
    expect(started.contents.sent).toContainEqual([PUSH_CHANNEL, { type: 'finished', sittingId }]);
  });

  it('that cannot be written down when the window closes is a logged fault, not the end of the program', async () => {
    const logged = vi.spyOn(console, 'error').mockReturnValue();
    const started = await Started.host();
    const sittingId = started.sit();
    started.hall.failing.add('beat');
    started.electron.window.close();
    expect(logged.mock.calls).toEqual([[expect.any(StoreError)]]);
    started.hall.failing.clear();
    started.hall.pass(LONG);
    expect(started.elapsedMs(sittingId)).toBeLessThan(LONG_MS);
  });
});

describe('the proctor', () => {
  it('logs displays that come and go', async () => {
    const started = await Started.host();
    const sittingId = started.sit({ proctored: true });
    started.electron.screen.emit('display-added');
    started.electron.screen.emit('display-removed');
    expect(started.attention(sittingId)).toEqual(['display-added', 'display-removed']);
  });

  it('logs that the screen was locked and that the machine slept, once each', async () => {
    const started = await Started.host();
    const sittingId = started.sit({ proctored: true });
    for (const event of [
      'lock-screen',
      'suspend',
      'resume',
      'unlock-screen',
      'suspend',
      'lock-screen',
      'unlock-screen',
    ])
      started.electron.powerMonitor.emit(event);
    expect(started.attention(sittingId)).toEqual(['screen-locked', 'computer-slept']);
  });

  it('that cannot write is a logged fault', async () => {
    const logged = vi.spyOn(console, 'error').mockReturnValue();
    const started = await Started.host();
    started.sit({ proctored: true });
    started.hall.failing.add('append');
    started.electron.screen.emit('display-added');
    expect(String(logged.mock.calls[0]![0])).toContain('display-added was not logged: ');
  });

  it('does not look where the sitting is not proctored', async () => {
    const started = await Started.host();
    const sittingId = started.sit({ proctored: false });
    started.electron.screen.emit('display-added');
    expect(started.attention(sittingId)).toEqual([]);
  });

  it('does not look, nor start the clock, where no window shows the sitting', async () => {
    const started = await Started.host();
    const sittingId = started.sit({ proctored: true });
    navigate(started, true, false);
    const stoppedAt = started.elapsedMs(sittingId);
    started.electron.screen.emit('display-removed');
    started.hall.pass(LONG);
    expect(started.attention(sittingId)).toEqual([]);
    expect(started.elapsedMs(sittingId)).toBe(stoppedAt);
  });
});

describe('the window', () => {
  it('hears pushes, until it is closed', async () => {
    const started = await Started.host();
    const sittingId = started.sit();
    expect(started.contents.sent.at(-1)).toMatchObject([PUSH_CHANNEL, { type: 'progress', sittingId }]);
    const heard = started.contents.sent.length;
    started.electron.window.close();
    started.hall.act(sittingId, { type: 'visit', number: 1 });
    expect(started.contents.sent).toHaveLength(heard);
  });

  it('closed ends the program, and that closes the data last', async () => {
    const { electron, ...started } = await Started.host();
    electron.app.emit('window-all-closed');
    expect(electron.app.calls).toContain('quit');
    expect(started.closed).toBe(0);
    const live = await Started.host();
    live.electron.app.emit('will-quit');
    expect(live.closed).toBe(1);
  });
});
