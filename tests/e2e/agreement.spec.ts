/** The agreement's own two ends: declined, or its time run out. */
import type { Page } from '@playwright/test';
import { expect, test } from './support/fixtures.ts';

/** What a screen reader was told at once, by the app's own live region. */
const told = (page: Page) => page.locator('body [role=alert][aria-live=assertive]');

async function toAgreement(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Begin SML, Form A/ }).click();
  await page.getByRole('button', { name: 'Go to the agreement' }).click();
  await expect(page.getByRole('heading', { name: 'Agreement' })).toBeVisible();
}

test('who declines is not told that an exam has ended', async ({ page, startLab }) => {
  const lab = await startLab();
  await page.goto(lab.url);
  await toAgreement(page);
  await page.getByRole('button', { name: 'I decline' }).click();
  await page.getByRole('button', { name: 'Decline and end' }).click();
  await expect(page.getByText('You declined the agreement. Nothing was scored.')).toBeVisible();
  await expect(told(page)).toHaveText('');
});

test('when the agreement’s time is up, nothing is said of answers', async ({ page, startLab }) => {
  const lab = await startLab();
  await page.goto(lab.url);
  await toAgreement(page);
  lab.pass(121);
  await expect(page.getByText('The time for the agreement ran out. Nothing was scored.')).toBeVisible();
  await expect(told(page)).toHaveText('The agreement has ended unscored.');
});
