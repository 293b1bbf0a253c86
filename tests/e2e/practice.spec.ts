/** Practice of the small pack: from the misses of a sitting through key and reasons to what comes due. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { beginExam, endExam, expect, jumpTo, test } from './support/fixtures.ts';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** A scheme is there at once, so that no colour is looked at on its way to another. */
test.use({ contextOptions: { reducedMotion: 'reduce' } });

const DAY_S = 86_400;
/** Right answers by the stem of the question. */
const KEYS: Record<string, string[]> = {
  ...{ one: ['a'], two: ['b'], three: ['c'], four: ['d'], five: ['a', 'c'], six: ['b'] },
};

async function axe(page: Page, screen: string): Promise<void> {
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
    expect(
      violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(' | ')}`),
      `${screen}, ${scheme}`,
    ).toEqual([]);
  }
  const [wide, shown] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  expect(wide, `${screen} scrolls sideways`).toBeLessThanOrEqual(shown!);
}

/** Sits the form: question 1 right, 2 wrong with its key struck, the others not reached. */
async function sit(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await beginExam(page);
  await page.keyboard.press('a');
  await jumpTo(page, 2);
  await page.keyboard.press('Shift+KeyB');
  await page.keyboard.press('d');
  await jumpTo(page, 4);
  await endExam(page);
  await page.getByRole('button', { name: 'Practice', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Practice', exact: true })).toBeVisible();
}

const heading = (page: Page, number: number, of: number) =>
  page.getByRole('heading', { name: `Question ${number} of ${of}`, exact: true });
const verdict = (page: Page) => page.getByRole('heading', { name: /^(Right|Wrong)/ });
const set = (page: Page, title: string) =>
  page.getByRole('article').filter({ has: page.getByRole('heading', { name: title }) });

/** The name of the item on screen. */
async function itemOf(page: Page): Promise<string> {
  return /^Stem of (\w+):/.exec((await page.locator('#stem').textContent())!)![1]!;
}

async function choose(page: Page, right: boolean): Promise<string> {
  const item = await itemOf(page);
  for (const key of right ? KEYS[item]! : item === 'five' ? ['b', 'd'] : item === 'one' ? ['b'] : ['a'])
    await page.keyboard.press(key);
  return item;
}

test('misses are practised with key and reasons, over a reload and a crash, and come due', async ({
  page,
  startLab,
}) => {
  test.setTimeout(180_000);
  const lab = await startLab();
  await page.goto(lab.url);
  await page.getByRole('button', { name: 'Practice', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Nothing to practise yet' })).toBeVisible();
  await axe(page, 'practice, empty');

  await sit(page, lab.url);
  // Questions 2 and 4 were on screen and not answered right; 3, 5 and 6 were never reached.
  await expect(set(page, 'Missed last time')).toContainText('2 questions');
  await expect(set(page, 'Key struck out')).toContainText('1 question');
  await expect(set(page, 'Due today')).toContainText('None now');
  await expect(page.getByText('Nothing in the next seven days.')).toBeVisible();
  await axe(page, 'practice');

  await set(page, 'Missed last time')
    .getByRole('button', { name: /^Practise 2/ })
    .click();
  await expect(heading(page, 1, 2)).toBeFocused();
  await expect(page.getByText('RATIONALE')).toHaveCount(0);
  await axe(page, 'question');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Choose an option first.', { exact: true }).first()).toBeVisible();
  const first = await choose(page, false);
  await page.keyboard.press('Shift+KeyC');
  await expect(page.getByRole('button', { name: 'Strike option C' })).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('Enter');
  await expect(verdict(page)).toBeFocused();
  await expect(verdict(page)).toContainText(`The key is ${KEYS[first]![0]!.toUpperCase()}.`);
  for (const option of ['a', 'b', 'c', 'd'])
    await expect(page.getByText(`RATIONALE-${first}-${option}`, { exact: true })).toBeVisible();
  await expect(page.getByText(`REFERENCE-${first}`, { exact: true })).toBeVisible();
  await expect(page.getByText('In sittings before: 0 of 1 right')).toBeVisible();
  await expect(page.getByText('Comes again tomorrow')).toBeVisible();
  await axe(page, 'answer');

  // A reload comes back to the key; a crash to the next question with what was answered.
  await page.reload();
  await expect(verdict(page)).toContainText('Wrong');
  await expect(page.getByText(`RATIONALE-${first}-a`, { exact: true })).toBeVisible();
  await page.keyboard.press('Alt+n');
  await expect(heading(page, 2, 2)).toBeFocused();
  await expect(page.getByText('0 of 1 right')).toBeVisible();
  // The window goes with its program, and with it whatever it was still loading.
  await page.goto('about:blank');
  await lab.die();
  await lab.restart(30);
  await page.goto(lab.url);
  await page.getByRole('button', { name: 'Practice', exact: true }).click();
  await expect(page.getByText('1 of 2 answered, 0 right.')).toBeVisible();
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(heading(page, 2, 2)).toBeVisible();

  await choose(page, true);
  await page.keyboard.press('s');
  await expect(page.getByRole('button', { name: 'I am sure' })).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('Enter');
  await expect(verdict(page)).toContainText('Right');
  await expect(page.getByText(/this time, and you were sure/)).toBeVisible();
  await page.getByRole('button', { name: 'See how it went' }).click();
  await expect(page.getByRole('heading', { name: 'How it went' })).toBeFocused();
  await expect(page.locator('.points')).toHaveText(/^\s*1 of 2 right/);
  await expect(page.getByRole('row', { name: 'AREA-Cases' })).toContainText('1 of 2');
  await expect(page.getByRole('listitem')).toHaveText([/Nov 23 1 question$/, /Nov 30 1 question$/]);
  await axe(page, 'how it went');
  await page.reload();
  await expect(page.locator('.points')).toHaveText(/^\s*1 of 2 right/);

  await page.getByRole('button', { name: 'Another set' }).click();
  await expect(set(page, 'Missed last time')).toContainText('1 question');
  await expect(page.getByRole('row', { name: /Nov 23/ })).toContainText('1');
  await expect(page.getByRole('table', { name: 'Sets so far' }).getByRole('row').nth(1)).toContainText('1 of 2');
  lab.setWallClock(DAY_S);
  await page.reload();
  await expect(set(page, 'Due today')).toContainText('1 question');
  await set(page, 'Due today')
    .getByRole('button', { name: /^Practise 1/ })
    .click();
  await expect(heading(page, 1, 1)).toBeVisible();
  expect(await itemOf(page)).toBe(first);
  await choose(page, true);
  await page.keyboard.press('Enter');
  await expect(page.getByText('In practice before: 0 of 1 right')).toBeVisible();

  // Nothing of it is in the exam's result.
  await page.goto(lab.url);
  await expect(page.getByRole('table', { name: /Latest SML sittings/ })).toContainText('1 of 5');
});

test('an answer that does not get through is kept on screen and can be checked again', async ({
  page,
  startLab,
  pageErrors,
}) => {
  const lab = await startLab();
  await sit(page, lab.url);
  await set(page, 'Missed last time').getByRole('button').click();
  await expect(heading(page, 1, 2)).toBeFocused();
  await page.route('**/api/practice.answer', (route) => route.abort());
  await choose(page, true);
  await page.keyboard.press('Enter');
  await expect(page.locator('footer').getByText('does not answer')).toBeVisible();
  // Once to the eye and once to the ear.
  await expect(page.locator('[role=alert], [role=status]').filter({ hasText: 'does not answer' })).toHaveCount(1);
  await expect(page.getByRole('radio', { checked: true })).toHaveCount(1);
  await page.unroute('**/api/practice.answer');
  pageErrors.length = 0;
  // A click on a button beside the question leaves Enter to the answer.
  await page.getByRole('button', { name: 'I am guessing' }).click();
  await page.keyboard.press('Enter');
  await expect(verdict(page)).toContainText('Right');
  await expect(page.getByText('this time, as a guess')).toBeVisible();
});

test('after the chosen time a break is proposed, does not stand in the way, and is proposed again after it', async ({
  page,
  startLab,
}) => {
  const lab = await startLab();
  await page.clock.install();
  await sit(page, lab.url);
  await page.getByRole('button', { name: '20 min' }).click();
  await set(page, 'Missed last time').getByRole('button').click();
  await expect(heading(page, 1, 2)).toBeVisible();
  await page.clock.pauseAt(await page.evaluate(() => Date.now() + 5_000));
  const pass = (minutes: number) => page.clock.runFor(minutes * 60_000);
  const region = page.getByRole('region', { name: 'Break' });

  await choose(page, false);
  await pass(19);
  await expect(region).toHaveCount(0);
  await pass(1.1);
  await expect(region).toContainText('You have practised for 20 minutes');
  await expect(page.getByRole('status').filter({ hasText: 'It is time for a break.' })).toHaveCount(1);
  await expect(page.getByRole('radio', { checked: true })).toHaveCount(1);

  await page.getByRole('button', { name: 'Take a break' }).click();
  await pass(2);
  await expect(region).toContainText('Break, 2:0');
  await page.reload();
  await expect(region).toContainText('Break, 2:0');
  await pass(3.1);
  await expect(region).toContainText('Five minutes are over');
  await page.getByRole('button', { name: 'Go on practising' }).click();
  await expect(region).toHaveCount(0);
  await pass(19.5);
  await expect(region).toHaveCount(0);
  await pass(0.7);
  await expect(region).toContainText('Time for a break.');
  await page.clock.resume();
  await axe(page, 'break proposed');
  await page.getByRole('button', { name: 'Not now' }).click();
  await expect(region).toHaveCount(0);
  await choose(page, true);
  await page.keyboard.press('Enter');
  await expect(verdict(page)).toContainText('Right');
  await page.getByRole('button', { name: 'End here' }).click();
  await expect(page.getByRole('heading', { name: 'How it went' })).toBeFocused();
});

test('at 200 % zoom and 1024 x 700 practice can be used without scrolling sideways', async ({ page, startLab }) => {
  const lab = await startLab();
  await page.setViewportSize({ width: 1024, height: 700 });
  await page.addInitScript(
    (kept) => localStorage.setItem('codehall-appearance', kept),
    JSON.stringify({ scheme: 'light', zoom: 200, showPace: true }),
  );
  await sit(page, lab.url);
  const flat = () => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
  expect(await flat()).toBe(true);
  await set(page, 'Missed last time').getByRole('button').click();
  await expect(heading(page, 1, 2)).toBeVisible();
  expect(await flat()).toBe(true);
  await choose(page, false);
  await page.keyboard.press('Enter');
  await expect(verdict(page)).toBeInViewport();
  expect(await flat()).toBe(true);
  await page.getByRole('button', { name: 'End here' }).click();
  await expect(page.getByText('ended early, 1 question not asked')).toBeVisible();
  expect(await flat()).toBe(true);
});
