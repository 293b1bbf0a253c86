/** Question review: why questions were missed, and what is shown of it. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { beginExam, endExam, expect, jumpTo, test } from './support/fixtures.ts';
import type { Lab } from './support/lab.ts';

/** Sits the small form: number 1 right, 2 wrong with its key struck, 3 slow and flagged, 4 to 6 open. */
async function sit(page: Page, lab: Lab): Promise<void> {
  await page.goto(lab.url);
  await beginExam(page);
  await page.keyboard.press('a');
  await jumpTo(page, 2);
  await page.keyboard.press('Shift+KeyB');
  await page.keyboard.press('a');
  await jumpTo(page, 3);
  await page.keyboard.press('Alt+f');
  lab.pass(120);
  await endExam(page);
}

const shown = (page: Page) => page.getByRole('heading', { name: /^Question \d/ });
const pill = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const tag = (page: Page, name: string) => page.getByRole('checkbox', { name: new RegExp(`^${name}`) });
const saved = (page: Page) => expect(page.getByText('Saved', { exact: true })).toBeVisible();

async function noViolations(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`)).toEqual([]);
}

test('misses are tagged by keyboard, kept over a reload, and add up on the result', async ({ page, startLab }) => {
  const lab = await startLab();
  await sit(page, lab);
  await expect(page.getByText('Say for each miss which it was')).toBeVisible();
  await page.getByRole('button', { name: 'Tag the 4 misses' }).click();
  await expect(shown(page)).toHaveText(/Question 2/);
  await page.keyboard.press('1');
  await page.keyboard.press('4');
  await expect(tag(page, 'Knowledge')).toBeChecked();
  await expect(tag(page, 'Time')).toBeChecked();
  await saved(page);
  // In the note digits are text.
  await page.getByLabel('Note to yourself').fill('laterality: 2');
  await page.keyboard.press('5');
  await expect(page.getByLabel('Note to yourself')).toHaveValue('laterality: 25');
  await expect(tag(page, 'Careless')).not.toBeChecked();
  // Going on at once loses nothing.
  await page.keyboard.press('Alt+n');
  await expect(shown(page)).toBeFocused();
  await expect(shown(page)).toHaveText(/Question 3/);
  await tag(page, 'Look-up').focus();
  await page.keyboard.press('Space');
  await expect(tag(page, 'Look-up')).toBeChecked();
  await saved(page);

  await page.reload();
  await expect(tag(page, 'Knowledge')).toBeChecked();
  await expect(tag(page, 'Misread')).not.toBeChecked();
  await expect(page.getByLabel('Note to yourself')).toHaveValue('laterality: 25');
  await page.getByRole('button', { name: 'Back to the result' }).click();
  const why = page.getByRole('region', { name: 'Why you missed' });
  await expect(why.getByRole('listitem')).toHaveCount(3);
  await expect(why).toContainText('2 questions tagged, some with more than one reason.');
  await noViolations(page);
  await why.getByRole('button', { name: /^Look-up/ }).click();
  await expect(shown(page)).toHaveText(/Question 3/);
});

test('a note that was being typed when the page closes is there again', async ({ page, startLab }) => {
  const lab = await startLab();
  await sit(page, lab);
  await page.getByRole('button', { name: /^Tag the/ }).click();
  await page.getByLabel('Note to yourself').pressSequentially('not lost');
  await page.reload();
  await expect(page.getByLabel('Note to yourself')).toHaveValue('not lost');
});

test('filters show what they name, and a question stays while its tag changes', async ({ page, startLab }) => {
  const lab = await startLab();
  await sit(page, lab);
  await page.getByRole('button', { name: 'Go through the questions' }).click();
  for (const name of [
    'All 6',
    'Missed 4',
    'Wrong 1',
    'Flagged 1',
    'Unanswered 4',
    'Changed 0',
    'Slow 1',
    'Struck the key 1',
  ])
    await expect(pill(page, name)).toBeVisible();
  // Answered right: there is no miss to tag, by click or by key.
  await expect(shown(page)).toHaveText(/Question 1.*Right/);
  await expect(page.getByText('Why did you miss it?')).toHaveCount(0);
  await page.keyboard.press('1');
  await expect(pill(page, 'Tagged 0')).toBeVisible();
  await pill(page, 'Slow 1').click();
  await expect(shown(page)).toHaveText(/Question 3/);
  await tag(page, 'Misread').check({ force: true });
  await pill(page, 'Tagged 1').click();
  await pill(page, 'Misread 1').click();
  await tag(page, 'Misread').uncheck({ force: true });
  await expect(pill(page, 'Misread 0')).toBeVisible();
  await expect(shown(page)).toHaveText(/Question 3/);
  await pill(page, 'Any tag 0').click();
  await expect(page.getByText('No question of this sitting carries a tag yet.')).toBeVisible();
  await pill(page, 'Missed, no tag yet 4').click();
  await expect(page.getByText('1 of 4')).toBeVisible();
  await pill(page, 'Changed 0').click();
  await expect(page.getByText('No question of this sitting had its answer changed.')).toBeVisible();
});

test('what cannot be saved is said so, stays, and is saved when it can be', async ({ page, startLab, pageErrors }) => {
  const lab = await startLab();
  await sit(page, lab);
  await page.getByRole('button', { name: /^Tag the/ }).click();
  await expect(shown(page)).toHaveText(/Question 2/);
  await page.route('**/api/marks.set', (route) => route.abort());
  await page.keyboard.press('1');
  await expect(page.getByRole('main').getByText('Not saved, trying again.')).toBeVisible();
  // Once to the eye and once to the ear.
  await expect(page.getByRole('alert').filter({ hasText: 'Not saved' })).toHaveCount(1);
  await page.getByRole('button', { name: 'Back to the result' }).click();
  await page.getByRole('button', { name: 'Go through the questions' }).click();
  await expect(shown(page)).toHaveText(/Question 1/);
  await page.keyboard.press('Alt+n');
  await expect(tag(page, 'Knowledge')).toBeChecked();
  await expect(page.getByRole('main').getByText('Not saved')).toBeVisible();
  await page.unroute('**/api/marks.set');
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  await page.reload();
  await expect(pill(page, 'Tagged 1')).toBeVisible();
  pageErrors.splice(0, pageErrors.length, ...pageErrors.filter((error) => !error.includes('ERR_FAILED')));
});

for (const scheme of ['light', 'dark'] as const)
  test(`axe finds nothing on a tagged question in the ${scheme} scheme`, async ({ page, startLab }) => {
    const lab = await startLab();
    await page.emulateMedia({ colorScheme: scheme });
    await sit(page, lab);
    await page.getByRole('button', { name: /^Tag the/ }).click();
    await expect(shown(page)).toHaveText(/Question 2/);
    await page.keyboard.press('2');
    await saved(page);
    await pill(page, 'Tagged 1').click();
    await expect(pill(page, 'Any tag 1')).toBeVisible();
    await noViolations(page);
  });
