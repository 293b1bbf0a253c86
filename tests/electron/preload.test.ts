/** The bridge the page gets: two functions, and nothing of Electron's. */
import { EventEmitter } from 'node:events';
import { beforeEach, expect, it, vi } from 'vitest';
import type { ExamApi, Push } from '../../main/contract.ts';
import { CALL_CHANNEL, PUSH_CHANNEL } from '../../main/electron/host.ts';

const bridge = vi.hoisted(() => ({
  exposed: {} as Record<string, unknown>,
  invoked: [] as unknown[][],
  ipc: null as EventEmitter | null,
}));

vi.mock('electron', () => ({
  contextBridge: { exposeInMainWorld: (name: string, value: unknown) => (bridge.exposed[name] = value) },
  ipcRenderer: {
    invoke: async (...given: unknown[]) => void bridge.invoked.push(given),
    on: (channel: string, listener: (...given: unknown[]) => void) => bridge.ipc!.on(channel, listener),
    off: (channel: string, listener: (...given: unknown[]) => void) => bridge.ipc!.off(channel, listener),
  },
}));

let api: ExamApi;
beforeEach(async () => {
  bridge.ipc = new EventEmitter();
  bridge.invoked.length = 0;
  await import('../../preload/index.ts');
  api = bridge.exposed['codehall'] as ExamApi;
});

it('exposes the two functions of the contract', () => {
  expect(Object.keys(bridge.exposed)).toEqual(['codehall']);
  expect(Object.keys(api)).toEqual(['call', 'watch']);
});

it('calls by the channel main answers', async () => {
  await api.call('sitting.clock', { sittingId: 's1' });
  expect(bridge.invoked).toEqual([[CALL_CHANNEL, 'sitting.clock', { sittingId: 's1' }]]);
});

it('hears the pushes of its sitting until it stops, and gives nothing of Electron away', () => {
  const heard: Push[] = [];
  const stop = api.watch('s1', (push) => heard.push(push));
  const push = (sittingId: string) =>
    bridge.ipc!.emit(PUSH_CHANNEL, { sender: 'not for the page' }, { type: 'finished', sittingId });
  push('s1');
  push('s2');
  expect(heard).toEqual([{ type: 'finished', sittingId: 's1' }]);
  expect(stop()).toBeUndefined();
  push('s1');
  expect(heard).toHaveLength(1);
  expect(bridge.ipc!.listenerCount(PUSH_CHANNEL)).toBe(0);
});
