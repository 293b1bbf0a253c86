/** The browser's way back, and addresses that lead nowhere. */
import { beginExam, endExam, expect, test } from './support/fixtures.ts';

test('the way back from the report does not lead into the exam that has ended', async ({ page, startLab }) => {
  const lab = await startLab();
  await page.goto(lab.url);
  await beginExam(page);
  await endExam(page);
  await page.goBack();
  await expect(page.getByRole('heading', { name: 'Before you begin' })).toBeVisible();
});

test('an ended sitting gone to by its address shows its report, and the way back leads out of it', async ({
  page,
  startLab,
  pageErrors,
}) => {
  const lab = await startLab();
  await page.goto(lab.url);
  await beginExam(page);
  await endExam(page);
  await page.goto(lab.url.replace(/#.*/, '#/history'));
  await page.goto(lab.url.replace(/#.*/, '#/sitting/sitting-1'));
  await expect(page.getByRole('heading', { name: 'Result', exact: true })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('heading', { name: 'History', level: 1 })).toBeVisible();
  // The sitting was asked for, and main said that it has ended.
  expect(pageErrors.splice(0).every((error) => error.includes('409'))).toBe(true);
});

test('the way back out of a proctored exam leads out of full screen too', async ({ page, startLab }) => {
  const lab = await startLab();
  await page.goto(lab.url);
  await page.getByRole('button', { name: /^Begin SML, Form A/ }).click();
  await page.getByLabel(/Proctored/).check();
  await page.getByRole('button', { name: 'Go to the agreement' }).click();
  await page.getByRole('button', { name: /I accept/ }).click();
  await expect(page.getByRole('heading', { name: /^Question 1 of/ })).toBeFocused();
  const isFull = () => page.evaluate(() => document.fullscreenElement !== null);
  await expect.poll(isFull).toBe(true);
  await page.goBack();
  await expect(page.getByRole('heading', { name: 'Before you begin' })).toBeVisible();
  await expect.poll(isFull).toBe(false);
});

test('an address that cannot be read leads to the hall', async ({ page, startLab }) => {
  const lab = await startLab();
  await page.goto(lab.url);
  await expect(page.getByRole('button', { name: /^Begin SML, Form A/ })).toBeVisible();
  await page.goto(lab.url.replace(/#.*/, '#/result/%E0%A4%A'));
  await page.reload();
  await expect(page.getByRole('button', { name: /^Begin SML, Form A/ })).toBeVisible();
});

test('a screen come to from another gives its heading the focus; the first one does not', async ({
  page,
  startLab,
}) => {
  const lab = await startLab();
  await page.goto(lab.url);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).not.toBeFocused();
  await page.getByRole('button', { name: 'History', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'History', level: 1 })).toBeFocused();
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeFocused();
  await page.goBack();
  await expect(page.getByRole('heading', { name: 'History', level: 1 })).toBeFocused();
  await page.goBack();
  await expect(page.getByRole('heading', { name: 'Welcome to the exam hall' })).toBeFocused();
  await beginExam(page);
  await endExam(page);
  await expect(page.getByRole('heading', { name: 'Result', exact: true })).toBeFocused();
});
