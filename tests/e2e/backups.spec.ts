/** Backups as the candidate meets them: made after a sitting, restored by hand, offered when the history cannot be read. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { endExam, expect, leaveUnread, test } from './support/fixtures.ts';

/** A sitting that is over as soon as it has begun. */
async function sit(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^(Begin|Sit again) CPC, Form A/ }).click();
  await page.getByRole('button', { name: 'Go to the agreement' }).click();
  await page.getByRole('button', { name: /I accept/ }).click();
  await expect(page.getByRole('heading', { name: /^Question 1 of/ })).toBeFocused();
  await page.keyboard.press('Alt+r');
  await leaveUnread(page, page.getByRole('heading', { name: 'Review', exact: true }));
  await endExam(page);
}

/** Backups made after a sitting. The daily one comes on its own time, and may come between. */
const backups = (dataDir: string) => {
  const folder = join(dataDir, 'backups');
  return existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('-sitting.db')).length : 0;
};
const rows = (page: Page) => page.locator('main tbody tr');
const restoreButtons = (page: Page) =>
  page
    .getByRole('row')
    .filter({ hasText: 'after a sitting' })
    .getByRole('button', { name: /^Restore the backup of/ });

test('a sitting is backed up; a restore asks, brings the history back and keeps what was there', async ({
  page,
  host,
  dataDir,
}) => {
  await page.goto(host.url);
  await sit(page);
  await expect.poll(() => backups(dataDir)).toBe(1);
  await page.getByRole('button', { name: 'Hall' }).click();
  await sit(page);
  await expect.poll(() => backups(dataDir)).toBe(2);
  await page.getByRole('button', { name: 'History' }).click();
  await expect(rows(page)).toHaveCount(2);

  await page.getByRole('button', { name: 'Settings' }).click();
  const oldest = restoreButtons(page).last();
  await oldest.click();
  const question = page.getByRole('alertdialog', { name: 'Restore this backup?' });
  await expect(question).toContainText('the present file is kept beside it');
  await question.getByRole('button', { name: 'Keep things as they are' }).click();
  await oldest.click();
  await question.getByRole('button', { name: 'Restore it' }).click();
  await expect(
    page.getByText(/The backup is in place. What was there is kept as codehall-kept-.*\.db/).first(),
  ).toBeVisible();
  expect(readdirSync(dataDir).filter((name) => /^codehall-kept-.*\.db$/.test(name))).toHaveLength(1);
  await page.getByRole('button', { name: 'History' }).click();
  await expect(rows(page)).toHaveCount(1);
});

test('a history that cannot be read is said so, kept, and replaced by its backup', async ({
  page,
  startHost,
  dataDir,
  pageErrors,
}) => {
  let host = await startHost();
  await page.goto(host.url);
  await sit(page);
  await expect.poll(() => backups(dataDir)).toBe(1);
  await host.stop();
  writeFileSync(join(dataDir, 'codehall.db'), 'This was a history once. '.repeat(400));

  host = await startHost();
  pageErrors.length = 0;
  await page.goto(host.url);
  await expect(page.getByRole('main').getByRole('alert')).toContainText('cannot be read');
  await expect(page.getByRole('link', { name: 'Go to the backups' })).toBeVisible();
  await page.getByRole('button', { name: 'History' }).click();
  await expect(page.getByRole('main').getByRole('alert')).toContainText('cannot be read');
  await page.getByRole('button', { name: 'Go to the backups' }).click();
  await expect(page.getByRole('heading', { name: 'Your history cannot be read' })).toBeVisible();
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await restoreButtons(page).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Restore it' }).click();
  await page.getByRole('button', { name: 'To the hall' }).click();
  await expect(page.getByRole('heading', { name: 'Welcome back' })).toBeVisible();
  await page.getByRole('button', { name: 'History' }).click();
  await expect(rows(page)).toHaveCount(1);
  // The calls the damaged history could not answer are told as errors of the server.
  pageErrors.splice(0, pageErrors.length, ...pageErrors.filter((error) => !error.includes('status of 5')));
});
