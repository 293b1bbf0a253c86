/** The plan to an exam date. The lab's clock stands at noon UTC on Sunday, November 22, 2026. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { beginExam, endExam, jumpTo, expect, leaveUnread, test } from './support/fixtures.ts';

const DAY_S = 24 * 60 * 60;

async function makePlan(page: Page, examOn: string, beginsOn?: string): Promise<void> {
  await page.getByRole('button', { name: 'Open the SML plan' }).click();
  await expect(page.getByRole('heading', { name: 'Plan to your exam date' })).toBeVisible();
  await page.getByLabel('Date of your exam').fill(examOn);
  if (beginsOn) await page.getByLabel('First day of study').fill(beginsOn);
  await page.getByRole('button', { name: 'Make the plan' }).click();
}

const week = (page: Page) => page.getByRole('region', { name: 'This week' });

async function noViolations(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`)).toEqual([]);
}

test('a plan is made, ticks itself off by a sitting and its review, and stands in the hall', async ({
  page,
  startLab,
}) => {
  const lab = await startLab();
  await page.goto(lab.url);
  await page.getByRole('button', { name: 'Open the SML plan' }).click();
  // The first day is today by main's clock.
  await expect(page.getByLabel('First day of study')).toHaveValue('2026-11-22');
  await page.getByLabel('Date of your exam').fill('2027-01-30');
  await expect(page.getByText('9 weeks and 6 days, within the 8 to 13 weeks this plan is made for.')).toBeVisible();
  await page.getByRole('button', { name: 'Make the plan' }).click();
  await expect(week(page)).toContainText('Week 1 of 10');
  await expect(page.getByText('69 days to go')).toBeVisible();
  await page.reload();
  await expect(page.getByText('Week 2', { exact: true })).toBeVisible();

  // Saturday: the baseline.
  lab.setWallClock(6 * DAY_S);
  await page.reload();
  const mock = week(page).getByRole('listitem').filter({ hasText: 'Full mock 1, your baseline' }).last();
  await expect(mock).toContainText('Today');
  await mock.getByRole('button', { name: 'Sit Form A' }).click();
  await page.getByRole('button', { name: 'Go to the agreement' }).click();
  await page.getByRole('button', { name: /I accept/ }).click();
  await expect(page.getByRole('heading', { name: /^Question 1 of/ })).toBeFocused();
  // Only a sitting with half of its questions on screen ticks off a mock.
  for (const number of [2, 3, 4]) await jumpTo(page, number);
  await endExam(page);
  await page.getByRole('button', { name: 'Hall', exact: true }).click();
  await expect(page.getByText(/63 days to go/)).toContainText('next: Review of mock 1, Mon, Nov 30');
  await page.getByRole('button', { name: 'Open the SML plan' }).click();
  await expect(mock).toContainText('Done');
  await week(page).getByRole('button', { name: 'Go through the misses' }).click();
  await expect(page.getByRole('heading', { name: /^Question \d/ })).toBeVisible();
  await page.keyboard.press('3');
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();

  await page.goto(`${lab.url.split('#')[0]}#/plan/SML`);
  await expect(week(page).getByRole('listitem').filter({ hasText: 'Review of mock 1' }).last()).toContainText('Done');
  const totals = page.getByRole('region', { name: 'Why you missed, over all sittings' });
  await expect(totals).toContainText('1 question tagged in 1 sitting');
  await expect(totals.getByRole('row', { name: /^Look-up 1/ })).toBeVisible();
  await expect(totals.getByRole('row', { name: 'AREA-Surgery 1 0 0 1 0 0' })).toBeVisible();
});

test('a missed mock is caught up on a day that fits, and the plan can be changed and removed', async ({
  page,
  startLab,
}) => {
  const lab = await startLab();
  await page.goto(lab.url);
  await makePlan(page, '2027-01-30');
  await expect(week(page)).toBeVisible();
  lab.setWallClock(8 * DAY_S);
  await page.reload();
  await expect(page.getByText('Mock 1 of Sat, Nov 28 was not sat. It still fits on Sat, Dec 5.')).toBeVisible();
  await page.getByRole('button', { name: 'Move it to Sat, Dec 5' }).click();
  await expect(page.getByText('was not sat')).toHaveCount(0);
  await page.reload();
  await expect(week(page)).toBeVisible();
  await page.getByText('Week 3', { exact: true }).click();
  await expect(page.getByText('Full mock 1, your baseline').last()).toBeVisible();

  await page.getByRole('button', { name: 'Change the plan' }).click();
  await page.getByRole('checkbox', { name: 'Sunday' }).check();
  await page.getByRole('button', { name: 'Save the changes' }).click();
  await expect(page.getByText('Sun, Dec', { exact: false }).first()).toBeAttached();
  await page.getByRole('button', { name: 'Change the plan' }).click();
  await expect(page.getByRole('checkbox', { name: 'Sunday' })).toBeChecked();
  await page.getByRole('button', { name: 'Remove the plan' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Keep it' }).click();
  await page.getByRole('button', { name: 'Remove the plan' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove the plan' }).click();
  await expect(page.getByRole('button', { name: 'Make the plan' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('button', { name: 'Make the plan' })).toBeVisible();
});

test('says what it does with too little and too much time, and what is wrong with a date', async ({
  page,
  startLab,
  pageErrors,
}) => {
  const lab = await startLab();
  await page.goto(lab.url);
  await makePlan(page, '2026-11-20', '2026-11-01');
  await expect(page.getByRole('main').getByRole('alert')).toHaveText('The exam must be tomorrow or later.');
  // A refusal is told as an error of the request.
  pageErrors.splice(0, pageErrors.length, ...pageErrors.filter((error) => !error.includes('status of 409')));
  await page.getByLabel('Date of your exam').fill('2026-12-20');
  await page.getByLabel('First day of study').fill('2026-11-22');
  await expect(page.getByText('It is compressed to what fits.')).toBeVisible();
  await page.getByRole('button', { name: 'Make the plan' }).click();
  await expect(page.getByText('Compressed.')).toBeVisible();
  await page.getByRole('button', { name: 'Change the plan' }).click();
  await page.getByLabel('Date of your exam').fill('2027-06-05');
  await page.getByRole('button', { name: 'Save the changes' }).click();
  await expect(page.getByText('Begins Saturday, March 6, 2027.')).toBeVisible();
});

for (const scheme of ['light', 'dark'] as const)
  test(`axe finds nothing on the plan in the ${scheme} scheme, and nothing scrolls sideways at 200 %`, async ({
    page,
    startLab,
  }) => {
    const lab = await startLab();
    await page.addInitScript(
      (kept) => localStorage.setItem('codehall-appearance', kept),
      JSON.stringify({ scheme, zoom: 200, showPace: true }),
    );
    await page.setViewportSize({ width: 1024, height: 700 });
    await page.goto(lab.url);
    await beginExam(page);
    await page.keyboard.press('b');
    await page.keyboard.press('Alt+r');
    await leaveUnread(page, page.getByRole('heading', { name: 'Review', exact: true }));
    await endExam(page);
    await page.getByRole('button', { name: /^Tag the/ }).click();
    await expect(page.getByRole('heading', { name: /^Question \d/ })).toBeVisible();
    await page.keyboard.press('2');
    await expect(page.getByText('Saved', { exact: true })).toBeVisible();
    await page.getByRole('button', { name: 'Hall', exact: true }).click();
    await page.getByRole('button', { name: 'Open the SML plan' }).click();
    await expect(page.getByRole('button', { name: 'Make the plan' })).toBeVisible();
    await noViolations(page);
    await page.getByLabel('Date of your exam').fill('2027-01-30');
    await page.getByLabel('First day of study').fill('2026-11-08');
    await page.getByRole('button', { name: 'Make the plan' }).click();
    await expect(page.getByRole('table', { name: 'Misses by kind' })).toBeVisible();
    await page.getByText('Week 4', { exact: true }).click();
    await noViolations(page);
    const { wide, inner } = await page.evaluate(() => ({
      wide: document.documentElement.scrollWidth,
      inner: window.innerWidth,
    }));
    expect(wide).toBeLessThanOrEqual(inner);
  });
