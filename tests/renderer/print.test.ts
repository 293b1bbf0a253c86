/** The one button that prints, on either host. */
import { beforeEach, expect, it, vi } from 'vitest';

let prints = 0;
const calls: unknown[][] = [];

beforeEach(() => {
  vi.resetModules();
  prints = 0;
  calls.length = 0;
  vi.stubGlobal('print', () => (prints += 1));
  vi.stubGlobal('location', { hash: '', pathname: '/' });
  vi.stubGlobal('sessionStorage', { getItem: () => null });
});

/** @param reply of Electron's bridge; without one the page is the web host's. */
async function press(reply?: object): Promise<string> {
  const call = async (...given: unknown[]) => {
    calls.push(given);
    return reply;
  };
  vi.stubGlobal('window', reply ? { codehall: { call } } : {});
  const { printReport } = await import('../../renderer/client.ts');
  return printReport('sitting-1');
}

it("leaves it to the browser's own dialog on the web host, and has nothing to say", async () => {
  expect(await press()).toBe('');
  expect(prints).toBe(1);
});

it('has main save it in Electron, and says where it lies', async () => {
  expect(await press({ ok: true, value: { file: '/home/ada/report.pdf' } })).toBe('Saved as /home/ada/report.pdf.');
  expect(calls).toEqual([['result.pdf', { sittingId: 'sitting-1' }]]);
  expect(prints).toBe(0);
});

it('says nothing when the candidate has closed the dialog', async () => {
  expect(await press({ ok: true, value: { file: null } })).toBe('');
});

it('says why it was not saved', async () => {
  expect(await press({ ok: false, code: 'not-saved', message: 'It could not be written.' })).toBe(
    'It could not be written.',
  );
});
