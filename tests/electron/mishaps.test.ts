/** A page that dies or hangs. The tests of the clock are in presence.test.ts. */
import { describe, expect, it, vi } from 'vitest';
import { Started } from './started.ts';

const settle = () => new Promise((resolve) => setImmediate(resolve));
const die = (started: Started, reason: string) => started.contents.emit('render-process-gone', {}, { reason });

describe('a page whose renderer died', () => {
  it.each(['crashed', 'oom', 'killed', 'integrity-failure', 'launch-failed', 'abnormal-exit'])(
    'by "%s" is opened again when the candidate has been told',
    async (reason) => {
      const started = await Started.host();
      die(started, reason);
      const { questions } = started.electron.dialog;
      expect(questions).toHaveLength(1);
      expect(started.contents.reloads).toBe(0);
      questions[0]!.answer(0);
      await settle();
      expect(started.contents.reloads).toBe(1);
    },
  );

  it('does not keep a candidate who wants out', async () => {
    const started = await Started.host();
    started.electron.dialog.answers.push(1);
    die(started, 'crashed');
    await settle();
    expect(started.contents.reloads).toBe(0);
    expect(started.electron.app.calls).toContain('quit');
  });

  it('ended in order is left alone', async () => {
    const started = await Started.host();
    die(started, 'clean-exit');
    await settle();
    expect([started.contents.reloads, started.electron.dialog.questions.length]).toEqual([0, 0]);
  });

  it('with its window closed is left alone, then and while the question stands', async () => {
    const gone = await Started.host();
    gone.electron.window.close();
    die(gone, 'crashed');
    expect(gone.electron.dialog.questions).toEqual([]);
    const started = await Started.host();
    die(started, 'crashed');
    started.electron.window.close();
    started.electron.dialog.questions[0]!.answer(0);
    await settle();
    expect(started.contents.reloads).toBe(0);
  });

  it('whose box cannot be shown is a logged fault', async () => {
    const logged = vi.spyOn(console, 'error').mockReturnValue();
    const started = await Started.host();
    started.electron.dialog.showMessageBox = () => Promise.reject(new Error('no window'));
    die(started, 'crashed');
    started.electron.window.emit('unresponsive');
    await settle();
    expect(logged).toHaveBeenCalledTimes(2);
  });
});

describe('a page that does not answer', () => {
  const hang = async () => {
    const started = await Started.host();
    started.electron.window.emit('unresponsive');
    return { started, questions: started.electron.dialog.questions };
  };

  it('is asked about once', async () => {
    const { started, questions } = await hang();
    started.electron.window.emit('unresponsive');
    expect(questions).toHaveLength(1);
    expect(questions[0]!.options.buttons).toEqual(['Wait', 'Open it again']);
  });

  it('is waited for, and asked about again when it hangs again', async () => {
    const { started, questions } = await hang();
    questions[0]!.answer(0);
    await settle();
    expect([started.contents.crashes, started.contents.reloads]).toEqual([0, 0]);
    started.electron.window.emit('unresponsive');
    expect(questions).toHaveLength(2);
  });

  it('is asked about when it hangs again, also where the box could not be shown before', async () => {
    vi.spyOn(console, 'error').mockReturnValue();
    const started = await Started.host();
    const { dialog, window } = started.electron;
    const shown = vi.spyOn(dialog, 'showMessageBox').mockRejectedValueOnce(new Error('no window'));
    window.emit('unresponsive');
    await settle();
    window.emit('unresponsive');
    expect(shown).toHaveBeenCalledTimes(2);
  });

  it('is opened again without a second question, and its clock stands meanwhile', async () => {
    const { started, questions } = await hang();
    started.sit();
    questions[0]!.answer(1);
    await settle();
    expect([started.contents.crashes, started.contents.reloads]).toEqual([1, 1]);
    expect(questions).toHaveLength(1);
    expect(started.electron.awake.size).toBe(0);
    die(started, 'crashed');
    expect(questions).toHaveLength(2);
  });

  it('that answers after all takes the question away', async () => {
    const { started, questions } = await hang();
    started.electron.window.emit('responsive');
    expect(questions[0]!.options.signal!.aborted).toBe(true);
    await settle();
    expect(started.contents.crashes).toBe(0);
    started.electron.window.emit('responsive');
  });

  it('that dies while it is asked about has the one question give way to the other', async () => {
    const { started, questions } = await hang();
    die(started, 'oom');
    await settle();
    expect(questions[0]!.options.signal!.aborted).toBe(true);
    expect(questions).toHaveLength(2);
    questions[1]!.answer(0);
    await settle();
    expect([started.contents.crashes, started.contents.reloads]).toEqual([0, 1]);
  });

  it('whose window is closed meanwhile is left alone', async () => {
    const { started, questions } = await hang();
    started.electron.window.close();
    questions[0]!.answer(1);
    await settle();
    expect(started.contents.crashes).toBe(0);
  });
});
