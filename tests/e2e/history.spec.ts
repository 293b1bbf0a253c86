/** The history as the candidate meets it: sorted, filtered, compared, deleted and put back, as a trend and by area. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { join } from 'node:path';
import { createOutcomeKeeper } from '../../main/services/outcomes.ts';
import { createJournal } from '../../main/store/journal.ts';
import { openDatabase } from '../../main/store/open.ts';
import { createOutcomeStore } from '../../main/store/outcomes.ts';
import { addPast, countPast, smallForms } from '../support/past.ts';
import { expect, test } from './support/fixtures.ts';

/** Sittings of forms A and B of SML and of form A of OTH in turn, before the program starts. */
function writePast(dataDir: string, sittings: number): void {
  const db = openDatabase(join(dataDir, 'codehall.db'));
  addPast(db, { editions: smallForms(), sittings, declined: 0.03, seed: 'history' });
  countPast({ outcomes: createOutcomeKeeper(createJournal(db), createOutcomeStore(db)) }, db);
  db.close();
}

const table = (page: Page) => page.getByRole('table', { name: 'Sittings' });
const rows = (page: Page) => table(page).locator('tbody tr');
/** What a column holds, from the top. */
const column = (page: Page, index: number) => rows(page).locator(`td:nth-child(${index})`).allTextContents();
/** Points of the rows, -1 for the unscored. */
const points = async (page: Page) => (await column(page, 5)).map((text) => (text === '–' ? -1 : Number.parseInt(text)));
const show = (page: Page, view: string) =>
  page.getByRole('group', { name: 'Show' }).getByRole('button', { name: view }).click();

async function open(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.getByRole('button', { name: 'History' }).click();
  await expect(table(page)).toBeVisible();
}

test('shows fifty of many, more on request, sorted and filtered as asked, and the same after a report', async ({
  page,
  dataDir,
  startLab,
}) => {
  writePast(dataDir, 130);
  const lab = await startLab();
  await open(page, lab.url);
  await expect(page.getByRole('heading', { name: '130 sittings' })).toBeVisible();
  await expect(rows(page)).toHaveCount(50);
  await page.getByRole('button', { name: 'Show more' }).click();
  await expect(rows(page)).toHaveCount(100);
  await page.getByRole('button', { name: 'Show more' }).click();
  await expect(rows(page)).toHaveCount(130);
  await expect(page.getByRole('button', { name: 'Show more' })).toBeHidden();

  await page.getByLabel('Sort').selectOption('Best first');
  await expect(page.getByRole('columnheader', { name: 'Points' })).toHaveAttribute('aria-sort', 'descending');
  await expect(rows(page)).toHaveCount(50);
  const best = await points(page);
  expect(best[0]).toBe(5);
  expect(best).toEqual(best.toSorted((a, b) => b - a));
  await page.getByLabel('Sort').selectOption('Worst first');
  await expect(page.getByRole('columnheader', { name: 'Points' })).toHaveAttribute('aria-sort', 'ascending');
  const worst = await points(page);
  expect(worst).toEqual(worst.toSorted((a, b) => a - b));

  await page.getByRole('group', { name: 'Exam' }).getByRole('button', { name: 'OTH' }).click();
  await expect(page.getByRole('heading', { name: '43 sittings' })).toBeVisible();
  expect(new Set(await column(page, 3))).toEqual(new Set(['OTH']));
  await page.getByRole('group', { name: 'Exam' }).getByRole('button', { name: 'SML' }).click();
  await page.getByLabel('Form').selectOption('SML, Form B');
  await expect(page.getByRole('heading', { name: '43 sittings' })).toBeVisible();
  await expect.poll(async () => new Set(await column(page, 4))).toEqual(new Set(['Form B']));

  await page
    .getByRole('button', { name: /^Open report/ })
    .first()
    .click();
  await expect(page.getByRole('heading', { name: 'Result', exact: true })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('heading', { name: '43 sittings' })).toBeVisible();
  await expect(page.getByLabel('Form')).toContainText('SML, Form B');
  await expect(page.getByLabel('Sort')).toHaveValue('worst');
});

test('compares two sittings of an exam, and lets no third or other be chosen', async ({ page, dataDir, startLab }) => {
  writePast(dataDir, 8);
  const lab = await startLab();
  await open(page, lab.url);
  const boxes = rows(page).getByRole('checkbox');
  await expect(boxes).toHaveCount(8);
  const codes = await column(page, 3);
  const [first, second] = codes.flatMap((code, index) => (code === 'SML' ? [index] : []));
  await boxes.nth(first!).check();
  await expect(page.getByRole('button', { name: 'Compare', exact: true })).toBeDisabled();
  await expect(boxes.nth(codes.indexOf('OTH'))).toBeDisabled();
  await expect(rows(page).nth(codes.indexOf('OTH'))).toContainText('another exam');
  await boxes.nth(second!).check();
  await expect(rows(page).getByRole('checkbox', { disabled: false })).toHaveCount(2);
  const chosen = (await points(page)).filter((_, index) => index === first || index === second);
  await page.getByRole('button', { name: 'Compare', exact: true }).click();

  await expect(page.getByRole('heading', { name: 'Two sittings compared' })).toBeVisible();
  // The list has the later one first.
  const sides = page.getByRole('region', { name: /^(Earlier|Later): / });
  await expect(sides.first()).toContainText(`${chosen[1]} of 5 points`);
  await expect(sides.last()).toContainText(`${chosen[0]} of 5 points`);
  await expect(page.getByRole('main')).toContainText('interval for paired shares');
  await expect(page.getByRole('heading', { name: '5 questions asked again' })).toBeVisible();
  const areas = page.getByRole('table', { name: 'Areas compared' });
  await expect(areas.getByRole('row')).toHaveCount(3);
  await expect(areas).toContainText('too few to tell');
  await page.getByRole('button', { name: 'Classic outline' }).click();
  await expect(areas.getByRole('row', { name: /AREA-Everything/ })).toContainText(/(within|more than) chance/);
  await page.getByRole('button', { name: 'Back to the history' }).click();
  await expect(rows(page)).toHaveCount(8);
});

test('deletes a sitting, undoes it, and puts one back later', async ({ page, dataDir, startLab }) => {
  writePast(dataDir, 6);
  const lab = await startLab();
  await open(page, lab.url);
  const before = await rows(page).allTextContents();
  const bins = page.getByRole('button', { name: /^Delete the sitting of/ });
  await bins.nth(1).click();
  await expect(rows(page)).toHaveCount(5);
  const undo = page.getByRole('button', { name: 'Undo' });
  await expect(undo).toBeFocused();
  await expect(page.getByRole('status').filter({ hasText: 'Deleted' })).toContainText('It can be undone.');
  // It waits as long as the candidate does.
  lab.pass(600);
  await undo.click();
  await expect(rows(page)).toHaveCount(6);
  expect(await rows(page).allTextContents()).toEqual(before);
  await expect(undo).toBeHidden();

  await bins.nth(0).click();
  await expect(rows(page)).toHaveCount(5);
  await page.getByLabel('Sort').selectOption('Oldest first');
  await expect(undo).toBeHidden();
  await show(page, 'Recently deleted');
  const deleted = page.getByRole('table', { name: 'Recently deleted' });
  await expect(deleted.locator('tbody tr')).toHaveCount(1);
  await expect(deleted).toContainText('December 22, 2026');
  await page.getByRole('button', { name: /^Put back/ }).click();
  await expect(page.getByText('Nothing is deleted.')).toBeVisible();
  await show(page, 'Sittings');
  await expect(rows(page)).toHaveCount(6);

  await bins.nth(2).click();
  await show(page, 'Recently deleted');
  await expect(deleted.locator('tbody tr')).toHaveCount(1);
  await undo.click();
  await expect(page.getByText('Nothing is deleted.')).toBeVisible();
  await show(page, 'Sittings');
  await page.getByLabel('Sort').selectOption('Newest first');
  await expect.poll(() => rows(page).allTextContents()).toEqual(before);
});

test('when all are deleted, says so and offers the way back', async ({ page, dataDir, startLab }) => {
  writePast(dataDir, 1);
  const lab = await startLab();
  await open(page, lab.url);
  await page.getByRole('button', { name: /^Delete the sitting of/ }).click();
  await expect(page.getByText('No sitting has ended yet')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Undo' })).toBeFocused();
  await page.getByRole('main').getByRole('button', { name: 'Recently deleted' }).first().click();
  await page.getByRole('button', { name: /^Put back/ }).click();
  await show(page, 'Sittings');
  await expect(rows(page)).toHaveCount(1);
});

test('shows the trend of 200 sittings as a chart, and the same as a table', async ({ page, dataDir, startLab }) => {
  writePast(dataDir, 660);
  const lab = await startLab();
  await open(page, lab.url);
  await page.getByRole('group', { name: 'Exam' }).getByRole('button', { name: 'OTH' }).click();
  await show(page, 'Trend');
  const trend = page.getByRole('region', { name: 'OTH, trend' });
  await expect(trend.getByRole('img', { name: /OTH sittings in order/ })).toBeVisible();
  await expect(trend.locator('svg path title')).toHaveCount(200);
  await trend.getByRole('button', { name: /Show as table/ }).click();
  const listed = trend.getByRole('table', { name: /OTH sittings, the latest first/ });
  await expect(listed.locator('tbody tr')).toHaveCount(200);
  const [ended, , right, percent, interval] = await listed.locator('tbody tr').first().locator('td').allTextContents();
  expect(percent).toBe(`${Number.parseInt(right!) * 20}%`);
  expect(interval).toMatch(/^\d+ to \d+%$/);
  await trend.getByRole('button', { name: /Show as chart/ }).click();
  await expect(trend.locator('svg path title').last()).toContainText(ended!);
});

for (const scheme of ['light', 'dark'])
  test(`axe finds nothing on any view of it in the ${scheme} scheme, nor does it scroll sideways at 200 %`, async ({
    page,
    dataDir,
    startLab,
  }) => {
    writePast(dataDir, 70);
    const lab = await startLab();
    const zoom = scheme === 'light' ? 100 : 200;
    await page.setViewportSize({ width: 1024, height: 700 });
    await page.addInitScript(
      (kept) => localStorage.setItem('codehall-appearance', kept),
      JSON.stringify({ scheme, zoom, showPace: true }),
    );
    const look = async (screen: string) => {
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(
        violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(' | ')}`),
        screen,
      ).toEqual([]);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(wide, `${screen} scrolls sideways`).toBeLessThanOrEqual(0);
    };
    await open(page, lab.url);
    await rows(page).getByRole('checkbox', { disabled: false }).first().check();
    await look('sittings');
    await rows(page).getByRole('checkbox', { disabled: false, checked: false }).first().check();
    await page.getByRole('button', { name: 'Compare', exact: true }).click();
    await expect(page.getByRole('heading', { name: 'Two sittings compared' })).toBeVisible();
    await look('compare');
    await page.goBack();
    await show(page, 'Trend');
    await expect(page.locator('figure svg').first()).toBeVisible();
    await look('trend');
    await page
      .getByRole('button', { name: /Show as table/ })
      .first()
      .click();
    await look('trend, table');
    await show(page, 'Areas');
    await expect(page.getByRole('cell', { name: /of/ }).first()).toBeVisible();
    await look('areas');
    await show(page, 'Sittings');
    await page
      .getByRole('button', { name: /^Delete the sitting of/ })
      .first()
      .click();
    await expect(page.getByRole('button', { name: 'Undo' })).toBeFocused();
    await look('after a deletion');
    await show(page, 'Recently deleted');
    await expect(page.getByRole('table', { name: 'Recently deleted' })).toBeVisible();
    await look('recently deleted');
  });
