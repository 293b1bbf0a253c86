/** Keys held down, buttons clicked twice, both faster than the screen follows, and a page closed in the middle of a word. */
import type { Locator, Page } from '@playwright/test';
import { join } from 'node:path';
import { createOutcomeKeeper } from '../../main/services/outcomes.ts';
import { createJournal } from '../../main/store/journal.ts';
import { openDatabase } from '../../main/store/open.ts';
import { createOutcomeStore } from '../../main/store/outcomes.ts';
import { addPast, countPast, smallForms } from '../support/past.ts';
import { beginExam, expect, jumpTo, recorded, test } from './support/fixtures.ts';
import type { PackParts } from '../support/pack.ts';

/** No question fits on a screen. */
const long = (parts: PackParts) => {
  for (const item of parts.items) item.stem = `${'A stem that does not end. '.repeat(200)}${item.stem}`;
};

/** Presses Alt keys one after the other without giving the screen a frame in between. */
const pressAtOnce = (page: Page, ...codes: string[]) =>
  page.evaluate(async (given) => {
    for (const code of given) {
      dispatchEvent(new KeyboardEvent('keydown', { code, altKey: true, cancelable: true }));
      await new Promise<void>((resolve) => queueMicrotask(resolve));
    }
  }, codes);

/** Clicks twice where the button is, with what has come there in between: as a hand does that double-clicks everything. */
async function clickTwice(page: Page, button: Locator, come: Locator): Promise<void> {
  const { x, y, width, height } = (await button.boundingBox())!;
  await page.mouse.click(x + width / 2, y + height / 2);
  await expect(come).toBeVisible();
  await page.mouse.down({ clickCount: 2 });
  await page.mouse.up({ clickCount: 2 });
}

test('Alt N held down stops at the question about what was not seen, and does not go on behind it', async ({
  page,
  startLab,
}) => {
  const lab = await startLab(long);
  await page.goto(lab.url);
  await beginExam(page);
  await page.keyboard.down('Alt');
  await page.keyboard.down('n');
  await expect(page.getByRole('alertdialog')).toBeVisible();
  await page.keyboard.down('n');
  await page.keyboard.down('n');
  await page.keyboard.up('n');
  await page.keyboard.up('Alt');
  await expect(page.getByRole('alertdialog')).toContainText('Part of question 1 is further down');
  await page.getByRole('button', { name: 'Stay and read on' }).click();
  await expect(page.getByRole('heading', { name: 'Question 1 of 6' })).toBeVisible();
});

test('no key opens or leaves anything while the end of the exam is being asked about', async ({ page, startLab }) => {
  const lab = await startLab();
  await page.goto(lab.url);
  await beginExam(page);
  await page.keyboard.press('Alt+r');
  await page.getByRole('button', { name: 'End exam' }).click();
  const question = page.getByRole('alertdialog');
  await expect(question.getByRole('button', { name: 'Go on working' })).toBeFocused();
  for (const key of ['Alt+g', '?', 'Alt+p']) await page.keyboard.press(key);
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(question.getByRole('button', { name: 'Go on working' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(question).toBeHidden();
  await page.keyboard.press('Alt+n');
  await expect(page.getByRole('heading', { name: /^Question 2/ })).toBeFocused();
});

test('a note opened at once after Next is the note of the question on screen, and takes what is typed', async ({
  page,
  startLab,
}) => {
  const lab = await startLab();
  await page.goto(lab.url);
  await beginExam(page);
  await page.keyboard.press('Alt+m');
  await expect(page.getByRole('textbox', { name: /On question 1/ })).toBeFocused();
  await page.keyboard.type('first');
  await pressAtOnce(page, 'KeyN', 'KeyM');
  await expect(page.getByRole('textbox', { name: /On question 2/ })).toBeFocused();
  await recorded(page, 'note', () => page.keyboard.type('second'));
  await pressAtOnce(page, 'KeyM', 'KeyP', 'KeyM');
  await expect(page.getByRole('textbox', { name: /On question 1/ })).toHaveValue('first');
});

test('a sheet closed and opened again at once has the focus', async ({ page, startLab }) => {
  const lab = await startLab();
  await page.goto(lab.url);
  await beginExam(page);
  await page.keyboard.press('Alt+g');
  await expect(page.getByLabel('Go to number')).toBeFocused();
  await pressAtOnce(page, 'KeyG', 'KeyG');
  await expect(page.getByLabel('Go to number')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('the words of a note typed last are kept when the page is reloaded at once', async ({ page, startLab }) => {
  const lab = await startLab();
  await page.goto(lab.url);
  await beginExam(page);
  await page.keyboard.press('Alt+m');
  await expect(page.getByRole('textbox', { name: /On question 1/ })).toBeFocused();
  await page.keyboard.type('to the last letter');
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Question 1 of 6' })).toBeFocused();
  await page.keyboard.press('Alt+m');
  await expect(page.getByRole('textbox', { name: /On question 1/ })).toHaveValue('to the last letter');
});

test('one answer is ticked for a screen reader too, after a question with several', async ({ page, startLab }) => {
  const lab = await startLab();
  await page.goto(lab.url);
  await beginExam(page);
  await jumpTo(page, 4);
  await page.keyboard.press('a');
  await page.keyboard.press('Alt+n');
  await page.keyboard.press('a');
  await page.keyboard.press('c');
  await expect(page.getByRole('checkbox').nth(2)).toBeChecked();
  await page.keyboard.press('Alt+p');
  await expect(page.getByRole('heading', { name: /^Question 4 of/ })).toBeFocused();
  await expect(page.getByRole('radio').nth(0)).toBeChecked();
});

test('a double click does not answer both questions before the end of the exam', async ({ page, startLab }) => {
  const lab = await startLab();
  await page.goto(lab.url);
  await beginExam(page);
  await page.keyboard.press('Alt+r');
  await page.getByRole('button', { name: 'End exam' }).click();
  const dialog = page.getByRole('alertdialog');
  await clickTwice(page, dialog.getByRole('button', { name: 'End exam' }), page.getByText('Are you sure?'));
  await expect(dialog).toContainText('Are you sure?');
  await dialog.getByRole('button', { name: 'Yes, end' }).click();
  await expect(page.getByRole('heading', { name: 'Result', exact: true })).toBeVisible();
});

test('a double click deletes one sitting, not the one that moves up as well', async ({ page, dataDir, startLab }) => {
  const db = openDatabase(join(dataDir, 'codehall.db'));
  addPast(db, { editions: smallForms(), sittings: 6, declined: 0, seed: 'hands' });
  countPast({ outcomes: createOutcomeKeeper(createJournal(db), createOutcomeStore(db)) }, db);
  db.close();
  const lab = await startLab();
  await page.goto(lab.url);
  await page.getByRole('button', { name: 'History' }).click();
  const bin = page.getByRole('button', { name: /^Delete the sitting/ }).first();
  await bin.click();
  await expect(page.getByRole('heading', { name: '5 sittings' })).toBeVisible();
  await clickTwice(page, bin, page.getByRole('heading', { name: '4 sittings' }));
  await page.getByRole('group', { name: 'Show' }).getByRole('button', { name: 'Recently deleted' }).click();
  await expect(page.getByRole('table', { name: 'Recently deleted' }).locator('tbody tr')).toHaveCount(2);
});
