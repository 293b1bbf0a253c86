/** The history as a file: out of one Codehall, into another, and refused when it was changed; the result on paper. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beginExam, endExam, expect, leaveUnread, recorded, test } from './support/fixtures.ts';
import { Lab } from './support/lab.ts';

/** A sitting of the small form with one right answer. */
async function sit(page: Page): Promise<void> {
  await beginExam(page);
  await recorded(page, 'respond', () => page.keyboard.press('a'));
  await page.keyboard.press('Alt+r');
  await leaveUnread(page, page.getByRole('heading', { name: 'Review', exact: true }));
  await endExam(page);
}

async function exported(page: Page, button: string): Promise<{ name: string; text: string }> {
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: button }).click()]);
  return { name: file.suggestedFilename(), text: readFileSync(await file.path(), 'utf8') };
}

const importText = (page: Page, text: string) =>
  page
    .getByLabel('History to import')
    .setInputFiles({ name: 'history.json', mimeType: 'application/json', buffer: Buffer.from(text) });

test('a history is exported, imported into an empty one, and a changed file is refused', async ({
  page,
  startLab,
  pageErrors,
}) => {
  const lab = await startLab();
  await page.goto(lab.url);
  await sit(page);
  await page.getByRole('button', { name: 'Settings' }).click();

  const csv = await exported(page, 'Export as CSV');
  expect(csv.name).toBe('codehall-results-2026-11-22.csv');
  expect(csv.text.split('\r\n')).toHaveLength(3);
  await expect(page.getByText('1 sitting in codehall-results-2026-11-22.csv.').first()).toBeVisible();
  const whole = page.getByLabel('With every event, so that it can be imported');
  await whole.uncheck();
  const results = await exported(page, 'Export as JSON');
  await whole.check();
  const history = await exported(page, 'Export as JSON');
  expect([results.name, history.name]).toEqual([
    'codehall-results-2026-11-22.json',
    'codehall-history-2026-11-22.json',
  ]);

  const elsewhere = mkdtempSync(join(tmpdir(), 'codehall-e2e-'));
  const other = await Lab.start(elsewhere);
  try {
    await page.goto(other.url);
    await page.getByRole('button', { name: 'Settings' }).click();
    const trouble = page.getByRole('main').getByRole('alert');
    await page.getByRole('button', { name: 'Export as CSV' }).click();
    await expect(trouble).toHaveText('No sitting has ended yet: there is nothing to export.');
    await importText(page, results.text);
    await expect(trouble).toContainText('This file holds results only, which cannot be imported.');
    await importText(page, history.text.replace('"points":1', '"points":5'));
    await expect(trouble).toHaveText(
      'Sitting 1 (sitting-1), result.points: is 5, and its events give 1. Nothing was imported; your history is as it was.',
    );
    await importText(page, history.text.slice(0, -100));
    await expect(trouble).toContainText('The file is cut off');
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

    await importText(page, history.text);
    await expect(page.getByRole('main').getByText('1 sitting added.')).toBeVisible();
    await expect(page.getByRole('status').filter({ hasText: '1 sitting added.' })).toBeAttached();
    await importText(page, history.text);
    await expect(page.getByRole('main').getByText('Nothing new. 1 was here before.')).toBeVisible();
    await page.getByRole('button', { name: 'To the history' }).click();
    await expect(page.getByRole('table', { name: 'Sittings' }).getByText('1 of 5')).toBeVisible();
    await page.getByRole('button', { name: /^Open report of/ }).click();
    await expect(page.getByRole('heading', { name: 'Result', exact: true })).toBeVisible();
    await expect(page.getByText('no longer matches the seal')).toHaveCount(0);
    await page.close();
  } finally {
    await other.stop();
    rmSync(elsewhere, { recursive: true, force: true });
  }
  // What is refused is told as an error of the call.
  pageErrors.splice(0, pageErrors.length, ...pageErrors.filter((error) => !error.includes('status of 4')));
});

test('a history of more than 64 kB goes through the browser', async ({ page, startLab, pageErrors }) => {
  const lab = await startLab();
  await page.goto(lab.url);
  await page.getByRole('button', { name: 'Settings' }).click();
  await importText(page, JSON.stringify({ format: 'codehall-history', version: 1, about: 'x'.repeat(3_000_000) }));
  await expect(page.getByRole('main').getByRole('alert')).toContainText('The file, about:');
  pageErrors.splice(0, pageErrors.length, ...pageErrors.filter((error) => !error.includes('status of 4')));
});

test('a result on paper is dark on white in every scheme, with both outlines and without buttons', async ({
  page,
  startLab,
}) => {
  const lab = await startLab();
  await page.addInitScript(() => {
    localStorage.setItem('codehall-appearance', JSON.stringify({ scheme: 'dark', zoom: 200, showPace: true }));
    window.print = () => (document.documentElement.dataset['printed'] = document.title);
  });
  await page.goto(lab.url);
  await sit(page);
  await expect(page.getByText('Classic outline').first()).toBeVisible();
  await expect(page.getByRole('table')).toHaveCount(1);
  await page.getByRole('button', { name: 'Save as PDF' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-printed', 'Codehall SML Form A November 22, 2026');

  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('table')).toHaveCount(2);
  await expect(page.getByRole('button')).toHaveCount(0);
  await expect(page.getByText('Small exam (SML), Form A')).toBeVisible();
  const colours = await page.evaluate(() => {
    const { backgroundColor, color, fontSize } = getComputedStyle(document.body);
    return { backgroundColor, color, fontSize };
  });
  expect(colours).toEqual({ backgroundColor: 'rgb(255, 255, 255)', color: 'rgb(0, 0, 0)', fontSize: '14px' });
  const pdf = (await page.pdf({ format: 'A4' })).toString('latin1');
  expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
});
