/** Every tool of the exam screen, on a pack with a case, a scenario and a multiple-select item. */
import type { Page } from '@playwright/test';
import type { PackParts } from '../support/pack.ts';
import { beginExam, recorded, endExam, expect, jumpTo, test } from './support/fixtures.ts';

const chosen = (page: Page) =>
  page
    .locator('input:checked')
    .evaluateAll((inputs) => inputs.map((input) => input.closest('.option')!.querySelector('.letter')!.textContent));
const option = (page: Page, letter: string) =>
  page
    .locator('.option')
    .filter({ has: strike(page, letter) })
    .locator('.text');
const strike = (page: Page, letter: string) => page.getByRole('button', { name: `Strike option ${letter}` });
const question = (page: Page, number: number) =>
  page.getByRole('heading', { name: new RegExp(`^Question ${number} of 6`) });

test('options are chosen by click, letter and number, and a changed answer replaces the first', async ({
  page,
  startLab,
}) => {
  await page.goto((await startLab()).url);
  await beginExam(page);
  await option(page, 'C').click();
  expect(await chosen(page)).toEqual(['C']);
  await page.keyboard.press('b');
  expect(await chosen(page)).toEqual(['B']);
  await page.keyboard.press('4');
  expect(await chosen(page)).toEqual(['D']);
  // There is no fifth option.
  await page.keyboard.press('e');
  expect(await chosen(page)).toEqual(['D']);
});

test('strikes by button, key and right click stay when the question is left, and can be taken back', async ({
  page,
  startLab,
}) => {
  await page.goto((await startLab()).url);
  await beginExam(page);
  await strike(page, 'A').click();
  await page.keyboard.press('Shift+Digit2');
  await option(page, 'C').click({ button: 'right' });
  await page.keyboard.press('Alt+n');
  await expect(question(page, 2)).toBeVisible();
  await page.keyboard.press('Alt+p');
  await expect(question(page, 1)).toBeVisible();
  for (const letter of ['A', 'B', 'C']) await expect(strike(page, letter)).toHaveAttribute('aria-pressed', 'true');
  await strike(page, 'B').click();
  await expect(strike(page, 'B')).toHaveAttribute('aria-pressed', 'false');
  // The answer itself cannot be struck by accident; choosing a struck option restores it.
  await page.keyboard.press('c');
  await expect(strike(page, 'C')).toHaveAttribute('aria-pressed', 'false');
  await page.keyboard.press('Shift+KeyC');
  expect(await chosen(page)).toEqual(['C']);
  await expect(strike(page, 'C')).toHaveAttribute('aria-pressed', 'false');
  await expect(page.getByRole('status').filter({ hasText: 'is your answer' })).toHaveCount(1);
});

test('a multiple-select item says how many, and is complete only at that count', async ({ page, startLab }) => {
  await page.goto((await startLab()).url);
  await beginExam(page);
  await jumpTo(page, 5);
  await expect(page.getByText('Select 2.')).toBeVisible();
  await page.keyboard.press('a');
  await expect(page.getByText('1 of 2 chosen.')).toBeVisible();
  await page.getByRole('checkbox', { name: 'C. five c' }).check();
  await expect(page.getByText('1 of 6 answered')).toBeVisible();
  await page.keyboard.press('d');
  await expect(page.getByText('Choose fewer to complete the question.')).toBeVisible();
  await expect(page.getByText('0 of 6 answered')).toBeVisible();
  // It does not block the way.
  await page.keyboard.press('Alt+n');
  await expect(question(page, 6)).toBeVisible();
  await page.keyboard.press('Alt+p');
  await page.keyboard.press('d');
  expect(await chosen(page)).toEqual(['A', 'C']);
});

test('the items of a scenario share its record, and its highlights', async ({ page, startLab }) => {
  await page.goto((await startLab()).url);
  await beginExam(page);
  await jumpTo(page, 3);
  await expect(page.getByText('item 1 of 2 in this scenario')).toBeVisible();
  await page.getByText('Inpatient stay: history.').dblclick({ position: { x: 20, y: 10 } });
  await page.getByRole('button', { name: /^Highlight/ }).click();
  const marks = () => page.evaluate(() => [...(CSS.highlights.get('codehall-mark') ?? [])].map(String));
  await expect.poll(marks).toHaveLength(1);
  await page.keyboard.press('Alt+n');
  await expect(page.getByText('item 2 of 2 in this scenario')).toBeVisible();
  await expect.poll(marks).toHaveLength(1);
  await page.reload();
  await expect.poll(marks).toHaveLength(1);
  // Selecting it again takes it away.
  await page.getByText('Inpatient stay: history.').dblclick({ position: { x: 20, y: 10 } });
  await page.keyboard.press('Alt+l');
  await expect.poll(marks).toEqual([]);
});

test('keys typed into a note stay in the note, and the note is kept', async ({ page, startLab }) => {
  await page.goto((await startLab()).url);
  await beginExam(page);
  await page.keyboard.press('Alt+m');
  await page.keyboard.type('a bad cab? 123');
  expect(await chosen(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Note', exact: true })).toContainText('✓');
  await page.keyboard.press('Alt+n');
  await page.keyboard.press('Alt+p');
  await page.keyboard.press('Alt+m');
  await expect(page.getByRole('textbox')).toHaveValue('a bad cab? 123');
});

test('the navigator shows states in words and shapes, filters, and jumps by number', async ({ page, startLab }) => {
  await page.goto((await startLab()).url);
  await beginExam(page);
  await page.keyboard.press('a');
  await page.keyboard.press('Alt+n');
  await page.keyboard.press('Alt+f');
  await page.keyboard.press('Alt+g');
  const navigator = page.getByRole('dialog', { name: 'Navigator' });
  await expect(navigator.getByRole('button', { name: 'Question 1, complete' })).toBeVisible();
  await expect(navigator.getByRole('button', { name: 'Question 2, incomplete, flagged' })).toBeVisible();
  await expect(navigator.getByRole('button', { name: 'Question 3, unseen' })).toBeVisible();
  await navigator.getByRole('button', { name: 'Flagged 1' }).click();
  await expect(navigator.getByRole('button', { name: /^Question/ })).toHaveCount(1);
  await navigator.getByRole('button', { name: 'Unanswered 5' }).click();
  await expect(navigator.getByRole('button', { name: /^Question/ })).toHaveCount(5);
  await navigator.getByLabel('Go to number').fill('77');
  await page.keyboard.press('Enter');
  await expect(navigator.getByText('Type a number from 1 to 6.')).toBeVisible();
  await navigator.getByLabel('Go to number').fill('6');
  await page.keyboard.press('Enter');
  await expect(question(page, 6)).toBeFocused();
  await page.keyboard.press('Alt+Home');
  await expect(question(page, 1)).toBeFocused();
  await page.keyboard.press('Alt+End');
  await expect(question(page, 6)).toBeFocused();
});

test('the review leads to incomplete and flagged questions, and ending asks twice', async ({ page, startLab }) => {
  await page.goto((await startLab()).url);
  await beginExam(page);
  await page.keyboard.press('a');
  await page.keyboard.press('Alt+End');
  await page.keyboard.press('Alt+f');
  await page.keyboard.press('Alt+r');
  await page.getByRole('button', { name: 'Review flagged' }).click();
  await expect(question(page, 6)).toBeFocused();
  await page.keyboard.press('Alt+r');
  await page.getByRole('button', { name: 'Review incomplete' }).click();
  await expect(question(page, 2)).toBeFocused();
  await page.keyboard.press('Alt+r');
  await page.getByRole('button', { name: 'End exam' }).click();
  await expect(page.getByRole('button', { name: 'Go on working' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Review', exact: true })).toBeVisible();
});

for (const [order, first, second] of [
  ['Back to front', 6, 5],
  ['Cases first', 2, 3],
  ['Cases last', 1, 5],
] as const)
  test(`working order ${order.toLowerCase()} begins at ${first} and goes on at ${second}`, async ({
    page,
    startLab,
  }) => {
    await page.goto((await startLab()).url);
    await beginExam(page, order);
    await expect(question(page, first)).toBeFocused();
    if (second !== first + 1)
      await expect(page.getByRole('button', { name: 'Next question' })).toHaveText(`Next: ${second}`);
    await page.keyboard.press('Alt+n');
    await expect(question(page, second)).toBeFocused();
  });

const longRecord = (parts: PackParts) => {
  parts.items[1]!.record!.sections[1]!.text = 'The deciding fact stands at the end. '.repeat(150);
};

test('leaving a record that was not scrolled to its end is pointed out, once', async ({ page, startLab }) => {
  await page.goto((await startLab(longRecord)).url);
  await beginExam(page);
  await page.keyboard.press('Alt+n');
  await expect(question(page, 2)).toBeFocused();
  await page.keyboard.press('Alt+n');
  await expect(page.getByRole('alertdialog', { name: 'You have not seen all of this question' })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(question(page, 2)).toBeVisible();
  await page.keyboard.press('Alt+n');
  await expect(question(page, 3)).toBeFocused();
  await page.keyboard.press('Alt+p');
  await page.keyboard.press('Alt+n');
  await expect(question(page, 3)).toBeFocused();
});

test('a record that was read to its end is left without a word', async ({ page, startLab }) => {
  await page.goto((await startLab(longRecord)).url);
  await beginExam(page);
  await page.keyboard.press('Alt+n');
  await page.getByRole('region', { name: 'Record' }).evaluate((pane) => pane.scrollTo(0, pane.scrollHeight));
  await expect(question(page, 2)).toBeVisible();
  await page.keyboard.press('Alt+n');
  await expect(question(page, 3)).toBeFocused();
});

test('a proctored sitting logs leaving the window and full screen', async ({ page, startLab }) => {
  const lab = await startLab();
  await page.goto(lab.url);
  await page.getByRole('button', { name: /^Begin/ }).click();
  await page.getByLabel(/Proctored style/).check();
  await page.getByRole('button', { name: 'Go to the agreement' }).click();
  await page.getByRole('button', { name: /I accept/ }).click();
  await expect(question(page, 1)).toBeFocused();
  await recorded(page, 'left-window', () => page.evaluate(() => dispatchEvent(new Event('blur'))));
  await expect.poll(() => page.evaluate(() => document.hasFocus())).toBe(true);
  lab.pass(18);
  await recorded(page, 'returned', () => page.evaluate(() => dispatchEvent(new Event('focus'))));
  await endExam(page);
  await expect(page.getByText(/Left the window for 18 s/)).toBeVisible();
});

test('pretest items do not count, and the report says so', async ({ page, startLab }) => {
  await page.goto((await startLab()).url);
  await beginExam(page);
  for (const [number, keys] of [
    [1, 'a'],
    [2, 'b'],
    [3, 'c'],
    [4, 'd'],
    [5, 'ac'],
    [6, 'a'],
  ] as const) {
    await jumpTo(page, number);
    for (const key of keys) await page.keyboard.press(key);
  }
  await endExam(page);
  await expect(page.getByText('5 of 5 points')).toBeVisible();
  await expect(page.getByText('1 pretest item did not count.')).toBeVisible();
});

test('the tutorial shows every tool and keeps nothing', async ({ page, startLab }) => {
  await page.goto((await startLab()).url);
  await page.getByRole('button', { name: /^Begin/ }).click();
  await page.getByRole('button', { name: 'Tutorial first' }).click();
  await expect(page.getByRole('heading', { name: 'Question 1 of 3' })).toBeFocused();
  await page.keyboard.press('a');
  await page.keyboard.press('Shift+KeyB');
  await expect(strike(page, 'B')).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('Alt+g');
  await page.keyboard.type('3');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Record' })).toBeVisible();
  await page.keyboard.press('Alt+r');
  const leave = page.getByRole('button', { name: 'Leave it anyway' });
  if (await leave.isVisible()) await leave.click();
  await page.getByRole('button', { name: 'End tutorial' }).click();
  await page.getByRole('button', { name: 'End the tutorial' }).click();
  await expect(page.getByRole('heading', { name: 'Before you begin' })).toBeVisible();
  await page.getByRole('button', { name: 'History' }).click();
  await expect(page.getByText('No sitting has ended yet')).toBeVisible();
});

test('a malformed pack is named with file, item and field, and the rest loads', async ({ page, startLab, dataDir }) => {
  const { mkdirSync, writeFileSync } = await import('node:fs');
  mkdirSync(`${dataDir}/packs/broken/items`, { recursive: true });
  writeFileSync(`${dataDir}/packs/broken/pack.json`, '{"format": 1}');
  writeFileSync(`${dataDir}/packs/broken/items/x.json`, '[{"id": "odd-one", "stem": 7}]');
  await page.goto((await startLab()).url);
  await expect(page.getByText('1 exam pack not loaded')).toBeVisible();
  await expect(page.getByRole('button', { name: /^Begin/ })).toBeVisible();
  await page.getByRole('main').getByRole('button', { name: 'Settings' }).click();
  await expect(page.getByText(/items\/x\.json, item odd-one, stem:/)).toBeVisible();
  await expect(page.getByText(/blueprint\.json: is missing/)).toBeVisible();
});
