/** Every screen in every scheme: axe finds nothing, and nothing scrolls sideways at 1024 x 700 with 200 % zoom. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { beginExam, expect, jumpTo, leaveUnread, test } from './support/fixtures.ts';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** @param rules all there are, or those that can differ from scheme to scheme. */
async function check(page: Page, screen: string, rules: 'all' | 'colors' = 'all'): Promise<void> {
  const axe = new AxeBuilder({ page });
  const { violations } = await (rules === 'all' ? axe.withTags(TAGS) : axe.withRules(['color-contrast'])).analyze();
  const found = violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(' | ')}`);
  expect(found, screen).toEqual([]);
  const { wide, shown } = await page.evaluate(() => ({
    wide: document.documentElement.scrollWidth,
    shown: window.innerWidth,
  }));
  expect(wide, `${screen} scrolls sideways`).toBeLessThanOrEqual(shown);
}

/** Walks through all screens and calls `look` on each. */
async function walk(page: Page, url: string, look: (screen: string) => Promise<void>): Promise<void> {
  await page.goto(url);
  await expect(page.getByRole('heading', { name: 'Exams' })).toBeVisible();
  await look('hall, first start');
  await page.getByRole('button', { name: 'History' }).click();
  await expect(page.getByText('No sitting has ended yet')).toBeVisible();
  await look('history, empty');
  await page.getByRole('button', { name: 'Settings' }).click();
  await expect(page.getByRole('heading', { name: 'Your data' })).toBeVisible();
  await look('settings');
  await page.getByRole('button', { name: 'Hall' }).click();

  await page.getByRole('button', { name: /^Begin CPC, Form A/ }).click();
  await expect(page.getByRole('heading', { name: 'Before you begin' })).toBeVisible();
  await look('before you begin');
  await page.getByRole('button', { name: 'Tutorial first' }).click();
  await expect(page.getByRole('heading', { name: /^Question 1 of 3/ })).toBeVisible();
  await look('tutorial');
  await page.getByRole('button', { name: 'Leave', exact: true }).click();
  await page.getByRole('button', { name: 'Go to the agreement' }).click();
  await expect(page.getByRole('heading', { name: 'Agreement' })).toBeVisible();
  await look('agreement');
  await page.getByRole('button', { name: 'Back to the hall' }).click();
  await expect(page.getByRole('heading', { name: 'Unfinished' })).toBeVisible();
  await look('hall, unfinished sitting');
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('button', { name: /I accept/ }).click();

  await expect(page.getByRole('heading', { name: /^Question 1 of/ })).toBeFocused();
  await page.keyboard.press('b');
  await page.keyboard.press('Shift+KeyC');
  await page.keyboard.press('Alt+f');
  await look('question');
  await jumpTo(page, 95);
  await look('case with its record');
  await page.keyboard.press('Alt+g');
  await expect(page.getByRole('dialog', { name: 'Navigator' })).toBeVisible();
  await look('navigator');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Alt+m');
  await expect(page.getByRole('dialog', { name: 'Note' })).toBeVisible();
  await look('note');
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  await look('keys');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Alt+r');
  await leaveUnread(page, page.getByRole('heading', { name: 'Review', exact: true }));
  await look('review');
  await page.getByRole('button', { name: 'End exam' }).click();
  await expect(page.getByRole('alertdialog')).toBeVisible();
  await look('end, first question');
  await page.getByRole('alertdialog').getByRole('button', { name: 'End exam' }).click();
  await page.getByRole('button', { name: /Yes, end/ }).click();

  await expect(page.getByRole('heading', { name: 'Result', exact: true })).toBeVisible();
  await look('result');
  await page.getByRole('button', { name: 'How you worked' }).click();
  await expect(page.getByRole('heading', { name: 'How you worked' })).toBeVisible();
  await look('insight');
  await page.getByRole('button', { name: 'Replay' }).click();
  await expect(page.getByRole('slider', { name: 'Moment' })).toBeVisible();
  await look('replay');
  await page.getByRole('button', { name: 'Back to how you worked' }).click();
  await page.getByRole('button', { name: 'Back to the result' }).click();
  await page.getByRole('button', { name: 'Go through the questions' }).click();
  await expect(page.getByRole('heading', { name: 'Question review' })).toBeVisible();
  await look('question review');
  await page.getByRole('button', { name: 'History' }).click();
  await expect(page.getByRole('table', { name: 'Sittings' })).toBeVisible();
  await look('history');
  await page.getByRole('button', { name: 'Hall' }).click();
  await expect(page.getByRole('heading', { name: 'Where you stand' })).toBeVisible();
  await look('hall, with results');
}

for (const scheme of ['light', 'dark', 'sepia', 'contrast'])
  test(`axe finds nothing on any screen in the ${scheme} scheme`, async ({ page, host }) => {
    await page.addInitScript(
      (kept) => localStorage.setItem('codehall-appearance', kept),
      JSON.stringify({ scheme, zoom: 100, showPace: true }),
    );
    test.setTimeout(240_000);
    await walk(page, host.url, (screen) => check(page, `${screen}, ${scheme}`, scheme === 'light' ? 'all' : 'colors'));
  });

test('at 200 % zoom and 1024 x 700 every screen can be used without scrolling sideways', async ({ page, host }) => {
  test.setTimeout(240_000);
  await page.setViewportSize({ width: 1024, height: 700 });
  await page.addInitScript(
    (kept) => localStorage.setItem('codehall-appearance', kept),
    JSON.stringify({ scheme: 'light', zoom: 200, showPace: true }),
  );
  await walk(page, host.url, (screen) => check(page, `${screen}, 200 %`));
});

test('the focus goes to the heading of each question', async ({ page, host }) => {
  await page.goto(host.url);
  await beginExam(page);
  await page.keyboard.press('Alt+n');
  await leaveUnread(page, page.getByRole('heading', { name: 'Question 2 of 100' }));
  await expect(page.getByRole('heading', { name: 'Question 2 of 100' })).toBeFocused();
  await page.keyboard.press('Alt+End');
  await leaveUnread(page, page.getByRole('heading', { name: 'Question 100 of 100' }));
  await expect(page.getByRole('heading', { name: 'Question 100 of 100' })).toBeFocused();
});
