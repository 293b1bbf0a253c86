/** A sitting begun by mistake: discarded from the hall, undone, put back later, and not to be opened meanwhile. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { beginExam, expect, recorded, test } from './support/fixtures.ts';

const hallSection = (page: Page) => page.getByRole('region', { name: 'Unfinished' });

/** Begins the small form, answers one question, lets half a minute pass, and goes back to the hall. */
async function beginAndLeave(page: Page, pass: (seconds: number) => void): Promise<void> {
  await beginExam(page);
  await recorded(page, 'respond', () => page.keyboard.press('a'));
  pass(30);
  await page.getByRole('button', { name: 'Leave room' }).click();
  await page.getByRole('button', { name: 'Leave for now' }).click();
  await expect(hallSection(page)).toBeVisible();
}

test('is discarded by keyboard after a question that says what goes, undone, and discarded again', async ({
  page,
  startLab,
  pageErrors,
}) => {
  const lab = await startLab();
  await page.goto(lab.url);
  await beginAndLeave(page, (seconds) => lab.pass(seconds));
  await expect(hallSection(page)).toContainText('1 of 6 answered');
  const discard = page.getByRole('button', { name: /^Discard SML, Form A, started/ });
  await discard.focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('alertdialog', { name: 'Discard this sitting?' });
  await expect(dialog).toContainText('your answers to 1 question of 6');
  await expect(dialog).toContainText('0:09:30 of its time is left');
  await expect(dialog).toContainText('For 30 days you can put it back');
  await expect(dialog.getByRole('button', { name: 'Keep it' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(discard).toBeFocused();

  await page.keyboard.press('Enter');
  await dialog.getByRole('button', { name: 'Discard it' }).press('Enter');
  const undo = page.getByRole('button', { name: 'Undo' });
  await expect(undo).toBeFocused();
  await expect(page.getByRole('button', { name: 'Continue' })).toBeHidden();
  await expect(page.getByRole('status').filter({ hasText: 'Discarded' })).toContainText('It can be undone.');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Unfinished' })).toBeFocused();
  await expect(hallSection(page)).toContainText('0:09:30');
  await expect(undo).toBeHidden();

  await discard.click();
  await dialog.getByRole('button', { name: 'Discard it' }).click();
  await expect(undo).toBeFocused();
  lab.pass(600);
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Exams' })).toBeVisible();
  await expect(hallSection(page)).toBeHidden();

  // Its own address does not open it.
  await page.goto(new URL('#/sitting/sitting-1', lab.url).href);
  await expect(page.getByRole('alert').filter({ hasText: 'cannot' })).toContainText(
    'This sitting was discarded. It can be put back under History',
  );
  // A browser puts a refusal down as an error of the page.
  expect(pageErrors.splice(0).every((error) => error.includes('409'))).toBe(true);

  await page.goto(new URL('#/history/deleted', lab.url).href);
  const deleted = page.getByRole('table', { name: 'Recently deleted' });
  await expect(deleted.getByRole('row', { name: /SML/ })).toContainText('Unfinished, 0:09:30 left');
  await expect(deleted).toContainText('1 of 6 answered');
  await expect(deleted.getByRole('button', { name: /^Open/ })).toBeHidden();
  await deleted.getByRole('button', { name: /^Put back SML, Form A, unfinished/ }).click();
  await expect(page.getByText('Nothing is deleted.')).toBeVisible();
  await page.goto(new URL('#/hall', lab.url).href);
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByRole('heading', { name: 'Question 1 of 6' })).toBeFocused();
  await expect(page.getByRole('radio').first()).toBeChecked();
});

test('is not discarded while another tab shows it, and the hall says why', async ({ page, context, startLab }) => {
  const lab = await startLab();
  await page.goto(lab.url);
  await beginExam(page);
  const other = await context.newPage();
  await other.goto(lab.url);
  await other.getByRole('button', { name: /^Discard/ }).click();
  await other.getByRole('button', { name: 'Discard it' }).click();
  await expect(other.getByRole('alert').filter({ hasText: 'Not' })).toContainText(
    'Not discarded. This sitting is open in a window.',
  );
  await expect(other.getByRole('button', { name: 'Continue' })).toBeVisible();
  await recorded(page, 'respond', () => page.keyboard.press('b'));
  await expect(page.getByRole('radio').nth(1)).toBeChecked();
  await other.close();
});

for (const scheme of ['light', 'dark', 'sepia', 'contrast'])
  test(`axe finds nothing on its way in the ${scheme} scheme, nor does it scroll sideways`, async ({
    page,
    startLab,
  }) => {
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
    await page.goto(lab.url);
    await beginAndLeave(page, (seconds) => lab.pass(seconds));
    await look('hall');
    await page.getByRole('button', { name: /^Discard/ }).click();
    await expect(page.getByRole('button', { name: 'Keep it' })).toBeFocused();
    await look('question');
    await page.getByRole('button', { name: 'Discard it' }).click();
    await expect(page.getByRole('button', { name: 'Undo' })).toBeFocused();
    await look('discarded');
    await page.getByRole('button', { name: 'Recently deleted' }).click();
    await expect(page.getByRole('table', { name: 'Recently deleted' })).toBeVisible();
    await look('deleted');
  });
