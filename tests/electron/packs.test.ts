/** Packs given to the host. What becomes of their files is tested in tests/library/add-pack.test.ts. */
import { describe, expect, it, vi } from 'vitest';
import type * as Electron from 'electron';
import type { AddedPack } from '../../main/services/add-pack.ts';
import { packsAmong, packsHandedOver } from '../../main/electron/packs.ts';
import { StoreError } from '../../main/store/errors.ts';
import { Started } from './started.ts';

const PACK = '/downloads/more.codehallpack';
const settle = async () => {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
};

/** Gives a pack to a running host, as a second start does. */
async function given(outcome: AddedPack, ...answers: number[]) {
  const started = await Started.host();
  started.added.push(outcome);
  const { dialog, app } = started.electron;
  dialog.answers.push(...answers);
  app.emit('second-instance', {}, [], '/', { packs: [PACK] });
  await settle();
  return { started, told: dialog.questions.map(({ options }) => options) };
}

describe('the arguments of a start', () => {
  it('name packs by their ending, from the folder of the start', () => {
    const args = [
      '--data-dir',
      '/d',
      'a.codehallpack',
      '/b/C.CodehallPack',
      '.',
      '--x=1',
      'pack.json',
      'a.codehallpack.txt',
    ];
    expect(packsAmong(args, '/from')).toEqual(['/from/a.codehallpack', '/b/C.CodehallPack']);
  });

  it('may be addresses of files, and of nothing else', () => {
    expect(packsAmong(['file:///b/my%20pack.codehallpack'], '/')).toEqual(['/b/my pack.codehallpack']);
    expect(packsAmong(['file://elsewhere/b.codehallpack'], '/')).toEqual([]);
  });

  it('of a second instance are taken as they should be, and as nothing else', () => {
    expect(packsHandedOver({ packs: [PACK] })).toEqual([PACK]);
    for (const data of [
      null,
      undefined,
      7,
      {},
      { packs: PACK },
      { packs: [7, null, {}, 'x.codehallpack', '/etc/passwd'] },
    ])
      expect(packsHandedOver(data)).toEqual([]);
  });
});

describe('a pack', () => {
  it('on the command line is taken when the window is there', async () => {
    const started = await Started.host((_started, settings) => {
      settings.packs = [PACK];
    });
    expect(started.electron.app.handedOver).toEqual({ packs: [PACK] });
    await settle();
    expect(started.packs).toEqual([]);
    started.electron.window.emit('ready-to-show');
    await settle();
    expect(started.packs).toEqual([[PACK, false]]);
  });

  it('of a second start is taken by the first, which comes to the front', async () => {
    const { started, told } = await given({ outcome: 'added', title: 'More' }, 0);
    expect(started.packs).toEqual([[PACK, false]]);
    expect(started.electron.window.calls).toEqual(['show', 'focus']);
    expect(told).toMatchObject([{ type: 'info', message: 'The exam pack "More" was added' }]);
  });

  it('of a second start whose first has no window any more is left', async () => {
    const started = await Started.host();
    started.electron.window.close();
    started.electron.app.emit('second-instance', {}, [], '/', { packs: [PACK] });
    await settle();
    expect(started.packs).toEqual([]);
    expect(started.electron.window.calls).toEqual([]);
  });

  it.each([
    ['before there is a window', true],
    ['later', false],
  ])('that macOS hands over %s is taken', async (_when, early) => {
    let prevented = 0;
    const hand = (app: Started['electron']['app'], path: string) =>
      app.emit('open-file', { preventDefault: () => (prevented += 1) }, path);
    const started = await Started.host(({ electron }) => {
      electron.app.whenReady = async () => {
        if (early) hand(electron.app, PACK);
      };
    });
    started.electron.window.emit('ready-to-show');
    if (!early) hand(started.electron.app, PACK);
    hand(started.electron.app, '/downloads/else.txt');
    await settle();
    expect(started.packs).toEqual([[PACK, false]]);
    expect(prevented).toBe(2);
  });

  it('can be chosen by the menu, several at once, one told after the other', async () => {
    const started = await Started.host();
    const { dialog, menu } = started.electron;
    const file = menu[0]!.submenu as Electron.MenuItemConstructorOptions[];
    const add = () => (file[0]!.click as () => void)();
    add();
    await settle();
    expect(started.packs).toEqual([]);
    dialog.openPaths = [PACK, '/downloads/second.codehallpack'];
    add();
    await settle();
    expect(dialog.opens[0]!.filters).toEqual([{ name: 'Exam packs', extensions: ['codehallpack'] }]);
    expect(started.packs).toHaveLength(1);
    dialog.questions[0]!.answer(0);
    await settle();
    expect(started.packs).toHaveLength(2);
  });

  it('chosen where the dialog fails is a logged fault', async () => {
    const logged = vi.spyOn(console, 'error').mockReturnValue();
    const started = await Started.host();
    started.electron.dialog.showOpenDialog = () => Promise.reject(new Error('no dialog'));
    ((started.electron.menu[0]!.submenu as Electron.MenuItemConstructorOptions[])[0]!.click as () => void)();
    await settle();
    expect(logged).toHaveBeenCalledOnce();
  });
});

describe('what came of it', () => {
  it.each([
    ['app://codehall/', 1],
    ['app://codehall/#/', 1],
    ['app://codehall/#/hall', 1],
    ['app://codehall/#/settings', 1],
    ['app://codehall/#/sitting/sitting-1', 0],
    ['app://codehall/#/result/sitting-1', 0],
  ])('is shown where packs are: %s is loaded anew %d times', async (url, times) => {
    const started = await Started.host();
    started.contents.url = url;
    started.electron.app.emit('second-instance', {}, [], '/', { packs: [PACK] });
    await settle();
    expect(started.contents.reloads).toBe(times);
  });

  it('is told with file, item and field of each problem', async () => {
    const { started, told } = await given({
      outcome: 'broken',
      problems: [
        { file: 'items/a.json', item: 'one', field: 'key.0', message: 'is no option' },
        { file: '.', message: 'is no pack file' },
        ...Array.from({ length: 20 }, (_, at) => ({ file: `items/${at}.json`, message: 'is empty' })),
      ],
    });
    expect(told[0]!.message).toBe('This exam pack cannot be used, and was not added');
    const lines = told[0]!.detail!.split('\n');
    expect(lines.slice(0, 4)).toEqual([
      PACK,
      '',
      'items/a.json, item one, key.0: is no option',
      'The file: is no pack file',
    ]);
    expect(lines.at(-1)).toBe('and 10 more');
    expect(started.contents.reloads).toBe(0);
  });

  it('is told without more where all fits', async () => {
    const { told } = await given({ outcome: 'broken', problems: [{ file: 'pack.json', message: 'is missing' }] });
    expect(told[0]!.detail).toBe(`${PACK}\n\npack.json: is missing`);
  });

  it.each<[AddedPack, RegExp]>([
    [{ outcome: 'same', title: 'More' }, /there already/],
    [{ outcome: 'taken', title: 'More', from: '/exams/more' }, /same id.*\n\/exams\/more/],
  ])('is told (%j)', async (outcome, text) => {
    const { started, told } = await given(outcome, 0);
    expect(`${told[0]!.message} ${told[0]!.detail}`).toMatch(text);
    expect(started.contents.reloads).toBe(0);
  });

  it('is asked for before another pack of the same id gives way', async () => {
    const kept = await given({ outcome: 'other-there', title: 'More' }, 1);
    expect(kept.started.packs).toEqual([[PACK, false]]);
    expect(kept.told).toMatchObject([{ type: 'question', cancelId: 1, defaultId: 1 }]);
    const replaced = await given({ outcome: 'other-there', title: 'More' }, 0, 0);
    expect(replaced.started.packs).toEqual([
      [PACK, false],
      [PACK, true],
    ]);
    expect(replaced.told.map((box) => box.type)).toEqual(['question', 'info']);
  });

  it('is told when its place was taken in the meantime', async () => {
    const started = await Started.host();
    started.added.push({ outcome: 'other-there', title: 'More' }, { outcome: 'other-there', title: 'More' });
    started.electron.dialog.answers.push(0, 0);
    started.electron.app.emit('second-instance', {}, [], '/', { packs: [PACK] });
    await settle();
    expect(started.electron.dialog.questions.at(-1)!.options.message).toBe('The exam pack was not added');
    expect(started.packs).toHaveLength(2);
  });

  it('is told when it cannot be written, and the next pack is taken all the same', async () => {
    const logged = vi.spyOn(console, 'error').mockReturnValue();
    const started = await Started.host((_started, settings) => {
      const { startProgram } = settings;
      settings.startProgram = () => ({
        ...startProgram(),
        addPack: () => {
          throw new StoreError('read-only', 'packs may not be written.');
        },
      });
    });
    const { dialog, app } = started.electron;
    dialog.answers.push(0, 0);
    app.emit('second-instance', {}, [], '/', { packs: [PACK, PACK] });
    await settle();
    expect(dialog.questions.map(({ options }) => [options.type, options.detail])).toEqual([
      ['error', 'packs may not be written.'],
      ['error', 'packs may not be written.'],
    ]);
    expect(logged).toHaveBeenCalledTimes(2);
  });

  it('needs no box when the window has gone meanwhile', async () => {
    const started = await Started.host();
    const { app, dialog, window } = started.electron;
    app.emit('second-instance', {}, [], '/', { packs: [PACK, '/b.codehallpack'] });
    await settle();
    window.close();
    dialog.questions[0]!.answer(0);
    await settle();
    expect(started.packs).toHaveLength(1);
    expect(dialog.questions).toHaveLength(1);
  });

  it('needs no box and no new page when the window is closed over the question', async () => {
    const { started } = await given({ outcome: 'other-there', title: 'More' });
    const { dialog, window } = started.electron;
    window.close();
    dialog.questions[0]!.answer(0);
    await settle();
    expect(started.packs).toEqual([
      [PACK, false],
      [PACK, true],
    ]);
    expect(dialog.questions).toHaveLength(1);
    expect(started.contents.reloads).toBe(0);
  });

  it('is a logged fault when the box cannot be shown', async () => {
    const logged = vi.spyOn(console, 'error').mockReturnValue();
    const started = await Started.host();
    started.electron.dialog.showMessageBox = () => Promise.reject(new Error('no window'));
    started.electron.app.emit('second-instance', {}, [], '/', { packs: [PACK] });
    await settle();
    expect(logged).toHaveBeenCalledOnce();
  });
});
