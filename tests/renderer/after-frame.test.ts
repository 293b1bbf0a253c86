/** A call waits for the frame that shows the click, and never for longer than that. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { afterFrame } from '../../renderer/state/after-frame.ts';

let page: EventTarget & { hidden: boolean };
let frames: (() => void)[];
let sent: boolean;

beforeEach(() => {
  vi.useFakeTimers();
  page = Object.assign(new EventTarget(), { hidden: false });
  frames = [];
  sent = false;
  const window = new EventTarget();
  vi.stubGlobal('document', page);
  vi.stubGlobal('requestAnimationFrame', (frame: () => void) => frames.push(frame));
  vi.stubGlobal('addEventListener', window.addEventListener.bind(window));
  vi.stubGlobal('removeEventListener', window.removeEventListener.bind(window));
  vi.stubGlobal('leave', () => window.dispatchEvent(new Event('pagehide')));
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const wait = () => void afterFrame().then(() => (sent = true));

describe('a call after the frame', () => {
  it('goes out in the task behind the frame', async () => {
    wait();
    await vi.advanceTimersByTimeAsync(10);
    expect(sent).toBe(false);
    frames[0]!();
    await vi.advanceTimersByTimeAsync(1);
    expect(sent).toBe(true);
  });

  it('goes out at once on a hidden page', async () => {
    page.hidden = true;
    wait();
    await vi.advanceTimersByTimeAsync(0);
    expect(sent).toBe(true);
  });

  it('goes out when no frame comes', async () => {
    wait();
    await vi.advanceTimersByTimeAsync(99);
    expect(sent).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(sent).toBe(true);
  });

  it.each([
    ['left', () => (globalThis as unknown as { leave(): void }).leave()],
    ['hidden', () => page.dispatchEvent(new Event('visibilitychange'))],
  ])('goes out when the page is %s meanwhile', async (_, happens) => {
    wait();
    happens();
    await vi.advanceTimersByTimeAsync(0);
    expect(sent).toBe(true);
  });
});
