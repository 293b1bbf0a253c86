/** Whatever happens to the window, the tab or the program: nothing acknowledged is lost, and nothing pretends. */
import { beginExam, endExam, expect, jumpTo, recorded, test } from './support/fixtures.ts';

test('after kill -9 in the middle, place, answers, strikes, flags, notes, marks and time are back', async ({
  page,
  startHost,
  pageErrors,
}) => {
  const first = await startHost();
  await page.goto(first.url);
  await beginExam(page, 'Back to front');
  await page.keyboard.press('b');
  await page.keyboard.press('Shift+KeyC');
  await page.keyboard.press('Alt+f');
  await page.keyboard.press('Alt+m');
  await page.getByRole('textbox', { name: /On question 100/ }).fill('look up the parenthetical');
  await page.getByRole('button', { name: 'Done' }).click();
  const words = page.locator('#stem');
  await words.dblclick({ position: { x: 60, y: 12 } });
  await page.getByRole('button', { name: /^Highlight/ }).click();
  const marked = () => page.evaluate(() => [...(CSS.highlights.get('codehall-mark') ?? [])].map(String));
  await expect.poll(async () => (await marked()).length).toBe(1);
  const [mark] = await marked();
  await jumpTo(page, 57);
  // Commands go one after the other: with the last one's reply all of them are on disk.
  await recorded(page, 'respond', () => page.keyboard.press('d'));
  await expect(page.getByRole('radio').nth(3)).toBeChecked();
  await expect(page.getByText('2 of 100 answered')).toBeVisible();
  await first.stop('SIGKILL');
  await page.goto('about:blank');
  // The page noticed that its host was gone.
  expect(pageErrors.splice(0).every((error) => /ERR_(INCOMPLETE_CHUNKED|CONNECTION)/.test(error))).toBe(true);

  const second = await startHost();
  await page.goto(second.url);
  await expect(page.getByText('2 of 100 answered')).toBeVisible();
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByRole('heading', { name: 'Question 57 of 100' })).toBeFocused();
  await expect(page.getByRole('radio').nth(3)).toBeChecked();
  await jumpTo(page, 100);
  await expect(page.getByRole('radio').nth(1)).toBeChecked();
  await expect(page.getByRole('button', { name: 'Strike option C' })).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByRole('button', { name: 'Flag for review' })).toHaveAttribute('aria-pressed', 'true');
  await expect.poll(marked).toEqual([mark]);
  await page.keyboard.press('Alt+m');
  await expect(page.getByRole('textbox', { name: /On question 100/ })).toHaveValue('look up the parenthetical');
});

test('what cannot be saved is shown as not saved, stays visible, and is saved when space returns', async ({
  page,
  startLab,
  pageErrors,
}) => {
  const lab = await startLab();
  await page.goto(lab.url);
  await beginExam(page);
  lab.diskFull = true;
  await page.keyboard.press('c');
  await expect(page.getByText('Not saved, trying again.')).toBeVisible();
  // Once to the eye and once to the ear.
  await expect(page.getByRole('alert').filter({ hasText: 'Not saved' })).toHaveCount(1);
  await expect(page.getByRole('radio').nth(2)).toBeChecked();
  await page.keyboard.press('Alt+f');
  lab.diskFull = false;
  await expect(page.getByText('Not saved, trying again.')).toBeHidden();
  await page.reload();
  await expect(page.getByRole('radio').nth(2)).toBeChecked();
  await expect(page.getByRole('button', { name: 'Flag for review' })).toHaveAttribute('aria-pressed', 'true');
  const refused = pageErrors.splice(0);
  expect(refused.every((error) => error.includes('503'))).toBe(true);
});

test('a program that dies and comes back under the page loses nothing and charges nothing', async ({
  page,
  startLab,
  pageErrors,
}) => {
  const lab = await startLab();
  await page.goto(lab.url);
  await beginExam(page);
  await page.keyboard.press('b');
  await expect(page.getByRole('radio').nth(1)).toBeChecked();
  lab.pass(60);
  await lab.die();
  await page.keyboard.press('c');
  await expect(page.getByText('Not saved, trying again.')).toBeVisible();
  await lab.restart(3_600);
  await expect(page.getByText('Not saved, trying again.')).toBeHidden({ timeout: 15_000 });
  await expect(page.getByRole('radio').nth(2)).toBeChecked();
  await endExam(page);
  await expect(page.getByText(/0:0(0:5\d|1:0\d) used of 0:10:00/)).toBeVisible();
  await expect(page.getByText(/the program stopped, 1 h/)).toBeVisible();
  pageErrors.length = 0;
});

test('two tabs of one sitting: the slower one takes over what the other did', async ({
  page,
  startLab,
  pageErrors,
}) => {
  const lab = await startLab();
  await page.goto(lab.url);
  await beginExam(page);
  const other = await page.context().newPage();
  await other.goto(lab.url);
  await other.getByRole('button', { name: 'Continue' }).click();
  await expect(other.getByRole('heading', { name: 'Question 1 of 6' })).toBeFocused();
  await other.keyboard.press('d');
  await expect(other.getByText('1 of 6 answered')).toBeVisible();
  await page.keyboard.press('Alt+f');
  await expect(page.getByRole('button', { name: 'Flag for review' })).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByRole('radio').nth(3)).toBeChecked();
  await other.close();
  expect(pageErrors.splice(0).every((error) => error.includes('409'))).toBe(true);
});

test('a closed window is not charged, and the report says that it was closed', async ({ page, startLab }) => {
  const lab = await startLab();
  await page.goto(lab.url);
  await beginExam(page);
  lab.pass(30);
  await page.goto('about:blank');
  await new Promise((resolve) => setTimeout(resolve, 300));
  lab.pass(1_800);
  await page.goto(lab.url);
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByRole('timer', { name: 'Time remaining' })).toHaveText(/0:09:(30|29|28)/);
  await endExam(page);
  await expect(page.getByText(/left the exam room, or closed or reloaded its window, 30 min/)).toBeVisible();
});
