import { describe, expect, it, vi } from 'vitest';
import { Web } from '../support/web.ts';

/** Resolves when the next window lets go of its sitting. */
function nextRelease(web: Web): Promise<void> {
  const { sittings } = web.hall;
  const hold = sittings.hold.bind(sittings);
  return new Promise((resolve) => {
    vi.spyOn(sittings, 'hold').mockImplementationOnce((sittingId) => {
      const release = hold(sittingId);
      return () => {
        try {
          release();
        } finally {
          resolve();
        }
      };
    });
  });
}

/** A sitting at its questions, which no window shows yet. */
function begun(web: Web): string {
  const { sittingId } = web.hall.start();
  web.hall.act(sittingId, { type: 'agree' });
  return sittingId;
}

describe('the stream of a sitting', () => {
  it('tells the progress and the end', async () => {
    const web = await Web.start();
    const id = begun(web);
    const watch = await web.watch(id);
    expect(watch.status).toBe(200);
    const { seq } = web.hall.act(id, { type: 'flag', number: 1, on: true });
    expect(await watch.next()).toMatchObject({ type: 'progress', sittingId: id, progress: { seq } });
    web.hall.act(id, { type: 'end' });
    expect(await watch.next()).toEqual({ type: 'finished', sittingId: id });
  });

  it('tells the end by time-out, which nobody asked for', async () => {
    const web = await Web.start();
    const id = begun(web);
    const watch = await web.watch(id);
    for (let minute = 0; minute < 10; minute++)
      for (let step = 0; step < 6; step++) {
        web.hall.sleep(10);
        web.hall.sittings.tick();
      }
    expect(await watch.next()).toEqual({ type: 'finished', sittingId: id });
  });

  it('tells nothing of another sitting', async () => {
    const web = await Web.start();
    const first = begun(web);
    const watch = await web.watch(first);
    const second = begun(web);
    web.hall.act(second, { type: 'flag', number: 1, on: true });
    web.hall.act(first, { type: 'flag', number: 2, on: true });
    expect(await watch.next()).toMatchObject({ sittingId: first });
  });

  it('keeps the clock running while it is open, and stops it when it is closed', async () => {
    const web = await Web.start();
    const id = begun(web);
    const released = nextRelease(web);
    const watch = await web.watch(id);
    web.hall.pass(100);
    watch.close();
    await released;
    web.hall.pass(100);
    const view = web.hall.sittings.openSitting({ sittingId: id });
    expect(view.clock.elapsedMs).toBe(100_000);
    expect(web.hall.journal.events(id).at(-1)).toMatchObject({
      type: 'interrupted',
      payload: { cause: 'left', awayMs: 100_000 },
    });
  });

  it('may be closed while nothing can be written: the program goes on', async () => {
    const error = vi.spyOn(console, 'error').mockImplementation(() => {});
    const web = await Web.start();
    const id = begun(web);
    const released = nextRelease(web);
    const watch = await web.watch(id);
    web.hall.pass(7);
    web.hall.failing.add('beat');
    watch.close();
    await released;
    web.hall.failing.clear();
    expect((await web.call('sitting.clock', { sittingId: id })).json()).toMatchObject({
      ok: true,
      value: { clock: { elapsedMs: 7000 } },
    });
    expect(error).toHaveBeenCalledOnce();
  });

  it('of a sitting that is not there stays silent and harms nothing', async () => {
    const web = await Web.start();
    const id = begun(web);
    const watch = await web.watch('nobody');
    expect(watch.status).toBe(200);
    web.hall.act(id, { type: 'flag', number: 1, on: true });
    watch.close();
    expect((await web.call('hall.show', {})).status).toBe(200);
  });
});

it('closes with its streams when the program ends', async () => {
  const web = await Web.start();
  const id = begun(web);
  const watch = await web.watch(id);
  const gone = new Promise((resolve) => watch.response.once('close', resolve));
  await web.close();
  await gone;
  await expect(web.raw('GET', '/')).rejects.toThrow('ECONNREFUSED');
});
