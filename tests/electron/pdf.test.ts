/** The report of a sitting as a PDF. */
import { existsSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { Outputs, Reply } from '../../main/contract.ts';
import { paperOf, pdfName } from '../../main/electron/pdf.ts';
import { Started } from './started.ts';

async function finished() {
  const started = await Started.host();
  const sittingId = started.sit();
  started.act(sittingId, { type: 'end' });
  started.contents.url = `app://codehall/#/result/${sittingId}`;
  const file = join(started.folder, 'report.pdf');
  started.electron.dialog.savePath = file;
  const save = (input: object = { sittingId }) =>
    started.call('result.pdf', input as never) as unknown as Promise<Reply<Outputs['result.pdf']>>;
  return { started, sittingId, file, save };
}

describe('the PDF', () => {
  it('is what the page prints, written where the dialog is told to', async () => {
    const { started, file, save } = await finished();
    expect(await save()).toEqual({ ok: true, value: { file } });
    expect(readFileSync(file, 'utf8')).toBe('%PDF-1.7');
    expect(readdirSync(started.folder)).not.toContain('report.pdf.unfinished');
    expect(started.contents.printed).toEqual([
      {
        pageSize: 'Letter',
        margins: { top: 0.75, bottom: 0.75, left: 0.75, right: 0.75 },
        printBackground: true,
        generateTaggedPDF: true,
        generateDocumentOutline: true,
      },
    ]);
    expect(started.electron.dialog.saves[0]).toMatchObject({
      defaultPath: join('/home/ada/documents', 'Codehall SML Form A 2026-11-22.pdf'),
      filters: [{ name: 'PDF', extensions: ['pdf'] }],
    });
  });

  it('takes the place of an older one', async () => {
    const { started, file, save } = await finished();
    await save();
    started.contents.pdf = Buffer.from('%PDF-2');
    await save();
    expect(readFileSync(file, 'utf8')).toBe('%PDF-2');
  });

  it('is not written when the dialog is closed', async () => {
    const { started, file, save } = await finished();
    started.electron.dialog.savePath = '';
    expect(await save()).toEqual({ ok: true, value: { file: null } });
    expect(existsSync(file)).toBe(false);
  });

  it.each([
    ['US', 'Letter'],
    ['CA', 'Letter'],
    ['PH', 'Letter'],
    ['', 'Letter'],
    ['GB', 'A4'],
    ['IN', 'A4'],
  ])('has the paper of the country (%s: %s)', async (country, paper) => {
    const { started, save } = await finished();
    started.electron.app.country = country;
    await save();
    expect(started.contents.printed[0]!.pageSize).toBe(paper);
    expect(paperOf(country)).toBe(paper);
  });

  it('has a name that every file system takes', () => {
    const named = (title: string) =>
      pdfName({ exam: { code: 'CPC' } as never, form: { id: 'a', title }, finishedAt: new Date(2026, 0, 5).getTime() });
    expect(named('Form A: "1/2" <x>\\|?*')).toBe('Codehall CPC Form A 1 2 x 2026-01-05.pdf');
    expect(named('x'.repeat(300)).length).toBeLessThan(130);
  });
});

describe('no PDF is made', () => {
  it('of a sitting that has not ended, or is not there', async () => {
    const { started, save } = await finished();
    const running = started.sit();
    expect(await save({ sittingId: running })).toMatchObject({ ok: false, code: 'not-finished' });
    expect(await save({ sittingId: 'none' })).toMatchObject({ ok: false, code: 'not-found' });
    expect(started.contents.printed).toEqual([]);
  });

  it.each(['app://codehall/', 'app://codehall/#/result/another', 'app://codehall/#/questions/sitting-1/all'])(
    'while the window shows something else (%s)',
    async (url) => {
      const { started, save } = await finished();
      started.contents.url = url;
      expect(await save()).toMatchObject({ ok: false, code: 'refused' });
      expect(started.contents.printed).toEqual([]);
    },
  );

  it('when printing fails, and that is told', async () => {
    const { started, save } = await finished();
    started.contents.pdf = new Error('Failed to generate PDF');
    expect(await save()).toMatchObject({
      ok: false,
      code: 'not-saved',
      message: expect.stringMatching(/generate PDF/),
    });
    expect(started.electron.dialog.saves).toEqual([]);
  });

  it('when it cannot be written, which is told, and what was there stays', async () => {
    const { started, file, save } = await finished();
    mkdirSync(file);
    expect(await save()).toMatchObject({ ok: false, code: 'not-saved', message: expect.stringContaining(file) });
    expect(readdirSync(started.folder)).not.toContain('report.pdf.unfinished');
    started.electron.dialog.savePath = join(started.folder, 'none', 'report.pdf');
    expect(await save()).toMatchObject({ ok: false, code: 'not-saved' });
  });

  it('for input that the contract does not know', async () => {
    const { save } = await finished();
    expect(await save({})).toMatchObject({ ok: false, code: 'bad-input' });
    expect(await save({ sittingId: 's', path: '/etc/passwd' })).toMatchObject({ ok: false, code: 'bad-input' });
  });

  it('when the dialog itself fails, and the fault is logged', async () => {
    const logged = vi.spyOn(console, 'error').mockReturnValue();
    const { started, save } = await finished();
    started.electron.dialog.showSaveDialog = () => Promise.reject(new TypeError('no dialog'));
    expect(await save()).toMatchObject({ ok: false, code: 'internal' });
    expect(logged).toHaveBeenCalledOnce();
  });
});
