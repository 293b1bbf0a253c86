/** The clock as the candidate sees it. The small pack has 10 minutes, a notice at 5, and 2 minutes for the agreement. */
import type { Page } from '@playwright/test';
import { beginExam, recorded, endExam, expect, test } from './support/fixtures.ts';
import type { Lab } from './support/lab.ts';

const timer = (page: Page) => page.getByRole('timer', { name: 'Time remaining' });

/** The page may ask for the time in the very moment that it is up; it is then told so. */
function ended(pageErrors: string[]): void {
  expect(pageErrors.splice(0).every((error) => error.includes('409'))).toBe(true);
}

/** From here on the page's clock moves only when the test moves it. It jumps ahead once, as it cannot be told to stop now. */
async function holdPageClock(page: Page): Promise<void> {
  await page.clock.pauseAt(await page.evaluate(() => Date.now() + 5_000));
}

/** Has the page ask main for the time, as it does when it comes back to view. */
async function ask(page: Page): Promise<void> {
  const reply = page.waitForResponse('**/api/sitting.clock');
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await reply;
}

/** Lets the same time pass in main and in the page. */
async function pass(page: Page, lab: Lab, seconds: number): Promise<void> {
  lab.pass(seconds);
  await page.clock.runFor(seconds * 1_000);
}

/** As `pass`; what the page asked on the way was answered at some moment of its time, so it asks once more. */
async function passAndAsk(page: Page, lab: Lab, seconds: number): Promise<void> {
  await pass(page, lab, seconds);
  await ask(page);
}

test('the clock runs down, hides, comes back by itself and tells once when five minutes are left', async ({
  page,
  startLab,
}) => {
  const lab = await startLab();
  await page.clock.install();
  await page.goto(lab.url);
  await beginExam(page);
  await holdPageClock(page);
  await ask(page);
  await expect(timer(page)).toHaveText('0:10:00');
  await passAndAsk(page, lab, 61);
  await expect(timer(page)).toHaveText('0:08:59');
  await page.keyboard.press('Alt+h');
  await expect(timer(page)).toHaveText('–:––:––');
  await page.keyboard.press('Alt+t');
  await expect(page.getByRole('status')).toHaveText('8 minutes left.');
  await passAndAsk(page, lab, 240);
  await expect(timer(page)).toHaveText('0:04:59');
  await expect(page.locator('.notice')).toContainText('5 minutes left.');
  await page.getByRole('button', { name: 'OK' }).click();
  await passAndAsk(page, lab, 20);
  await expect(page.locator('.notice')).toHaveCount(0);
});

test('when time is up the exam ends by itself, once, and what was chosen counts', async ({
  page,
  startLab,
  pageErrors,
}) => {
  const lab = await startLab();
  await page.clock.install();
  await page.goto(lab.url);
  await beginExam(page);
  await recorded(page, 'respond', () => page.keyboard.press('a'));
  await pass(page, lab, 600);
  await expect(page.getByRole('heading', { name: 'Result', exact: true })).toBeVisible();
  await expect(page.getByText('1 of 5 points')).toBeVisible();
  await expect(page.getByText('Time ran out; the exam ended by itself')).toBeVisible();
  await expect(page.getByText('0:10:00 used of 0:10:00')).toBeVisible();
  ended(pageErrors);
  await page.getByRole('button', { name: 'History' }).click();
  await expect(page.getByRole('table', { name: 'Sittings' }).locator('tbody tr')).toHaveCount(1);
});

test('setting the wall clock changes neither the clock on screen nor the time left', async ({ page, startLab }) => {
  const lab = await startLab();
  await page.clock.install();
  await page.goto(lab.url);
  await beginExam(page);
  await holdPageClock(page);
  await pass(page, lab, 30);
  lab.setWallClock(365 * 24 * 3600);
  await page.clock.setSystemTime(new Date('2031-01-01T00:00:00Z'));
  await passAndAsk(page, lab, 30);
  await expect(timer(page)).toHaveText('0:09:00');
  await page.reload();
  await expect(timer(page)).toHaveText(/0:0(9:00|8:59)/);
});

test('a page that was held up, as by sleep, asks main for the time before it tells of any', async ({
  page,
  startLab,
}) => {
  const lab = await startLab();
  await page.clock.install();
  await page.goto(lab.url);
  await beginExam(page);
  await holdPageClock(page);
  await passAndAsk(page, lab, 30);
  const asked = page.waitForResponse('**/api/sitting.clock');
  await page.clock.fastForward('30:00');
  await asked;
  await expect(timer(page)).toHaveText('0:09:30');
  await expect(page.locator('.notice')).toHaveCount(0);
  await passAndAsk(page, lab, 270);
  await expect(timer(page)).toHaveText('0:05:00');
  await expect(page.locator('.notice')).toContainText('5 minutes left.');
});

test('extra time and untimed sittings are offered, kept and reported', async ({ page, startLab }) => {
  const lab = await startLab();
  await page.goto(lab.url);
  await page.getByRole('button', { name: /^Begin/ }).click();
  await page.getByLabel('Time and a half').check();
  await page.getByLabel('Name on the report (optional)').fill('Ada Lovelace');
  await page.getByRole('button', { name: 'Go to the agreement' }).click();
  await expect(timer(page)).toHaveText('0:03:00');
  await page.getByRole('button', { name: /I accept/ }).click();
  await expect(timer(page)).toHaveText('0:15:00');
  await endExam(page);
  await expect(page.getByText('Accommodation: 1.5 times the standard time.')).toBeVisible();
  await expect(page.getByText('Ada Lovelace').filter({ visible: true })).toBeVisible();
});

test('the agreement has its own minutes; when they are over the sitting ends unscored', async ({
  page,
  startLab,
  pageErrors,
}) => {
  const lab = await startLab();
  await page.clock.install();
  await page.goto(lab.url);
  await page.getByRole('button', { name: /^Begin/ }).click();
  await page.getByRole('button', { name: 'Go to the agreement' }).click();
  await holdPageClock(page);
  await ask(page);
  await expect(timer(page)).toHaveText('0:02:00');
  await passAndAsk(page, lab, 90);
  await expect(timer(page)).toHaveText('0:00:30');
  await pass(page, lab, 30);
  await expect(page.getByText('The time for the agreement ran out. Nothing was scored.')).toBeVisible();
  ended(pageErrors);
});

test('declining the agreement ends the sitting unscored', async ({ page, startLab }) => {
  const lab = await startLab();
  await page.goto(lab.url);
  await page.getByRole('button', { name: /^Begin/ }).click();
  await page.getByRole('button', { name: 'Go to the agreement' }).click();
  await page.getByRole('button', { name: 'I decline' }).click();
  await page.getByRole('button', { name: 'Decline and end' }).click();
  await expect(page.getByText('You declined the agreement. Nothing was scored.')).toBeVisible();
});
