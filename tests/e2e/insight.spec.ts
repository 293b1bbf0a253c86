/** How you worked, and the replay: the figures of a sitting whose every second the test knows. */
import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { beginExam, endExam, expect, recorded, test } from './support/fixtures.ts';
import type { Lab } from './support/lab.ts';

/**
 * Two minutes of the small pack: question 1 answered B after 30 s and A after 40, question 2 answered B after 100 with C
 * struck out and a flag, question 3 left open. The keys are A, B and C.
 */
async function sit(page: Page, lab: Lab): Promise<void> {
  await page.goto(lab.url);
  await beginExam(page);
  lab.pass(30);
  await recorded(page, 'respond', () => page.keyboard.press('b'));
  lab.pass(10);
  await recorded(page, 'respond', () => page.keyboard.press('a'));
  await recorded(page, 'visit', () => page.keyboard.press('Alt+n'));
  lab.pass(60);
  await recorded(page, 'strike', () => page.keyboard.press('Shift+KeyC'));
  await recorded(page, 'respond', () => page.keyboard.press('b'));
  await recorded(page, 'flag', () => page.keyboard.press('Alt+f'));
  await recorded(page, 'visit', () => page.keyboard.press('Alt+n'));
  lab.pass(20);
  await endExam(page);
  await page.getByRole('button', { name: 'How you worked' }).click();
  await expect(page.getByRole('heading', { name: 'How you worked' })).toBeVisible();
}

/** A chart by its title. */
const chart = (page: Page, title: string) =>
  page.getByRole('figure').filter({ has: page.getByRole('heading', { name: title }) });

/** Has a chart show its table. @returns the text of each row. */
async function tableOf(page: Page, title: string): Promise<string[]> {
  const figure = chart(page, title);
  await expect(figure.getByRole('img')).toBeVisible();
  await figure.getByRole('button', { name: `Show as table: ${title}` }).click();
  await expect(figure.getByRole('img')).toHaveCount(0);
  const rows = await figure.locator('tbody tr').all();
  return Promise.all(rows.map(async (row) => (await row.locator('th, td').allInnerTexts()).join(' | ')));
}

test('the charts say in words and tables what came of the sitting', async ({ page, startLab }) => {
  await sit(page, await startLab());

  await expect(chart(page, 'Pace')).toContainText(
    '2 of 6 questions answered in 2 minutes of 10 minutes, never behind an even pace.',
  );
  const pace = await tableOf(page, 'Pace');
  expect(pace).toHaveLength(10);
  expect(pace[1]).toBe('0:00:24 | 0 | 0% | on pace');
  expect(pace[2]).toBe('0:00:36 | 1 | 14% | on pace');
  expect(pace[9]).toBe('0:02:00 | 2 | 29% | on pace');
  await expect(page.getByRole('listitem').filter({ hasText: '1 to 3, 3 questions' })).toBeVisible();

  expect(await tableOf(page, 'Time for each question')).toEqual([
    '2 | 1:00 | 0:17 | 3.5 | right',
    '1 | 0:40 | 0:17 | 2.3 | right',
    '3 | 0:20 | 0:17 | 1.2 | not answered',
  ]);
  expect(await tableOf(page, 'Stamina')).toEqual([
    'First | 0 of 0 | – | –',
    'Second | 1 of 1 | 100% | 21 to 100%',
    'Third | 0 of 0 | – | –',
    'Last | 1 of 1 | 100% | 21 to 100%',
  ]);
  await expect(chart(page, 'Options you struck out')).toContainText(
    'With 3 options left you were right in 1 of 1; guessing among them gives about 0.3 where the right one is left.',
  );
  expect(await tableOf(page, 'Options you struck out')).toEqual(['3 | 1 of 1 | 100% | 21 to 100% | 33%']);
  await expect(page.getByText('1 change in all, which won you 1 point.')).toBeVisible();

  await page.getByRole('button', { name: 'Show as chart: Pace' }).click();
  await expect(chart(page, 'Pace').getByRole('img')).toBeVisible();
});

const slider = (page: Page) => page.getByRole('slider', { name: 'Moment' });

/** Goes on by the keyboard, one moment at a time, until something has happened. */
async function onTo(page: Page, what: string): Promise<void> {
  for (let step = 0; step < 40; step++) {
    if ((await slider(page).getAttribute('aria-valuetext'))?.startsWith(`${what},`)) return;
    await slider(page).press('ArrowRight');
  }
  throw new Error(`the replay has no moment "${what}"`);
}

async function toReplay(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Replay' }).click();
  await expect(page.getByRole('heading', { name: 'Question 1 of 6' })).toBeVisible();
}

test('the replay shows the question, the choice and the clock of any moment', async ({ page, startLab }) => {
  await sit(page, await startLab());
  await toReplay(page);
  const option = (letter: string): Locator => page.getByRole('radio', { name: new RegExp(`^${letter}\\.`) });
  const timeline = page.getByRole('region', { name: 'Timeline' });

  await onTo(page, 'Question 1: chose B');
  await expect(option('B')).toBeChecked();
  await expect(timeline).toContainText('0:09:30 left');
  await expect(option('B')).toBeDisabled();
  await onTo(page, 'Question 1: changed B to A');
  await expect(option('A')).toBeChecked();
  await expect(option('B')).not.toBeChecked();
  await expect(timeline).toContainText('0:09:20 left');
  await page.getByRole('button', { name: 'One moment back' }).click();
  await expect(option('A')).not.toBeChecked();

  await slider(page).press('PageUp');
  await expect(page.getByRole('heading', { name: 'Question 2 of 6' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Record' })).toContainText('Visit note');
  await onTo(page, 'Question 2: struck out C');
  await expect(page.getByRole('button', { name: 'Strike option C' })).toHaveAttribute('aria-pressed', 'true');
  await expect(option('B')).not.toBeChecked();
  await onTo(page, 'Question 2: flagged');
  await expect(option('B')).toBeChecked();
  await expect(
    page.getByRole('img', { name: '6 questions: 2 complete, 0 incomplete, 4 unseen, 1 flagged' }),
  ).toBeVisible();

  await slider(page).press('End');
  await expect(slider(page)).toHaveAttribute('aria-valuetext', /^Ended the exam, /);
  await expect(page.getByRole('heading', { name: 'Question 3 of 6' })).toBeVisible();
  await expect(timeline).toContainText('0:08:00 left');
  await expect(page.getByRole('button', { name: 'One moment on' })).toBeDisabled();
  await slider(page).press('Home');
  await expect(page.getByText('The agreement was on screen.')).toBeVisible();
  await expect(timeline).toContainText('0:02:00 left');

  await page.reload();
  await expect(page.getByRole('heading', { name: 'Question 1 of 6' })).toBeVisible();
  await page.getByRole('button', { name: 'Back to how you worked' }).click();
  await expect(page.getByRole('heading', { name: 'How you worked' })).toBeVisible();
});

test('the replay plays by the charged time, by button and by Space, and stops where it is taken over', async ({
  page,
  startLab,
}) => {
  await page.clock.install();
  await sit(page, await startLab());
  await page.clock.pauseAt(await page.evaluate(() => Date.now() + 5_000));
  await toReplay(page);
  const timeline = page.getByRole('region', { name: 'Timeline' });
  const play = page.getByRole('button', { name: 'Play', exact: true });
  const pause = page.getByRole('button', { name: 'Pause', exact: true });

  await page.getByRole('button', { name: '1×', exact: true }).click();
  await play.click();
  await page.clock.runFor(10_000);
  await expect(timeline).toContainText('0:09:50 left');
  await expect(page.getByRole('status').filter({ hasText: 'Playing as fast as it was' })).toHaveCount(1);
  await page.getByRole('button', { name: '10×', exact: true }).click();
  await page.clock.runFor(2_500);
  await expect(slider(page)).toHaveAttribute('aria-valuetext', /^Question 1: (chose B|changed B to A), /);
  await slider(page).press('Space');
  await expect(play).toBeVisible();
  const stood = await timeline.innerText();
  await page.clock.runFor(5_000);
  expect(await timeline.innerText()).toBe(stood);

  await slider(page).press('Space');
  await expect(pause).toBeVisible();
  await slider(page).press('ArrowRight');
  await expect(play).toBeVisible();
  await page.getByRole('button', { name: '60×', exact: true }).click();
  // Space on a button presses that button.
  await page.keyboard.press('Space');
  await expect(play).toBeVisible();
  await play.focus();
  await page.keyboard.press('Space');
  await expect(pause).toBeVisible();
  await page.clock.runFor(3_000);
  await expect(slider(page)).toHaveAttribute('aria-valuetext', /^Ended the exam, /);
  await expect(play).toBeFocused();
  await expect(page.getByRole('status').filter({ hasText: 'Stopped. Ended the exam' })).toHaveCount(1);
});

test('axe finds nothing on charts, tables and replay, in light and dark', async ({ page, startLab }) => {
  await sit(page, await startLab());
  const check = async (what: string) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await expect(page.locator('html')).toHaveAttribute('data-scheme', colorScheme);
      const { violations } = await new AxeBuilder({ page }).analyze();
      const found = violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(' | ')}`);
      expect(found, `${what}, ${colorScheme}`).toEqual([]);
    }
  };
  await check('charts');
  for (const title of ['Pace', 'Time for each question', 'Stamina', 'Options you struck out'])
    await tableOf(page, title);
  await check('tables');
  await toReplay(page);
  await onTo(page, 'Question 2: flagged');
  await check('replay');
  await slider(page).press('Home');
  await expect(page.getByText('The agreement was on screen.')).toBeVisible();
  await check('replay, agreement');
});
